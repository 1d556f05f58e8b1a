"""Closing and adding tasks: each a plain function inside one transaction, and one undo step."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from threading import Event
from typing import TYPE_CHECKING

import sqlalchemy
from sqlalchemy import Connection
from sqlmodel import and_, bindparam, col, func, insert, select

from minicrm_tui.domain import checklists
from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.reckoning import MONDAY_TO_FRIDAY
from minicrm_tui.domain.records import ActionId, CardId, Outcome, Task
from minicrm_tui.domain.recurrence import kept
from minicrm_tui.domain.tasks import checked_text
from minicrm_tui.domain.views import Targets
from minicrm_tui.i18n import _
from minicrm_tui.store import journal
from minicrm_tui.store.actions import begin, recount, rename
from minicrm_tui.store.book_tables import ChangeTable
from minicrm_tui.store.closing import Closing, close_open
from minicrm_tui.store.lookups import task_record
from minicrm_tui.store.next_steps import after_closing, after_closing_several
from minicrm_tui.store.recurring import make_next
from minicrm_tui.store.results import MOST_SERVED, Added, Closed, NextStep
from minicrm_tui.store.rows import TRASHED, due_columns, id_list, stamp
from minicrm_tui.store.statements import add, listed_ids
from minicrm_tui.store.tables import CardTable, TaskTable
from minicrm_tui.store.targets import Batch, Progress
from minicrm_tui.store.trashed import refuse_trashed
from minicrm_tui.store.upkeep import refresh

if TYPE_CHECKING:
    from minicrm_tui.domain.tasks import TaskDraft

_NEXT_TASKS = (
    sqlalchemy.select(
        col(TaskTable.id),
        col(TaskTable.card_id),
        col(TaskTable.text),
        col(CardTable.status_id),
        and_(CardTable.open_tasks == 1, TaskTable.rule == "").label("is_last"),
    )
    .select_from(CardTable)
    .join(TaskTable, col(TaskTable.id) == CardTable.next_task_id)
    .where(col(CardTable.id).in_(listed_ids), col(CardTable.place) != TRASHED)
)

_LATEST_TASK = select(func.max(TaskTable.id)).where(col(TaskTable.card_id) == bindparam("card_id"))

_CHANGED_CARDS = (
    select(ChangeTable.row_id)
    .where(col(ChangeTable.action_id) == bindparam("action_id"), ChangeTable.tbl == "card")
    .distinct()
    .order_by(col(ChangeTable.row_id))
)

_NEW = ("text", "type", "day", "at", "due_key", "created_at", "minutes", "rule", "planned", "checklist")

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
    stood: set[int] = field(default_factory=set)
    left_without: set[int] = field(default_factory=set)
    """The statuses of their cards, and of those that have no open task now."""
    first_task: int | None = None
    made: int | None = None
    """The first task that has come back."""


def close_tasks(
    conn: Connection,
    targets: Targets,
    outcome: Outcome,
    comment: str,
    now: datetime,
    *,
    working_days: frozenset[int] = MONDAY_TO_FRIDAY,
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
    name_after_task(conn, action_id, first, so_far.tasks)
    proposal = _proposal(conn, so_far, first, now, working_days)
    return Closed(action_id, so_far.tasks, tuple(so_far.cards), first, proposal)


def _proposal(
    conn: Connection, so_far: _ClosedSoFar, first: Task, now: datetime, working_days: frozenset[int]
) -> NextStep:
    if so_far.tasks == 1:
        return after_closing(conn, first, so_far.made, now, working_days)
    stood, without = so_far.stood, so_far.left_without
    return after_closing_several(conn, first, so_far.texts, stood, without, now, working_days)


def close_task(
    conn: Connection,
    task_id: int,
    outcome: Outcome,
    comment: str,
    now: datetime,
    *,
    working_days: frozenset[int] = MONDAY_TO_FRIDAY,
) -> Closed:
    """Close this task, which need not be its card's next one. Refused when it is closed already."""
    task = open_task(conn, task_id)
    action_id = begin(conn, "task.close", task.card_id, now, subject=task.text)
    close_open(conn, (task_id,), Closing(now, outcome, comment))
    made = make_next(conn, (task_id,), now)
    refresh(conn, (task.card_id,))
    closed = task_record(conn, task_id)
    return Closed(action_id, 1, (task.card_id,), closed, after_closing(conn, closed, made, now, working_days))


def open_task(conn: Connection, task_id: int) -> Task:
    """The task, if it is open and its card is not in the trash; Refused, or NotFound, otherwise."""
    task = task_record(conn, task_id)
    if task.closed_at is not None:
        raise Refused(_("This task is closed already."))
    refuse_trashed(conn, task.card_id)
    return task


def _close_next(conn: Connection, ids: tuple[int, ...], closing: Closing, so_far: _ClosedSoFar) -> None:
    found = conn.execute(_NEXT_TASKS, {"ids": id_list(ids)}).all()
    for row in found:
        so_far.stood.add(row.status_id)
        if row.is_last:
            so_far.left_without.add(row.status_id)
        if len(so_far.texts) < 2:
            so_far.texts.add(row.text)
    if found and so_far.first_task is None:
        so_far.first_task = found[0].id
    so_far.cards.extend(CardId(row.card_id) for row in found[: MOST_SERVED - len(so_far.cards)])
    closed = [row.id for row in found]
    so_far.tasks += close_open(conn, closed, closing)
    so_far.made = make_next(conn, closed, closing.now) or so_far.made
    refresh(conn, [row.card_id for row in found])


def name_after_task(conn: Connection, action_id: ActionId, first: Task, count: int) -> None:
    """The first task gives the undo step its name and its place, also where cards without one were marked with it."""
    recount(conn, action_id, count)
    rename(conn, action_id, first.text, first.card_id)


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
    columns = _new_task(batch.first, draft, now).model_dump(include=set(_NEW))
    for ids in batch.walk():
        conn.execute(_ADD, {"ids": id_list(ids), **columns})
        refresh(conn, ids)
    return Added(action_id, batch.count, _latest_task(conn, batch.first))


def insert_task(conn: Connection, card_id: int, draft: TaskDraft, now: datetime, *, purpose: str = "") -> None:
    """Add the task to one card inside a running undo step; the card is not refreshed."""
    task = _new_task(card_id, draft, now)
    task.purpose = purpose
    add(conn, task)


def _new_task(card_id: int, draft: TaskDraft, now: datetime) -> TaskTable:
    """The task as its row; Invalid for a text that is none."""
    day, at, due_key = due_columns(draft.due)
    return TaskTable(
        card_id=card_id,
        text=checked_text(draft.text),
        type=draft.type,
        day=day,
        at=at,
        due_key=due_key,
        created_at=stamp(now),
        minutes=draft.minutes,
        rule="" if draft.rule is None else kept(draft.rule),
        planned="" if draft.rule is None else day,
        checklist=checklists.kept(draft.checks),
    )


def _cards_of(conn: Connection, action_id: ActionId) -> tuple[CardId, ...]:
    return tuple(CardId(row_id) for row_id in conn.execute(_CHANGED_CARDS, {"action_id": action_id}).scalars())


def _latest_task(conn: Connection, card_id: int) -> Task:
    latest = conn.execute(_LATEST_TASK, {"card_id": card_id}).scalar_one()
    assert latest is not None, "one was just added"
    return task_record(conn, latest)
