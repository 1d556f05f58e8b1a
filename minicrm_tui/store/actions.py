"""The beginning of an undo step that is for cards: what it is called, and where its undo leads."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection
from sqlmodel import bindparam, col, select, update

from minicrm_tui.domain.records import ActionId, CardId, ModuleId
from minicrm_tui.store import journal
from minicrm_tui.store.book_tables import ActionTable
from minicrm_tui.store.tables import CardTable

_CARD = select(CardTable.name, CardTable.module_id).where(col(CardTable.id) == bindparam("card_id"))

_UPDATE = update(ActionTable).where(col(ActionTable.id) == bindparam("action_id"))
"""Sets the columns for which it is given values."""


def begin(
    conn: Connection, verb: str, card_id: CardId, now: datetime, *, subject: str | None = None, count: int = 1
) -> ActionId:
    """Start an undo step for this card (the first of `count`); without a subject it is called by the card's name."""
    name, module_id = conn.execute(_CARD, {"card_id": card_id}).one()
    called = name if subject is None else subject
    return journal.begin_action(conn, verb, called, count, card_id, ModuleId(module_id), now)


def recount(conn: Connection, action_id: ActionId, count: int) -> None:
    """Say how many it really was, once that is known."""
    conn.execute(_UPDATE, {"action_id": action_id, "count": count})


def rename(conn: Connection, action_id: ActionId, subject: str, card_id: CardId) -> None:
    """Say what it is called and where its undo leads, once that is known."""
    conn.execute(_UPDATE, {"action_id": action_id, "subject": subject, "card_id": card_id})
