"""The columns of a document's items: which of them a width has room for, and how wide each is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from minicrm_tui.domain.line_cells import COMPUTED, NUMERIC, Cell, cell_title, shown_cell
from minicrm_tui.domain.lines import LineDraft
from minicrm_tui.widgets.cells import cell_width

WIDE: Final = 110
"""Cells from which on the number of the line, its SKU and its amount of VAT are shown too."""

LEAST_NAME: Final = 12

_NARROW_CELLS: Final = (Cell.NAME, Cell.QUANTITY, Cell.UNIT, Cell.PRICE, Cell.VAT, Cell.NET, Cell.GROSS)
_WIDE_CELLS: Final = (Cell.SKU, *_NARROW_CELLS[:5], Cell.TAX, Cell.NET, Cell.GROSS)

_LEAST: Final[Mapping[Cell, int]] = {
    **{Cell.SKU: 10, Cell.QUANTITY: 6, Cell.UNIT: 5, Cell.VAT: 5},
    **{Cell.PRICE: 9, Cell.TAX: 9, Cell.NET: 10, Cell.GROSS: 10},
}
_MOST: Final[Mapping[Cell, int]] = {Cell.SKU: 16, Cell.UNIT: 10}
"""Cells at which a text is cut; numbers are never cut."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where it begins in a row, and how wide it is."""

    cell: Cell
    left: int
    width: int

    @property
    def is_typed(self) -> bool:
        """Whether the cursor can stand in it."""
        return self.cell not in COMPUTED

    @property
    def right(self) -> bool:
        """Whether its text stands at its right end."""
        return self.cell in NUMERIC


def columns_for(
    width: int, lines: Sequence[LineDraft], currency: str, before: Sequence[Column] = ()
) -> tuple[Column, ...]:
    """The columns in that width; none is narrower than it was `before`, so that nothing jumps while one types."""
    cells = _WIDE_CELLS if width >= WIDE else _NARROW_CELLS
    was = {column.cell: column.width for column in before}
    needed: dict[Cell, int] = {}
    for cell in cells:
        if cell is not Cell.NAME:
            needed[cell] = max(_needed(cell, lines, currency), was.get(cell, 0))
    number = number_cells(width, len(lines))
    room = width - 1 - number - sum(needed.values()) - len(cells)
    needed[Cell.NAME] = max(LEAST_NAME, room)
    return tuple(_placed(cells, needed, 1 + number))


def number_cells(width: int, lines: int) -> int:
    """How many cells the number of a line takes, the space after it included."""
    return max(2, len(str(lines))) + 1 if width >= WIDE else 0


def _placed(cells: Sequence[Cell], widths: Mapping[Cell, int], left: int) -> Iterator[Column]:
    for cell in cells:
        yield Column(cell, left, widths[cell])
        left += widths[cell] + 1


def _needed(cell: Cell, lines: Sequence[LineDraft], currency: str) -> int:
    shown = max((cell_width(shown_cell(line, cell, currency)) for line in _widest(cell, lines)), default=0)
    return min(max(shown, cell_width(cell_title(cell)), _LEAST[cell]), _MOST.get(cell, 40))


def _widest(cell: Cell, lines: Sequence[LineDraft]) -> Sequence[LineDraft]:
    """Lines among which the widest text of the column is: formatting each of a thousand would take too long."""
    match cell:
        case Cell.QUANTITY:
            return tuple({line.quantity: line for line in lines}.values())
        case Cell.UNIT:
            return tuple({line.unit: line for line in lines}.values())
        case Cell.VAT:
            return tuple({line.vat: line for line in lines}.values())
        case Cell.SKU:
            return sorted(lines, key=lambda line: len(line.sku))[-1:]
        case Cell.PRICE:
            return sorted(lines, key=lambda line: line.price)[-1:]
        case _:
            amounts = sorted(lines, key=lambda line: line.gross)
            return (*amounts[:1], *amounts[-1:])
