"""The search over everything, and the completion of clients' names.

SQL text, put together for as many words as are typed, and each query written for one index.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from minicrm_tui.domain.notes import excerpt
from minicrm_tui.domain.records import CardId, ModuleId, StatusId
from minicrm_tui.domain.text import digits, fold
from minicrm_tui.domain.views import Hit
from minicrm_tui.store import said
from minicrm_tui.store.engine import driver
from minicrm_tui.store.matching import Words, words_of
from minicrm_tui.store.rows import id_list
from minicrm_tui.store.trashed import IN_USE

if TYPE_CHECKING:
    from sqlalchemy import Connection

_PHONE: Final = re.compile(r"[+(]?[\d\s()./-]+")
_LEAST_DIGITS: Final = 3
_LAST: Final = "\U0010ffff"
"""Sorts behind everything that a text can go on with."""

_CARDS = """
    SELECT c.id, c.name, coalesce(company.name, person.name, ''), c.module_id, c.id, c.status_id, ifnull(task.text, '')
    FROM card AS c
    JOIN module ON module.id = c.module_id AND module.trashed_at IS NULL
    LEFT JOIN task ON task.id = c.next_task_id
    LEFT JOIN company ON company.id = c.company_id
    LEFT JOIN person ON person.id = c.person_id
    WHERE c.id IN (SELECT value FROM json_each(?)) AND c.place <> 2
    ORDER BY c.place, c.sort_key, c.folded, c.id
"""

# A contact leads to the card of theirs that comes first in the lists.
_FIRST_CARD = """
    LEFT JOIN card ON card.id = (
        SELECT c.id FROM card AS c JOIN module ON module.id = c.module_id AND module.trashed_at IS NULL
        WHERE c.{owner}_id = contact.id AND c.place <> 2 ORDER BY c.place, c.sort_key, c.folded, c.id LIMIT 1
    )
"""

_COMPANIES = f"""
    SELECT contact.id, contact.name, ifnull(
        (SELECT value FROM channel WHERE company_id = contact.id ORDER BY id LIMIT 1), ''
    ), card.module_id, card.id, NULL, '' FROM company AS contact
    {_FIRST_CARD.format(owner="company")}
    WHERE contact.id IN (SELECT value FROM json_each(?)) ORDER BY contact.folded, contact.id
"""

_PERSONS = f"""
    SELECT contact.id, contact.name, ifnull(company.name, ifnull(
        (SELECT value FROM channel WHERE person_id = contact.id ORDER BY id LIMIT 1), ''
    )), card.module_id, card.id, NULL, '' FROM person AS contact
    LEFT JOIN company ON company.id = contact.company_id
    {_FIRST_CARD.format(owner="person")}
    WHERE contact.id IN (SELECT value FROM json_each(?)) ORDER BY contact.folded, contact.id
"""

_NOTES = """
    SELECT history.id, card.name, history.text, card.module_id, card.id, card.status_id
    FROM history JOIN card ON card.id = history.card_id
    WHERE history.id IN (SELECT value FROM json_each(?)) ORDER BY history.id DESC
"""

NOTES: Final = 8
"""Cards that are found at most by what was said of them."""

_SHOWN: Final = {"card": f" AND place <> 2 AND +module_id IN {IN_USE}", "company": "", "person": ""}
"""Asked of those whose name is wanted, and only of them: what is in the trash takes no other's place."""

_RECORDS: Final = {"card": _CARDS, "company": _COMPANIES, "person": _PERSONS}


class Finder:
    """Finds anything by its name. Where few had the last text, only these are asked when it goes on."""

    def __init__(self) -> None:
        """Nothing was typed yet."""
        self._data: tuple[int, int] = 0, 0
        self._known: dict[str, tuple[Words, Sequence[int]]] = {}

    def find(self, conn: Connection, text: str, limit: int) -> tuple[Hit, ...]:
        """Contacts by phone or e-mail, then cards, companies and persons by name, then cards by what was said of them.

        Beginnings come before middles.
        """
        self._freshen(conn)
        notes = tuple(_notes(conn, text))
        found: dict[tuple[str, int], Hit] = {}
        for kind, ids in self._all_hits(conn, text, limit):
            for hit in _records(conn, kind, ids):
                found.setdefault((hit.kind, hit.id), hit)
            if len(found) >= limit:
                break
        return (*tuple(found.values())[: limit - len(notes)], *notes)

    def _freshen(self, conn: Connection) -> None:
        data = conn.exec_driver_sql("PRAGMA data_version").scalar_one(), driver(conn).total_changes
        if data != self._data:
            self._data, self._known = data, {}

    def _all_hits(self, conn: Connection, text: str, limit: int) -> Iterator[tuple[str, Sequence[int]]]:
        """Portions of ids, the likeliest first. The caller stops when it has enough."""
        words = fold(text).split()
        if not words:
            return
        yield from _by_channel(conn, text, limit)
        for kind in _RECORDS:
            yield kind, _beginning(conn, kind, " ".join(words), limit)
        for kind in _RECORDS:
            yield kind, self._containing(conn, kind, words_of(text), limit)

    def _containing(self, conn: Connection, kind: str, words: Words, limit: int) -> Sequence[int]:
        wider, among = self._known.get(kind, (None, ()))
        if wider is not None and words.narrow(wider):
            ids = _containing_among(conn, kind, words, among)[:limit]
        else:
            ids = _containing(conn, kind, words, limit)
        if len(ids) < limit:
            # Not one of them is missing.
            self._known[kind] = words, ids
        return ids


