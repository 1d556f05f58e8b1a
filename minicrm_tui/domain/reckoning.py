"""Arithmetic of days, weeks and months. Weekdays are numbers: Monday is 0."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

MONDAY: Final = 0
MONDAY_TO_FRIDAY: Final = frozenset(range(5))

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
"""The years that deadlines may lie in."""


def in_calendar(day: date) -> bool:
    """Whether a deadline may lie on this day."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def weekday_after(day: date, weekday: int) -> date:
    """The first such weekday that lies after the day."""
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def week_of(day: date, week_start: int) -> date:
    """The first day of the week that the day is in."""
    return day - timedelta(days=(day.weekday() - week_start) % 7)


def next_week_of(day: date, week_start: int) -> date:
    """The first day of the week after the day's."""
    return week_of(day, week_start) + timedelta(days=7)


def month_after(day: date) -> date:
    """The first day of the month after the day's."""
    return months_later(day.replace(day=1), 1)


def month_end(day: date) -> date:
    """The last day of the day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def months_later(day: date, months: int) -> date:
    """The same day so many months on, or that month's last day; OverflowError beyond every calendar."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if not date.min.year <= year <= date.max.year:
        raise OverflowError("no such year")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def first_working_day(start: date, working_days: frozenset[int]) -> date:
    """The first working day that is not before the start."""
    return next(day for day in _a_week(start, 1) if _is_working(day, working_days))


def last_working_day(end: date, working_days: frozenset[int]) -> date:
    """The last working day that is not after the end."""
    return next(day for day in _a_week(end, -1) if _is_working(day, working_days))


def _a_week(start: date, step: int) -> tuple[date, ...]:
    return tuple(start + timedelta(days=step * count) for count in range(7))


def _is_working(day: date, working_days: frozenset[int]) -> bool:
    # Someone who never works would otherwise have no next working day.
    return not working_days or day.weekday() in working_days
