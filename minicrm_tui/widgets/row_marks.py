"""Marks that a card has besides its status: what its rows, its peek and its page say of it."""

from __future__ import annotations

from datetime import datetime

from minicrm_tui.domain.forgetting import said_of
from minicrm_tui.domain.records import CardRow
from minicrm_tui.i18n import _, format_number
from minicrm_tui.widgets.cells import cell_width
from minicrm_tui.widgets.strips import Piece

SIGN = Piece("!", "error", True)
"""Overdue, where there is no room for words."""

FORGOTTEN, ROTTING = "◷", "≋"
"""Forgotten, and rotting, where there is no room for words."""

_ROOM_BESIDE = 9
"""Cells that a mark leaves to what it stands before; else it is written shorter."""


def mark_of(card: CardRow, now: datetime) -> Piece | None:
    """The mark of a card in words: a document is overdue, a card rots in its status, an opportunity is forgotten."""
    days = card.days_overdue(now.date())
    if days:
        return Piece(_("overdue {n}d").format(n=days), "error")
    said = said_of(card, now)
    return Piece(said, "warning") if said else None


def brief_mark(card: CardRow, now: datetime, cells: int) -> Piece | None:
    """The mark for the beginning of a column of so many cells, as long as there is room for it."""
    words = mark_of(card, now)
    if words is None or cells - cell_width(words.text) > _ROOM_BESIDE:
        return words
    if card.days_overdue(now.date()):
        return SIGN
    rotting = card.rotting(now)
    sign, days = (ROTTING, rotting) if rotting is not None else (FORGOTTEN, card.forgotten(now) or 0)
    short = _("{sign}{n}d").format(sign=sign, n=format_number(days))
    return Piece(short if cells - cell_width(short) > _ROOM_BESIDE else sign, words.tone, True)
