"""Moving cards through their pipelines: a plain function inside one transaction each, and one undo step.

In a customisable pipeline the status is set; an opportunity gets key fields, and its status follows by itself; orders
and documents refuse. A move into a failed status closes the card's open tasks as failed, in the same undo step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Event
from typing import NamedTuple

import sqlalchemy
from sqlalchemy import Connection
from sqlmodel import col, update

from minicrm_tui.domain import pipelines, sales
from minicrm_tui.domain.errors import NotFound, Refused
from minicrm_tui.domain.fields import Values
from minicrm_tui.domain.records import (
    Group,
    KeyFields,
    Kind,
    Module,
    Outcome,
    SalesStatus,
    Status,
    StatusId,
    Targets,
)
from minicrm_tui.domain.text import clean
from minicrm_tui.i18n import _
from minicrm_tui.store import history
from minicrm_tui.store.actions import begin, recount, rename
from minicrm_tui.store.closing import Closing, close_all_on
from minicrm_tui.store.fields import complete
from minicrm_tui.store.history import Entry
from minicrm_tui.store.lookups import module_record
from minicrm_tui.store.results import Moved
from minicrm_tui.store.rows import card_rows, id_list, keys_of, stamp, statuses
from minicrm_tui.store.statements import listed_ids
from minicrm_tui.store.tables import CardTable
from minicrm_tui.store.targets import Batch, Progress
from minicrm_tui.store.updates import Value
from minicrm_tui.store.upkeep import refresh

_STATES = sqlalchemy.select(
    col(CardTable.id),
    col(CardTable.module_id),
    col(CardTable.status_id),
    col(CardTable.sales_status),
    col(CardTable.qualification),
    col(CardTable.decided),
    col(CardTable.loss_reason),
).where(col(CardTable.id).in_(listed_ids))

_UPDATE = update(CardTable).where(col(CardTable.id).in_(listed_ids))


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A module with its statuses."""

    module: Module
    statuses: tuple[Status, ...]

    def status(self, status_id: StatusId) -> Status:
        """The status with this id."""
        return next(status for status in self.statuses if status.id == status_id)

    def keyed(self, key: str) -> Status:
        """The status with this key."""
        return next(status for status in self.statuses if status.key == key)


@dataclass(frozen=True, slots=True)
class State:
    """What a move can change of a card; `keys` and the reason of a loss are an opportunity's."""

    status: Status
    keys: KeyFields | None = None
    loss_reason: str | None = None

    def columns(self) -> dict[str, Value]:
        """Itself, as the card keeps it."""
        keys = self.keys
        return {
            "status_id": self.status.id,
            "sales_status": None if keys is None else keys.sales.value,
            "qualification": None if keys is None else keys.qualification.value,
            "decided": 0 if keys is None else int(keys.decided),
            "loss_reason": self.loss_reason,
        }


Plan = Callable[[Pipeline, State], State | None]
"""Where a card goes from here: None when it can't; Refused when its pipeline forbids it."""


# --- the moves


def step(
    conn: Connection,
    targets: Targets,
    direction: int,
    now: datetime,
    *,
    progress: Progress | None = None,
    stop: Event | None = None,
    values: Values | None = None,
) -> Moved:
    """One step forward (1) or back (-1): a customisable status, or an opportunity's sales status."""

    def plan(pipeline: Pipeline, state: State) -> State | None:
        if state.keys is not None:
            keys = sales.moved(state.keys, direction)
            return None if keys is None else _with_keys(pipeline, state, keys)
        _refuse_fixed(pipeline)
        status = pipelines.step(pipeline.statuses, state.status, direction)
        return None if status is None else replace(state, status=status)

    why_not = _("There is no further status in this direction.")
    return _Move(conn, "card.move", plan, why_not, now, values).run(Batch(conn, targets, progress, stop))


def set_status(
    conn: Connection,
    targets: Targets,
    status_id: StatusId,
    now: datetime,
    *,
    progress: Progress | None = None,
    stop: Event | None = None,
    values: Values | None = None,
) -> Moved:
    """Put the cards into this status of their customisable pipeline."""

    def plan(pipeline: Pipeline, state: State) -> State | None:
        _refuse_fixed(pipeline)
        status = next((status for status in pipeline.statuses if status.id == status_id), None)
        if status is None:
            raise NotFound(_("This status is no longer in the pipeline."))
        return replace(state, status=status)

    return _Move(conn, "card.move", plan, _already_there(), now, values).run(Batch(conn, targets, progress, stop))


