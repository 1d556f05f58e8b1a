"""Hits that are held, by number, in the order of the list."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from minicrm_tui.domain.records import Bucket
from minicrm_tui.store.calendar import FINISHED_SECTION, Calendar

HeldRow = tuple[int, int, int]
"""A hit's id, sort key and status."""


@dataclass(slots=True)
class Held:
    """Each hit's id, sort key and status: the listed ones, then the finished ones."""

    ids: array[int] = field(default_factory=lambda: array("q"))
    keys: array[int] = field(default_factory=lambda: array("q"))
    statuses: array[int] = field(default_factory=lambda: array("q"))
    by_status: dict[int, array[int]] = field(default_factory=dict)
    """The numbers of each status's hits."""
    listed: int = 0

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, found: Iterable[HeldRow], *, listed: bool) -> None:
        """Hold these behind the others."""
        for card_id, key, status_id in found:
            self.by_status.setdefault(status_id, array("q")).append(len(self.ids))
            self.ids.append(card_id)
            self.keys.append(key)
            self.statuses.append(status_id)
        if listed:
            self.listed = len(self.ids)

    def rows(self, *, listed: bool) -> list[HeldRow]:
        """Those that are listed, or finished."""
        part = slice(0, self.listed) if listed else slice(self.listed, None)
        return list(zip(self.ids[part], self.keys[part], self.statuses[part], strict=True))

    def of_section(self, status_id: int | None, section: str, calendar: Calendar) -> Sequence[int]:
        """The numbers of the hits in one section, of all statuses or of one."""
        first, end = self._range(section, calendar)
        if status_id is None:
            return range(first, end)
        places = self.by_status.get(status_id, array("q"))
        return places[bisect_left(places, first) : bisect_left(places, end)]

    def page(self, numbers: Sequence[int], window: tuple[int, int]) -> list[int]:
        """The ids of a part of these numbers; `window` is offset and limit."""
        offset, limit = window
        return [self.ids[number] for number in numbers[offset : offset + limit]]

    def number_of(self, card_id: int) -> int | None:
        """The number of a card; None when it is not held."""
        try:
            return self.ids.index(card_id)
        except ValueError:
            return None

    def _range(self, section: str, calendar: Calendar) -> tuple[int, int]:
        if section == FINISHED_SECTION:
            return self.listed, len(self.ids)
        low, high = calendar.bounds(Bucket(section))
        first = bisect_left(self.keys, low, 0, self.listed)
        return first, max(first, bisect_left(self.keys, high, 0, self.listed))
