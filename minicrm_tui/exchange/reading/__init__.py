"""What a file is and what stands in it: bytes → a table of cells, whatever program wrote it."""
