"""Text that a spreadsheet would run: marked as text when it goes out, and as it was when it comes back.

A cell that begins with = + - @, a tab or a carriage return is a formula to a spreadsheet, also in a CSV file. An
apostrophe before it makes it a text. Phones and numbers as people write them (+40 722 000 111, -12.50) run nothing and
stay as they are.
"""

from __future__ import annotations

import re
from typing import Final

_RUNS: Final = re.compile(r"'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_FIRST: Final = frozenset("'=+-@\t\r\uff1d\uff0b\uff0d\uff20")
_PLAIN: Final = re.compile(r"[+-]?[0-9][0-9 .,()\u00a0\u202f]*(?:(?<=, )\+[0-9][0-9 .,()\u00a0\u202f]*)*")
"""Phones may be several, each with its plus after a comma and a space."""


def neutralised(text: str) -> str:
    """The text as a cell that no spreadsheet runs."""
    # Most texts are plain, and millions are asked.
    if text[:1] not in _FIRST or not _RUNS.match(text) or _PLAIN.fullmatch(text):
        return text
    return f"'{text}"


def revealed(cell: str) -> str:
    """The text behind a cell of ours."""
    return cell[1:] if cell.startswith("'") and _RUNS.match(cell) else cell
