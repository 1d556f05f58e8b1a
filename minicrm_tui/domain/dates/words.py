"""The words of typed dates, folded, English and Romanian together."""

from __future__ import annotations

from enum import Enum
from typing import Final


class Unit(Enum):
    """What a typed number counts."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


def _numbered(lines: tuple[str, ...], first: int) -> dict[str, int]:
    return {word: number for number, line in enumerate(lines, first) for word in line.split()}


MONTHS: Final = _numbered(
    (
        "jan january ian ianuarie",
        "feb febr february februarie",
        "mar march martie",
        "apr april aprilie",
        "may mai",
        "jun june iun iunie",
        "jul july iul iulie",
        "aug august",
        "sep sept september septembrie",
        "oct october octombrie",
        "nov november noiembrie",
        "dec december decembrie",
    ),
    1,
)

WEEKDAYS: Final = _numbered(
    (
        "mon monday luni lun",
        "tue tues tuesday marti",
        "wed weds wednesday miercuri mier mie",
        "thu thur thurs thursday joi",
        "fri friday vineri vin",
        "sat saturday sambata simbata samb sam",
        "sun sunday duminica dum",
    ),
    0,
)

WEEKDAYS_WITH_ARTICLE: Final = _numbered(("lunea", "martea", "miercurea", "joia", "vinerea", "sambata", "duminica"), 0)
""""Vinerea" alone is "on Fridays"; only "vinerea viitoare" is a day."""

MAR_AS_WEEKDAY: Final = 1
"""In Romanian `mar` is marți; in English it is only a month."""

ORDINARY: Final = {
    "en": frozenset({"sam", "vin"}),
    "ro": frozenset({"sun", "sat"}),
}
"""Abbreviations of the other language's weekdays that are words here: at the end of "call Sam" or "să sun" no date."""

MONTHS_OR_MONDAY: Final = "luni"

ON: Final = frozenset({"on", "pe"})
COMING: Final = frozenset({"viitoare", "urmatoare"})
NEXT: Final = "next"
IN: Final = frozenset({"in", "peste"})
OF: Final = "of"
DE: Final = "de"
LA: Final = "la"
AT: Final = (("la", "ora"), ("la",), ("at",), ("ora",))

NEXT_WEEK: Final = (("next", "week"), ("saptamana", "viitoare"), ("saptamana", "urmatoare"))
NEXT_MONTH: Final = (("next", "month"), ("luna", "viitoare"), ("luna", "urmatoare"))

COUNTS: Final = _numbered(
    (
        "a an one un o",
        "two doi doua",
        "three trei",
        "four patru",
        "five cinci",
        "six sase",
        "seven sapte",
        "eight opt",
        "nine noua",
        "ten zece",
    ),
    1,
)

MANY: Final = frozenset({"cateva", "multe", "ultimele", "urmatoarele", "primele"})
"""After these, too, "luni" are months."""

UNITS: Final = {
    word: unit
    for unit, line in {
        Unit.MINUTE: "min mins minute minutes minut",
        Unit.HOUR: "h hr hrs hour hours ora ore",
        Unit.DAY: "d day days z zi zile",
        Unit.WEEK: "w wk wks week weeks sapt saptamana saptamani",
        Unit.MONTH: "m month months luna luni",
        Unit.YEAR: "y yr yrs year years an ani",
    }.items()
    for word in line.split()
}
