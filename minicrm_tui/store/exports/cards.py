"""Cards whole, with their clients and their own fields: thousands a second, a chunk in memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from minicrm_tui.domain.documents import number_in
from minicrm_tui.domain.exports import ExportedCard, ExportedModule, Paper
from minicrm_tui.domain.fields import FieldId
from minicrm_tui.domain.records import CardId, Company, Module, Money, Person, Status, Task, TaskId
from minicrm_tui.store import rows
from minicrm_tui.store.engine import driver
from minicrm_tui.store.exports import clients
from minicrm_tui.store.field_reads import fields_of
from minicrm_tui.store.upkeep import CHUNK, chunks

if TYPE_CHECKING:
    from sqlalchemy import Connection

_CARDS = """
    SELECT c.id, c.module_id, c.status_id, c.name, c.company_id, c.person_id, c.amount, c.currency, c.sales_status,
           c.qualification, c.decided, c.sales_step, c.customer_step, c.expected_close, c.loss_reason, c.loss_details,
           c.open_tasks, c.created_at, d.kind AS document, d.series, d.serial, d.issued_on, d.due_on,
           t.id AS task_id, t.text, t.type, t.day, t.at
    FROM card AS c
    LEFT JOIN document AS d ON d.card_id = c.id
    LEFT JOIN task AS t ON t.id = c.next_task_id
    WHERE c.id IN (SELECT value FROM json_each(?))
"""

_VALUES = "SELECT card_id, field_id, value FROM field_value WHERE card_id IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class _Around:
    """What several cards of a chunk have in common."""

    modules: Mapping[int, Module]
    statuses: Mapping[int, Status]
    companies: Mapping[int, Company]
    persons: Mapping[int, Person]
    values: Mapping[int, Mapping[FieldId, str]]


def modules(conn: Connection) -> tuple[ExportedModule, ...]:
    """The installed modules in the order of the bar, with their own fields; those out of use where they hold values."""
    used = {field_id for (field_id,) in driver(conn).execute("SELECT DISTINCT field_id FROM field_value")}
    return tuple(
        ExportedModule(
            module, tuple(each for each in fields_of(conn, module.id) if not each.retired or each.id in used)
        )
        for module in rows.modules(conn)
    )


def cards(conn: Connection, ids: array[int]) -> Iterator[ExportedCard]:
    """The cards with these ids, in this order."""
    installed = rows.modules(conn)
    by_id: dict[int, Module] = {module.id: module for module in installed}
    statuses: dict[int, Status] = {status.id: status for module in installed for status in rows.statuses(conn, module)}
    known = clients.Clients(conn)
    for chunk in chunks(ids, CHUNK):
        yield from _chunk(conn, chunk, by_id, statuses, known)


def _chunk(
    conn: Connection,
    ids: tuple[int, ...],
    modules: Mapping[int, Module],
    statuses: Mapping[int, Status],
    known: clients.Clients,
) -> Iterator[ExportedCard]:
    wanted = rows.id_list(ids)
    found = {row.id: row for row in conn.exec_driver_sql(_CARDS, (wanted,)).all()}
    around = _Around(
        modules,
        statuses,
        known.companies({row.company_id for row in found.values() if row.company_id is not None}),
        known.persons({row.person_id for row in found.values() if row.person_id is not None}),
        _values(conn, wanted),
    )
    for card_id in ids:
        yield _card(found[card_id], around)


def _values(conn: Connection, wanted: str) -> dict[int, dict[FieldId, str]]:
    found: dict[int, dict[FieldId, str]] = {}
    for card_id, field_id, value in driver(conn).execute(_VALUES, (wanted,)):
        found.setdefault(card_id, {})[FieldId(field_id)] = value
    return found


def _card(row: rows.Columns, around: _Around) -> ExportedCard:
    return ExportedCard(
        id=row.id,
        module=around.modules[row.module_id],
        name=row.name,
        status=around.statuses[row.status_id],
        created_at=rows.moment(row.created_at),
        value=None if row.amount is None else Money(row.amount, row.currency),
        task=None if row.task_id is None else _task(row),
        open_tasks=row.open_tasks,
        company=around.companies.get(row.company_id),
        person=around.persons.get(row.person_id),
        keys=rows.keys_of(row.sales_status, row.qualification, row.decided),
        sales_step=row.sales_step or "",
        customer_step=row.customer_step or "",
        expected_close=_day(row.expected_close),
        loss_reason=row.loss_reason or "",
        loss_details=row.loss_details or "",
        paper=None if row.document is None else _paper(row),
        values=around.values.get(row.id, {}),
    )


def _task(row: rows.Columns) -> Task:
    return Task(TaskId(row.task_id), CardId(row.id), row.text, row.type, rows.due_of(row.day, row.at))


def _paper(row: rows.Columns) -> Paper:
    number = None if row.serial is None else number_in(row.series, row.serial)
    return Paper(row.document, number, _day(row.issued_on), _day(row.due_on))


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
