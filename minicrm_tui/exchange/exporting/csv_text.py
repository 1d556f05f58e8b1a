"""CSV as spreadsheets open it without a question: UTF-8 with a mark, commas, CRLF, nothing that would run."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from io import StringIO
from itertools import islice
from typing import Final

from minicrm_tui.domain.exports import ExportedCard
from minicrm_tui.exchange.exporting.sheets import Cell, Sheet
from minicrm_tui.exchange.formulas import neutralised

BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it, Excel takes the file for one of the machine's old code page."""

_ROWS: Final = 500
"""Written at a time."""


def csv_text(sheet: Sheet, cards: Iterable[ExportedCard]) -> Iterator[str]:
    """The whole file, in pieces."""
    yield BYTE_ORDER_MARK + _lines([[neutralised(header) for header in sheet.headers]])
    rows = ([_written(cell) for cell in sheet.row(card)] for card in cards)
    while some := list(islice(rows, _ROWS)):
        yield _lines(some)


def _lines(rows: Sequence[Sequence[str]]) -> str:
    out = StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue()


def _written(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return neutralised(cell)
        case datetime():
            return cell.isoformat(" ", "minutes")
        case date():
            return cell.isoformat()
        case int():
            return str(cell)
        case _:
            return format(cell, "f")