def set_keys(
    conn: Connection,
    targets: Targets,
    change: sales.Change,
    now: datetime,
    *,
    loss_reason: str | None = None,
    progress: Progress | None = None,
    stop: Event | None = None,
    values: Values | None = None,
) -> Moved:
    """Change key fields of opportunities; they move by themselves."""

    def plan(pipeline: Pipeline, state: State) -> State | None:
        if state.keys is None:
            _refuse_fixed(pipeline)
            raise Refused(_("Only opportunities have a qualification and a decision."))
        return _with_keys(pipeline, state, sales.applied(state.keys, change), loss_reason)

    return _Move(conn, _verb(change), plan, _already_there(), now, values).run(Batch(conn, targets, progress, stop))


def win(
    conn: Connection,
    targets: Targets,
    now: datetime,
    *,
    progress: Progress | None = None,
    stop: Event | None = None,
    values: Values | None = None,
) -> Moved:
    """Win the cards: won opportunities, elsewhere the first success status. Open tasks are kept."""
    plan = _end_plan(Group.SUCCESS, SalesStatus.WON, None)
    return _Move(conn, "card.win", plan, _already_there(), now, values).run(Batch(conn, targets, progress, stop))


def lose(
    conn: Connection,
    targets: Targets,
    now: datetime,
    reason: str | None = None,
    *,
    progress: Progress | None = None,
    stop: Event | None = None,
    values: Values | None = None,
) -> Moved:
    """Lose the cards: lost opportunities (with the reason), elsewhere the first failed status; open tasks close."""
    plan = _end_plan(Group.FAILED, SalesStatus.LOST, reason)
    return _Move(conn, "card.lose", plan, _already_there(), now, values).run(Batch(conn, targets, progress, stop))


# --- where a card goes


def _end_plan(group: Group, end: SalesStatus, reason: str | None) -> Plan:
    def plan(pipeline: Pipeline, state: State) -> State | None:
        if state.keys is not None:
            return _with_keys(pipeline, state, replace(state.keys, sales=end), reason)
        _refuse_fixed(pipeline)
        status = pipelines.first_of(pipeline.statuses, group)
        # One that has ended so already keeps its status: `W` on an "attended" is no step back.
        return None if status is None or state.status.group is group else replace(state, status=status)

    return plan


def _with_keys(pipeline: Pipeline, state: State, keys: KeyFields, reason: str | None = None) -> State:
    """The state that these key fields give; only a lost opportunity has a reason of its loss."""
    lost = keys.sales is SalesStatus.LOST
    kept = (clean(reason or "") or state.loss_reason) if lost else None
    return State(pipeline.keyed(sales.status_key(keys)), keys, kept)


def _refuse_fixed(pipeline: Pipeline) -> None:
    if pipelines.is_fixed(pipeline.module.kind):
        raise Refused(pipelines.fixed_refusal(pipeline.module.kind), _way_out(pipeline.module.kind))


def _way_out(kind: Kind) -> str:
    if kind is Kind.SALES:
        return _("Change one of these, and it moves by itself.")
    return _("Its tasks, notes and fields can be changed.")


def _already_there() -> str:
    return _("Nothing to change: it is so already.")


def _verb(change: sales.Change) -> str:
    match change.sales:
        case SalesStatus.WON:
            return "card.win"
        case SalesStatus.LOST:
            return "card.lose"
        case None if change.qualification is not None:
            return "card.qualify"
        case None:
            return "card.decide"
        case _:
            return "card.move"


# --- writing


class _Columns(NamedTuple):
    """The columns of a card that say where it stands."""

    module_id: int
    status_id: StatusId
    sales_status: str | None
    qualification: str | None
    decided: int
    loss_reason: str | None


@dataclass(frozen=True, slots=True)
class _Planned:
    """What a move does to every card that stands where this one does."""

    end: State
    entries: tuple[Entry, ...]
    fails: bool


