"""New cards of an import: all that a card keeps of its tasks, its client and its status, worked out beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from minicrm_tui.domain import pipelines, sales
from minicrm_tui.domain.fields import Field, FieldId, Values, shown_value, sort_of
from minicrm_tui.domain.imports import ImportedCard, ImportedNote, ImportedTask, Landing, Standing
from minicrm_tui.domain.records import NO_TASK_KEY, Group, KeyFields, Outcome, SalesStatus, Status
from minicrm_tui.domain.text import fold
from minicrm_tui.store.imports.contacts import Known
from minicrm_tui.store.imports.rows import CardRow, HistoryRow, Ids, TaskRow, ValueRow, insert
from minicrm_tui.store.rows import FINISHED, LISTED, due_columns, stamp
from minicrm_tui.store.upkeep import newest_first

if TYPE_CHECKING:
    from sqlalchemy import Connection

_ENDED = (Group.SUCCESS, Group.FAILED)


@dataclass(slots=True)
class Rows:
    """The rows of cards that a portion of the file gives."""

    cards: list[CardRow] = field(default_factory=list)
    tasks: list[TaskRow] = field(default_factory=list)
    history: list[HistoryRow] = field(default_factory=list)
    values: list[ValueRow] = field(default_factory=list)

    def flush(self, conn: Connection) -> None:
        """Write them, cards first."""
        insert(conn, CardRow, self.cards)
        insert(conn, TaskRow, self.tasks)
        insert(conn, ValueRow, self.values)
        insert(conn, HistoryRow, self.history)
        self.cards, self.tasks, self.history, self.values = [], [], [], []


class CardMaker:
    """Makes the rows of new cards, tasks and notes."""

    def __init__(self, conn: Connection, landing: Landing, now: datetime) -> None:
        self.rows = Rows()
        self._landing, self._at = landing, stamp(now)
        self._cards, self._tasks = Ids(conn, "card"), Ids(conn, "task")
        self._fields = {each.id: each for each in landing.fields}
        self._first = _first(landing)

    @property
    def first_id(self) -> int:
        """The id of the first card that this import makes."""
        return self._cards.first

    def make(self, card: ImportedCard, company: Known | None, person: Known | None) -> int:
        """A new card with its tasks, notes and values; its id."""
        card_id = self._cards.take()
        standing = card.standing or self._first
        created = self._at if card.created_at is None else stamp(card.created_at)
        tasks = tuple(self.add_task(card_id, task) for task in card.tasks)
        ended = self._tell(card, card_id, standing, created)
        moments = [row.closed_at for row in tasks if row.closed_at is not None]
        latest = max((*moments, *((ended,) if ended else ())), default=created)
        values = {key: value for key, value in card.values.items() if value}
        self.rows.values.extend(value_row(card_id, self._fields[key], value) for key, value in values.items())
        open_tasks = sorted((row for row in tasks if row.closed_at is None), key=lambda row: (row.due_key, row.id))
        finished = standing.status.group in _ENDED and not open_tasks
        next_key = open_tasks[0].due_key if open_tasks else NO_TASK_KEY
        keys = standing.keys
        self.rows.cards.append(
            CardRow(
                card_id,
                self._landing.module.id,
                standing.status.id,
                card.name,
                fold(card.name),
                None if company is None else company.id,
                None if person is None else person.id,
                None if card.value is None else card.value.minor,
                None if card.value is None else card.value.currency,
                None if keys is None else keys.sales.value,
                None if keys is None else keys.qualification.value,
                0 if keys is None else int(keys.decided),
                card.sales_step or None,
                None if card.expected_close is None else card.expected_close.isoformat(),
                card.loss_reason or None,
                FINISHED if finished else LISTED,
                open_tasks[0].id if open_tasks else None,
                len(open_tasks),
                newest_first(latest) if finished else next_key,
                _search(company, person, open_tasks, self._said(values)),
                created,
                card.customer_step or None,
                card.loss_details or None,
            )
        )
        for note in card.notes:
            self.add_note(card_id, note)
        return card_id

    def add_task(self, card_id: int, task: ImportedTask) -> TaskRow:
        """A task, and its place in the history where it is closed."""
        day, at, due_key = due_columns(task.due)
        closed = None if task.closed_at is None else stamp(task.closed_at)
        created = self._at if task.created_at is None else stamp(task.created_at)
        if closed is not None:
            created = min(created, closed)
        outcome = None if closed is None else Outcome.DONE.value
        row = TaskRow(
            self._tasks.take(),
            card_id,
            *(task.text, task.type, day, at, due_key, created, closed, outcome),
            task.comment or None if closed is not None else None,
            task.minutes,
        )
        self.rows.tasks.append(row)
        if closed is not None:
            said = f"{task.text} — {task.comment}" if task.comment else task.text
            self.rows.history.append(HistoryRow(card_id, closed, "task", said, "outcome", "", Outcome.DONE.value))
        return row

    def add_note(self, card_id: int, note: ImportedNote) -> None:
        """A note in the history."""
        at = self._at if note.at is None else stamp(note.at)
        self.rows.history.append(HistoryRow(card_id, at, "note", note.text))

    def _tell(self, card: ImportedCard, card_id: int, standing: Standing, created: str) -> str | None:
        """That it was made, and when it ended; the moment of that."""
        self.rows.history.append(HistoryRow(card_id, created, "created"))
        if card.ended_at is None or standing.status.group not in _ENDED:
            return None
        ended = max(created, stamp(card.ended_at))
        self.rows.history.append(status_row(self._landing, card_id, ended, self._before(standing), standing))
        if card.loss_reason:
            self.rows.history.append(HistoryRow(card_id, ended, "field", "", "loss_reason", "", card.loss_reason))
        return ended

    def _before(self, standing: Standing) -> Standing:
        """Where a card that ended had been: in progress, or where cards begin."""
        keys = standing.keys
        if keys is None:
            return self._first
        before = KeyFields(SalesStatus.IN_PROGRESS, keys.qualification, keys.decided)
        return Standing(_of_key(self._landing, sales.status_key(before)), before)

    def _said(self, values: Values) -> list[str]:
        """What the fields say, folded, in the order in which the card's upkeep has them."""
        return [fold(shown_value(self._fields[key], values[key])) for key in sorted(values)]


