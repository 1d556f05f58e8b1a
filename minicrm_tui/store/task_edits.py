"""Changing a task: what an open one says, and opening a closed one again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection
from sqlmodel import bindparam, col, update

from minicrm_tui.domain import checklists
from minicrm_tui.domain.errors import NotFound, Refused
from minicrm_tui.domain.records import Due, Task
from minicrm_tui.domain.recurrence import Recurrence, kept
from minicrm_tui.domain.tasks import TaskDraft, checked_text
from minicrm_tui.i18n import _
from minicrm_tui.store import history
from minicrm_tui.store.actions import begin
from minicrm_tui.store.history import Entry
from minicrm_tui.store.lookups import task_record
from minicrm_tui.store.rows import due_columns, stamp
from minicrm_tui.store.tables import TaskTable
from minicrm_tui.store.tasks import open_task
from minicrm_tui.store.trashed import refuse_trashed
from minicrm_tui.store.upkeep import refresh

_UPDATE = update(TaskTable).where(col(TaskTable.id) == bindparam("task_id"))
"""Sets the columns for which it is given values."""


def edit_task(conn: Connection, task_id: int, draft: TaskDraft, now: datetime) -> Task:
    """Change an open task. Refused when it is closed; Invalid for a text that is none."""
    before = open_task(conn, task_id)
    text, (day, at, due_key) = checked_text(draft.text), due_columns(draft.due)
    begin(conn, "task.edit", before.card_id, now, subject=text)
    columns = {"text": text, "type": draft.type, "day": day, "at": at, "due_key": due_key, "minutes": draft.minutes}
    columns["checklist"] = checklists.kept(draft.checks)
    conn.execute(_UPDATE, {"task_id": task_id, **columns, **_series(before, draft, day)})
    after = task_record(conn, task_id)
    changes = tuple(_changes(before, after, stamp(now)))
    if changes or after.checks != before.checks:
        conn.execute(_UPDATE, {"task_id": task_id, "changed_at": stamp(now)})
    for entry in changes:
        history.write(conn, (before.card_id,), entry)
    refresh(conn, (before.card_id,))
    return after


def set_check(conn: Connection, task_id: int, place: int, now: datetime, *, done: bool) -> Task:
    """Tick a line of an open task's checklist, or take the tick away. Refused when it is closed; NotFound."""
    before = open_task(conn, task_id)
    if not 0 <= place < len(before.checks):
        raise NotFound(_("This line is not in the checklist any more."))
    if before.checks[place].done == done:
        return before
    begin(conn, "task.check" if done else "task.uncheck", before.card_id, now, subject=before.checks[place].text)
    checklist = checklists.kept(checklists.ticked(before.checks, place, done))
    conn.execute(_UPDATE, {"task_id": task_id, "checklist": checklist, "changed_at": stamp(now)})
    return task_record(conn, task_id)


def _series(before: Task, draft: TaskDraft, day: str) -> dict[str, str]:
    """The rule, and the day in its series: a new day is where the series goes on from."""
    if draft.rule is None:
        return {"rule": "", "planned": ""}
    if draft.rule == before.rule and draft.due.day == before.due.day:
        return {}
    return {"rule": kept(draft.rule), "planned": day}


def reopen_task(conn: Connection, task_id: int, now: datetime) -> Task:
    """Open a closed task again; one that has come back meanwhile stays. Refused when it is open."""
    task = task_record(conn, task_id)
    if task.closed_at is None:
        raise Refused(_("This task is open."))
    refuse_trashed(conn, task.card_id)
    begin(conn, "task.reopen", task.card_id, now, subject=task.text)
    # What has come back goes on with the series.
    conn.execute(
        _UPDATE,
        {"task_id": task_id, "closed_at": None, "outcome": None, "comment": None, "rule": "", "planned": ""},
    )
    history.write(conn, (task.card_id,), Entry(stamp(now), "reopened", task.text))
    refresh(conn, (task.card_id,))
    return task_record(conn, task_id)


def _changes(before: Task, after: Task, at: str) -> Iterator[Entry]:
    """What has changed, as the history keeps it: the text, the deadline, the duration, the rule."""
    pairs = {
        "task": (before.text, after.text),
        "task_type": (before.type, after.type),
        "task_due": (_due(before.due), _due(after.due)),
        "task_minutes": (str(before.minutes or ""), str(after.minutes or "")),
        "task_rule": (_rule(before.rule), _rule(after.rule)),
    }
    for field, (old, new) in pairs.items():
        if old != new:
            yield Entry(at, "field", "" if field == "task" else after.text, field, old, new)


def _due(due: Due) -> str:
    day, at, _key = due_columns(due)
    return day if at is None else f"{day} {at}"


def _rule(rule: Recurrence | None) -> str:
    return "" if rule is None else kept(rule)
