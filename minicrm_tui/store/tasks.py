"""Closing, adding and postponing tasks: each a plain function inside one transaction, and one undo step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event
from typing import TYPE_CHECKING

import sqlalchemy
from sqlalchemy import Connection
from sqlmodel import and_, bindparam, col, func, insert, select

from minicrm_tui.domain.errors import Invalid, Refused
from minicrm_tui.domain.postponing import Postponed, Postponement, apply
from minicrm_tui.domain.reckoning import MONDAY_TO_FRIDAY
from minicrm_tui.domain.records import ActionId, CardId, Due, Group, Outcome, Targets, Task, due_from_key, moment_key
from minicrm_tui.domain.tasks import checked_text
from minicrm_tui.i18n import _
from minicrm_tui.store import journal
from minicrm_tui.store.actions import begin, recount, rename
from minicrm_tui.store.closing import Closing, close_open
from minicrm_tui.store.lookups import task_record
from minicrm_tui.store.results import Added, Closed, NextStep, PostponedResult
from minicrm_tui.store.rows import LISTED, TRASHED, due_columns, id_list, open_tasks, stamp
from minicrm_tui.store.statements import add, listed_ids
from minicrm_tui.store.tables import CardTable, ChangeTable, StatusTable, TaskTable
from minicrm_tui.store.targets import Batch, Progress
from minicrm_tui.store.updates import Value, update_rows
from minicrm_tui.store.upkeep import refresh

if TYPE_CHECKING:
    from minicrm_tui.domain.tasks import TaskDraft

NAMED_CARDS = 1000
"""How many of the cards of a bulk action its result names."""

NEXT_STEP_IN = timedelta(days=3)
"""When the proposed next step is due, from today."""

_ENDED = (Group.SUCCESS.value, Group.FAILED.value)

_NEXT_TASKS = (
    select(
        TaskTable.id,
        TaskTable.card_id,
        TaskTable.text,
        and_(CardTable.open_tasks == 1, col(StatusTable.grp).not_in(_ENDED)).label("wants_next_step"),
    )
    .select_from(CardTable)
    .join(TaskTable, col(TaskTable.id) == CardTable.next_task_id)
    .join(StatusTable, col(StatusTable.id) == CardTable.status_id)
    .where(col(CardTable.id).in_(listed_ids), CardTable.place != TRASHED)
)

_NEXT_DUES = (
    select(TaskTable.id, TaskTable.card_id, TaskTable.due_key)
    .select_from(CardTable)
    .join(TaskTable, col(TaskTable.id) == CardTable.next_task_id)
    .where(col(CardTable.id).in_(listed_ids))
)

_PLACE = select(CardTable.place).where(col(CardTable.id) == bindparam("card_id"))

_GROUP = (
    select(StatusTable.grp)
    .join(CardTable, col(CardTable.status_id) == StatusTable.id)
    .where(col(CardTable.id) == bindparam("card_id"))
)

_EXPIRED = select(func.count()).where(
    col(CardTable.id).in_(listed_ids), CardTable.place == LISTED, col(CardTable.sort_key) < bindparam("now")
)

_LATEST_TASK = select(func.max(TaskTable.id)).where(col(TaskTable.card_id) == bindparam("card_id"))

_CHANGED_CARDS = (
    select(ChangeTable.row_id)
    .where(col(ChangeTable.action_id) == bindparam("action_id"), ChangeTable.tbl == "card")
    .distinct()
    .order_by(col(ChangeTable.row_id))
)

_NEW = ("text", "type", "day", "at", "due_key", "created_at")

_ADD = insert(TaskTable).from_select(
    ["card_id", *_NEW],
    sqlalchemy.select(col(CardTable.id), *(bindparam(name) for name in _NEW))
    .where(col(CardTable.id).in_(listed_ids))
    .order_by(col(CardTable.id)),
)


# --- closing


@dataclass(slots=True)
class _ClosedSoFar:
    """What the result and the proposed next step need to know of the closed tasks."""

    tasks: int = 0
    cards: list[CardId] = field(default_factory=list)
    texts: set[str] = field(default_factory=set)
    wants_next_step: bool = False
    first_task: int | None = None


def close_tasks(
    conn: Connection,
    targets: Targets,
    outcome: Outcome,
    comment: str,
    now: datetime,
    *,
    progress: Progress | None = None,
    stop: Event | None = None,
) -> Closed:
    """Close the next task of each card. Refused when none of them has one."""
    batch = Batch(conn, targets, progress, stop)
    action_id = begin(conn, "task.close", batch.first, now, count=batch.count)
    closing, so_far = Closing(now, outcome, comment), _ClosedSoFar()
    for ids in batch.walk():
        _close_next(conn, ids, closing, so_far)
    if so_far.first_task is None:
        raise Refused(_("There is no open task to close."), _("t adds one."))
    first = task_record(conn, so_far.first_task)
    _name_after_task(conn, action_id, first, so_far.tasks)
    return Closed(action_id, so_far.tasks, tuple(so_far.cards), first, _proposal(conn, so_far, first, now))


def close_task(conn: Connection, task_id: int, outcome: Outcome, comment: str, now: datetime) -> Closed:
    """Close this task, which need not be its card's next one. Refused when it is closed already."""
    task = open_task(conn, task_id)
    action_id = begin(conn, "task.close", task.card_id, now, subject=task.text)
    close_open(conn, (task_id,), Closing(now, outcome, comment))
    refresh(conn, (task.card_id,))
    closed = task_record(conn, task_id)
    return Closed(action_id, 1, (task.card_id,), closed, _next_step(conn, closed, now))


