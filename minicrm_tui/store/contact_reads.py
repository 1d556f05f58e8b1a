"""Reading contacts: pages of all of them, one whole, and those who may be the same as one that was typed.

SQL text by position: rows are read for every key that is typed into the filter.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from minicrm_tui.domain.contacts import ContactDetails, ContactDraft, ContactKind, ContactRef, ContactRow, Similar
from minicrm_tui.domain.reach import Reach, plain
from minicrm_tui.domain.records import Channel, Company, Money, Person
from minicrm_tui.domain.text import clean, fold
from minicrm_tui.store import rows
from minicrm_tui.store.card_page import OTHERS, placed
from minicrm_tui.store.engine import driver
from minicrm_tui.store.rows import TRASHED, id_list

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOST_SIMILAR: Final = 20

_ALL: Final = {kind: f"SELECT id FROM {kind.value} ORDER BY folded, id LIMIT ? OFFSET ?" for kind in ContactKind}
_COUNT: Final = {kind: f"SELECT count(*) FROM {kind.value}" for kind in ContactKind}
_PLACE: Final = {
    kind: f"""
        SELECT (SELECT count(*) FROM {kind.value} WHERE (folded, id) < (wanted.folded, wanted.id)), count(wanted.id)
        FROM (SELECT max(folded) AS folded, max(id) AS id FROM {kind.value} WHERE id = ?) AS wanted
    """
    for kind in ContactKind
}

_NAMES: Final = {
    ContactKind.COMPANY: "SELECT id, name, '', '' FROM company WHERE id IN (SELECT value FROM json_each(?))",
    ContactKind.PERSON: """
        SELECT person.id, person.name, ifnull(company.name, ''), person.job FROM person
        LEFT JOIN company ON company.id = person.company_id
        WHERE person.id IN (SELECT value FROM json_each(?))
    """,
}
_CHANNELS: Final = {
    kind: f"""
        SELECT {kind.value}_id, kind, value, label, normal, is_default, doubtful FROM channel
        WHERE {kind.value}_id IN (SELECT value FROM json_each(?)) ORDER BY is_default, id DESC
    """
    for kind in ContactKind
}
_CARDS: Final = {
    kind: f"""
        SELECT c.{kind.value}_id, CASE WHEN status.grp = 'failed' THEN NULL ELSE c.currency END,
               count(*), sum(c.open_tasks), sum(c.amount)
        FROM card AS c
        JOIN module ON module.id = c.module_id AND module.trashed_at IS NULL
        JOIN status ON status.id = c.status_id
        WHERE c.{kind.value}_id IN (SELECT value FROM json_each(?)) AND c.place <> 2
        GROUP BY 1, 2 ORDER BY 1, 5 DESC
    """
    for kind in ContactKind
}
_THEIRS: Final = {
    kind: f"""
        SELECT c.id FROM card AS c JOIN module ON module.id = c.module_id AND module.trashed_at IS NULL
        WHERE c.{kind.value}_id = ? AND c.place <> 2 ORDER BY c.place, c.sort_key, c.folded, c.id LIMIT ?
    """
    for kind in ContactKind
}
_TRASHED: Final = {
    kind: f"""
        SELECT count(*) FROM card AS c JOIN module ON module.id = c.module_id
        WHERE c.{kind.value}_id = ? AND (c.place = {TRASHED} OR module.trashed_at IS NOT NULL)
    """
    for kind in ContactKind
}
_PERSONS: Final = "SELECT id FROM person WHERE company_id = ? ORDER BY folded, id LIMIT ?"

_SAME_CHANNEL: Final = """
    SELECT company_id, person_id, value FROM channel
    WHERE kind = ?1 AND (plain IN (SELECT value FROM json_each(?2)) OR (normal <> '' AND normal = ?3)) LIMIT ?4
