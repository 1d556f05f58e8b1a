"""The rows that closing tasks writes: shared by closing itself and by moves that close what is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy
from sqlalchemy import Connection, Text
from sqlmodel import bindparam, case, cast, col, func, insert, literal, select, update

from minicrm_tui.domain.records import Outcome
from minicrm_tui.domain.text import clean_lines
from minicrm_tui.store.rows import id_list, stamp
from minicrm_tui.store.statements import listed_ids
from minicrm_tui.store.tables import HistoryTable, TaskTable

_IS_OPEN = col(TaskTable.closed_at).is_(None)

_LINES = literal("\n") + col(TaskTable.checklist)
_TICKED = literal("\nx ")

_DONE = case(
    (col(TaskTable.checklist) == "", ""),
    else_=cast((func.length(_LINES) - func.length(func.replace(_LINES, _TICKED, ""))) // 3, Text)
    + "/"
    + cast(func.length(_LINES) - func.length(func.replace(_LINES, "\n", "")), Text),
)
"""How much of the checklist was done: "2/3", as `domain.checklists.done_of` has it; nothing without one."""

_HISTORY = insert(HistoryTable).from_select(
    ["card_id", "at", "kind", "text", "field", "old", "new"],
    sqlalchemy.select(
        col(TaskTable.card_id),
        bindparam("at"),
        literal("task"),
        col(TaskTable.text) + bindparam("said"),
        literal("outcome"),
        _DONE,
        bindparam("outcome"),
    )
    .where(col(TaskTable.id).in_(listed_ids), _IS_OPEN)
    .order_by(col(TaskTable.id)),
)

_CLOSE = update(TaskTable).where(col(TaskTable.id).in_(listed_ids), _IS_OPEN)

_OPEN_ON = select(TaskTable.id).where(col(TaskTable.card_id).in_(listed_ids), _IS_OPEN)


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
    conn.execute(_HISTORY, {"ids": wanted, "at": at, "said": said, "outcome": outcome})
    closed = {"closed_at": at, "outcome": outcome, "comment": comment or None}
    return conn.execute(_CLOSE, {"ids": wanted, **closed}).rowcount


def close_all_on(conn: Connection, card_ids: Iterable[int], closing: Closing) -> int:
    """Close every open task of these cards; says how many."""
    tasks = conn.execute(_OPEN_ON, {"ids": id_list(card_ids)}).scalars()
    return close_open(conn, tuple(tasks), closing)
