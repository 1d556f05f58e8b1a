"""The command line: arguments → a command, a command → what it prints. No rules live here."""
