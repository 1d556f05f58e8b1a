"""Orders and documents on paper and as plain text: what stands on them, where it stands, and the PDF."""
