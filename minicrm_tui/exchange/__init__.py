"""Files of other programs, and our own: values ↔ files. Knows the domain and the words, nothing else of the program."""
