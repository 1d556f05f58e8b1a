"""Records → files: spreadsheets, address books, calendars."""
