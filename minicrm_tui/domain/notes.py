"""Notes: several lines of what is worth knowing."""

from __future__ import annotations

from typing import Final

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.text import clean_lines
from minicrm_tui.i18n import _, format_number

NOTE_LIMIT: Final = 20_000


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
