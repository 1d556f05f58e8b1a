"""Backups of the file: copying it while it is open, the folder of copies, and bringing one back."""