def _records(conn: Connection, kind: str, ids: Sequence[int]) -> Iterator[Hit]:
    if not ids:
        return
    rows = conn.exec_driver_sql(_RECORDS[kind], (id_list(ids),))
    for hit_id, name, detail, module_id, card_id, status_id, task in rows:
        yield Hit(
            kind,
            hit_id,
            name,
            detail,
            None if module_id is None else ModuleId(module_id),
            None if card_id is None else CardId(card_id),
            None if status_id is None else StatusId(status_id),
            task,
        )


def _notes(conn: Connection, text: str) -> Iterator[Hit]:
    """The latest notes with these words, whatever else is found."""
    ids = said.find(conn, text, NOTES)
    if not ids:
        return
    words = said.words_of(text)
    for entry, name, said_of, module_id, card_id, status_id in driver(conn).execute(_NOTES, (id_list(ids),)):
        detail = excerpt(said_of, words)
        yield Hit("note", entry, name, detail, ModuleId(module_id), CardId(card_id), StatusId(status_id))


def _by_channel(conn: Connection, text: str, limit: int) -> Iterator[tuple[str, Sequence[int]]]:
    """Those with this phone or e-mail. A national number finds the international one, and the other way round."""
    typed = digits(text)
    if _PHONE.fullmatch(text.strip()) and len(typed) >= _LEAST_DIGITS:
        bare = typed.lstrip("0") or typed
        condition = "kind = 'phone' AND (instr(plain, ?) OR plain IN (?, ?, ?))"
        # What was kept in its national form is what a typed +40… or +1… ends with, behind a 0.
        values: tuple[str, ...] = (bare, *(f"0{bare[code:]}" for code in (1, 2, 3)))
    elif "@" in text or "." in text:
        condition, values = "kind = 'email' AND instr(plain, ?)", (fold(text),)
    else:
        return
    query = f"SELECT company_id, person_id FROM channel WHERE {condition} LIMIT ?"
    found = [tuple(row) for row in conn.exec_driver_sql(query, (*values, limit))]
    yield "person", [person_id for _company_id, person_id in found if person_id is not None]
    yield "company", [company_id for company_id, _person_id in found if company_id is not None]


def _beginning(conn: Connection, kind: str, start: str, limit: int) -> Sequence[int]:
    query = f"SELECT id FROM {kind} WHERE folded >= ? AND folded < ?{_SHOWN[kind]} ORDER BY folded LIMIT ?"
    return list(conn.exec_driver_sql(query, (start, start + _LAST, limit)).scalars())


def _containing(conn: Connection, kind: str, words: Words, limit: int) -> Sequence[int]:
    """Reads the index of names alone, until it has enough."""
    query = (
        f"SELECT id FROM {kind} INDEXED BY ix_{kind}_folded WHERE folded >= ''{_all_of(words)}{_SHOWN[kind]}"
        " ORDER BY folded, id LIMIT ?"
    )
    return list(conn.exec_driver_sql(query, (*words.words, limit)).scalars())


def _containing_among(conn: Connection, kind: str, words: Words, ids: Sequence[int]) -> Sequence[int]:
    query = f"SELECT id FROM {kind} WHERE id IN (SELECT value FROM json_each(?)){_all_of(words)} ORDER BY folded, id"
    return list(conn.exec_driver_sql(query, (id_list(ids), *words.words)).scalars())


def _all_of(words: Words) -> str:
    return " AND instr(folded, ?)" * len(words.words)


def clients(conn: Connection, prefix: str, limit: int) -> tuple[str, ...]:
    """Clients whose name begins so, as the one-line language writes them: "Acme SRL", "(Ana Pop)", "Acme SRL (Ana"."""
    company, opened, person = prefix.partition("(")
    if opened and company.strip():
        return _persons_of(conn, fold(company), fold(person), limit)
    persons = _named(conn, "person", fold(person if opened else prefix), limit)
    companies = () if opened else _named(conn, "company", fold(prefix), limit)
    return (*companies, *(f"({name})" for name in persons))[:limit]


def _named(conn: Connection, kind: str, start: str, limit: int) -> Sequence[str]:
    query = f"SELECT DISTINCT name FROM {kind} WHERE folded >= ? AND folded < ? ORDER BY folded LIMIT ?"
    return list(conn.exec_driver_sql(query, (start, start + _LAST, limit)).scalars())


def _persons_of(conn: Connection, company: str, start: str, limit: int) -> tuple[str, ...]:
    query = (
        "SELECT company.name, person.name FROM company JOIN person ON person.company_id = company.id"
        " WHERE company.folded = ? AND person.folded >= ? AND person.folded < ? ORDER BY person.folded LIMIT ?"
    )
    rows = conn.exec_driver_sql(query, (company, start, start + _LAST, limit))
    return tuple(f"{company_name} ({person_name})" for company_name, person_name in rows)
