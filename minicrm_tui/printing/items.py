"""The table of items: its columns, its rows, and the rows that carry a sum from page to page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final

from minicrm_tui.printing.marks import BLACK, GREY, LEFT, RIGHT, Mark, Rule, Style, Text, Typeface, height
from minicrm_tui.printing.paper import NAME, UNIT, Cells, Paper, Sums, headings, written

_NET: Final = 5
_TAX: Final = 7

_SIZES: Final = ((8.5, 4.0), (7.5, 3.2), (6.5, 2.4))
"""Points, and the gap between columns: large amounts are set smaller and closer before they take the names' place."""

_LEAST_NAME: Final = 52.0
_WIDEST_UNIT: Final = 18.0
_MOST_LINES: Final = 20
_MOST_SMALL: Final = 3
"""Lines of a name, and of a unit or a SKU: a row always has room on the first page."""

_PADDING: Final = 1.5


@dataclass(frozen=True, slots=True)
class Placed:
    """A row that is ready to be drawn: the lines of its name and unit, and its height."""

    cells: Cells
    name: tuple[str, ...]
    sku: tuple[str, ...]
    unit: tuple[str, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of one document. `edges`: where each begins and ends."""

    face: Typeface
    currency: str
    style: Style
    edges: tuple[tuple[float, float], ...]

    @property
    def head(self) -> float:
        """The height of the headings."""
        return self.style.leading + 2 * _PADDING + 0.5

    @property
    def carried(self) -> float:
        """The height of a row that carries a sum."""
        return self.style.leading + 2 * _PADDING

    @property
    def small(self) -> Style:
        """Of what is said besides."""
        return Style(self.style.size - 1, ink=GREY)

    def placed(self, row: Cells) -> Placed:
        """The row with its texts on lines."""
        (left, right), (unit_left, unit_right) = self.edges[NAME], self.edges[UNIT]
        name = tuple(self.face.wrapped(row.name, right - left, self.style, _MOST_LINES))
        sku = tuple(self.face.wrapped(row.sku, right - left, self.small, _MOST_SMALL))
        unit = tuple(self.face.wrapped(row.unit, unit_right - unit_left, self.style, _MOST_SMALL))
        lines = max(height(name, self.style) + height(sku, self.small), height(unit, self.style))
        return Placed(row, name, sku, unit, lines + 2 * _PADDING)

    def headings(self, y: float) -> Iterator[Mark]:
        """In small type between two rules."""
        style = replace(self.style, size=self.style.size - 1, bold=True, ink=GREY)
        yield from self._texts(headings().texts, y + _PADDING, style)
        yield Rule(LEFT, RIGHT, y + self.head - 0.8, 0.3, BLACK)

    def row(self, row: Placed, y: float) -> Iterator[Mark]:
        """Its numbers stand in the first line; a pale rule closes it."""
        top = y + _PADDING
        texts = list(row.cells.texts)
        texts[NAME] = texts[UNIT] = ""
        yield from self._texts(texts, top, self.style)
        left = self.edges[NAME][0]
        yield from self.face.lines(left, top, row.name, self.style)
        yield from self.face.lines(left, top + height(row.name, self.style), row.sku, self.small)
        yield from self.face.lines(self.edges[UNIT][0], top, row.unit, self.style)
        yield Rule(LEFT, RIGHT, y + row.height)

    def carry(self, words: str, sums: Sums, y: float) -> Iterator[Mark]:
        """What stands at the foot of a page and at the top of the next."""
        texts = [""] * len(self.edges)
        texts[_NET], texts[_TAX] = written(sums, self.currency)
        style = replace(self.style, bold=True)
        yield self.face.left(self.edges[NAME][0], y + _PADDING, words, style)
        yield from self._texts(texts, y + _PADDING, style)
        yield Rule(LEFT, RIGHT, y + self.carried)

    def _texts(self, texts: Sequence[str], y: float, style: Style) -> Iterator[Text]:
        """Words from the left, numbers to the right."""
        for column, (text, (left, right)) in enumerate(zip(texts, self.edges, strict=True)):
            if text:
                words = column in (NAME, UNIT)
                yield self.face.left(left, y, text, style) if words else self.face.right(right, y, text, style)


def table_for(sheet: Paper, face: Typeface) -> Table:
    """Each column as wide as its widest text, the names as wide as is left."""
    for size, gap in _SIZES:
        style = Style(size)
        widths = _widths(sheet, face, style, gap)
        if widths[NAME] >= _LEAST_NAME:
            break
    return Table(face, sheet.currency, style, tuple(_edges(widths, gap)))


def _widths(sheet: Paper, face: Typeface, style: Style, gap: float) -> list[float]:
    """Measured in bold, as the headings and the carried sums are."""
    bold = replace(style, bold=True)
    columns = [set(column) for column in zip(*(row.texts for row in (headings(), *sheet.rows)), strict=True)]
    columns[NAME] = set()
    for sums in _extremes(sheet.rows):
        net, tax = written(sums, sheet.currency)
        columns[_NET].add(net)
        columns[_TAX].add(tax)
    widths = [max((face.width(text, bold) for text in column), default=0.0) for column in columns]
    widths[UNIT] = min(widths[UNIT], _WIDEST_UNIT)
    widths[NAME] = RIGHT - LEFT - (sum(widths) - widths[NAME]) - gap * (len(widths) - 1)
    return widths


def _extremes(rows: Sequence[Cells]) -> tuple[Sums, Sums]:
    """Beyond which no carried sum is; not always the last ones, as an item may be negative."""
    carried = list(accumulate((row.sums for row in rows), initial=Sums()))
    nets, taxes = [each.net for each in carried], [each.tax for each in carried]
    return Sums(min(nets), min(taxes)), Sums(max(nets), max(taxes))


def _edges(widths: Sequence[float], gap: float) -> Iterator[tuple[float, float]]:
    x = LEFT
    for width in widths:
        yield x, x + width
        x += width + gap
