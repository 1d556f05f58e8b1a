"""The rows that closing tasks writes: shared by closing itself and by moves that close what is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from minicrm_tui.domain.records import Outcome
from minicrm_tui.domain.text import clean_lines
from minicrm_tui.store.rows import id_list, stamp

if TYPE_CHECKING:
    from sqlalchemy import Connection

_HISTORY = """
    INSERT INTO history (card_id, at, kind, text, field, old, new, by_itself)
    SELECT card_id, ?, 'task', text || ?, 'outcome', '', ?, 0 FROM task
    WHERE id IN (SELECT value FROM json_each(?)) AND closed_at IS NULL ORDER BY id
"""

_CLOSE = """
    UPDATE task SET closed_at = ?, outcome = ?, comment = ?
    WHERE id IN (SELECT value FROM json_each(?)) AND closed_at IS NULL
"""

_OPEN_ON = "SELECT id FROM task WHERE card_id IN (SELECT value FROM json_each(?)) AND closed_at IS NULL"


@dataclass(frozen=True, slots=True)
class Closing:
    """How tasks are closed: when, how they ended, and what the person says about it."""

    now: datetime
    outcome: Outcome
    comment: str = ""


def close_open(conn: Connection, task_ids: Iterable[int], closing: Closing) -> int:
    """Close those of these tasks that are open, and tell the history; says how many. The cards are not refreshed."""
    wanted = id_list(task_ids)
    at, outcome, comment = stamp(closing.now), closing.outcome.value, clean_lines(closing.comment)
    said = f" — {comment}" if comment else ""
    conn.exec_driver_sql(_HISTORY, (at, said, outcome, wanted))
    return conn.exec_driver_sql(_CLOSE, (at, outcome, comment or None, wanted)).rowcount


def close_all_on(conn: Connection, card_ids: Iterable[int], closing: Closing) -> int:
    """Close every open task of these cards; says how many."""
    tasks = conn.exec_driver_sql(_OPEN_ON, (id_list(card_ids),)).scalars()
    return close_open(conn, tuple(tasks), closing)
