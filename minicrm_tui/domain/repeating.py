"""Rules of tasks that come back, as people type and read them: every 2 weeks, from the closing."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.recurrence import CountedFrom, Every, Recurrence
from minicrm_tui.domain.text import clean, fold
from minicrm_tui.i18n import _, ngettext

MOST: Final = 999

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


def in_words(rule: Recurrence) -> str:
    """The rule as a sentence's part: every 2 weeks, from the deadline."""
    return f"{every_words(rule)}, {_counted(rule.counted_from)}"


def every_words(rule: Recurrence) -> str:
    """How often alone: every 2 weeks."""
    return _every(rule.count, rule.every)


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
