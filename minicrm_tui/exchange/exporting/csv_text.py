"""CSV as spreadsheets open it without a question: UTF-8 with a mark, commas, CRLF, nothing that would run."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from itertools import islice
from typing import Final, TypeAlias

from minicrm_tui.domain.exports import ExportedCard
from minicrm_tui.exchange.exporting.sheets import Cell, Sheet
from minicrm_tui.exchange.formulas import neutralised

BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it, Excel takes the file for one of the machine's old code page."""

_Written: TypeAlias = "str | int | date | None"
"""What the writer writes as it should be: a day ISO, None as nothing."""

_ROWS: Final = 500
"""Written at a time."""


def csv_text(sheet: Sheet, cards: Iterable[ExportedCard]) -> Iterator[str]:
    """The whole file, in pieces."""
    yield BYTE_ORDER_MARK + _lines([[neutralised(header) for header in sheet.headers]])
    rows = ([None if cell is None else _written(cell) for cell in sheet.row(card)] for card in cards)
    while some := list(islice(rows, _ROWS)):
        yield _lines(some)


def _lines(rows: Sequence[Sequence[_Written]]) -> str:
    out = StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue()


def _written(cell: Cell) -> _Written:
    match cell:
        case str():
            return neutralised(cell)
        case datetime():
            return cell.isoformat(" ", "seconds")
        case Decimal():
            return format(cell, "f")
        case _:
            return cell
