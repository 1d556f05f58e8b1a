"""What a row changes of a card that is there: fields that it has otherwise, tasks and notes that are missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Final

from minicrm_tui.domain.fields import FieldId
from minicrm_tui.domain.imports import ImportedCard, ImportedNote, ImportedTask, Landing, Standing
from minicrm_tui.domain.money import to_decimal_string
from minicrm_tui.domain.records import Group, Money
from minicrm_tui.domain.text import fold
from minicrm_tui.store.engine import driver
from minicrm_tui.store.imports.cards import CardMaker, status_row, value_row
from minicrm_tui.store.imports.rows import HistoryRow, ValueRow, insert, update
from minicrm_tui.store.rows import keys_of, stamp

if TYPE_CHECKING:
    from sqlalchemy import Connection

_CARD: Final = """
    SELECT status_id, amount, currency, sales_status, qualification, decided, sales_step, customer_step,
           expected_close, loss_reason, loss_details FROM card WHERE id = ?
"""
_TEXTS: Final = ("sales_step", "customer_step", "loss_reason", "loss_details")

Change = tuple[str, str, str]
"""A field of the history with its old and its new value."""


class CardChanger:
    """Changes cards that were there before the import, or before this portion of it."""

    def __init__(self, conn: Connection, landing: Landing, maker: CardMaker, now: datetime) -> None:
        self._conn, self._landing, self._maker, self._at = conn, landing, maker, stamp(now)
        self._fields = {each.id: each for each in landing.fields}
        self._statuses = {status.id: status for status in landing.pipeline}
        self._tasks: dict[int, set[tuple[str, str, str | None]]] = {}
        self._notes: dict[int, set[str]] = {}
        self.touched: set[int] = set()

    def forget(self) -> None:
        """What was read of a portion is not true of the next one."""
        self._tasks, self._notes = {}, {}
        self.touched = set()

    def attach(self, card_id: int, card: ImportedCard) -> tuple[int, int]:
        """Give a card the tasks and notes that it does not have; how many of each."""
        tasks = sum(self._add_task(card_id, task) for task in card.tasks)
        notes = sum(self._add_note(card_id, note) for note in card.notes)
        if tasks or notes:
            self.touched.add(card_id)
        return tasks, notes

    def change(self, card_id: int, card: ImportedCard) -> bool:
        """Give a card the fields that the row has; whether any was another one."""
        row = driver(self._conn).execute(_CARD, (card_id,)).fetchone()
        if row is None:
            return False
        status_id, amount, currency, sales, qualification, decided, *rest = row
        had = dict(zip((*_TEXTS[:2], "expected_close", *_TEXTS[2:]), rest, strict=True))
        columns = self._new_texts(card, had)
        changes = [(key, had[key] or "", str(value)) for key, value in columns.items()]
        value = None if amount is None or currency is None else Money(amount, currency)
        if card.value is not None and card.value != value:
            columns |= {"amount": card.value.minor, "currency": card.value.currency}
            changes.append(("value", _shown(value), _shown(card.value)))
        before = Standing(self._statuses[status_id], keys_of(sales, qualification, decided))
        if card.standing is not None and card.standing != before:
            columns |= _standing_columns(card.standing)
            self._tell_move(card_id, card, before, card.standing)
        self._write(card_id, columns, changes)
        values = sum(self._write_value(card_id, key, value) for key, value in card.values.items())
        changed = bool(columns or values)
        if changed:
            self.touched.add(card_id)
        return changed

    def _new_texts(self, card: ImportedCard, had: dict[str, str | None]) -> dict[str, str | int | None]:
        """The texts that differ; a loss belongs to a card that is lost."""
        expected = "" if card.expected_close is None else card.expected_close.isoformat()
        wanted = {
            "sales_step": card.sales_step,
            "customer_step": card.customer_step,
            "expected_close": expected,
            "loss_reason": card.loss_reason,
            "loss_details": card.loss_details,
        }
        return {key: text for key, text in wanted.items() if text and text != had[key]}

    def _tell_move(self, card_id: int, card: ImportedCard, before: Standing, after: Standing) -> None:
        ended = after.status.group in (Group.SUCCESS, Group.FAILED)
        at = self._at if card.ended_at is None or not ended else stamp(card.ended_at)
        if before.status.id != after.status.id:
            self._maker.rows.history.append(status_row(self._landing, card_id, at, before, after))

    def _write(self, card_id: int, columns: dict[str, str | int | None], changes: list[Change]) -> None:
        if columns:
            update(self._conn, "card", tuple(columns), [(*columns.values(), card_id)])
        for field, old, new in changes:
            self._maker.rows.history.append(HistoryRow(card_id, self._at, "field", "", field, old, new))

    def _write_value(self, card_id: int, key: FieldId, value: str) -> bool:
        own = self._fields[key]
        query = "SELECT id, value, folded FROM field_value WHERE card_id = ? AND field_id = ?"
        found = driver(self._conn).execute(query, (card_id, key)).fetchone()
        if not value or (found is not None and found[1] == value):
            return False
        row = value_row(card_id, own, value)
        if found is None:
            insert(self._conn, ValueRow, [row])
        else:
            columns = ("value", "sort", "folded")
            update(self._conn, "field_value", columns, [(row.value, row.sort, row.folded, found[0])])
        old = "" if found is None else found[2]
        self._maker.rows.history.append(HistoryRow(card_id, self._at, "field", "", own.name, old, row.folded))
        return True

    # --- what hangs on a card

    def _add_task(self, card_id: int, task: ImportedTask) -> bool:
        key = (fold(task.text), task.due.day.isoformat(), task.due.at.strftime("%H:%M") if task.due.at else None)
        had = self._tasks_of(card_id)
        if key in had:
            return False
        had.add(key)
        self._maker.add_task(card_id, task)
        return True

    def _add_note(self, card_id: int, note: ImportedNote) -> bool:
        had = self._notes_of(card_id)
        if note.text in had:
            return False
        had.add(note.text)
        self._maker.add_note(card_id, note)
        return True

    def _tasks_of(self, card_id: int) -> set[tuple[str, str, str | None]]:
        if card_id not in self._tasks:
            query = "SELECT text, day, at FROM task WHERE card_id = ?"
            found = {(fold(text), day, at) for text, day, at in driver(self._conn).execute(query, (card_id,))}
            waiting = (row for row in self._maker.rows.tasks if row.card_id == card_id)
            self._tasks[card_id] = found | {(fold(row.text), row.day, row.at) for row in waiting}
        return self._tasks[card_id]

    def _notes_of(self, card_id: int) -> set[str]:
        if card_id not in self._notes:
            query = "SELECT text FROM history WHERE card_id = ? AND kind = 'note'"
            found = {text for (text,) in driver(self._conn).execute(query, (card_id,))}
            waiting = (row for row in self._maker.rows.history if row.card_id == card_id and row.kind == "note")
            self._notes[card_id] = found | {row.text for row in waiting}
        return self._notes[card_id]


def _standing_columns(standing: Standing) -> Iterator[tuple[str, str | int]]:
    yield "status_id", standing.status.id
    if standing.keys is not None:
        yield "sales_status", standing.keys.sales.value
        yield "qualification", standing.keys.qualification.value
        yield "decided", int(standing.keys.decided)


def _shown(value: Money | None) -> str:
    return "" if value is None else f"{to_decimal_string(value)} {value.currency}"
