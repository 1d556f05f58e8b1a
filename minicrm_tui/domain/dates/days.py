"""Typed days that are named: today, mâine, fri, vinerea viitoare, next week, eom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

from minicrm_tui.domain.dates.calendar import read_calendar
from minicrm_tui.domain.dates.reading import DueReading, Setting, Words, other_weekday
from minicrm_tui.domain.dates.spans import is_count, read_span
from minicrm_tui.domain.dates.words import (
    COMING,
    DE,
    MONTHS_OR_MONDAY,
    NEXT,
    NEXT_MONTH,
    NEXT_WEEK,
    ON,
    WEEKDAYS_WITH_ARTICLE,
)
from minicrm_tui.domain.reckoning import (
    first_working_day,
    last_working_day,
    month_after,
    month_end,
    next_week_of,
    weekday_after,
)
from minicrm_tui.domain.records import Due

_NEXT_WEEK_LENGTH: Final = 2


def read_day(words: Words, at: Setting) -> Iterator[DueReading]:
    """Every way in which the words may begin with a date; at most one of them fits a whole text."""
    yield from _phrase(words, at)
    yield from _weekday(words, at)
    yield from read_span(words, at)
    yield from read_calendar(words, at.today)
    if words and words[0] in ON:
        for reading in (*_plain_weekday(words[1:], at), *read_calendar(words[1:], at.today)):
            yield reading.shifted(1)


# --- phrases


def _phrase(words: Words, at: Setting) -> Iterator[DueReading]:
    for length in range(min(_LONGEST_PHRASE, len(words)), 0, -1):
        day_of = _PHRASES.get(words[:length])
        if day_of is not None:
            yield _day(length, day_of, at)


def _day(used: int, day_of: Callable[[Setting], date], at: Setting) -> DueReading:
    return DueReading(used, lambda: Due(day_of(at)))


def _today(at: Setting) -> date:
    return at.today


def _tomorrow(at: Setting) -> date:
    return at.today + timedelta(days=1)


def _day_after_tomorrow(at: Setting) -> date:
    return at.today + timedelta(days=2)


def _next_week(at: Setting) -> date:
    return first_working_day(next_week_of(at.today, at.week_start), at.working_days)


def _next_month(at: Setting) -> date:
    return first_working_day(month_after(at.today), at.working_days)


def _end_of_week(at: Setting) -> date:
    """This week's last working day, or the next week's when that is past."""
    sunday = next_week_of(at.today, at.week_start) - timedelta(days=1)
    last = last_working_day(sunday, at.working_days)
    return last if last >= at.today else last_working_day(sunday + timedelta(days=7), at.working_days)


def _end_of_month(at: Setting) -> date:
    return month_end(at.today)


_PHRASES: Final[dict[Words, Callable[[Setting], date]]] = {
    ("today",): _today,
    ("azi",): _today,
    ("astazi",): _today,
    ("tomorrow",): _tomorrow,
    ("maine",): _tomorrow,
    ("poimaine",): _day_after_tomorrow,
    ("day", "after", "tomorrow"): _day_after_tomorrow,
    ("the", "day", "after", "tomorrow"): _day_after_tomorrow,
    ("eow",): _end_of_week,
    ("eom",): _end_of_month,
    **dict.fromkeys(NEXT_WEEK, _next_week),
    **dict.fromkeys(NEXT_MONTH, _next_month),
}
_LONGEST_PHRASE: Final = max(map(len, _PHRASES))


# --- weekdays


def _weekday(words: Words, at: Setting) -> Iterator[DueReading]:
    if not words:
        return
    yield from _weekday_of_next_week(words, at)
    if not at.is_ordinary(words[0]):
        yield from _plain_weekday(words, at)


def _weekday_of_next_week(words: Words, at: Setting) -> Iterator[DueReading]:
    """`next fri`, `vinerea viitoare`, `fri next week`, `next week fri`."""
    first, second = words[0], words[1] if len(words) > 1 else ""
    if first == NEXT:
        yield from _in_next_week(at.weekday(second), 2, at)
    if second in COMING:
        yield from _in_next_week(WEEKDAYS_WITH_ARTICLE.get(first, at.weekday(first)), 2, at)
    if words[1 : 1 + _NEXT_WEEK_LENGTH] in NEXT_WEEK:
        yield from _in_next_week(at.weekday(first), 3, at)
    if words[:_NEXT_WEEK_LENGTH] in NEXT_WEEK and len(words) > _NEXT_WEEK_LENGTH:
        yield from _in_next_week(at.weekday(words[_NEXT_WEEK_LENGTH]), 3, at)


def _in_next_week(weekday: int | None, used: int, at: Setting) -> Iterator[DueReading]:
    if weekday is not None:
        start = next_week_of(at.today, at.week_start)
        yield DueReading(used, lambda: Due(start + timedelta(days=(weekday - at.week_start) % 7)))


def _plain_weekday(words: Words, at: Setting) -> Iterator[DueReading]:
    """`fri`, the next one after today; or `fri 15 dec`, which must be one."""
    weekday = at.weekday(words[0]) if words else None
    if weekday is None:
        return
    for reading in read_calendar(words[1:], at.today):
        yield _agreeing(weekday, reading, words)
    if not _are_months(words, at):
        yield DueReading(1, lambda: Due(weekday_after(at.today, weekday)))


def _agreeing(weekday: int, reading: DueReading, words: Words) -> DueReading:
    def make() -> Due:
        due = reading.make()
        if due.day.weekday() != weekday:
            raise other_weekday(words[: reading.used + 1])
        return due

    return DueReading(reading.used + 1, make)


def _are_months(words: Words, at: Setting) -> bool:
    """Whether "luni" ends "12 luni" or "20 de luni": then it means months."""
    if words != (MONTHS_OR_MONDAY,) or not at.before:
        return False
    counting = at.before[:-1] if at.before[-1] == DE else at.before
    return bool(counting) and is_count(counting[-1])
