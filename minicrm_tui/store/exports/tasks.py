"""Open tasks with what one needs to do them."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from minicrm_tui.domain.exports import ExportedTask
from minicrm_tui.domain.records import Company, Module, Person
from minicrm_tui.store import rows
from minicrm_tui.store.exports import clients
from minicrm_tui.store.upkeep import chunks

if TYPE_CHECKING:
    from sqlalchemy import Connection

_TASKS = """
    SELECT t.*, c.name AS card, c.module_id, c.company_id, c.person_id FROM task AS t JOIN card AS c ON c.id = t.card_id
    WHERE t.card_id IN (SELECT value FROM json_each(?)) AND t.closed_at IS NULL AND c.open_tasks > 0
    ORDER BY t.due_key, t.id
"""


def tasks(conn: Connection, cards: array[int]) -> Iterator[ExportedTask]:
    """The open tasks of these cards."""
    modules: dict[int, Module] = {module.id: module for module in rows.modules(conn)}
    known = clients.Clients(conn)
    for chunk in chunks(cards):
        yield from _chunk(conn, chunk, modules, known)


def _chunk(
    conn: Connection, cards: tuple[int, ...], modules: Mapping[int, Module], known: clients.Clients
) -> Iterator[ExportedTask]:
    found = conn.exec_driver_sql(_TASKS, (rows.id_list(cards),)).all()
    companies = known.companies({row.company_id for row in found if row.company_id is not None})
    persons = known.persons({row.person_id for row in found if row.person_id is not None})
    for row in found:
        company, person = companies.get(row.company_id), persons.get(row.person_id)
        yield _task(row, modules[row.module_id].name, company, person)


def _task(row: rows.Columns, module: str, company: Company | None, person: Person | None) -> ExportedTask:
    reached = [each for each in (person, company) if each is not None]
    created_at = rows.moment(row.created_at)
    return ExportedTask(
        task=rows.task_of(row.id, row),
        created_at=created_at,
        changed_at=rows.moment(row.changed_at) if row.changed_at else created_at,
        module=module,
        card=row.card,
        company="" if company is None else company.name,
        person="" if person is None else person.name,
        phones=tuple(dict.fromkeys(channel.value for each in reached for channel in each.phones)),
        emails=tuple(dict.fromkeys(channel.value for each in reached for channel in each.emails)),
        planned=date.fromisoformat(row.planned) if row.planned else None,
    )
