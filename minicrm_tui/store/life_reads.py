"""What is in the trash, card by card: those that are there with their module come back with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from minicrm_tui.domain.records import CardRow
from minicrm_tui.store.engine import driver
from minicrm_tui.store.rows import TRASHED, card_rows
from minicrm_tui.store.trashed import IN_USE

if TYPE_CHECKING:
    from sqlalchemy import Connection

_TRASH = "SELECT id, sort_key FROM card WHERE module_id = ? AND place = ? ORDER BY sort_key, folded, id LIMIT ?"


def trash(conn: Connection, offset: int, limit: int) -> tuple[CardRow, ...]:
    """A page of the trash, what came last first."""
    found: list[tuple[int, int]] = []
    for module_id in _modules(conn):
        found += driver(conn).execute(_TRASH, (module_id, TRASHED, offset + limit)).fetchall()
    found.sort(key=lambda row: row[1])
    return card_rows(conn, [card_id for card_id, _key in found[offset : offset + limit]])


def trash_count(conn: Connection) -> int:
    """How many cards are in the trash."""
    query = "SELECT count(*) FROM card WHERE module_id = ? AND place = ?"
    return sum(driver(conn).execute(query, (module_id, TRASHED)).fetchone()[0] for module_id in _modules(conn))


def _modules(conn: Connection) -> Sequence[int]:
    return [module_id for (module_id,) in driver(conn).execute(f"SELECT id FROM module WHERE id IN {IN_USE}")]
