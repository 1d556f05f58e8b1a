"""Tasks that come back: closing one makes the next, in the same undo step."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlmodel import col, select

from minicrm_tui.domain import checklists
from minicrm_tui.domain.records import Due, moment_key
from minicrm_tui.domain.recurrence import Recurrence, from_kept
from minicrm_tui.store.rows import due_columns, due_of, id_list, stamp
from minicrm_tui.store.statements import add, listed_ids
from minicrm_tui.store.tables import TaskTable

if TYPE_CHECKING:
    from sqlalchemy import Connection

_COMING_BACK = (
    select(TaskTable).where(col(TaskTable.id).in_(listed_ids), TaskTable.rule != "").order_by(col(TaskTable.id))
)


def make_next(conn: Connection, task_ids: Iterable[int], now: datetime) -> int | None:
    """Make the next one of those of these closed tasks that come back; the id of the first that was made.

    The cards are not refreshed. A series ends where the calendar does.
    """
    first: int | None = None
    for row in conn.execute(_COMING_BACK, {"ids": id_list(task_ids)}).all():
        due = next_due(from_kept(row.rule), row.planned or row.day, due_of(row.day, row.at), now)
        if due is None:
            continue
        day, at, due_key = due_columns(due)
        made = add(
            conn,
            TaskTable(
                card_id=row.card_id,
                text=row.text,
                type=row.type,
                day=day,
                at=at,
                due_key=due_key,
                created_at=stamp(now),
                minutes=row.minutes,
                rule=row.rule,
                planned=day,
                checklist=checklists.anew(row.checklist),
            ),
        )
        first = first or made
    return first


def next_due(rule: Recurrence, planned: str, due: Due, now: datetime) -> Due | None:
    """The deadline after the one planned for that day (ISO), with the same time of day; never one that has expired."""
    day = rule.next_day(date.fromisoformat(planned), now.date())
    if day is not None and Due(day, due.at).key < moment_key(now):
        day = rule.next_day(day, day)
    return None if day is None else Due(day, due.at)
