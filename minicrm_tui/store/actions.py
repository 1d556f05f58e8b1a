"""The beginning of an undo step that is for cards: what it is called, and where its undo leads."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from minicrm_tui.domain.records import ActionId, CardId, ModuleId
from minicrm_tui.store import journal

if TYPE_CHECKING:
    from sqlalchemy import Connection


def begin(
    conn: Connection, verb: str, card_id: CardId, now: datetime, *, subject: str | None = None, count: int = 1
) -> ActionId:
    """Start an undo step for this card (the first of `count`); without a subject it is called by the card's name."""
    name, module_id = conn.exec_driver_sql("SELECT name, module_id FROM card WHERE id = ?", (card_id,)).one()
    called = name if subject is None else subject
    return journal.begin_action(conn, verb, called, count, card_id, ModuleId(module_id), now)


def recount(conn: Connection, action_id: ActionId, count: int) -> None:
    """Say how many it really was, once that is known."""
    conn.exec_driver_sql("UPDATE action SET count = ? WHERE id = ?", (count, action_id))


def rename(conn: Connection, action_id: ActionId, subject: str, card_id: CardId) -> None:
    """Say what it is called and where its undo leads, once that is known."""
    conn.exec_driver_sql("UPDATE action SET subject = ?, card_id = ? WHERE id = ?", (subject, card_id, action_id))
