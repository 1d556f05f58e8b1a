"""Tasks that come back: every N days, weeks, months or years, from the deadline or from the closing.

From the deadline, the days of a series are fixed by its first day: one that a month does not have is clipped to the
month's end (31 Jan, 28 Feb, 31 Mar). From the closing, the next day is counted from the day on which one was closed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from dateutil.rrule import rrule

LAST_YEAR: Final = 2199
"""The last year of typed dates: a series ends there."""


class Every(StrEnum):
    """What a rule counts."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class CountedFrom(StrEnum):
    """Where the next day is counted from."""

    DEADLINE = "deadline"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Every `count` of a unit; `first` is the first day of the series."""

    count: int
    every: Every
    counted_from: CountedFrom
    first: date

    def next_day(self, planned: date, closed: date) -> date | None:
        """The day after the planned one, never before the day of the closing; None where the calendar ends."""
        if self.counted_from is CountedFrom.CLOSING:
            return _day_after(self._series(closed), closed)
        series = self._series(self._near(planned))
        following = _day_after(series, planned)
        return following if following is None or following >= closed else _day_from(series, closed)

    def _near(self, planned: date) -> date:
        """A day of the series not far before the planned one: rrule walks from the first day that it is given."""
        if self.every not in (Every.DAYS, Every.WEEKS):
            return self.first
        step = self.count * (7 if self.every is Every.WEEKS else 1)
        return self.first + timedelta(days=max(0, (planned - self.first).days // step - 1) * step)

    def _series(self, first: date) -> rrule:
        # dateutil takes 20 ms to import, and few tasks come back.
        from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule

        start, until = datetime.combine(first, time()), datetime(LAST_YEAR, 12, 31)
        # "The last of the days 28 … 31 that the month has" is the day itself, or the month's end.
        days = tuple(range(28, first.day + 1)) if first.day > 28 else (first.day,)
        match self.every:
            case Every.DAYS:
                return rrule(DAILY, dtstart=start, interval=self.count, until=until)
            case Every.WEEKS:
                return rrule(WEEKLY, dtstart=start, interval=self.count, until=until)
            case Every.MONTHS:
                return rrule(MONTHLY, dtstart=start, interval=self.count, bymonthday=days, bysetpos=-1, until=until)
            case Every.YEARS:
                return rrule(
                    YEARLY,
                    dtstart=start,
                    interval=self.count,
                    bymonth=first.month,
                    bymonthday=days,
                    bysetpos=-1,
                    until=until,
                )


def _day_after(series: rrule, day: date) -> date | None:
    found: datetime | None = series.after(datetime.combine(day, time()))
    return None if found is None else found.date()


def _day_from(series: rrule, day: date) -> date | None:
    found: datetime | None = series.after(datetime.combine(day, time()), inc=True)
    return None if found is None else found.date()


# --- as it is kept

_KEPT: Final = re.compile(r"(\d{1,3}) (days|weeks|months|years) (deadline|closing) (\d{4}-\d{2}-\d{2})")


def kept(rule: Recurrence) -> str:
    """The rule as the file keeps it: "2 weeks deadline 2026-11-23"."""
    return f"{rule.count} {rule.every} {rule.counted_from} {rule.first.isoformat()}"


def from_kept(text: str) -> Recurrence:
    """The rule behind what the file keeps; ValueError where that is none."""
    found = _KEPT.fullmatch(text)
    if found is None:
        raise ValueError(f"no rule of recurrence: {text!r}")
    return Recurrence(int(found[1]), Every(found[2]), CountedFrom(found[3]), date.fromisoformat(found[4]))
