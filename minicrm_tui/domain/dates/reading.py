"""What the readers of typed dates hand to each other.

Reading has two halves: first the *shape* (do all these words make a date?), then the *meaning*. Only a shape that fits
the whole text is given its meaning, and only then can it turn out to be impossible; so the 30th of February is an
error at the end of a line, and the words before it never are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Final

from minicrm_tui.domain.dates.words import MAR_AS_WEEKDAY, ORDINARY, WEEKDAYS
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.reckoning import FIRST_YEAR, LAST_YEAR, in_calendar
from minicrm_tui.domain.records import Due
from minicrm_tui.i18n import _

FIELD: Final = "when"

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DueReading:
    """The first `used` words have the shape of a date; `make` gives it, or raises Invalid."""

    used: int
    make: Callable[[], Due]
    timed: bool = False

    def shifted(self, words: int) -> DueReading:
        """The same, found so many words later."""
        return replace(self, used=self.used + words)


@dataclass(frozen=True, slots=True)
class ClockReading:
    """The first `used` words have the shape of a time of day; `make` gives it, or raises Invalid."""

    used: int
    make: Callable[[], time]


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when a date is typed. `tail`: after other text, of which `before` are the last two words."""

    now: datetime
    language: str
    week_start: int
    working_days: frozenset[int]
    tail: bool = False
    before: Words = ()

    @property
    def today(self) -> date:
        """The local day."""
        return self.now.date()

    def weekday(self, word: str) -> int | None:
        """The weekday that the word names, in the language that the program speaks."""
        if word == "mar":
            return MAR_AS_WEEKDAY if self.language == "ro" else None
        return WEEKDAYS.get(word)

    def is_ordinary(self, word: str) -> bool:
        """Whether the weekday's name is more likely another word where it stands."""
        return self.tail and word in ORDINARY.get(self.language, frozenset())


def shown(text: str) -> str:
    """The typed text as a sentence about it quotes it."""
    short = text if len(text) <= 40 else f"{text[:39]}…"
    return _("“{text}”").format(text=short)


def no_such_day(words: Words) -> Invalid:
    """For days that no calendar has."""
    return Invalid(FIELD, _("{text} is a day that does not exist.").format(text=shown(" ".join(words))))


def no_such_time(words: Words) -> Invalid:
    """For hours and minutes that no day has."""
    return Invalid(FIELD, _("{text} is not a time of the day.").format(text=shown(" ".join(words))))


def time_or_day(words: Words) -> Invalid:
    """For "la 14.05", which Romanians write for a time as well as for a day."""
    number = words[-1]
    sentence = _("{text} can be a time or a day: write {time} or {day}.")
    text = shown(" ".join(words))
    return Invalid(FIELD, sentence.format(text=text, time=number.replace(".", ":"), day=number.replace(".", "/")))


def year_is_short(words: Words) -> Invalid:
    """For years of two digits: which century would be a guess."""
    return Invalid(FIELD, _("{text}: write the year with four digits.").format(text=shown(" ".join(words))))


def other_weekday(words: Words) -> Invalid:
    """For a weekday and a day that don't go together."""
    return Invalid(FIELD, _("{text}: that day is another day of the week.").format(text=shown(" ".join(words))))


def out_of_calendar() -> Invalid:
    """For years that no deadline may lie in."""
    sentence = _("The year must lie between {first} and {last}.")
    return Invalid(FIELD, sentence.format(first=FIRST_YEAR, last=LAST_YEAR))


def not_understood(text: str) -> Invalid:
    """For everything that has no shape of a date."""
    if not text:
        return Invalid(FIELD, _("Type a date or a time, such as “fri 14:00”, “15 dec” or “+3d”."))
    sentence = _("{text} is not a date or a time. Try “fri 14:00”, “15 dec” or “+3d”.")
    return Invalid(FIELD, sentence.format(text=shown(text)))


def within_calendar(due: Due) -> Due:
    """The deadline, if it lies in the years that deadlines may lie in."""
    if not in_calendar(due.day):
        raise out_of_calendar()
    return due
