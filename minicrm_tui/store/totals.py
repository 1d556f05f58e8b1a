"""How many hits there are, and what they are worth: by status, part of the list and currency."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final

from minicrm_tui.domain.records import Money, StatusId
from minicrm_tui.domain.views import StatusTally
from minicrm_tui.store.calendar import Calendar
from minicrm_tui.store.rows import FINISHED

FINISHED_SEGMENT: Final = 9


def edges_of(calendar: Calendar) -> tuple[int, ...]:
    """The sort keys between which the segments of the list lie: before today, today, the seven buckets after it.

    The moment itself, between expired and today, is left out: it moves every minute.
    """
    return (calendar.today, *calendar.borders[2:9])


@dataclass(slots=True)
class Totals:
    """Cards and amounts by status, segment and currency ('' without an amount)."""

    edges: tuple[int, ...]
    rows: dict[tuple[int, int, str], tuple[int, int]] = field(default_factory=dict)

    def add(self, status_id: int, segment: int, currency: str, cards: int, amount: int) -> None:
        """Count some more, or with a negative number, fewer."""
        key = status_id, segment, currency
        known_cards, known_amount = self.rows.get(key, (0, 0))
        self.rows[key] = known_cards + cards, known_amount + amount
        if not self.rows[key][0]:
            del self.rows[key]

    def segment(self, place: int, sort_key: int) -> int:
        """The segment of a card."""
        return FINISHED_SEGMENT if place == FINISHED else bisect_right(self.edges, sort_key)

    def merge(self, others: Totals) -> None:
        """Count the others too."""
        for key, counted in others.rows.items():
            self.add(*key, *counted)

    def cards(self, status_id: int | None = None, segment: int | None = None) -> int:
        """How many there are of this status and segment, or of any."""
        return sum(
            cards
            for (status, at, _currency), (cards, _amount) in self.rows.items()
            if status_id in (None, status) and segment in (None, at)
        )

    def tallies(self) -> dict[StatusId, StatusTally]:
        """Cards and sums of every status that has hits."""
        cards: dict[int, int] = {}
        sums: dict[int, dict[str, int]] = {}
        for (status, _segment, currency), (number, amount) in self.rows.items():
            cards[status] = cards.get(status, 0) + number
            if currency:
                known = sums.setdefault(status, {})
                known[currency] = known.get(currency, 0) + amount
        return {
            StatusId(status): StatusTally(
                number, tuple(Money(minor, currency) for currency, minor in sorted(sums.get(status, {}).items()))
            )
            for status, number in cards.items()
        }
