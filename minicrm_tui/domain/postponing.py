"""Postponing: the presets, typed moments, and what becomes of a task's time of day.

A preset counts from today for an expired task and from the task's own date for a future one, so it never moves a
deadline earlier. With several tasks, each counts from its own base.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from minicrm_tui.domain.dates import parse_when
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.reckoning import (
    LAST_YEAR,
    MONDAY,
    MONDAY_TO_FRIDAY,
    first_working_day,
    in_calendar,
    month_after,
    months_later,
    weekday_after,
)
from minicrm_tui.domain.records import Due, moment_key
from minicrm_tui.domain.text import clean, fold
from minicrm_tui.i18n import _

TODAY: Final = "0"
DAYS: Final = tuple("123456789")
WORKING_DAY: Final = "n"
MONDAY_AFTER: Final = "o"
WEEK: Final = "w"
MONTH: Final = "m"
MONDAY_OF_MONTH: Final = "f"

PRESETS: Final = (TODAY, *DAYS, WORKING_DAY, MONDAY_AFTER, WEEK, MONTH, MONDAY_OF_MONTH)
"""The keys of the presets, in the order in which they are offered."""

_LAST_DAY: Final = date(LAST_YEAR, 12, 31)
_TYPED_PRESET: Final = re.compile(r"0|\+([1-9])|([nowmf])")


@dataclass(frozen=True, slots=True)
class Postponement:
    """How to postpone: by a preset's key, or to a typed deadline. `words` are what was typed."""

    rule: str | None = None
    typed: Due | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Postponed:
    """A task's new deadline, and whether its time of day had to go because it is past already."""

    due: Due
    dropped_time: bool = False


def is_expired(due: Due, now: datetime) -> bool:
    """Whether the deadline lies before this local minute."""
    return due.key < moment_key(now)


def base_of(due: Due, now: datetime) -> date:
    """The day from which presets count: today for an expired task, else the task's own."""
    return now.date() if is_expired(due, now) else due.day


def preset_due(key: str, due: Due, now: datetime, *, working_days: frozenset[int] = MONDAY_TO_FRIDAY) -> Due | None:
    """The deadline that the preset gives; None where it is not offered: "0" for a future task, or past 2199."""
    day = _preset_day(key, due, now, working_days)
    return None if day is None else _on(day, due.at, now)


def offered(due: Due, now: datetime, *, working_days: frozenset[int] = MONDAY_TO_FRIDAY) -> tuple[tuple[str, Due], ...]:
    """The presets that the task may be postponed by, in their order, each with the deadline it gives."""
    given = ((key, preset_due(key, due, now, working_days=working_days)) for key in PRESETS)
    return tuple((key, found) for key, found in given if found is not None)


def typed_postpone(due: Due, typed: Due, now: datetime) -> Due:
    """The deadline that typed words give: their own time of day, else the task's. Invalid if they are past."""
    if is_expired(typed, now):
        raise Invalid("when", _("That moment is already past."))
    return typed if typed.at is not None else _on(typed.day, due.at, now)


def apply(how: Postponement, due: Due, now: datetime, *, working_days: frozenset[int] = MONDAY_TO_FRIDAY) -> Postponed:
    """The task's new deadline; Invalid("when", …) where this task can't be postponed so."""
    found = _new_due(how, due, now, working_days)
    return Postponed(found, dropped_time=due.at is not None and found.at is None)


def apply_each(
    how: Postponement, dues: Iterable[Due], now: datetime, *, working_days: frozenset[int] = MONDAY_TO_FRIDAY
) -> tuple[Postponed | None, ...]:
    """The same for several tasks, each from its own base; None for those that the preset does not fit.

    Invalid only where no task could be moved: a typed moment that is past.
    """
    if how.typed is not None and is_expired(how.typed, now):
        raise Invalid("when", _("That moment is already past."))
    return tuple(_apply_or_none(how, due, now, working_days) for due in dues)


def parse_postponement(
    text: str,
    now: datetime,
    *,
    language: str = "en",
    week_start: int = 0,
    working_days: frozenset[int] = MONDAY_TO_FRIDAY,
) -> Postponement:
    """What a person typed: a preset (0, +1 … +9, n, o, w, m, f) or a date. Invalid("when", …) if it is neither."""
    words = clean(text)
    preset = _TYPED_PRESET.fullmatch(fold(words))
    if preset is not None:
        return Postponement(rule=preset[1] or preset[2] or TODAY, words=words)
    typed = parse_when(words, now, language=language, week_start=week_start, working_days=working_days)
    return Postponement(typed=typed, words=words)


def again(
    how: Postponement,
    now: datetime,
    *,
    language: str = "en",
    week_start: int = 0,
    working_days: frozenset[int] = MONDAY_TO_FRIDAY,
) -> Postponement:
    """The same preset or words once more: words are read anew, since "tomorrow" is another day by then."""
    if how.typed is None or not how.words:
        return how
    typed = parse_when(how.words, now, language=language, week_start=week_start, working_days=working_days)
    return replace(how, typed=typed)


# --- one task


def _new_due(how: Postponement, due: Due, now: datetime, working_days: frozenset[int]) -> Due:
    if how.typed is not None:
        return typed_postpone(due, how.typed, now)
    if how.rule not in PRESETS:
        raise Invalid("when", _("There is no such way to postpone."))
    found = preset_due(how.rule, due, now, working_days=working_days)
    if found is None:
        raise _not_offered(how.rule)
    return found


def _not_offered(key: str) -> Invalid:
    if key == TODAY:
        return Invalid("when", _("Only an expired task can be postponed to today."))
    return Invalid("when", _("A task can't be postponed beyond the year {year}.").format(year=LAST_YEAR))


def _apply_or_none(how: Postponement, due: Due, now: datetime, working_days: frozenset[int]) -> Postponed | None:
    if how.rule is not None and preset_due(how.rule, due, now, working_days=working_days) is None:
        return None
    return apply(how, due, now, working_days=working_days)


def _on(day: date, at: time | None, now: datetime) -> Due:
    """The day with the task's time of day, unless that would leave the task expired."""
    due = Due(day, at)
    return Due(day) if is_expired(due, now) else due


# --- presets


def _preset_day(key: str, due: Due, now: datetime, working_days: frozenset[int]) -> date | None:
    if key == TODAY:
        return now.date() if is_expired(due, now) else None
    base = base_of(due, now)
    if not in_calendar(base):
        return None
    day = _FROM_BASE[key](base, working_days)
    return day if day <= _LAST_DAY else None


def _days_on(count: int) -> Callable[[date, frozenset[int]], date]:
    return lambda base, working_days: base + timedelta(days=count)


_FROM_BASE: Final[dict[str, Callable[[date, frozenset[int]], date]]] = {
    **{key: _days_on(int(key)) for key in DAYS},
    WORKING_DAY: lambda base, working_days: first_working_day(base + timedelta(days=1), working_days),
    MONDAY_AFTER: lambda base, working_days: weekday_after(base, MONDAY),
    WEEK: _days_on(7),
    MONTH: lambda base, working_days: months_later(base, 1),
    # The first Monday of a month is the first one after the day before it.
    MONDAY_OF_MONTH: lambda base, working_days: weekday_after(month_after(base) - timedelta(days=1), MONDAY),
}
