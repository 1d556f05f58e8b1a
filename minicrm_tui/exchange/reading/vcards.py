"""vCards of all versions as a table: a card a row, a column for each thing that people keep of each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Final

from minicrm_tui.domain.text import clean, clean_lines
from minicrm_tui.exchange.reading.encodings import find_encoding
from minicrm_tui.exchange.reading.opening import Opened
from minicrm_tui.exchange.reading.tables import LONGEST_CELL, FileKind, RawRow, Reading, refuse
from minicrm_tui.i18n import _, format_number

if TYPE_CHECKING:
    from vobject.base import Component, ContentLine

_MOST: Final = 5
"""Phones and e-mails of one card that have a column."""

HEADERS: Final = (
    *("Name", "First Name", "Last Name", "Organization Name", "Organization Title"),
    *(f"E-mail {number} - {what}" for number in range(1, _MOST + 1) for what in ("Label", "Value")),
    *(f"Phone {number} - {what}" for number in range(1, _MOST + 1) for what in ("Label", "Value")),
    *("Address 1 - Formatted", "Website 1 - Value", "Birthday", "Notes"),
)
"""As Google has them, so that what is rejected can be imported like one of its files."""

_LABELS: Final = {
    "work": "work",
    "home": "home",
    "cell": "mobile",
    "mobile": "mobile",
    "iphone": "mobile",
    "fax": "fax",
    "main": "main",
    "pager": "pager",
}
_APPLE: Final = re.compile(r"_\$!<(.*)>!\$_")


@dataclass(frozen=True, slots=True)
class Cards:
    """A file of vCards."""

    opened: Opened
    encoding: str
    warnings: tuple[str, ...] = ()
    kind: FileKind = FileKind.CARDS
    delimiter: str = ","

    @property
    def path(self) -> Path:
        """The file."""
        return self.opened.path

    def rows(self) -> Iterator[RawRow]:
        """The headers, then a row a card; a card counts from 2, as the rows of a spreadsheet under its headers."""
        yield RawRow(1, list(HEADERS))
        with closing(TextIOWrapper(self.opened.open(), self.encoding, errors="replace")) as text:
            for number, block in enumerate(_blocks(self.path, text), 2):
                yield RawRow(number, _cells(self.path, number, block))

    def check_unchanged(self) -> None:
        """Refused where the file is another by now."""
        self.opened.check_unchanged()


def open_cards(opened: Opened, reading: Reading) -> Cards:
    """The file with its encoding found out; what a card says of its own lines goes before it."""
    with opened.open() as file:
        return Cards(opened, find_encoding(opened.path, file, reading.encoding))


def _blocks(path: Path, text: TextIOWrapper) -> Iterator[str]:
    """The text of each card; one inside another (an agent's) belongs to the outer one."""
    lines: list[str] = []
    depth = size = 0
    for number, line in enumerate(text, 1):
        word = line.strip().upper()
        depth += word == "BEGIN:VCARD"
        if not depth:
            continue
        lines.append(line)
        size += len(line)
        if size > 100 * LONGEST_CELL:
            why = _("a card has more than {n} characters.").format(n=format_number(100 * LONGEST_CELL))
            raise refuse(path, why, _("Is its END:VCARD missing?"), row=number)
        if word == "END:VCARD":
            depth -= 1
            if not depth:
                yield "".join(lines)
                lines, size = [], 0
    if depth:
        raise refuse(path, _("the last card has no end (END:VCARD)."), _("Was the file cut off?"))


def _cells(path: Path, number: int, block: str) -> list[str]:
    from vobject import readOne
    from vobject.base import ParseError, VObjectError

    try:
        try:
            card = readOne(block, allowQP=True)
        except ParseError:
            # A line that is none costs the line, not the card.
            card = readOne(block, allowQP=True, ignoreUnreadable=True)
    except (VObjectError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise refuse(path, _("this card can't be read ({why}).").format(why=clean(str(error))), row=number) from error
    found = dict.fromkeys(HEADERS, "")
    _names(card, found)
    for key, column in (("email", "E-mail"), ("tel", "Phone")):
        for place, line in enumerate(_lines(card, key)[:_MOST], 1):
            found[f"{column} {place} - Label"] = _label(card, line)
            found[f"{column} {place} - Value"] = _plain(_value(line))
    _rest(card, found)
    return list(found.values())


def _names(card: Component, found: dict[str, str]) -> None:
    found["Name"] = clean(_first(card, "fn"))
    for line in _lines(card, "n")[:1]:
        first = (_joined(getattr(line.value, part, "")) for part in ("given", "additional"))
        found["First Name"] = clean(" ".join(first))
        found["Last Name"] = clean(_joined(getattr(line.value, "family", "")))
    for line in _lines(card, "org")[:1]:
        found["Organization Name"] = clean(_joined(line.value[:1] if isinstance(line.value, list) else line.value))
    found["Organization Title"] = clean(_first(card, "title"))


def _rest(card: Component, found: dict[str, str]) -> None:
    for line in _lines(card, "adr")[:1]:
        parts = ("street", "extended", "code", "city", "region", "country")
        texts = (clean(_joined(getattr(line.value, part, ""))) for part in parts)
        found["Address 1 - Formatted"] = ", ".join(text for text in texts if text)
    found["Website 1 - Value"] = clean(_first(card, "url"))
    found["Birthday"] = clean(_first(card, "bday"))
    found["Notes"] = clean_lines("\n".join(_value(line) for line in _lines(card, "note")))


def _lines(card: Component, key: str) -> list[ContentLine]:
    """Of one kind, the preferred ones first; without those that say nothing."""
    from vobject.base import ContentLine

    lines = [line for line in card.contents.get(key, []) if isinstance(line, ContentLine) and _said(line)]
    return sorted(lines, key=lambda line: not _is_preferred(line))


def _said(line: ContentLine) -> bool:
    return bool(str(_joined(line.value)).strip())


def _is_preferred(line: ContentLine) -> bool:
    return "pref" in _types(line) or bool(line.params.get("PREF"))


def _types(line: ContentLine) -> list[str]:
    """TYPE as a list, repeated, quoted, or without its name as in 2.1."""
    named = ",".join(str(each) for each in line.params.get("TYPE", []))
    bare = [str(each) for each in getattr(line, "singletonparams", [])]
    return [word.strip(' "').lower() for word in (*named.split(","), *bare) if word]


def _label(card: Component, line: ContentLine) -> str:
    """What its group calls it, else its type."""
    group = getattr(line, "group", None)
    for other in card.contents.get("x-ablabel", []):
        if group and getattr(other, "group", None) == group:
            own = clean(str(getattr(other, "value", "")))
            return _APPLE.sub(lambda found: found[1].lower(), own)
    return next((_LABELS[word] for word in ("cell", *_types(line)) if word in _LABELS and word in _types(line)), "")


def _first(card: Component, key: str) -> str:
    return next((_value(line) for line in _lines(card, key)), "")


def _value(line: ContentLine) -> str:
    return _joined(line.value)


def _joined(value: object) -> str:
    return " ".join(str(each) for each in value if each) if isinstance(value, list) else str(value or "")


def _plain(value: str) -> str:
    """Without the scheme of an address on the net."""
    return clean(re.sub(r"^(?:tel|mailto):", "", value.strip(), flags=re.IGNORECASE))
