"""Dates and times that a person types, in English and Romanian: a small grammar that guesses nothing.

A text has one reading or none. What has the shape of a date but names none (30 feb, 25:61) is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import chain
from typing import Final

from minicrm_tui.domain.dates.clock import Beside, read_clock
from minicrm_tui.domain.dates.days import read_day
from minicrm_tui.domain.dates.reading import Setting, Words, not_understood, within_calendar
from minicrm_tui.domain.reckoning import MONDAY_TO_FRIDAY
from minicrm_tui.domain.records import Due, moment_key
from minicrm_tui.domain.text import clean, fold

__all__ = ["parse_when", "split_when"]

_LONGEST: Final = 10
"""Words in the longest date: "at 2:30 pm on friday , 15th of december 2026"."""

_ISO_MOMENT: Final = re.compile(r"([0-9]{4}-[0-9]{1,2}-[0-9]{1,2})t([0-9].*)")
_PUNCTUATION: Final = ",.;"


def parse_when(
    text: str,
    now: datetime,
    *,
    language: str = "en",
    week_start: int = 0,
    working_days: frozenset[int] = MONDAY_TO_FRIDAY,
) -> Due:
    """The deadline that the whole text names; it may be past. Invalid("when", …) if it names none."""
    line = clean(text)
    words = _words(line)
    at = Setting(now, language, week_start, working_days)
    due = _read(words, at) if len(words) <= _LONGEST else None
    if due is None:
        raise not_understood(line)
    return due


def split_when(
    text: str,
    now: datetime,
    language: str = "en",
    week_start: int = 0,
    working_days: frozenset[int] = MONDAY_TO_FRIDAY,
) -> tuple[str, Due | None]:
    """The text before its longest tail that reads as a date or time, and that deadline; the text whole if none does.

    Invalid("when", …) if a tail looks like a date and is none.
    """
    line = clean(text)
    # Folded word by word, once: two more than the longest date, for what stands before it.
    folded = [_words(word) for word in line.rsplit(maxsplit=_LONGEST + 2)[-_LONGEST - 2 :]]
    at = Setting(now, language, week_start, working_days, tail=True)
    for start in range(max(0, len(folded) - _LONGEST), len(folded)):
        before = _joined(folded[max(0, start - 2) : start])
        due = _read(_joined(folded[start:]), replace(at, before=before))
        if due is not None:
            return _without_tail(line, len(folded) - start), due
    return line, None


def _without_tail(line: str, words: int) -> str:
    parts = line.rsplit(maxsplit=words)
    return parts[0].rstrip(" ,;") if len(parts) > words else ""


def _words(text: str) -> Words:
    return tuple(part for word in fold(text).split() for part in _parts(word.rstrip(_PUNCTUATION)))


def _parts(word: str) -> Words:
    moment = _ISO_MOMENT.fullmatch(word)
    return (moment[1], moment[2]) if moment else (word,) if word else ()


def _joined(parts: Sequence[Words]) -> Words:
    return tuple(chain.from_iterable(parts))


def _read(words: Words, at: Setting) -> Due | None:
    """What all the words mean together; the first shape that fits them whole is the one."""
    if not words:
        return None
    for read in (_date_then_time, _time_then_date, _time_alone):
        for due in read(words, at):
            return within_calendar(due)
    return None


def _date_then_time(words: Words, at: Setting) -> Iterator[Due]:
    for day in read_day(words, at):
        if day.used == len(words):
            yield day.make()
            continue
        clock = None if day.timed else read_clock(words[day.used :], Beside.DATE_BEFORE)
        if clock is not None and day.used + clock.used == len(words):
            yield Due(day.make().day, clock.make())


def _time_then_date(words: Words, at: Setting) -> Iterator[Due]:
    clock = read_clock(words, Beside.DATE_AFTER)
    if clock is None:
        return
    rest = words[clock.used :]
    for day in read_day(rest, replace(at, before=words[: clock.used])):
        if day.used == len(rest) and not day.timed:
            yield Due(day.make().day, clock.make())


def _time_alone(words: Words, at: Setting) -> Iterator[Due]:
    clock = read_clock(words, Beside.NOTHING)
    if clock is not None and clock.used == len(words):
        yield _next_moment(clock.make(), at.now)


def _next_moment(at: time, now: datetime) -> Due:
    today = Due(now.date(), at)
    return today if today.key >= moment_key(now) else Due(today.day + timedelta(days=1), at)
