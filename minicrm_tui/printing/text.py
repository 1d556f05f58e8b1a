"""A document as plain lines for a terminal: what stands on its paper, without pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, zip_longest
from typing import Final

from rich.cells import cell_len

from minicrm_tui.domain.documents import Document
from minicrm_tui.i18n import NO_BREAK, _, pgettext
from minicrm_tui.printing.paper import NAME, NOBODY, UNIT, Block, Cells, Fact, Paper, headings, paper, rate_headings
from minicrm_tui.printing.wrapping import wrapped

NARROWEST: Final = 24
"""Cells: narrower terminals get lines of this width."""

_BESIDE: Final = 72
"""Cells from which seller and buyer stand beside each other."""

_LEAST_NAME: Final = 20
"""Cells that a name needs in a table; with fewer, its numbers go under it."""

_GAP: Final = "  "


def preview(document: Document, width: int) -> tuple[str, ...]:
    """The document as lines of at most that many cells."""
    sheet, cells = paper(document), max(width, NARROWEST)
    parts: Iterable[Iterable[str]] = (
        _title(sheet, cells),
        _parties(sheet, cells),
        chain.from_iterable(_fact(fact, cells) for fact in sheet.facts),
        wrapped(sheet.subject, cells, cell_len) if sheet.subject else (),
        _items(sheet, cells),
        _totals(sheet, cells),
        (pgettext("document", "Notes"), *wrapped(sheet.notes, cells, cell_len)) if sheet.notes else (),
    )
    return tuple(line.rstrip() for part in parts for line in _with_space_before(part))[1:]


def _with_space_before(part: Iterable[str]) -> Iterator[str]:
    lines = tuple(part)
    if lines:
        yield ""
        yield from lines


def _title(sheet: Paper, cells: int) -> Iterator[str]:
    words = filter(None, (sheet.title.upper(), sheet.number, sheet.mark.upper()))
    yield from wrapped(_GAP.join(words), cells, cell_len)
    yield "═" * cells


# --- who


def _parties(sheet: Paper, cells: int) -> Iterator[str]:
    if cells < _BESIDE:
        yield from (*_block(sheet.seller, sheet.contact, cells), "", *_block(sheet.buyer, (), cells))
        return
    half = (cells - len(_GAP)) // 2
    both = zip_longest(_block(sheet.seller, sheet.contact, half), _block(sheet.buyer, (), half), fillvalue="")
    yield from (f"{_padded(seller, half)}{_GAP}{buyer}" for seller, buyer in both)


def _block(block: Block, contact: Sequence[str], cells: int) -> list[str]:
    lines = (block.heading.upper(), block.name or NOBODY, *block.details, *contact)
    return [line for text in lines for line in wrapped(text, cells, cell_len)]


def _fact(fact: Fact, cells: int) -> list[str]:
    return wrapped(f"{fact.label}: {fact.value}", cells, cell_len)


# --- items


def _items(sheet: Paper, cells: int) -> Iterator[str]:
    if not sheet.rows:
        yield _("No items yet.")
        return
    widths = _widths([headings(), *sheet.rows], cells)
    if widths[NAME] < _LEAST_NAME:
        for row in sheet.rows:
            yield from _stacked(row, cells)
    else:
        yield from _row(headings(), widths)
        yield "─" * cells
        for row in sheet.rows:
            yield from _row(row, widths)
    yield "─" * cells


def _widths(rows: Sequence[Cells], cells: int) -> list[int]:
    """Each column as wide as its widest, the name as wide as is left."""
    widths = _widest([row.texts for row in rows])
    widths[NAME] = cells - (sum(widths) - widths[NAME]) - len(_GAP) * (len(widths) - 1)
    return widths


def _widest(rows: Sequence[Sequence[str]]) -> list[int]:
    return [max(map(cell_len, column)) for column in zip(*rows, strict=True)]


def _row(row: Cells, widths: Sequence[int]) -> Iterator[str]:
    """The numbers stand in the first line of the name."""
    texts = list(row.texts)
    texts[NAME], *more = _name_lines(row, widths[NAME])
    cells = zip(texts, widths, strict=True)
    yield _GAP.join(_padded(text, width, right=at not in (NAME, UNIT)) for at, (text, width) in enumerate(cells))
    indent = " " * (widths[0] + len(_GAP))
    yield from (indent + line for line in more)


def _name_lines(row: Cells, cells: int) -> list[str]:
    return [*wrapped(row.name, cells, cell_len), *(wrapped(row.sku, cells, cell_len) if row.sku else ())]


def _stacked(row: Cells, cells: int) -> Iterator[str]:
    """Too narrow for a table: the name, then what it comes to."""
    yield from _name_lines(row, cells)
    quantity = f"{row.quantity}{NO_BREAK}{row.unit}".strip()
    words = f"{quantity} × {row.price} = {row.net} + {row.tax} ({row.rate})"
    yield from (f"  {line}" for line in wrapped(words, cells - 2, cell_len))


# --- sums


def _rates(sheet: Paper, cells: int) -> Iterator[str]:
    widths = _widest([rate.texts for rate in (rate_headings(), *sheet.rates)])
    if sum(widths) + len(_GAP) * (len(widths) - 1) > cells:
        for rate in sheet.rates:
            yield from wrapped(f"{rate.rate}: {rate.net} + {rate.tax} = {rate.gross}", cells, cell_len)
        return
    for row in (rate_headings(), *sheet.rates):
        yield _GAP.join(_padded(text, width, right=True) for text, width in zip(row.texts, widths, strict=True))


def _totals(sheet: Paper, cells: int) -> Iterator[str]:
    if sheet.rates:
        yield from (*_rates(sheet, cells), "")
    for fact in sheet.totals:
        amount = f"{fact.value}{NO_BREAK}{sheet.currency}"
        if cell_len(fact.label) + len(_GAP) + cell_len(amount) <= cells:
            yield fact.label + _padded(amount, cells - cell_len(fact.label), right=True)
        else:
            yield from (*wrapped(fact.label, cells, cell_len), *wrapped(amount, cells, cell_len))


def _padded(text: str, cells: int, *, right: bool = False) -> str:
    padding = " " * max(cells - cell_len(text), 0)
    return padding + text if right else text + padding