"""


def count(conn: Connection) -> Mapping[ContactKind, int]:
    """How many there are of each kind."""
    return {kind: driver(conn).execute(query).fetchone()[0] for kind, query in _COUNT.items()}


def page(conn: Connection, kind: ContactKind, offset: int, limit: int) -> tuple[ContactRow, ...]:
    """Some of all contacts of a kind, by name."""
    ids = [found for (found,) in driver(conn).execute(_ALL[kind], (limit, offset))]
    return contact_rows(conn, kind, ids)


def place(conn: Connection, ref: ContactRef) -> int | None:
    """How many contacts of its kind stand before this one, by name; None where it is not there."""
    before, there = driver(conn).execute(_PLACE[ref.kind], (ref.id,)).fetchone()
    return before if there else None


def contact_rows(conn: Connection, kind: ContactKind, ids: Sequence[int]) -> tuple[ContactRow, ...]:
    """The contacts with these ids, in this order; ids that are not there are left out."""
    wanted, file = id_list(ids), driver(conn)
    names = {row[0]: row for row in file.execute(_NAMES[kind], (wanted,))}
    # The default, or else the oldest, comes last and stays.
    reached = {
        (owner, sort): Channel(value, label, normal, bool(is_default), bool(doubtful))
        for owner, sort, value, label, normal, is_default, doubtful in file.execute(_CHANNELS[kind], (wanted,))
    }
    sums = _sums(file.execute(_CARDS[kind], (wanted,)).fetchall())
    found = []
    for contact_id in ids:
        if contact_id in names:
            _id, name, company, job = names[contact_id]
            cards, tasks, worth = sums.get(contact_id, (0, 0, ()))
            phone, email = (reached.get((contact_id, sort.value)) for sort in Reach)
            ref = ContactRef(kind, contact_id)
            found.append(ContactRow(ref, name, company, job, phone, email, cards, tasks, worth))
    return tuple(found)


def _sums(
    found: Sequence[tuple[int, str | None, int, int, int | None]],
) -> dict[int, tuple[int, int, tuple[Money, ...]]]:
    """Cards, open tasks and worth by contact."""
    sums: dict[int, tuple[int, int, tuple[Money, ...]]] = {}
    for contact_id, currency, cards, tasks, amount in found:
        before = sums.get(contact_id, (0, 0, ()))
        more = () if currency is None or amount is None else (Money(amount, currency),)
        sums[contact_id] = (before[0] + cards, before[1] + tasks, before[2] + more)
    return sums


def details(conn: Connection, ref: ContactRef) -> ContactDetails:
    """A contact whole; NotFound without one."""
    contact = record(conn, ref)
    (row,) = contact_rows(conn, ref.kind, (ref.id,))
    file = driver(conn)
    cards = [found for (found,) in file.execute(_THEIRS[ref.kind], (ref.id, OTHERS))]
    company: Company | None = None
    persons: tuple[Person, ...] = ()
    if isinstance(contact, Company):
        ids = file.execute(_PERSONS, (ref.id, OTHERS)).fetchall()
        persons = tuple(rows.person_record(conn, person_id) for (person_id,) in ids)
    elif contact.company_id is not None:
        company = rows.company_record(conn, contact.company_id)
    return ContactDetails(
        row=row,
        contact=contact,
        company=company,
        persons=persons,
        cards=tuple(placed(conn, rows.card_rows(conn, cards))),
        trashed=file.execute(_TRASHED[ref.kind], (ref.id,)).fetchone()[0],
    )


def record(conn: Connection, ref: ContactRef) -> Company | Person:
    """The company or person; NotFound without one."""
    if ref.kind is ContactKind.COMPANY:
        return rows.company_record(conn, ref.id)
    return rows.person_record(conn, ref.id)


# --- the same ones


def similar(conn: Connection, draft: ContactDraft, besides: ContactRef) -> tuple[Similar, ...]:
    """Known contacts with the same e-mail, phone or name, each once, for the strongest reason."""
    found: dict[ContactRef, tuple[str, str]] = {}
    for ref, why, what in _alike(conn, draft):
        if ref != besides:
            found.setdefault(ref, (why, what))
    known: dict[ContactRef, ContactRow] = {}
    for kind in ContactKind:
        ids = [ref.id for ref in found if ref.kind is kind]
        known |= {row.ref: row for row in contact_rows(conn, kind, ids)}
    return tuple(
        Similar(ref, known[ref].name, why, what, known[ref].company)
        for ref, (why, what) in list(found.items())[:MOST_SIMILAR]
        if ref in known
    )


def _alike(conn: Connection, draft: ContactDraft) -> Iterator[tuple[ContactRef, str, str]]:
    for kind, channels in ((Reach.EMAIL, draft.emails), (Reach.PHONE, draft.phones)):
        for channel in channels:
            asked = (kind.value, _texts(_spellings(kind, channel)), channel.normal, MOST_SIMILAR)
            for company_id, person_id, _value in driver(conn).execute(_SAME_CHANNEL, asked).fetchall():
                owner = ContactKind.COMPANY if person_id is None else ContactKind.PERSON
                yield ContactRef(owner, person_id or company_id), kind.value, channel.value
    names = {fold(clean(draft.name))}
    if draft.kind is ContactKind.PERSON:
        # Pop Ana is Ana Pop.
        names |= {" ".join(reversed(name.split())) for name in tuple(names)}
    query = f"SELECT id, name FROM {draft.kind.value} WHERE folded IN (SELECT value FROM json_each(?)) LIMIT ?"
    for contact_id, name in driver(conn).execute(query, (_texts(names), MOST_SIMILAR)).fetchall():
        yield ContactRef(draft.kind, contact_id), "name", name


def _spellings(kind: Reach, channel: Channel) -> set[str]:
    """What may stand in a file for it: a phone in its national form too, with 0 instead of its country."""
    spellings = {plain(kind, channel.value)}
    if kind is Reach.PHONE and channel.normal:
        known = plain(kind, channel.normal)
        spellings |= {known, *(f"0{known[code:]}" for code in (1, 2, 3))}
    return spellings - {""}


def _texts(texts: Iterable[str]) -> str:
    """Texts as the JSON array that `json_each(?)` reads."""
    return json.dumps(sorted(texts))
