"""Hits few enough to be held: by number, in the order of the list.

SQL text, as in `matching`.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from minicrm_tui.domain.records import Bucket, Money, Outline, Spot, StatusId, StatusTally, View
from minicrm_tui.store.calendar import FINISHED_SECTION, Calendar
from minicrm_tui.store.order import CardAt
from minicrm_tui.store.rows import FINISHED

if TYPE_CHECKING:
    from sqlalchemy import Connection

Row = tuple[int, int, int, int | None, str | None]
"""A hit's id, sort key, status, amount and currency."""


@dataclass(slots=True)
class FewHits:
    """Each hit's id, sort key and status, in the order of the list: the listed ones, then the finished ones."""

    ids: array[int] = field(default_factory=lambda: array("q"))
    keys: array[int] = field(default_factory=lambda: array("q"))
    places_by_status: dict[int, array[int]] = field(default_factory=dict)
    tallies: dict[StatusId, StatusTally] = field(default_factory=dict)
    listed: int = 0

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.ids)

    def take(self, found: Iterable[Row], *, listed: bool) -> None:
        """Add the hits of one place."""
        sums: dict[tuple[int, str], int] = {}
        for card_id, key, status_id, amount, currency in found:
            self.places_by_status.setdefault(status_id, array("q")).append(len(self.ids))
            self.ids.append(card_id)
            self.keys.append(key)
            if currency is not None:
                sums[status_id, currency] = sums.get((status_id, currency), 0) + (amount or 0)
        if listed:
            self.listed = len(self.ids)
        self._add(sums)

    def _add(self, sums: dict[tuple[int, str], int]) -> None:
        for status_id, places in self.places_by_status.items():
            known = {money.currency: money.minor for money in self.tallies.get(StatusId(status_id), StatusTally()).sums}
            for (summed, currency), amount in sums.items():
                if summed == status_id:
                    known[currency] = known.get(currency, 0) + amount
            monies = tuple(Money(minor, currency) for currency, minor in sorted(known.items()))
            self.tallies[StatusId(status_id)] = StatusTally(len(places), monies)

    def outline(self, conn: Connection, view: View, calendar: Calendar) -> Outline:
        """Their counts."""
        sections = {section: len(self._places(view, section, calendar)) for section in (*Bucket, FINISHED_SECTION)}
        finished = sections.pop(FINISHED_SECTION)
        return Outline({Bucket(bucket): cards for bucket, cards in sections.items()}, finished, dict(self.tallies))

    def page(
        self, conn: Connection, view: View, section: str, window: tuple[int, int], calendar: Calendar
    ) -> Sequence[int]:
        """The ids of a page of one section."""
        return self._ids(self._places(view, section, calendar), window)

    def status_page(self, conn: Connection, status_id: int, window: tuple[int, int]) -> Sequence[int]:
        """The ids of a page of one status."""
        return self._ids(self.places_by_status.get(status_id, ()), window)

    def spot(self, conn: Connection, view: View, card: CardAt, calendar: Calendar) -> Spot | None:
        """Where a card stands among them in the list."""
        section = FINISHED_SECTION if card.place == FINISHED else calendar.bucket(card.standing.sort_key).value
        for offset, place in enumerate(self._places(view, section, calendar)):
            if self.ids[place] == card.standing.id:
                return Spot(section, offset)
        return None

    def status_spot(self, conn: Connection, card: CardAt) -> tuple[StatusId, int] | None:
        """Where a card stands among them in its status."""
        for offset, place in enumerate(self.places_by_status.get(card.status_id, ())):
            if self.ids[place] == card.standing.id:
                return StatusId(card.status_id), offset
        return None

    def _ids(self, places: Sequence[int], window: tuple[int, int]) -> Sequence[int]:
        offset, limit = window
        return [self.ids[place] for place in places[offset : offset + limit]]

    def _places(self, view: View, section: str, calendar: Calendar) -> Sequence[int]:
        """The numbers of the hits in one section, of all statuses or of the view's."""
        first, end = self._range(section, calendar)
        if view.status_id is None:
            return range(first, end)
        places = self.places_by_status.get(view.status_id, array("q"))
        return places[bisect_left(places, first) : bisect_left(places, end)]

    def _range(self, section: str, calendar: Calendar) -> tuple[int, int]:
        if section == FINISHED_SECTION:
            return self.listed, self.count
        low, high = calendar.bounds(Bucket(section))
        first = bisect_left(self.keys, low, 0, self.listed)
        return first, max(first, bisect_left(self.keys, high, 0, self.listed))
