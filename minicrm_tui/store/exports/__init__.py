"""What leaves the file, and the whole of it coming back: read from one moment, on a connection of its own.

A reading runs on whatever thread asks for it, beside the store's; what is written meanwhile does not disturb it.
"""