def status_row(landing: Landing, card_id: int, at: str, before: Standing, after: Standing) -> HistoryRow:
    """What the history says of a move."""
    kind = landing.module.kind
    old, new = (_kept_name(landing, standing.status) for standing in (before, after))
    why = "" if after.keys is None else f"sales_status={after.keys.sales.value}"
    return HistoryRow(card_id, at, "status", why, "status", old, new, int(pipelines.is_fixed(kind)))


def value_row(card_id: int, own: Field, value: str) -> ValueRow:
    """A card's value in a field."""
    return ValueRow(card_id, own.id, value, sort_of(own, value), fold(shown_value(own, value)))


def fields_by_id(fields: Iterable[Field]) -> dict[FieldId, Field]:
    """The fields of a module."""
    return {each.id: each for each in fields}


def _search(company: Known | None, person: Known | None, tasks: Sequence[TaskRow], values: Sequence[str]) -> str:
    lines = [
        "" if company is None else company.folded,
        "" if person is None else person.folded,
        *(fold(task.text) for task in tasks),
        *values,
    ]
    return "\n".join(line for line in lines if line)


def _first(landing: Landing) -> Standing:
    first = pipelines.first_status(landing.module.kind)
    status = next((each for each in landing.pipeline if each.key == first), landing.pipeline[0])
    return Standing(status, KeyFields() if landing.is_sales else None)


def _of_key(landing: Landing, key: str) -> Status:
    return next(status for status in landing.pipeline if status.key == key)


def _kept_name(landing: Landing, status: Status) -> str:
    """Its key, to be read in any language; the name, where a person gave it one."""
    return status.key if status.name == pipelines.status_name(landing.module.kind, status.key) else status.name
