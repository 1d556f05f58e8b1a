"""The list, or the pipeline, that a card was opened from: worked through from inside one card to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from minicrm_tui.domain.records import Bucket, CardId, StatusId
from minicrm_tui.domain.views import Outline, Spot, View
from minicrm_tui.i18n import FINISHED

if TYPE_CHECKING:
    from datetime import datetime

    from minicrm_tui.store.store import Store


class Queue:
    """Knows where its card stood when it was last looked at: what is done there makes room for the one behind it."""

    def __init__(self, store: Store, view: View, *, by_status: bool) -> None:
        self._store = store
        self._view = view
        self._by_status = by_status
        self._stood: Spot | None = None

    async def stand_on(self, card: CardId, now: datetime, spot: Spot | None = None) -> None:
        """This is the card that is looked at now; at this spot, where that is known."""
        self._stood = spot or await self._spot(card, now)

    async def beside(self, card: CardId, direction: int, now: datetime) -> CardId | None:
        """The card after (1) or before (-1) this one; None at the ends, and where the list has it no more."""
        stood = self._stood or await self._spot(card, now)
        if stood is None:
            return None
        at = await self._spot(card, now)
        offset = stood.offset + direction
        if direction > 0 and at != stood and not (at is not None and _is_before(at, stood)):
            # The card has gone away: the row that followed has taken its place.
            offset = stood.offset
        counts = _counts(await self._store.outline(self._view, now), by_status=self._by_status)
        found = await self._row(Spot(stood.section, offset), counts, direction, now)
        if found == card and at is not None:
            # It has moved to the very place that is looked at: the one behind it is meant.
            found = await self._row(Spot(at.section, at.offset + direction), counts, direction, now)
        return None if found == card else found

    async def _row(self, wanted: Spot, counts: Mapping[str, int], direction: int, now: datetime) -> CardId | None:
        """The card at that place, or the nearest one in that direction in another section."""
        if 0 <= wanted.offset < counts.get(wanted.section, 0):
            return await self._at(wanted, now)
        for section in _sections_beyond(tuple(counts), wanted.section, direction):
            if counts[section]:
                return await self._at(Spot(section, 0 if direction > 0 else counts[section] - 1), now)
        return None

    async def _spot(self, card: CardId, now: datetime) -> Spot | None:
        if not self._by_status:
            return await self._store.spot(self._view, card, now)
        found = await self._store.status_spot(self._view, card, now)
        return None if found is None else Spot(str(found[0]), found[1])

    async def _at(self, spot: Spot, now: datetime) -> CardId | None:
        if self._by_status:
            rows = await self._store.status_rows(self._view, StatusId(int(spot.section)), spot.offset, 1, now)
        else:
            rows = await self._store.rows(self._view, spot.section, spot.offset, 1, now)
        return rows[0].id if rows else None


def _counts(outline: Outline, *, by_status: bool) -> Mapping[str, int]:
    """How many cards each section has, in their order."""
    if by_status:
        return {str(status): tally.cards for status, tally in outline.statuses.items()}
    return {bucket.value: outline.buckets.get(bucket, 0) for bucket in Bucket} | {FINISHED: outline.finished}


def _sections_beyond(sections: Sequence[str], here: str, direction: int) -> Sequence[str]:
    at = sections.index(here) if here in sections else 0
    return sections[at + 1 :] if direction > 0 else sections[:at][::-1]


def _is_before(one: Spot, other: Spot) -> bool:
    """Whether it stands further up, so that the others have moved down by one."""
    return one.section == other.section and one.offset < other.offset
