"""The top of the first page: who writes, what it is, who sells and buys, when; and the top of the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from minicrm_tui.printing.marks import (
    BLUE,
    BODY,
    GREY,
    LABEL,
    LEFT,
    RIGHT,
    TOP,
    Mark,
    Rule,
    Style,
    Typeface,
    height,
)
from minicrm_tui.printing.paper import NOBODY, Block, Fact, Paper
from minicrm_tui.printing.wrapping import BETWEEN

_FIRM: Final = Style(14, bold=True)
_CONTACT: Final = Style(8, ink=GREY)
_TITLE: Final = Style(17, bold=True, ink=BLUE)
_NUMBER: Final = Style(11, bold=True)
_NAME: Final = Style(9.5, bold=True)
_SUBJECT: Final = Style(10, bold=True)
_RUNNING: Final = Style(8, ink=GREY)

_TITLE_WIDTH: Final = 72.0
_FIRM_WIDTH: Final = RIGHT - LEFT - _TITLE_WIDTH - 6
_GAP: Final = 6.0
_FACTS_WIDTH: Final = 40.0
_BLOCK_WIDTH: Final = (RIGHT - LEFT - _FACTS_WIDTH - 2 * _GAP) / 2

_LONGEST_DETAIL: Final = 4
_MOST_DETAILS: Final = 16
"""Lines of one thing that is said of who sells or buys, and of all: a first page always has room for items."""


def letterhead(sheet: Paper, face: Typeface) -> tuple[list[Mark], float]:
    """All above the items on the first page, and where it ends."""
    firm, under_firm = _firm(sheet, face)
    title, under_title = _title(sheet, face)
    y = max(under_firm, under_title) + 3
    parties, under = _parties(sheet, face, y + 5.5)
    subject = face.wrapped(sheet.subject, RIGHT - LEFT, _SUBJECT, 2)
    marks = [*firm, *title, Rule(LEFT, RIGHT, y, 0.5, BLUE), *parties, *face.lines(LEFT, under + 6, subject, _SUBJECT)]
    return marks, under + 6 + (height(subject, _SUBJECT) + 3 if sheet.subject else 0)


def running_head(sheet: Paper, face: Typeface) -> tuple[list[Mark], float]:
    """Which document this is, above the items of every further page."""
    called = face.shortened(sheet.called, 95, _RUNNING)
    seller = face.shortened(sheet.seller.name, 70, _RUNNING)
    y = TOP + _RUNNING.leading + 1.5
    marks = [face.left(LEFT, TOP, called, _RUNNING), face.right(RIGHT, TOP, seller, _RUNNING)]
    return [*marks, Rule(LEFT, RIGHT, y, 0.3, BLUE)], y + 5


def _firm(sheet: Paper, face: Typeface) -> tuple[list[Mark], float]:
    name = face.wrapped(sheet.seller.name, _FIRM_WIDTH, _FIRM, 2)
    contact = face.wrapped(BETWEEN.join(sheet.contact), _FIRM_WIDTH, _CONTACT, 2)
    y = TOP + height(name, _FIRM) + 0.5
    marks = [*face.lines(LEFT, TOP, name, _FIRM), *face.lines(LEFT, y, contact, _CONTACT)]
    return list(marks), y + height(contact, _CONTACT)


def _title(sheet: Paper, face: Typeface) -> tuple[list[Mark], float]:
    """At the right; a long word in another language takes two lines."""
    title = face.wrapped(sheet.title, _TITLE_WIDTH, _TITLE, 2)
    marks: list[Mark] = [
        face.right(RIGHT, TOP - 1 + place * _TITLE.leading, line, _TITLE) for place, line in enumerate(title)
    ]
    y = TOP + height(title, _TITLE)
    number = face.shortened(sheet.number or sheet.mark, _TITLE_WIDTH, _NUMBER)
    return [*marks, face.right(RIGHT, y, number, _NUMBER)], y + _NUMBER.leading


def _parties(sheet: Paper, face: Typeface, y: float) -> tuple[list[Mark], float]:
    facts = RIGHT - _FACTS_WIDTH
    columns = (
        _block(sheet.seller, face, LEFT, y),
        _block(sheet.buyer, face, LEFT + _BLOCK_WIDTH + _GAP, y),
        _facts(sheet.facts, face, facts, y),
    )
    return [mark for marks, _bottom in columns for mark in marks], max(bottom for _marks, bottom in columns)


def _block(block: Block, face: Typeface, x: float, y: float) -> tuple[list[Mark], float]:
    name = face.wrapped(block.name or NOBODY, _BLOCK_WIDTH, _NAME, 3)
    lines = [line for text in block.details for line in face.wrapped(text, _BLOCK_WIDTH, BODY, _LONGEST_DETAIL)]
    details = lines[:_MOST_DETAILS]
    under_name = y + 4.5 + height(name, _NAME) + 0.4
    marks = [
        face.left(x, y, block.heading, LABEL),
        *face.lines(x, y + 4.5, name, _NAME),
        *face.lines(x, under_name, details),
    ]
    return list(marks), under_name + height(details)


def _facts(facts: Sequence[Fact], face: Typeface, x: float, y: float) -> tuple[list[Mark], float]:
    marks = [mark for place, fact in enumerate(facts) for mark in _fact(fact, face, x, y + place * 9.5)]
    return marks, y + len(facts) * 9.5 - 1.5


def _fact(fact: Fact, face: Typeface, x: float, y: float) -> Iterator[Mark]:
    yield face.left(x, y, face.shortened(fact.label, _FACTS_WIDTH, LABEL), LABEL)
    yield face.left(x, y + 3.9, face.shortened(fact.value, _FACTS_WIDTH, BODY))
