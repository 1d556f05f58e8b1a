"""What a file is: told by its first bytes, never by its name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from minicrm_tui.exchange.reading.delimited import open_delimited
from minicrm_tui.exchange.reading.encodings import of_two_bytes
from minicrm_tui.exchange.reading.opening import Opened, look_at
from minicrm_tui.exchange.reading.sheets import open_sheet
from minicrm_tui.exchange.reading.tables import FileKind, Limits, Reading, Table, refuse
from minicrm_tui.exchange.reading.vcards import open_cards
from minicrm_tui.i18n import N_, _

_HEAD: Final = 4096
_FOREIGN: Final = (
    (b"\xd0\xcf\x11\xe0", N_("this is an old Excel file (XLS).")),
    (b"%PDF", N_("this is a PDF.")),
    (b"SQLite format 3", N_("this is a database.")),
    (b"{\\rtf", N_("this is a text of a word processor (RTF).")),
    (b"BEGIN:VCALENDAR", N_("this is a calendar; calendars are not imported.")),
)


def find_kind(path: Path, head: bytes) -> FileKind:
    """What a file with these first bytes is. Refused for what can't be imported."""
    if head.startswith(b"PK\x03\x04"):
        return FileKind.SHEET
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for mark, said in _FOREIGN:
        if start.upper().startswith(mark.upper()):
            raise refuse(path, _(said), _("Save it as XLSX or CSV."))
    two_bytes = of_two_bytes(head)
    text = head.decode(two_bytes, errors="ignore").encode() if two_bytes else head
    if re.match(rb"(?:\xef\xbb\xbf)?\s*BEGIN:VCARD", text, re.IGNORECASE):
        return FileKind.CARDS
    if start[:1] in (b"{", b"["):
        return FileKind.JSON
    if b"\0" in text or _strange(text) > len(text) // 20:
        hint = _("CSV, XLSX, vCard and our own JSON can be imported.")
        raise refuse(path, _("this is no text and no workbook."), hint)
    return FileKind.DELIMITED


def open_table(path: Path, limits: Limits, reading: Reading | None = None) -> Table:
    """The file as a table. Refused for what is none, JSON among it: whoever knows ours asks `kind_of` first."""
    how, opened = reading or Reading(), look_at(path, limits)
    match find_kind(path, head_of(opened)):
        case FileKind.SHEET:
            return open_sheet(opened, limits)
        case FileKind.CARDS:
            return open_cards(opened, how)
        case FileKind.JSON:
            raise refuse(path, _("this JSON is of another program."), _("Save it as CSV there."))
        case FileKind.DELIMITED:
            return open_delimited(opened, how)


def kind_of(path: Path, limits: Limits) -> FileKind:
    """What the file is. Refused where it can't be read at all."""
    return find_kind(path, head_of(look_at(path, limits)))


def head_of(opened: Opened) -> bytes:
    """The first bytes of a file."""
    with opened.open() as file:
        return file.read(_HEAD)


def _strange(text: bytes) -> int:
    """Bytes that no text has."""
    return sum(1 for byte in text if byte < 32 and byte not in (9, 10, 12, 13, 27))
