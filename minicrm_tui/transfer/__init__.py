"""What goes out of the program and comes back whole: the store's reading, the formats, and files, put together."""
