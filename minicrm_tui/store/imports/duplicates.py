"""Cards of an import that are there already: in the same module, of the same name, client and time of creation.

Each card that was there is the duplicate of one row at most, so that two rows of one name stay two cards.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from minicrm_tui.domain.imports import ImportedCard, ImportedRow
from minicrm_tui.domain.records import Money
from minicrm_tui.domain.text import fold
from minicrm_tui.store.engine import driver
from minicrm_tui.store.imports.contacts import Known
from minicrm_tui.store.rows import TRASHED, stamp

if TYPE_CHECKING:
    from sqlalchemy import Connection

_CARDS: Final = """
    SELECT id, folded, company_id, person_id, amount, currency, created_at FROM card
    WHERE folded IN (SELECT value FROM json_each(?)) AND module_id = ? AND place <> ? ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class KnownCard:
    """A card as far as it is compared."""

    id: int
    company_id: int | None
    person_id: int | None
    value: Money | None
    created_at: str


class CardBook:
    """The cards of a module, portion by portion."""

    def __init__(self, conn: Connection, module_id: int, first_made: int) -> None:
        self._conn, self._module_id, self._first_made = conn, module_id, first_made
        self._by_name: dict[str, list[KnownCard]] = {}
        self._taken: set[int] = set()

    def look_up(self, rows: Iterable[ImportedRow]) -> None:
        """Read all cards that these rows could mean."""
        self._by_name = {}
        names = json.dumps(list({fold(row.card.name) for row in rows if row.card is not None}))
        found = driver(self._conn).execute(_CARDS, (names, self._module_id, TRASHED))
        for card_id, folded, company_id, person_id, amount, currency, created_at in found:
            value = None if amount is None or currency is None else Money(amount, currency)
            known = KnownCard(card_id, company_id, person_id, value, created_at)
            self._by_name.setdefault(folded, []).append(known)

    def add(self, card_id: int, card: ImportedCard, company: Known | None, person: Known | None, at: str) -> None:
        """Remember a card that was just made."""
        created = at if card.created_at is None else stamp(card.created_at)
        known = KnownCard(card_id, _id(company), _id(person), card.value, created)
        self._by_name.setdefault(fold(card.name), []).append(known)

    def find(self, card: ImportedCard, company: Known | None, person: Known | None) -> int | None:
        """The card that the row means; None where it is a new one."""
        named = self._by_name.get(fold(card.name), ())
        own = [each for each in named if _is_of(each, _id(company), _id(person))]
        if card.attaches:
            return _latest(own) or (_latest(named) if company is None and person is None else None)
        if card.created_at is not None:
            created = stamp(card.created_at)
            own = [each for each in own if each.created_at == created]
        there = [each for each in own if each.id < self._first_made and each.id not in self._taken]
        same = [each for each in there if each.value == card.value]
        for each in (*same[:1], *there[:1]):
            self._taken.add(each.id)
            return each.id
        # Another row of the file was this one already.
        return next((each.id for each in own if each.value == card.value), None)


def _latest(cards: Sequence[KnownCard]) -> int | None:
    """The one of these that was made last."""
    return max((each.id for each in cards), default=None)


def _id(known: Known | None) -> int | None:
    return None if known is None else known.id


def _is_of(card: KnownCard, company: int | None, person: int | None) -> bool:
    """Whether the client is the same, as far as both say who it is."""
    if card.company_id is None and card.person_id is None:
        return company is None and person is None
    if None not in (card.company_id, company) and card.company_id != company:
        return False
    if None not in (card.person_id, person) and card.person_id != person:
        return False
    return (company is not None and card.company_id == company) or (person is not None and card.person_id == person)
