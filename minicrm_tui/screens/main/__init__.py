"""The main screen and its flows: what happens from a wish to the changed rows."""
