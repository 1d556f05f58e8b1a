"""Companies and persons with their channels, many at a time."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from minicrm_tui.domain.records import Channel, Company, CompanyId, Person, PersonId
from minicrm_tui.store.engine import driver
from minicrm_tui.store.rows import id_list

if TYPE_CHECKING:
    from sqlalchemy import Connection

T = TypeVar("T")

MOST_KEPT: Final = 20_000
"""Companies, and persons, that are kept at most before they are read anew."""

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


class Clients:
    """Companies and persons, kept for a while: the same ones come again with other cards."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._companies: dict[int, Company] = {}
        self._persons: dict[int, Person] = {}

    def companies(self, ids: Collection[int]) -> Mapping[int, Company]:
        """The companies with these ids, and some others."""
        self._companies = _without_too_many(self._companies)
        self._companies.update(companies(self._conn, [each for each in ids if each not in self._companies]))
        return self._companies

    def persons(self, ids: Collection[int]) -> Mapping[int, Person]:
        """The persons with these ids, and some others."""
        self._persons = _without_too_many(self._persons)
        self._persons.update(persons(self._conn, [each for each in ids if each not in self._persons]))
        return self._persons


def _without_too_many(kept: dict[int, T]) -> dict[int, T]:
    """So that the memory stays flat, whatever the file holds."""
    return kept if len(kept) < MOST_KEPT else {}


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
