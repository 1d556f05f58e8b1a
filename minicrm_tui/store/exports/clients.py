"""Companies and persons with their channels, many at a time."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, TypeAlias

from minicrm_tui.domain.records import Channel, Company, CompanyId, Person, PersonId
from minicrm_tui.store.engine import driver
from minicrm_tui.store.rows import id_list

if TYPE_CHECKING:
    from sqlalchemy import Connection

Channels: TypeAlias = dict[tuple[int, str], list[Channel]]
"""By the contact's id and the channel's kind."""

_COMPANIES = """
    SELECT id, name, address, website, tax_number, registration_number, industry, description FROM company
    WHERE id IN (SELECT value FROM json_each(?))
"""

_PERSONS = """
    SELECT id, name, company_id, first_name, last_name, job, description FROM person
    WHERE id IN (SELECT value FROM json_each(?))
"""


def companies(conn: Connection, ids: Collection[int]) -> dict[int, Company]:
    """The companies with these ids."""
    if not ids:
        return {}
    wanted = id_list(ids)
    reach = _channels(conn, "company", wanted)
    return {
        company_id: Company(
            CompanyId(company_id),
            name,
            tuple(reach.get((company_id, "phone"), ())),
            tuple(reach.get((company_id, "email"), ())),
            *texts,
        )
        for company_id, name, *texts in driver(conn).execute(_COMPANIES, (wanted,))
    }


def persons(conn: Connection, ids: Collection[int]) -> dict[int, Person]:
    """The persons with these ids."""
    if not ids:
        return {}
    wanted = id_list(ids)
    reach = _channels(conn, "person", wanted)
    return {
        person_id: Person(
            PersonId(person_id),
            name,
            None if company_id is None else CompanyId(company_id),
            tuple(reach.get((person_id, "phone"), ())),
            tuple(reach.get((person_id, "email"), ())),
            *texts,
        )
        for person_id, name, company_id, *texts in driver(conn).execute(_PERSONS, (wanted,))
    }


def _channels(conn: Connection, owner: str, wanted: str) -> Channels:
    """All channels of these contacts, the default first."""
    query = (
        f"SELECT {owner}_id, kind, value, label, normal, is_default, doubtful FROM channel"
        f" WHERE {owner}_id IN (SELECT value FROM json_each(?)) ORDER BY is_default DESC, id"
    )
    found: Channels = {}
    for owner_id, kind, value, label, normal, is_default, doubtful in driver(conn).execute(query, (wanted,)):
        channel = Channel(value, label, normal, bool(is_default), bool(doubtful))
        found.setdefault((owner_id, kind), []).append(channel)
    return found
