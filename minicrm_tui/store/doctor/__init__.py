"""A look at the whole file: what is wrong in it, in words, and mending what has one right answer."""
