"""The nine buckets of the list: which one a deadline is in, and where each begins and ends."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime, timedelta
from typing import Final

from minicrm_tui.domain.reckoning import month_after, next_week_of
from minicrm_tui.domain.records import MINUTES_IN_KEY, NO_TASK_KEY, Bucket, Due, moment_key

BUCKETS: Final = tuple(Bucket)
"""In the order of the list, which is also the order in time."""

MINUTES_IN_DAY: Final = 24 * 60


def bucket_of(due: Due | None, now: datetime, week_start: int = 0) -> Bucket:
    """The bucket of a card whose next task is due then; None for no open task."""
    if due is None:
        return Bucket.NO_TASK
    return BUCKETS[bisect_right(borders(now, week_start), due.key) - 1]


def bounds(bucket: Bucket, now: datetime, week_start: int = 0) -> tuple[int, int]:
    """The bucket's due keys as low <= key < high; low equals high for a bucket that has no days now."""
    edges = borders(now, week_start)
    place = BUCKETS.index(bucket)
    return edges[place], edges[place + 1]


def borders(now: datetime, week_start: int = 0) -> tuple[int, ...]:
    """The ten due keys, never falling, between which the nine buckets lie."""
    today = now.date()
    tomorrow = _start_of(today + timedelta(days=1))
    after_tomorrow = _start_of(today + timedelta(days=2))
    next_week = next_week_of(today, week_start)
    # On the last two days of a week, "tomorrow" takes what would be this or the next week's.
    week_after = _start_of(next_week + timedelta(days=7))
    next_month = month_after(today)
    return (
        0,
        moment_key(now),
        tomorrow,
        after_tomorrow,
        max(_start_of(next_week), after_tomorrow),
        week_after,
        max(_start_of(next_month), week_after),
        _start_of(month_after(next_month)),
        NO_TASK_KEY,
        NO_TASK_KEY + 1,
    )


def _start_of(day: date) -> int:
    return day.toordinal() * MINUTES_IN_KEY


def how_late(due: Due, now: datetime) -> tuple[int, str]:
    """How late an expired deadline is, as a count and its largest unit: "d", "h" or "m".

    Days are counted on the calendar, timed or not, so that the column never contradicts the order of the list.
    """
    days = max(1, (now.date() - due.day).days)
    if due.at is None:
        return days, "d"
    late = datetime.combine(now.date(), now.time()) - datetime.combine(due.day, due.at)
    minutes = max(1, late // timedelta(minutes=1))
    if minutes >= MINUTES_IN_DAY:
        return days, "d"
    return (minutes // 60, "h") if minutes >= 60 else (minutes, "m")


def lateness(due: Due, now: datetime) -> str:
    """How late an expired deadline is: 9d; under a day 3h, 45m; never 0d. Empty if it is not expired."""
    if due.key >= moment_key(now):
        return ""
    count, unit = how_late(due, now)
    return f"{count}{unit}"
