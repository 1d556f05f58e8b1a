"""Postponing tasks: each a plain function inside one transaction, and one undo step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event

from sqlalchemy import Connection
from sqlmodel import bindparam, col, func, select

from minicrm_tui.domain.errors import Invalid, Refused
from minicrm_tui.domain.postponing import Postponed, Postponement, apply
from minicrm_tui.domain.reckoning import MONDAY_TO_FRIDAY
from minicrm_tui.domain.records import ActionId, Due, due_from_key, moment_key
from minicrm_tui.domain.views import Targets
from minicrm_tui.i18n import _
from minicrm_tui.store.actions import begin
from minicrm_tui.store.lookups import task_record
from minicrm_tui.store.results import PostponedResult
from minicrm_tui.store.rows import LISTED, due_columns, id_list, stamp
from minicrm_tui.store.statements import listed_ids
from minicrm_tui.store.tables import CardTable, TaskTable
from minicrm_tui.store.targets import Batch, Progress
from minicrm_tui.store.tasks import name_after_task, open_task
from minicrm_tui.store.updates import Value, update_rows
from minicrm_tui.store.upkeep import refresh

_NEXT_DUES = (
    select(TaskTable.id, TaskTable.card_id, TaskTable.due_key)
    .select_from(CardTable)
    .join(TaskTable, col(TaskTable.id) == CardTable.next_task_id)
    .where(col(CardTable.id).in_(listed_ids))
)

_EXPIRED = select(func.count()).where(
    col(CardTable.id).in_(listed_ids), CardTable.place == LISTED, col(CardTable.sort_key) < bindparam("now")
)


@dataclass(frozen=True, slots=True)
class Postponing:
    """How tasks are postponed. Results are kept: many tasks share a deadline."""

    how: Postponement
    now: datetime
    working_days: frozenset[int]
    known: dict[int, Postponed | Invalid] = field(default_factory=dict)

    def of(self, due_key: int) -> Postponed | Invalid:
        """The new deadline of a task, or why there is none."""
        if due_key not in self.known:
            self.known[due_key] = self._of(due_from_key(due_key))
        return self.known[due_key]

    def _of(self, due: Due | None) -> Postponed | Invalid:
        assert due is not None, "an open task has a deadline"
        try:
            return apply(self.how, due, self.now, working_days=self.working_days)
        except Invalid as invalid:
            return invalid


@dataclass(slots=True)
class _PostponedSoFar:
    """What the result says of the postponed tasks."""

    tasks: int = 0
    skipped: int = 0
    dues: set[Due] = field(default_factory=set)
    dropped_time: bool = False
    still_expired: int = 0
    first_task: int | None = None
    why_not: str = ""


def postpone(
    conn: Connection,
    targets: Targets,
    how: Postponement,
    now: datetime,
    *,
    working_days: frozenset[int] = MONDAY_TO_FRIDAY,
    progress: Progress | None = None,
    stop: Event | None = None,
) -> PostponedResult:
    """Postpone each card's next task from its own base; those that can't be are counted. Refused when none can."""
    batch = Batch(conn, targets, progress, stop)
    action_id = begin(conn, "task.postpone", batch.first, now, count=batch.count)
    postponing, so_far = Postponing(how, now, working_days), _PostponedSoFar()
    for ids in batch.walk():
        tasks = [(row.id, row.card_id, row.due_key) for row in conn.execute(_NEXT_DUES, {"ids": id_list(ids)})]
        so_far.skipped += len(ids) - len(tasks)
        _postpone(conn, tasks, postponing, so_far)
    return _postponed(conn, action_id, so_far)


def postpone_task(
    conn: Connection,
    task_id: int,
    how: Postponement,
    now: datetime,
    *,
    working_days: frozenset[int] = MONDAY_TO_FRIDAY,
) -> PostponedResult:
    """Postpone this task. Refused when it is closed, or can't be postponed so."""
    task = open_task(conn, task_id)
    action_id = begin(conn, "task.postpone", task.card_id, now, subject=task.text)
    so_far = _PostponedSoFar()
    postponing = Postponing(how, now, working_days)
    _postpone(conn, [(task.id, task.card_id, task.due.key)], postponing, so_far)
    return _postponed(conn, action_id, so_far)


def _postpone(
    conn: Connection, tasks: Sequence[tuple[int, int, int]], postponing: Postponing, so_far: _PostponedSoFar
) -> None:
    """Postpone these (task, card, due key), and bring their cards up to date."""
    rows: list[tuple[Value, ...]] = []
    cards: list[int] = []
    for task_id, card_id, due_key in tasks:
        outcome = postponing.of(due_key)
        if isinstance(outcome, Invalid):
            so_far.skipped += 1
            so_far.why_not = so_far.why_not or outcome.why
            continue
        rows.append((*due_columns(outcome.due), stamp(postponing.now), task_id))
        cards.append(card_id)
        so_far.dropped_time |= outcome.dropped_time
        if len(so_far.dues) < 2:
            so_far.dues.add(outcome.due)
        if so_far.first_task is None:
            so_far.first_task = task_id
    if rows:
        columns = ("day", "at", "due_key", "changed_at")
        update_rows(conn, "task", columns, rows, also=", postponed = postponed + 1")
    refresh(conn, cards)
    so_far.tasks += len(rows)
    so_far.still_expired += _expired(conn, cards, postponing.now)


def _expired(conn: Connection, card_ids: Sequence[int], now: datetime) -> int:
    return conn.execute(_EXPIRED, {"ids": id_list(card_ids), "now": moment_key(now)}).scalar_one()


def _postponed(conn: Connection, action_id: ActionId, so_far: _PostponedSoFar) -> PostponedResult:
    if so_far.first_task is None:
        raise Refused(so_far.why_not or _("There is no open task to postpone."))
    name_after_task(conn, action_id, task_record(conn, so_far.first_task), so_far.tasks)
    due = next(iter(so_far.dues)) if len(so_far.dues) == 1 else None
    return PostponedResult(action_id, so_far.tasks, due, so_far.dropped_time, so_far.still_expired, so_far.skipped)
