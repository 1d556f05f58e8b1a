"""The revisions of the file's schema. Alembic itself is imported by `upgrade` alone, when a file is behind."""

from __future__ import annotations

REVISIONS = ("0001", "0002", "0003", "0004", "0005")
"""All revisions, oldest first; a test holds them against the files in `versions`."""

HEAD = REVISIONS[-1]
"""The revision that this program reads and writes."""
