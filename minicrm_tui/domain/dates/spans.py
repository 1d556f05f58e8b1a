"""Typed distances from now: +3d, 2w, in 3 days, peste o oră."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from minicrm_tui.domain.dates.reading import DueReading, Setting, Words, out_of_calendar
from minicrm_tui.domain.dates.words import COUNTS, DE, IN, MANY, UNITS, Unit
from minicrm_tui.domain.reckoning import months_later
from minicrm_tui.domain.records import Due

_GLUED = re.compile(r"(\+?)([0-9]{1,15})([a-z]+)")
_NUMBER = re.compile(r"(\+?)([0-9]{1,15})")
_MOMENTS = frozenset({Unit.MINUTE, Unit.HOUR})


def read_span(words: Words, at: Setting) -> Iterator[DueReading]:
    """The distances from now that the words may begin with."""
    if not words:
        return
    if words[0] in IN:
        found = _glued(words[1:], at) or _counted(words[1:], at)
        if found is not None:
            yield found.shifted(1)
        return
    glued = _glued(words, at)
    if glued is not None:
        yield glued
    # "Contract 12 months" is no date; "+2 months" is one, and so is "2 months" where only a date is asked for.
    elif (found_number := _NUMBER.fullmatch(words[0])) and (found_number[1] or not at.tail):
        counted = _counted(words, at)
        if counted is not None:
            yield counted


def _glued(words: Words, at: Setting) -> DueReading | None:
    found = _GLUED.fullmatch(words[0]) if words else None
    if found is None or found[3] not in UNITS:
        return None
    return _span(int(found[2]), UNITS[found[3]], 1, at)


def _counted(words: Words, at: Setting) -> DueReading | None:
    count = _count(words[0]) if words else None
    if count is None:
        return None
    unit_at = 2 if words[1:2] == (DE,) else 1
    unit = UNITS.get(words[unit_at]) if len(words) > unit_at else None
    return None if unit is None else _span(count, unit, unit_at + 1, at)


def _count(word: str) -> int | None:
    found = _NUMBER.fullmatch(word)
    return COUNTS.get(word) if found is None else int(found[2])


def is_count(word: str) -> bool:
    """Whether the word says how many, so that "luni" after it means months."""
    return word in MANY or _count(word) is not None


def _span(count: int, unit: Unit, used: int, at: Setting) -> DueReading:
    def make() -> Due:
        try:
            return _later(at.now, count, unit)
        except OverflowError:
            raise out_of_calendar() from None

    return DueReading(used, make, timed=unit in _MOMENTS)


def _later(now: datetime, count: int, unit: Unit) -> Due:
    """Wall time, so that a change of daylight saving moves nothing."""
    if unit in _MOMENTS:
        minutes = count * (60 if unit is Unit.HOUR else 1)
        moment = now.replace(tzinfo=None, second=0, microsecond=0) + timedelta(minutes=minutes)
        return Due(moment.date(), moment.time())
    if unit in (Unit.MONTH, Unit.YEAR):
        return Due(months_later(now.date(), count * (12 if unit is Unit.YEAR else 1)))
    return Due(now.date() + timedelta(days=count * (7 if unit is Unit.WEEK else 1)))
