"""Typed days of the calendar: 2026-12-15, 15.12.2026, 15/12, 15 dec 2027, dec 15."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from minicrm_tui.domain.dates.reading import DueReading, Words, no_such_day, out_of_calendar, year_is_short
from minicrm_tui.domain.dates.words import MONTHS, OF
from minicrm_tui.domain.reckoning import FIRST_YEAR, LAST_YEAR
from minicrm_tui.domain.records import Due

_YEAR_FIRST = re.compile(r"([0-9]{4,6})([-./])([0-9]{1,2})\2([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-./])([0-9]{1,2})\2([0-9]{4,6})")
_YEAR_SHORT = re.compile(r"([0-9]{1,2})([./])([0-9]{1,2})\2[0-9]{2}")
_DAY_MONTH = re.compile(r"([0-9]{1,2})([./])([0-9]{1,2})")
_DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?")
_YEAR = re.compile(r"[0-9]{4}")

_YEARS_TO_A_LEAP_DAY = 8
"""From 2096 it is eight years to the next 29 February: 2100 has none."""


def read_calendar(words: Words, today: date) -> Iterator[DueReading]:
    """The days of the calendar that the words may begin with, the longest first."""
    if not words:
        return
    yield from _numeric(words[0], today)
    named = _day_then_month(words) or _month_then_day(words)
    if named is None:
        return
    used, day, month = named
    if words[used : used + 1] and _YEAR.fullmatch(words[used]):
        yield _dated(int(words[used]), month, day, words[: used + 1])
    yield _next(month, day, today, words[:used])


def _numeric(word: str, today: date) -> Iterator[DueReading]:
    if found := _YEAR_FIRST.fullmatch(word):
        yield _dated(int(found[1]), int(found[3]), int(found[4]), (word,))
    elif found := _YEAR_LAST.fullmatch(word):
        yield _dated(int(found[4]), int(found[3]), int(found[1]), (word,))
    elif (found := _YEAR_SHORT.fullmatch(word)) and _is_month(found[3]) and _begins_month(found[1]):
        yield DueReading(1, lambda: _refuse_short_year((word,)))
    elif (found := _DAY_MONTH.fullmatch(word)) and _is_day_month(found[1], found[2], found[3]):
        yield _next(int(found[3]), int(found[1]), today, (word,))


def _is_day_month(day: str, mark: str, month: str) -> bool:
    """Whether two numbers look like a day and a month.

    The second number decides: 15.12 is a day because 12 is a month, 14.30 a time because 30 is none. With a slash
    there is no time that it could be, so 15/13 is a wrong day; 50/50 and 0/5 are no days at all.
    """
    if day == "0":
        return False
    return _is_month(month) or (mark == "/" and _begins_month(day))


def _is_month(number: str) -> bool:
    return 1 <= int(number) <= 12


def _begins_month(number: str) -> bool:
    return 1 <= int(number) <= 31


def _day_then_month(words: Words) -> tuple[int, int, int] | None:
    gap = 2 if words[1:2] == (OF,) else 1
    found = _DAY.fullmatch(words[0])
    if found is None or len(words) <= gap or words[gap] not in MONTHS:
        return None
    return gap + 1, int(found[1]), MONTHS[words[gap]]


def _month_then_day(words: Words) -> tuple[int, int, int] | None:
    month = MONTHS.get(words[0])
    found = _DAY.fullmatch(words[1]) if month and len(words) > 1 else None
    return None if found is None or month is None else (2, int(found[1]), month)


def _dated(year: int, month: int, day: int, words: Words) -> DueReading:
    def make() -> Due:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise out_of_calendar()
        found = _day_or_none(year, month, day)
        if found is None:
            raise no_such_day(words)
        return Due(found)

    return DueReading(len(words), make)


def _next(month: int, day: int, today: date, words: Words) -> DueReading:
    """A day without a year: the next one that is not past."""

    def make() -> Due:
        years = range(today.year, today.year + _YEARS_TO_A_LEAP_DAY + 1)
        found = (_day_or_none(year, month, day) for year in years)
        coming = next((one for one in found if one is not None and one >= today), None)
        if coming is None:
            raise no_such_day(words)
        return Due(coming)

    return DueReading(len(words), make)


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _refuse_short_year(words: Words) -> Due:
    raise year_is_short(words)
