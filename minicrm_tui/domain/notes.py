"""Notes: several lines of what is worth knowing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.text import clean_lines, fold, shorten
from minicrm_tui.i18n import _, format_number

NOTE_LIMIT: Final = 20_000

_EXCERPT: Final = 80
_BEFORE: Final = 20
"""Characters of an excerpt, and how many of them at most stand before the word that was looked for."""


def checked_note(text: str) -> str:
    """The note cleaned; Invalid("note", …) if it is empty or too long."""
    # What is far too long is not even cleaned.
    note = clean_lines(text) if len(text) <= 10 * NOTE_LIMIT else text
    if not note:
        raise Invalid("note", _("A note needs some text."))
    if len(note) > NOTE_LIMIT:
        raise Invalid(
            "note",
            _("A note has {limit} characters at most; this has {n}.").format(
                limit=format_number(NOTE_LIMIT), n=format_number(len(note))
            ),
        )
    return note


def excerpt(note: str, words: Sequence[str]) -> str:
    """One line of a note, from a little before the first word that begins with one of these (folded) words."""
    found = (match.start() for match in re.finditer(r"[^\W_]+", note) if fold(match[0]).startswith(tuple(words)))
    at = next(found, 0)
    start = 0 if at <= _BEFORE else note.find(" ", at - _BEFORE, at) + 1 or at
    line = " ".join(note[start : start + 2 * _EXCERPT].split())
    return shorten(f"…{line}" if start else line, _EXCERPT)
