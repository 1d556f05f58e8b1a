"""How fast the program is, on a real pseudo-terminal, beside a bare Textual app in the same run."""