def open_task(conn: Connection, task_id: int) -> Task:
    """The task, if it is open and its card is not in the trash; Refused, or NotFound, otherwise."""
    task = task_record(conn, task_id)
    if task.closed_at is not None:
        raise Refused(_("This task is closed already."))
    if conn.execute(_PLACE, {"card_id": task.card_id}).scalar_one() == TRASHED:
        raise Refused(_("The card of this task is in the trash."))
    return task


def _close_next(conn: Connection, ids: tuple[int, ...], closing: Closing, so_far: _ClosedSoFar) -> None:
    found = conn.execute(_NEXT_TASKS, {"ids": id_list(ids)}).all()
    for row in found:
        so_far.wants_next_step |= bool(row.wants_next_step)
        if len(so_far.texts) < 2:
            so_far.texts.add(row.text)
    if found and so_far.first_task is None:
        so_far.first_task = found[0].id
    so_far.cards.extend(CardId(row.card_id) for row in found[: NAMED_CARDS - len(so_far.cards)])
    so_far.tasks += close_open(conn, [row.id for row in found], closing)
    refresh(conn, [row.card_id for row in found])


def _name_after_task(conn: Connection, action_id: ActionId, first: Task, count: int) -> None:
    """The first task gives the undo step its name and its place, also where cards without one were marked with it."""
    recount(conn, action_id, count)
    rename(conn, action_id, first.text, first.card_id)


# --- the next step


def _proposal(conn: Connection, so_far: _ClosedSoFar, first: Task, now: datetime) -> NextStep:
    """One line serves all the cards; tasks of different texts have no text in common to propose."""
    if so_far.tasks == 1:
        return _next_step(conn, first, now)
    if not so_far.wants_next_step or len(so_far.texts) > 1:
        return NextStep("none")
    return NextStep("new", first.text, _in_three_days(now))


def _next_step(conn: Connection, closed: Task, now: datetime) -> NextStep:
    remaining = open_tasks(conn, closed.card_id)
    if remaining:
        return NextStep("existing", remaining[0].text, remaining[0].due, remaining[0])
    if conn.execute(_GROUP, {"card_id": closed.card_id}).scalar_one() in _ENDED:
        return NextStep("none")
    return NextStep("new", closed.text, _in_three_days(now))


def _in_three_days(now: datetime) -> Due:
    return Due(now.date() + NEXT_STEP_IN)


# --- adding


def add_task(
    conn: Connection,
    targets: Targets,
    draft: TaskDraft,
    now: datetime,
    *,
    join: ActionId | None = None,
    verb: str = "task.add",
    progress: Progress | None = None,
    stop: Event | None = None,
) -> Added:
    """Add the task to each card, in the same undo step as `join` if that is still the latest action.

    Without any targets, `join` alone means the cards of that action.
    """
    text = checked_text(draft.text)
    if join is not None and targets == Targets():
        targets = Targets(cards=_cards_of(conn, join))
    batch = Batch(conn, targets, progress, stop)
    if join is not None and journal.join_action(conn, join):
        action_id = join
    else:
        action_id = begin(conn, verb, batch.first, now, subject=text, count=batch.count)
    day, at, due_key = due_columns(draft.due)
    columns = {"text": text, "type": draft.type, "day": day, "at": at, "due_key": due_key, "created_at": stamp(now)}
    for ids in batch.walk():
        conn.execute(_ADD, {"ids": id_list(ids), **columns})
        refresh(conn, ids)
    return Added(action_id, batch.count, _latest_task(conn, batch.first))


def insert_task(conn: Connection, card_id: int, draft: TaskDraft, now: datetime) -> None:
    """Add the task to one card inside a running undo step; the card is not refreshed."""
    text, (day, at, due_key) = checked_text(draft.text), due_columns(draft.due)
    task = TaskTable(
        card_id=card_id, text=text, type=draft.type, day=day, at=at, due_key=due_key, created_at=stamp(now)
    )
    add(conn, task)


def _cards_of(conn: Connection, action_id: ActionId) -> tuple[CardId, ...]:
    return tuple(CardId(row_id) for row_id in conn.execute(_CHANGED_CARDS, {"action_id": action_id}).scalars())


def _latest_task(conn: Connection, card_id: int) -> Task:
    latest = conn.execute(_LATEST_TASK, {"card_id": card_id}).scalar_one()
    assert latest is not None, "one was just added"
    return task_record(conn, latest)


# --- postponing


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
        rows.append((*due_columns(outcome.due), task_id))
        cards.append(card_id)
        so_far.dropped_time |= outcome.dropped_time
        if len(so_far.dues) < 2:
            so_far.dues.add(outcome.due)
        if so_far.first_task is None:
            so_far.first_task = task_id
    if rows:
        update_rows(conn, "task", ("day", "at", "due_key"), rows, also=", postponed = postponed + 1")
    refresh(conn, cards)
    so_far.tasks += len(rows)
    so_far.still_expired += _expired(conn, cards, postponing.now)


def _expired(conn: Connection, card_ids: Sequence[int], now: datetime) -> int:
    return conn.execute(_EXPIRED, {"ids": id_list(card_ids), "now": moment_key(now)}).scalar_one()


def _postponed(conn: Connection, action_id: ActionId, so_far: _PostponedSoFar) -> PostponedResult:
    if so_far.first_task is None:
        raise Refused(so_far.why_not or _("There is no open task to postpone."))
    _name_after_task(conn, action_id, task_record(conn, so_far.first_task), so_far.tasks)
    due = next(iter(so_far.dues)) if len(so_far.dues) == 1 else None
    return PostponedResult(action_id, so_far.tasks, due, so_far.dropped_time, so_far.still_expired, so_far.skipped)
