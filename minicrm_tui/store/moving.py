"""One move of many cards: where each stands, where it goes, and what is written of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

import sqlalchemy
from sqlalchemy import Connection
from sqlmodel import col, update

from minicrm_tui.domain import pipelines
from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.fields import Values
from minicrm_tui.domain.records import CardId, Group, KeyFields, Kind, Module, Outcome, SalesStatus, Status, StatusId
from minicrm_tui.i18n import _
from minicrm_tui.store import history
from minicrm_tui.store.actions import begin, recount, rename
from minicrm_tui.store.closing import Closing, close_all_on
from minicrm_tui.store.columns import write_column
from minicrm_tui.store.fields import complete
from minicrm_tui.store.history import Entry
from minicrm_tui.store.lookups import module_record
from minicrm_tui.store.results import MOST_SERVED, Moved
from minicrm_tui.store.rows import card_rows, id_list, keys_of, stamp, statuses
from minicrm_tui.store.statements import listed_ids
from minicrm_tui.store.tables import CardTable
from minicrm_tui.store.targets import Batch
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

    @property
    def is_lost(self) -> bool:
        """Whether it is a lost opportunity."""
        return self.keys is not None and self.keys.sales is SalesStatus.LOST

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


KEYS = ("sales_status", "qualification", "decided")
"""The fields that move an opportunity, as the history calls them."""

Plan = Callable[[Pipeline, State], State | None]
"""Where a card goes from here: None when it can't; Refused when its pipeline forbids it."""


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
    fields: tuple[Entry, ...]
    status: Entry | None
    """What the history says of the fields that were changed, and of the status."""
    fails: bool
    details: str | None
    """Of a loss: kept with it; nothing takes them away; None leaves them."""


@dataclass(slots=True)
class Move:
    """One move of many cards. What it does is worked out once for each place where a card may stand."""

    conn: Connection
    verb: str
    plan: Plan
    why_not: str
    now: datetime
    values: Values | None = None
    details: str = ""
    """Of a loss."""
    moved: int = 0
    closed_tasks: int = 0
    first: int | None = None
    entered: list[CardId] = field(default_factory=list)
    """Those whose status is another one now, as far as one line serves them."""
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
        return Moved(action_id, self.moved, status, self.closed_tasks, tuple(self.entered))

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
        for entry in planned.fields:
            history.write(self.conn, cards, entry)
        if planned.details is not None:
            write_column(self.conn, cards, "loss_details", planned.details, stamp(self.now))
        if planned.status is not None:
            history.write(self.conn, cards, planned.status)
            self.entered += map(CardId, cards[: MOST_SERVED + 1 - len(self.entered)])
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
        if end is None:
            return None
        details = self._details(start, end)
        if end == start and details is None:
            return None
        if end.is_lost and not (end.loss_reason or start.is_lost):
            raise Refused(_("An opportunity can't be lost without a reason."), _("Say why it is lost."))
        at = stamp(self.now)
        fields, status = tuple(_field_entries(start, end, at)), _status_entry(pipeline.module.kind, start, end, at)
        fails = end.status.group is Group.FAILED and start.status.group is not Group.FAILED
        return _Planned(end, fields, status, fails, details)

    def _details(self, start: State, end: State) -> str | None:
        """They go when the card comes back."""
        if end.is_lost:
            return self.details or None
        return "" if start.is_lost else None

    def _pipeline(self, module_id: int) -> Pipeline:
        if module_id not in self.pipelines:
            module = module_record(self.conn, module_id)
            self.pipelines[module_id] = Pipeline(module, statuses(self.conn, module))
        return self.pipelines[module_id]


# --- what the history says of a move


def _field_entries(start: State, end: State, at: str) -> Iterator[Entry]:
    """The changed fields."""
    old_fields, new_fields = _fields(start), _fields(end)
    for name, new in new_fields.items():
        if old_fields[name] != new:
            yield Entry(at, "field", field=name, old=old_fields[name], new=new)


def _status_entry(kind: Kind, start: State, end: State, at: str) -> Entry | None:
    """The status that was set; or that follows from key fields, with those that moved the card."""
    if start.status == end.status:
        return None
    old, new = pipelines.kept_name(kind, start.status), pipelines.kept_name(kind, end.status)
    old_fields, new_fields = _fields(start), _fields(end)
    why = " ".join(f"{name}={new_fields[name]}" for name in KEYS if new_fields.get(name) != old_fields.get(name))
    return Entry(at, "status", why, "status", old, new, int(end.keys is not None))


def _fields(state: State) -> dict[str, str]:
    if state.keys is None:
        return {}
    return {
        "sales_status": state.keys.sales.value,
        "qualification": state.keys.qualification.value,
        "decided": "yes" if state.keys.decided else "no",
        "loss_reason": state.loss_reason or "",
    }
