"""The moment and the week's start, as the store needs them: where the sections of the list begin and end."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from minicrm_tui.domain.agenda import BUCKETS, borders
from minicrm_tui.domain.records import MINUTES_IN_KEY, Bucket

FINISHED_SECTION: Final = "finished"
"""The section after the buckets."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """What the buckets' borders follow from."""

    now: datetime
    week_start: int = 0

    @property
    def borders(self) -> tuple[int, ...]:
        """The ten sort keys between which the nine buckets lie."""
        return borders(self.now, self.week_start)

    @property
    def today(self) -> int:
        """The sort key with which this day begins."""
        return self.now.date().toordinal() * MINUTES_IN_KEY

    def bounds(self, bucket: Bucket) -> tuple[int, int]:
        """The sort keys of a bucket, half open."""
        edges, place = self.borders, BUCKETS.index(bucket)
        return edges[place], edges[place + 1]

    def bucket(self, sort_key: int) -> Bucket:
        """The bucket of a listed card."""
        return BUCKETS[bisect_right(self.borders, sort_key) - 1]
