"""Under the items: the table of VAT, the totals, and the notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from minicrm_tui.i18n import NO_BREAK, pgettext
from minicrm_tui.printing.marks import BLACK, BLUE, BODY, GREY, LABEL, LEFT, RIGHT, Mark, Rule, Style, Typeface
from minicrm_tui.printing.paper import Fact, Paper, RateCells, rate_headings

MOST_BESIDE: Final = 12
"""Rates of VAT that stand beside the totals; more get a table of their own after them."""

_RATE: Final = Style(8)
_RATE_HEADING: Final = Style(7.5, bold=True, ink=GREY)
_TOTAL: Final = Style(9)
_GRAND: Final = Style(12, bold=True)

_ROW: Final = 5.2
_GRAND_ROW: Final = 8.0
_GAP: Final = 6.0
_LEAST_TOTALS: Final = 72.0

_ABOVE: Final = 5.0


@dataclass(frozen=True, slots=True)
class Closing:
    """What stays in one piece with the last item: its marks from y = 0 on, and its height."""

    marks: tuple[Mark, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Strip:
    """One line of what may go over to another page: marks from y = 0 on, its height, and that of what it stays with."""

    marks: tuple[Mark, ...]
    height: float
    keep: float = 0.0


def closing(sheet: Paper, face: Typeface) -> Closing:
    """The totals at the right, the table of VAT at the left: above them where both are too wide, after them if long."""
    totals, width = _totals(sheet.totals, sheet.currency, face)
    rates = () if len(sheet.rates) > MOST_BESIDE else (rate_headings(), *sheet.rates) if sheet.rates else ()
    widths = _rate_widths(rates, face)
    beside = sum(widths) + _GAP * len(widths) <= RIGHT - LEFT - width
    table = [mark for place, row in enumerate(rates) for mark in _rate_row(row, not place, widths, place * _ROW, face)]
    under = 0.0 if beside else len(rates) * _ROW + 3
    height = max(len(rates) * _ROW, under + 2 * _ROW + _GRAND_ROW)
    marks = [*moved(table, _ABOVE), *moved(totals, _ABOVE + under)]
    return Closing(tuple(marks), _ABOVE + height)


def strips(sheet: Paper, face: Typeface) -> Iterator[Strip]:
    """What follows: a long table of VAT, and the notes."""
    if len(sheet.rates) > MOST_BESIDE:
        yield from _long_rates(sheet, face)
    if sheet.notes:
        yield from _notes(sheet.notes, face)


def moved(marks: Sequence[Mark], by: float) -> Iterator[Mark]:
    """The same marks further down."""
    return (replace(mark, y=mark.y + by) for mark in marks)


# --- totals


def _totals(facts: Sequence[Fact], currency: str, face: Typeface) -> tuple[list[Mark], float]:
    """The last one is what it comes to."""
    *parts, whole = facts
    amount = f"{whole.value}{NO_BREAK}{currency}"
    width = max(_LEAST_TOTALS, face.width(whole.label, _GRAND) + _GAP + face.width(amount, _GRAND))
    marks: list[Mark] = []
    for place, fact in enumerate(parts):
        y = place * _ROW
        marks += [face.left(RIGHT - width, y, fact.label, _TOTAL), face.right(RIGHT, y, fact.value, _TOTAL)]
    y = len(parts) * _ROW + 0.6
    marks += [Rule(RIGHT - width, RIGHT, y, 0.4, BLUE), face.left(RIGHT - width, y + 1.8, whole.label, _GRAND)]
    return [*marks, face.right(RIGHT, y + 1.8, amount, _GRAND)], width


# --- VAT


def _rate_widths(rows: Sequence[RateCells], face: Typeface) -> list[float]:
    columns = zip(*(row.texts for row in rows), strict=True)
    return [max(face.width(text, _RATE_HEADING) for text in column) for column in columns]


def _rate_row(row: RateCells, heads: bool, widths: Sequence[float], y: float, face: Typeface) -> Iterator[Mark]:
    x = LEFT
    for text, width in zip(row.texts, widths, strict=True):
        yield face.right(x + width, y, text, _RATE_HEADING if heads else _RATE)
        x += width + _GAP
    yield Rule(LEFT, x - _GAP, y + _ROW - 1.0, *((0.3, BLACK) if heads else ()))


def _long_rates(sheet: Paper, face: Typeface) -> Iterator[Strip]:
    rows = (rate_headings(), *sheet.rates)
    widths = _rate_widths(rows, face)
    yield Strip((), 4)
    for place, row in enumerate(rows):
        yield Strip(tuple(_rate_row(row, not place, widths, 0.0, face)), _ROW, keep=0.0 if place else _ROW)


# --- notes


def _notes(notes: str, face: Typeface) -> Iterator[Strip]:
    lines = face.wrapped(notes, RIGHT - LEFT, BODY)
    yield Strip((), 6)
    yield Strip((face.left(LEFT, 0, pgettext("document", "Notes"), LABEL),), LABEL.leading + 0.8, keep=BODY.leading)
    for line in lines:
        yield Strip((face.left(LEFT, 0, line),), BODY.leading)
