"""Two cards that have to do with each other, told in both their histories."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import bindparam, col, select

from minicrm_tui.domain.pages import LinkId
from minicrm_tui.domain.records import CardId
from minicrm_tui.store import history
from minicrm_tui.store.history import Entry
from minicrm_tui.store.rows import stamp
from minicrm_tui.store.statements import add
from minicrm_tui.store.tables import CardTable, LinkTable

if TYPE_CHECKING:
    from sqlalchemy import Connection

_NAME = select(CardTable.name).where(col(CardTable.id) == bindparam("card"))


def write_link(conn: Connection, one: CardId, other: CardId, description: str, now: datetime) -> LinkId:
    """Link two cards inside a running undo step."""
    link_id = add(conn, LinkTable(card_id=one, other_id=other, description=description, created_at=stamp(now)))
    for card_id, beside in ((one, other), (other, one)):
        name = conn.execute(_NAME, {"card": beside}).scalar_one()
        history.write(conn, (card_id,), Entry(stamp(now), "linked", name, "", "", description))
    return LinkId(link_id)
