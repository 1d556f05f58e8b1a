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

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.text import clean, fold
from minicrm_tui.i18n import _, ngettext

if TYPE_CHECKING:
    from dateutil.rrule import rrule

MOST: Final = 999
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

    def in_words(self) -> str:
        """The rule as a sentence's part: every 2 weeks, from the deadline."""
        return f"{_every(self.count, self.every)}, {_counted(self.counted_from)}"


def _day_after(series: rrule, day: date) -> date | None:
    found: datetime | None = series.after(datetime.combine(day, time()))
    return None if found is None else found.date()


def _day_from(series: rrule, day: date) -> date | None:
    found: datetime | None = series.after(datetime.combine(day, time()), inc=True)
    return None if found is None else found.date()


def _every(count: int, every: Every) -> str:
    match every:
        case Every.DAYS:
            return ngettext("every day", "every {n} days", count).format(n=count)
        case Every.WEEKS:
            return ngettext("every week", "every {n} weeks", count).format(n=count)
        case Every.MONTHS:
            return ngettext("every month", "every {n} months", count).format(n=count)
        case Every.YEARS:
            return ngettext("every year", "every {n} years", count).format(n=count)


def _counted(counted_from: CountedFrom) -> str:
    return _("from the deadline") if counted_from is CountedFrom.DEADLINE else _("from the closing")


# --- as it is kept, and as it is typed

_KEPT: Final = re.compile(r"(\d{1,3}) (days|weeks|months|years) (deadline|closing) (\d{4}-\d{2}-\d{2})")

_UNITS: Final = {
    word: every
    for every, words in {
        Every.DAYS: "d day days zi zile daily zilnic",
        Every.WEEKS: "w week weeks saptamana saptamani weekly saptamanal",
        Every.MONTHS: "m month months luna luni monthly lunar",
        Every.YEARS: "y year years an ani yearly anual",
    }.items()
    for word in words.split()
}
_ALONE: Final = frozenset(["daily", "zilnic", "weekly", "saptamanal", "monthly", "lunar", "yearly", "anual"])
_TYPED: Final = re.compile(
    r"(?:(?:every|each|la fiecare|la|in fiecare|fiecare) )?(?:(\d+|o|un) ?(?:de )?)?([a-z]+)(?:,? (.+))?"
)
_FROM: Final = {
    "": CountedFrom.DEADLINE,
    "from the deadline": CountedFrom.DEADLINE,
    "from deadline": CountedFrom.DEADLINE,
    "de la termen": CountedFrom.DEADLINE,
    "from the closing": CountedFrom.CLOSING,
    "from closing": CountedFrom.CLOSING,
    "after closing": CountedFrom.CLOSING,
    "de la inchidere": CountedFrom.CLOSING,
}


def kept(rule: Recurrence) -> str:
    """The rule as the file keeps it: "2 weeks deadline 2026-11-23"."""
    return f"{rule.count} {rule.every} {rule.counted_from} {rule.first.isoformat()}"


def from_kept(text: str) -> Recurrence:
    """The rule behind what the file keeps; ValueError where that is none."""
    found = _KEPT.fullmatch(text)
    if found is None:
        raise ValueError(f"no rule of recurrence: {text!r}")
    return Recurrence(int(found[1]), Every(found[2]), CountedFrom(found[3]), date.fromisoformat(found[4]))


def parse_recurrence(text: str, first: date) -> Recurrence | None:
    """A typed rule (English and Romanian, always both); None where nothing is typed. Raises Invalid("repeat", …)."""
    typed = fold(clean(text))
    if not typed:
        return None
    found = _TYPED.fullmatch(typed)
    every = _UNITS.get(found[2]) if found else None
    counted_from = _FROM.get(found[3] or "") if found else None
    count = int(found[1]) if found and found[1] and found[1].isdigit() else 1
    if found is None or every is None or counted_from is None or (found[2] in _ALONE and found[1]):
        raise Invalid("repeat", _("Write a rule such as: every 2 weeks, or: every month from the closing."))
    if not 1 <= count <= MOST:
        raise Invalid("repeat", _("A task can come back every 1 to {most}.").format(most=MOST))
    return Recurrence(count, every, counted_from, first)
