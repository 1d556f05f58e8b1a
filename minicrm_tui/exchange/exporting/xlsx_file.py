"""A workbook with a sheet for each module: numbers are numbers, days are days, and texts never run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal
from itertools import groupby
from typing import IO, TYPE_CHECKING, Final

from minicrm_tui.domain.exports import ExportedCard, ExportedModule
from minicrm_tui.exchange.exporting.sheets import Cell, Sheet, sheet_of

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell as Box
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

MOST_ROWS: Final = 1_048_576
"""Of a sheet, its first row among them; what is more goes on a further sheet."""

_LONGEST_CELL: Final = 32_767
_LONGEST_TITLE: Final = 31
_NO_TITLE: Final = re.compile(r"[\[\]:*?/\\]")
_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RUNS: Final = ("=", "+", "-", "@", "\t", "\r")
_NOT_PLAIN: Final = (*_RUNS, "#")
_WIDEST: Final = 40


def write_xlsx(
    out: IO[bytes],
    modules: Sequence[ExportedModule],
    cards: Iterable[ExportedCard],
    zone: tzinfo | None,
    most_rows: int = MOST_ROWS,
) -> None:
    """Write the workbook; the cards come module by module, in the order of the modules."""
    # Takes a tenth of a second to import, and few exports are workbooks.
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    writing = _Writing(book, most_rows)
    by_id = {each.module.id: each for each in modules}
    for module_id, its_cards in groupby(cards, lambda card: card.module.id):
        writing.write(by_id.pop(module_id), its_cards, zone)
    for empty in by_id.values():
        writing.write(empty, (), zone)
    book.save(out)


class _Writing:
    """A workbook that grows by sheets and rows."""

    def __init__(self, book: Workbook, most_rows: int) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font

        self._book = book
        self._most_rows = most_rows
        self._titles: set[str] = set()
        self._cell: Callable[..., Box] = WriteOnlyCell
        self._bold = Font(bold=True)

    def write(self, exported: ExportedModule, cards: Iterable[ExportedCard], zone: tzinfo | None) -> None:
        """One module's cards, on as many sheets as they need."""
        layout = sheet_of((exported,), zone)
        page, rows = self._page(exported.module.name, layout), 1
        for card in cards:
            if rows == self._most_rows:
                page, rows = self._page(exported.module.name, layout), 1
            page.append([self._written(page, value) for value in layout.row(card)])
            rows += 1

    def _page(self, name: str, layout: Sheet) -> WriteOnlyWorksheet:
        page: WriteOnlyWorksheet = self._book.create_sheet(self._title(name))
        page.freeze_panes = "A2"
        for place, header in enumerate(layout.headers):
            width = min(_WIDEST, max(10, len(header) + 2))
            # The stubs know it of ordinary sheets alone.
            page.column_dimensions[_letters(place)].width = width  # type: ignore[attr-defined]
        page.append([self._header(page, header) for header in layout.headers])
        return page

    def _title(self, name: str) -> str:
        """What the sheet is called: a name that Excel takes, and no other sheet has."""
        plain = _NO_TITLE.sub("-", _writable(name)).strip("' ") or "-"
        endings = ("", *(f" ({number})" for number in range(2, 10_000)))
        title = next(
            found
            for found in (plain[: _LONGEST_TITLE - len(ending)] + ending for ending in endings)
            if found.casefold() not in self._titles
        )
        self._titles.add(title.casefold())
        return title

    def _header(self, page: WriteOnlyWorksheet, text: str) -> Box:
        cell = self._text(page, _writable(text))
        cell.font = self._bold
        return cell

    def _written(self, page: WriteOnlyWorksheet, value: Cell) -> Box | str | int | None:
        match value:
            case None | "":
                return None
            case str():
                text = _writable(value)
                return self._text(page, text) if text.startswith(_NOT_PLAIN) else text
            case int():
                return value
            case datetime():
                return self._formatted(page, value, "yyyy-mm-dd hh:mm:ss")
            case date():
                return self._formatted(page, value, "yyyy-mm-dd")
            case _:
                return self._formatted(page, value, _number_format(value))

    def _text(self, page: WriteOnlyWorksheet, text: str) -> Box:
        """A text that is one, whatever it begins with: openpyxl takes "=1+1" for a formula, "#N/A" for an error."""
        cell = self._cell(page, value=text)
        cell.data_type = "s"
        # So that it stays a text when a person edits it.
        cell.quotePrefix = text.startswith(_RUNS)
        return cell

    def _formatted(self, page: WriteOnlyWorksheet, value: date | Decimal, shape: str) -> Box:
        cell = self._cell(page, value=float(value) if isinstance(value, Decimal) else value)
        cell.number_format = shape
        return cell


def _number_format(number: Decimal) -> str:
    exponent = number.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    return f"#,##0.{'0' * places}" if places > 0 else "#,##0"


def _writable(text: str) -> str:
    """Without what a workbook's XML can't hold, and no longer than a cell may be."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)[:_LONGEST_CELL]


def _letters(place: int) -> str:
    """What a column is called, the first one being 0."""
    letters = ""
    number = place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
