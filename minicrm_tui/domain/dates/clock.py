"""Typed times of day: 14:00, 14.30, 2pm, la 14."""

from __future__ import annotations

import re
from datetime import time
from enum import Enum
from typing import Final, NoReturn

from minicrm_tui.domain.dates.reading import ClockReading, Words, no_such_time, time_or_day
from minicrm_tui.domain.dates.words import AT, LA

_COLON = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::00)?")
_DOT = re.compile(r"([0-9]{1,2})\.([0-9]{2})")
_HOUR = re.compile(r"([0-9]{1,2})()")
_HALF_DAY = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?(am|pm)")
_HALVES = frozenset({"am", "pm"})
_LAST_DAY_OF_A_MONTH: Final = 31
_LAST_MONTH: Final = 12


class Beside(Enum):
    """Where a time stands: alone, or on which side of a date."""

    NOTHING = "alone"
    DATE_BEFORE = "after a date"
    DATE_AFTER = "before a date"


def read_clock(words: Words, beside: Beside) -> ClockReading | None:
    """The time of day that the words begin with."""
    led = next((len(lead) for lead in AT if words[: len(lead)] == lead), 0)
    rest = words[led:]
    if not rest:
        return None
    if rest[1:2] and rest[1] in _HALVES:
        return _half_day(rest[0] + rest[1], words[: led + 2])
    used = words[: led + 1]
    if beside is not Beside.DATE_BEFORE and words[:led] == (LA,) and _is_either(rest[0]):
        return ClockReading(len(used), lambda: _refuse_to_choose(used))
    return _half_day(rest[0], used) or _of_24_hours(rest[0], used, beside, bool(led))


def _is_either(word: str) -> bool:
    """Whether "la 15.12" may be meant as a day as well as a time."""
    found = _DOT.fullmatch(word)
    return found is not None and int(found[1]) < 24 and 1 <= int(found[2]) <= _LAST_MONTH


def _refuse_to_choose(used: Words) -> NoReturn:
    raise time_or_day(used)


def _half_day(word: str, used: Words) -> ClockReading | None:
    found = _HALF_DAY.fullmatch(word)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]

    def make() -> time:
        if not 1 <= hour <= 12:
            raise no_such_time(used)
        return _time(hour % 12 + (12 if half == "pm" else 0), minute, used)

    return ClockReading(len(used), make)


def _of_24_hours(word: str, used: Words, beside: Beside, led: bool) -> ClockReading | None:
    found = _COLON.fullmatch(word) or _dotted(word, beside, led) or _bare(word, beside, led)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return ClockReading(len(used), lambda: _time(hour, minute, used))


def _dotted(word: str, beside: Beside, led: bool) -> re.Match[str] | None:
    """14.30: surely a time after "la" or a date; alone only where it can't be an amount such as 99.50 or 0.50."""
    found = _DOT.fullmatch(word)
    if found is None or beside is Beside.DATE_BEFORE:
        return found
    if led:
        # "Până la 31.12" is a day.
        return None if int(found[1]) > 23 and 1 <= int(found[2]) <= _LAST_MONTH else found
    # Before a date it may as well be a price: "pay 12.50 tomorrow".
    is_amount = beside is Beside.DATE_AFTER or found[1] == "0" or int(found[1]) > _LAST_DAY_OF_A_MONTH
    return None if is_amount else found


def _bare(word: str, beside: Beside, led: bool) -> re.Match[str] | None:
    """A bare number: an hour after a date, and after "la" where it can be one ("reduce to 50" and "la 50" are not)."""
    found = _HOUR.fullmatch(word)
    if found is None or beside is Beside.DATE_BEFORE:
        return found
    return found if led and int(found[1]) < 24 else None


def _time(hour: int, minute: int, used: Words) -> time:
    if hour > 23 or minute > 59:
        raise no_such_time(used)
    return time(hour, minute)
