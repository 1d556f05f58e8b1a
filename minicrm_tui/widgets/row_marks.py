"""Marks that a card has besides its status: what its rows, its peek and its page say of it."""

from __future__ import annotations

from datetime import date

from minicrm_tui.domain.records import CardRow
from minicrm_tui.i18n import _
from minicrm_tui.widgets.cells import cell_width
from minicrm_tui.widgets.strips import Piece

SIGN = Piece("!", "error", True)
"""Where there is no room for words."""

_ROOM_BESIDE = 9
"""Cells that the words of a mark leave to what they stand before, or they are only a sign."""


def mark_of(card: CardRow, today: date) -> Piece | None:
    """The mark of a card in words: a document whose payment date has passed is overdue."""
    days = card.days_overdue(today)
    return Piece(_("overdue {n}d").format(n=days), "error") if days else None


def brief_mark(card: CardRow, today: date, cells: int) -> Piece | None:
    """The mark for the beginning of a column of so many cells."""
    mark = mark_of(card, today)
    if mark is None:
        return None
    return mark if cells - cell_width(mark.text) > _ROOM_BESIDE else SIGN
