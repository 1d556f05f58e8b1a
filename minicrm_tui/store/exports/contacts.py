"""Companies and persons, all of them or those of some cards."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from minicrm_tui.domain.exports import ExportedContact
from minicrm_tui.store import rows
from minicrm_tui.store.engine import driver
from minicrm_tui.store.exports import clients
from minicrm_tui.store.upkeep import chunks

if TYPE_CHECKING:
    from sqlalchemy import Connection


def contact_ids(conn: Connection, cards: array[int] | None) -> tuple[array[int], array[int]]:
    """The ids of companies and of persons, by name: those of these cards, or all."""
    return _ids(conn, "company", cards), _ids(conn, "person", cards)


def contacts(conn: Connection, companies: array[int], persons: array[int]) -> Iterator[ExportedContact]:
    """The companies, then the persons, in this order."""
    yield from chain(_companies(conn, companies), _persons(conn, persons))


def _ids(conn: Connection, table: str, cards: array[int] | None) -> array[int]:
    query, values = f"SELECT id FROM {table} ORDER BY folded, id", ()
    if cards is None:
        return array("q", (found for (found,) in driver(conn).execute(query, values)))
    used: set[int] = set()
    of_cards = f"SELECT {table}_id FROM card WHERE id IN (SELECT value FROM json_each(?)) AND {table}_id IS NOT NULL"
    for chunk in chunks(cards):
        used.update(found for (found,) in driver(conn).execute(of_cards, (rows.id_list(chunk),)))
    return array("q", (found for (found,) in driver(conn).execute(query, values) if found in used))


def _companies(conn: Connection, ids: array[int]) -> Iterator[ExportedContact]:
    for chunk in chunks(ids):
        found, made = clients.companies(conn, chunk), _made(conn, "company", chunk)
        for company_id in chunk:
            yield ExportedContact(found[company_id], rows.moment(made[company_id]))


def _persons(conn: Connection, ids: array[int]) -> Iterator[ExportedContact]:
    for chunk in chunks(ids):
        found, made = clients.persons(conn, chunk), _made(conn, "person", chunk)
        firms = clients.companies(conn, {each.company_id for each in found.values() if each.company_id is not None})
        for person_id in chunk:
            person = found[person_id]
            company = None if person.company_id is None else firms.get(person.company_id)
            yield ExportedContact(person, rows.moment(made[person_id]), company)


def _made(conn: Connection, table: str, ids: tuple[int, ...]) -> dict[int, str]:
    query = f"SELECT id, created_at FROM {table} WHERE id IN (SELECT value FROM json_each(?))"
    return dict(driver(conn).execute(query, (rows.id_list(ids),)))
