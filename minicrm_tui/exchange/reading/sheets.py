"""XLSX: the first sheet that holds something, by openpyxl and defusedxml, refused where it would burst when opened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, BinaryIO, Final
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile, ZipInfo

from minicrm_tui.domain.errors import Refused
from minicrm_tui.exchange.reading.opening import Opened
from minicrm_tui.exchange.reading.tables import LONGEST_CELL, FileKind, Limits, Number, RawRow, refuse
from minicrm_tui.i18n import _, format_number

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook

_LARGEST_RATIO: Final = 200
"""Times that a part may be larger than it is packed: tables of our kind are packed 10 to 40 times."""

_MOST_PARTS: Final = 2_000
_SMALL: Final = 1_000_000
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[ >/]")
_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell[ />]")
_PORTION: Final = 1 << 20
_MIDNIGHT: Final = time()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet of a workbook that is read."""

    opened: Opened
    name: str
    warnings: tuple[str, ...] = ()
    kind: FileKind = FileKind.SHEET
    delimiter: str = ","
    encoding: str = "utf-8"

    @property
    def path(self) -> Path:
        """The file."""
        return self.opened.path

    def rows(self) -> Iterator[RawRow]:
        """Every row but the empty ones, each cell as a text."""
        with self.opened.open() as file, closing(_load(self.path, file)) as book:
            try:
                for number, values in enumerate(book[self.name].iter_rows(values_only=True), 1):
                    cells = [self._text(value, number, place) for place, value in enumerate(values, 1)]
                    if any(cells):
                        yield RawRow(number, cells)
            except _BROKEN as error:
                raise _damaged(self.path) from error

    def check_unchanged(self) -> None:
        """Refused where the file is another by now."""
        self.opened.check_unchanged()

    def _text(self, value: object, row: int, place: int) -> str:
        text = text_of(value)
        if len(text) > LONGEST_CELL:
            why = _("a cell has more than {n} characters.").format(n=format_number(LONGEST_CELL))
            raise refuse(self.path, why, row=row, column=str(place))
        return text


def open_sheet(opened: Opened, limits: Limits) -> Sheet:
    """The workbook's first sheet with two rows or more, or with any; Refused where it is broken, or a bomb."""
    with opened.open() as file:
        try:
            with ZipFile(file) as parts:
                _refuse_bomb(opened.path, parts.infolist(), limits)
                oddities = _oddities(parts)
        except _BROKEN as error:
            raise _damaged(opened.path) from error
        with closing(_load(opened.path, file)) as book:
            name, others = _sheet_to_read(opened.path, book)
    warnings = []
    if others:
        said = _("Only the sheet “{name}” is read; there is also: {others}.")
        warnings.append(said.format(name=name, others=", ".join(others)))
    return Sheet(opened, name, (*warnings, *oddities))


def text_of(value: object) -> str:
    """A cell's value as a text that reads the same in every place of the world."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float() | Decimal():
            return _number(value)
        case datetime():
            return value.isoformat(" ", "seconds") if value.time() != _MIDNIGHT else value.date().isoformat()
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
        case timedelta():
            return f"{value.days * 24 + value.seconds // 3600}:{value.seconds // 60 % 60:02}"
        case _:
            return str(value)


def _number(value: float | Decimal) -> str:
    """Fifteen digits are what a spreadsheet itself keeps."""
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    exact = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    return Number(format(exact.normalize(), "f")) if exact else Number("0")


_BROKEN: Final = (
    BadZipFile,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    EOFError,
    OSError,
)
"""What openpyxl and zipfile raise over a file that is none of theirs; defusedxml's refusals are ValueErrors."""


def _load(path: Path, file: BinaryIO) -> Workbook:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except (*_BROKEN, InvalidFileException) as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> Refused:
    return refuse(
        path, _("this is no workbook that can be read."), _("Open it in a spreadsheet, and save it as XLSX or CSV.")
    )


def _refuse_bomb(path: Path, parts: Sequence[ZipInfo], limits: Limits) -> None:
    """By what the archive says of itself; zipfile gives no byte more than that."""
    whole = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    too_dense = whole > _SMALL and whole > _LARGEST_RATIO * max(1, packed)
    if len(parts) > _MOST_PARTS or too_dense or whole > 4 * limits.bytes:
        raise refuse(
            path,
            _("unpacked, this workbook has {n} MB: that is too much to be opened.").format(
                n=format_number(whole // 1_000_000)
            ),
            _("Save the sheet as CSV."),
        )


def _oddities(parts: ZipFile) -> tuple[str, ...]:
    """What is not as it looks in the sheets: cells that were merged, and formulas."""
    sheets = [part for part in parts.namelist() if re.fullmatch(r"xl/worksheets/[^/]+\.xml", part)]
    warnings = []
    if any(_holds(parts, sheet, _MERGED) for sheet in sheets):
        warnings.append(_("Merged cells: the value stands in the first of them alone."))
    if any(_holds(parts, sheet, _FORMULA) for sheet in sheets):
        warnings.append(
            _("Formulas: the value that the spreadsheet last worked out is taken; without one the cell is empty.")
        )
    return tuple(warnings)


def _holds(parts: ZipFile, name: str, what: re.Pattern[bytes]) -> bool:
    with parts.open(name) as part:
        tail = b""
        while portion := part.read(_PORTION):
            if what.search(tail + portion):
                return True
            tail = portion[-64:]
    return False


def _sheet_to_read(path: Path, book: Workbook) -> tuple[str, list[str]]:
    """Its name, and those of the others that hold something."""
    filled = []
    for sheet in book.worksheets:
        rows = sum(1 for _number, row in zip(range(3), sheet.iter_rows(values_only=True), strict=False) if any(row))
        if rows and sheet.sheet_state == "visible":
            filled.append((sheet.title, rows))
    if not filled:
        raise refuse(path, _("the workbook is empty."))
    chosen = next((title for title, rows in filled if rows > 1), filled[0][0])
    return chosen, [shown for shown, _rows in filled if shown != chosen]