@dataclass(slots=True)
class _Move:
    """One move of many cards. What it does is worked out once for each place where a card may stand."""

    conn: Connection
    verb: str
    plan: Plan
    why_not: str
    now: datetime
    values: Values | None = None
    moved: int = 0
    closed_tasks: int = 0
    first: int | None = None
    ends: set[Status] = field(default_factory=set)
    pipelines: dict[int, Pipeline] = field(default_factory=dict)
    planned: dict[_Columns, _Planned | None] = field(default_factory=dict)

    def run(self, batch: Batch) -> Moved:
        """Move them, as one undo step; Refused when not one of them moves."""
        action_id = begin(self.conn, self.verb, batch.first, self.now, count=batch.count)
        for ids in batch.walk():
            for planned, cards in self._portion(ids):
                self._write(planned, cards)
        if self.first is None:
            raise Refused(self.why_not)
        if self.moved != batch.count:
            row = card_rows(self.conn, (self.first,))[0]
            recount(self.conn, action_id, self.moved)
            rename(self.conn, action_id, row.name, row.id)
        status = next(iter(self.ends)) if len(self.ends) == 1 else None
        return Moved(action_id, self.moved, status, self.closed_tasks)

    def _portion(self, ids: tuple[int, ...]) -> list[tuple[_Planned, list[int]]]:
        """Some of the cards that move, together with those that move in the same way."""
        portion: dict[_Columns, list[int]] = {}
        for row in self.conn.execute(_STATES, {"ids": id_list(ids)}):
            portion.setdefault(_Columns._make(row[1:]), []).append(row.id)
        planned = ((self._planned(columns), cards) for columns, cards in portion.items())
        return [(found, cards) for found, cards in planned if found is not None]

    def _write(self, planned: _Planned, cards: list[int]) -> None:
        end = planned.end.status
        complete(self.conn, cards, end, self._pipeline(end.module_id).statuses, self.values or {}, self.now)
        self.conn.execute(_UPDATE, {"ids": id_list(cards), **planned.end.columns()})
        for entry in planned.entries:
            history.write(self.conn, cards, entry)
        if planned.fails:
            self.closed_tasks += close_all_on(self.conn, cards, Closing(self.now, Outcome.FAILED))
        refresh(self.conn, cards)
        self.ends.add(planned.end.status)
        self.moved += len(cards)
        self.first = cards[0] if self.first is None else min(self.first, cards[0])

    def _planned(self, columns: _Columns) -> _Planned | None:
        if columns not in self.planned:
            self.planned[columns] = self._plan(columns)
        return self.planned[columns]

    def _plan(self, columns: _Columns) -> _Planned | None:
        pipeline = self._pipeline(columns.module_id)
        keys = keys_of(columns.sales_status, columns.qualification, columns.decided)
        start = State(pipeline.status(columns.status_id), keys, columns.loss_reason)
        end = self.plan(pipeline, start)
        if end is None or end == start:
            return None
        fails = end.status.group is Group.FAILED and start.status.group is not Group.FAILED
        return _Planned(end, tuple(_entries(pipeline.module.kind, start, end, stamp(self.now))), fails)

    def _pipeline(self, module_id: int) -> Pipeline:
        if module_id not in self.pipelines:
            module = module_record(self.conn, module_id)
            self.pipelines[module_id] = Pipeline(module, statuses(self.conn, module))
        return self.pipelines[module_id]


# --- what the history says of a move


def _entries(kind: Kind, start: State, end: State, at: str) -> Iterator[Entry]:
    """The changed fields first, then the status that follows from them, or that was set."""
    old_fields, new_fields = _fields(start), _fields(end)
    for name, new in new_fields.items():
        if old_fields[name] != new:
            yield Entry(at, "field", field=name, old=old_fields[name], new=new)
    if start.status != end.status:
        old, new = _kept_name(kind, start.status), _kept_name(kind, end.status)
        yield Entry(at, "status", field="status", old=old, new=new, by_itself=int(end.keys is not None))


def _fields(state: State) -> dict[str, str]:
    if state.keys is None:
        return {}
    return {
        "sales_status": state.keys.sales.value,
        "qualification": state.keys.qualification.value,
        "decided": "yes" if state.keys.decided else "no",
        "loss_reason": state.loss_reason or "",
    }


def _kept_name(kind: Kind, status: Status) -> str:
    """Its key, to be read in any language; the name, where a person gave it one."""
    return status.key if status.name == pipelines.status_name(kind, status.key) else status.name
