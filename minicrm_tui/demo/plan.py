"""How many cards go where: shares of the modules, of the buckets, and the days that each bucket has now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import gcd
from typing import Final

from minicrm_tui.demo.dice import Dice
from minicrm_tui.domain.agenda import BUCKETS, bounds
from minicrm_tui.domain.records import MINUTES_IN_KEY, Bucket, Kind

FINISHED: Final = len(BUCKETS)
"""The slot of a card outside the list; the others are the places of the buckets."""

EXPIRED, TODAY, NO_TASK = (BUCKETS.index(bucket) for bucket in (Bucket.EXPIRED, Bucket.TODAY, Bucket.NO_TASK))

SHARES: Final[Mapping[Kind, int]] = {
    Kind.SALES: 40,
    Kind.ORDERS: 10,
    Kind.INVOICING: 12,
    Kind.PROJECTS: 8,
    Kind.HELPDESK: 12,
    Kind.PARTNERS: 6,
    Kind.EVENTS: 5,
    Kind.HR: 4,
    Kind.CUSTOM: 3,
}
"""Of a hundred cards; in the order of the bar."""

EXPIRED_IN_SALES: Final = 12
EXPIRED_PERCENT: Final = 5

# In the order of the buckets, without the expired ones, and the finished at the end.
_IN_SALES: Final = (5, 4, 7, 9, 5, 10, 4, 5, 39)
_ELSEWHERE: Final = (4, 4, 8, 10, 5, 8, 6, 10, 40)

_EXPIRED_FOR: Final = (1, 1, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 16)
_LATER_DAYS: Final = 90
_GOLDEN: Final = 0.618034
_WORKING_MINUTES: Final = tuple(range(9 * 60, 18 * 60, 30))
_LEAD_MINUTES: Final = 30
"""A task for today is at least this far ahead, so that nothing has expired before the demo is on the screen."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days (as ordinals) of each bucket that has some, and the times left of today."""

    today: int
    days: tuple[tuple[int, ...], ...]
    times: tuple[int, ...]
    times_today: tuple[int, ...]


def calendar_of(now: datetime) -> Calendar:
    """The calendar as it stands now, with weeks that begin on Monday."""
    minute = now.hour * 60 + now.minute + _LEAD_MINUTES
    return Calendar(
        today=now.date().toordinal(),
        days=tuple(_days(bucket, now) for bucket in BUCKETS),
        times=_WORKING_MINUTES,
        times_today=tuple(time for time in _WORKING_MINUTES if time >= minute),
    )


def sizes(cards: int) -> dict[Kind, int]:
    """How many cards each module gets."""
    return dict(zip(SHARES, apportion(cards, tuple(SHARES.values())), strict=True))


def deck(kind: Kind, size: int, calendar: Calendar) -> bytes:
    """The slots of a module's cards, in the order of the list: a byte a card."""
    late = _expired(kind, size)
    weights = _IN_SALES if kind is Kind.SALES else _ELSEWHERE
    possible = [
        weight if slot in (NO_TASK, FINISHED) or calendar.days[slot] else 0 for slot, weight in enumerate(weights, 1)
    ]
    counts = (late, *apportion(size - late, possible))
    return b"".join(bytes((slot,)) * count for slot, count in enumerate(counts))


def scattered(items: bytes, dice: Dice) -> Iterator[int]:
    """All the items, each kind of them spread evenly; faster than shuffling, and as good to look at."""
    size = len(items)
    step = next((step for step in range(int(size * _GOLDEN) + 1, size) if gcd(step, size) == 1), 1)
    place = dice.between(0, size)
    for _each in range(size):
        yield items[place]
        place = (place + step) % size


def apportion(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Whole shares by weight that add up to the total: the largest remainders get what rounding left."""
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: -(total * weights[place] % whole))
    for place in by_remainder[: total - sum(shares)]:
        shares[place] += 1
    return tuple(shares)


def _expired(kind: Kind, size: int) -> int:
    """A dozen in Sales while it is small: a morning's work."""
    share = (size * EXPIRED_PERCENT + 50) // 100
    return max(min(EXPIRED_IN_SALES, size), share) if kind is Kind.SALES else share


def _days(bucket: Bucket, now: datetime) -> tuple[int, ...]:
    if bucket is Bucket.NO_TASK:
        return ()
    if bucket is Bucket.EXPIRED:
        # Yesterday at the latest: what is expired does not depend on the time of the day.
        return _working(now.date().toordinal() - days for days in _EXPIRED_FOR)
    low, high = bounds(bucket, now)
    first, last = low // MINUTES_IN_KEY, (high - 1) // MINUTES_IN_KEY
    return _working(range(first, min(last, first + _LATER_DAYS) + 1)) if low < high else ()


def _working(days: Iterable[int]) -> tuple[int, ...]:
    every = tuple(days)
    return tuple(day for day in every if date.fromordinal(day).weekday() < 5) or every
