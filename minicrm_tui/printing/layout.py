"""A document on its pages: everything gets its place before anything is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from minicrm_tui.printing.closing import closing, moved, strips
from minicrm_tui.printing.items import Placed, Table, table_for
from minicrm_tui.printing.letterhead import letterhead, running_head
from minicrm_tui.printing.marks import BOTTOM, GREY, HEIGHT, LEFT, RIGHT, Mark, Rule, Style, Typeface
from minicrm_tui.printing.pages import Page, Room, paged
from minicrm_tui.printing.paper import Paper, carried_words, page_words
from minicrm_tui.printing.wrapping import BETWEEN

_FOOT: Final = Style(7.5, ink=GREY)
_FOOT_AT: Final = HEIGHT - 17.0
"""Above it, the footer's rule."""


@dataclass(slots=True)
class _Desk:
    """The pages so far, and where the last one is filled to."""

    sheet: Paper
    face: Typeface
    pages: list[list[Mark]] = field(default_factory=list)
    y: float = 0.0

    def turn(self) -> None:
        """A new page, under its head."""
        head = running_head if self.pages else letterhead
        marks, self.y = head(self.sheet, self.face)
        self.pages.append(marks)

    def put(self, marks: Sequence[Mark], height: float) -> None:
        """Under what is there; the marks count from y = 0."""
        self.pages[-1] += moved(marks, self.y)
        self.y += height


def laid_out(sheet: Paper, face: Typeface) -> list[list[Mark]]:
    """The marks of every page."""
    desk = _Desk(sheet, face)
    desk.turn()
    table = table_for(sheet, face)
    rows = [table.placed(row) for row in sheet.rows]
    end = closing(sheet, face)
    for number, page in enumerate(
        paged([row.height for row in rows], [row.cells.sums for row in rows], _room(desk, table, end.height))
    ):
        if number:
            desk.turn()
        _put_items(desk, table, rows, page)
    desk.put(end.marks, end.height)
    for strip in strips(sheet, face):
        if desk.y + strip.height + strip.keep > BOTTOM:
            desk.turn()
        desk.put(strip.marks, strip.height)
    return [[*marks, *_foot(sheet, face, number, len(desk.pages))] for number, marks in enumerate(desk.pages, 1)]


def _room(desk: _Desk, table: Table, closing_height: float) -> Room:
    under_running = running_head(desk.sheet, desk.face)[1]
    return Room(
        first=BOTTOM - desk.y - table.head,
        other=BOTTOM - under_running - table.head,
        carried=table.carried,
        closing=closing_height,
    )


def _put_items(desk: _Desk, table: Table, rows: Sequence[Placed], page: Page) -> None:
    forward, brought = carried_words()
    desk.put(tuple(table.headings(0)), table.head)
    if page.brought is not None:
        desk.put(tuple(table.carry(brought, page.brought, 0)), table.carried)
    for row in rows[page.begin : page.end]:
        desk.put(tuple(table.row(row, 0)), row.height)
    if page.carried is not None:
        desk.put(tuple(table.carry(forward, page.carried, 0)), table.carried)


def _foot(sheet: Paper, face: Typeface, page: int, pages: int) -> list[Mark]:
    said = page_words(page, pages)
    room = RIGHT - LEFT - face.width(said, _FOOT) - 10
    who = face.shortened(BETWEEN.join(filter(None, (sheet.called, sheet.seller.name))), room, _FOOT)
    return [
        Rule(LEFT, RIGHT, _FOOT_AT),
        face.left(LEFT, _FOOT_AT + 1.8, who, _FOOT),
        face.right(RIGHT, _FOOT_AT + 1.8, said, _FOOT),
    ]
