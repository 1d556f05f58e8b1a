"""CSV in all its kinds: which delimiter, and its rows one after the other."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from io import StringIO, TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import Final

from minicrm_tui.exchange.reading.encodings import find_encoding
from minicrm_tui.exchange.reading.opening import Opened
from minicrm_tui.exchange.reading.tables import LONGEST_CELL, FileKind, RawRow, Reading, refuse
from minicrm_tui.i18n import _, format_number

DELIMITERS: Final[dict[str, str]] = {",": ",", ";": ";", "\t": "tab", "|": "|"}
"""Each with what it is called where a person reads and types it."""

_SAMPLE: Final = 200_000
_SAMPLE_ROWS: Final = 200
_AFTER_ALL: Final = "\0"
"""A line after the last one: a row of its own, unless a quote before it is still open. No text file holds it."""


@dataclass(frozen=True, slots=True)
class Delimited:
    """A CSV file."""

    opened: Opened
    encoding: str
    delimiter: str
    warnings: tuple[str, ...] = ()
    kind: FileKind = FileKind.DELIMITED

    @property
    def path(self) -> Path:
        """The file."""
        return self.opened.path

    def rows(self) -> Iterator[RawRow]:
        """Every row but the empty ones, numbered by where they begin as a spreadsheet shows them."""
        with closing(TextIOWrapper(self.opened.open(), self.encoding, newline="")) as text:
            reader = csv.reader(chain(text, (_AFTER_ALL,)), delimiter=self.delimiter)
            number = 0
            try:
                for cells in reader:
                    if cells == [_AFTER_ALL]:
                        return
                    number += 1
                    self._refuse_open_quote(number, cells)
                    if any(cell and not cell.isspace() for cell in cells):
                        yield RawRow(number, cells)
            except csv.Error as error:
                raise self._unreadable(number + 1, error) from error
            except UnicodeError as error:
                why = _("it is no text in {encoding}.").format(encoding=self.encoding)
                raise refuse(self.path, why, row=number + 1) from error

    def check_unchanged(self) -> None:
        """Refused where the file is another by now."""
        self.opened.check_unchanged()

    def _refuse_open_quote(self, row: int, cells: list[str]) -> None:
        if cells and cells[-1].endswith(_AFTER_ALL):
            raise refuse(
                self.path,
                _("a cell begins with a quote that is never closed."),
                _("Close it there, or take it away."),
                row=row,
            )

    def _unreadable(self, row: int, error: csv.Error) -> Exception:
        if "field limit" in str(error):
            why = _("a cell has more than {n} characters.").format(n=format_number(LONGEST_CELL))
            return refuse(self.path, why, _("Is a closing quote missing there?"), row=row)
        return refuse(self.path, _("this row can't be read ({why}).").format(why=error), row=row)


def open_delimited(opened: Opened, reading: Reading) -> Delimited:
    """The file with its encoding and its delimiter found out, where they are not given."""
    with opened.open() as file:
        encoding = find_encoding(opened.path, file, reading.encoding)
        sample = file.read(_SAMPLE).decode(encoding, errors="ignore")
    return Delimited(opened, encoding, reading.delimiter or find_delimiter(sample))


def find_delimiter(sample: str) -> str:
    """What parts the same number of cells in most rows; a comma where nothing does."""
    scores = {mark: _score(sample, mark) for mark in DELIMITERS}
    best = max(scores, key=lambda mark: scores[mark])
    return best if scores[best] > (0, 0) else ","


def _score(sample: str, mark: str) -> tuple[float, int]:
    """How large a part of the rows has the commonest width, and that width; nothing for a single cell."""
    widths: Counter[int] = Counter()
    first = 0
    try:
        for place, cells in enumerate(csv.reader(StringIO(sample, newline=""), delimiter=mark)):
            if place >= _SAMPLE_ROWS:
                break
            if any(cells):
                first = first or len(cells)
                widths[len(cells)] += 1
    except csv.Error:
        pass
    if not widths:
        return (0, 0)
    width, rows = max(widths.items(), key=lambda found: (found[1], found[0]))
    if width == 1:
        return (0, 0)
    # Decimal commas part the rows evenly too, but not the headers.
    return (rows / widths.total() * (1 if first == width else 0.5), width)
