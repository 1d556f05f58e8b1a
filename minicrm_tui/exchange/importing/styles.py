"""How a file writes its dates and its decimals: told by all the values of a column, then read by that."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final

from minicrm_tui.domain.currencies import exponent
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.money import LARGEST, currency_of
from minicrm_tui.domain.records import Money
from minicrm_tui.domain.text import clean, fold, shorten
from minicrm_tui.exchange.reading.tables import Number
from minicrm_tui.i18n import _


class Dates(StrEnum):
    """In which order the numbers of a date stand, where the year is not first."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


class Decimals(StrEnum):
    """The decimal mark."""

    COMMA = "comma"
    POINT = "point"


MONTH_FIRST_COUNTRIES: Final = frozenset(("US", "PH", "FM", "MH", "PW", "BZ"))

_NUMBERS: Final = re.compile(r"(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,4})\.?(?:[ T,]+(.+))?")
_NAMED: Final = re.compile(r"(\d{1,2})[\s./-]+([^\W\d]+)\.?[\s./,-]+(\d{2,4})(?:[ T,]+(.+))?")
_NAME_FIRST: Final = re.compile(r"([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:[ T,]+(.+))?")
_YEAR_NAMED: Final = re.compile(r"(\d{4})\.?\s+([^\W\d]+)\.?\s+(\d{1,2})\.?(?:[ T,]+(.+))?")
_SERIAL: Final = re.compile(r"(\d{5})(?:[.,](\d+))?")
_CLOCK: Final = re.compile(
    r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?\s*([ap]\.?m\.?)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?", re.IGNORECASE
)
_MONTHS: Final = tuple(
    name.split()
    for name in (
        "jan ian",
        "feb fev",
        "mar",
        "apr avr",
        "may maj mai",
        "jun iun juin",
        "jul iul juil",
        "aug aou",
        "sep sze szept",
        "oct okt",
        "nov noi",
        "dec",
    )
)
_EPOCH: Final = datetime(1899, 12, 30)
_FIRST_SERIAL: Final = 14_611
_LAST_SERIAL: Final = 80_000
"""1940 and 2119, as spreadsheets count days."""

_AMOUNT: Final = re.compile(r"([^\d-]*)(-?)\s*(\d[\d.,\s'’\u00a0\u202f\u2009]*)([^\d]*)")
_MARKED: Final = re.compile(r"\d[\d.,\s'’\u00a0\u202f\u2009]*")


@dataclass(slots=True)
class Evidence:
    """What the values of one column say about the styles."""

    day_first: int = 0
    month_first: int = 0
    either: int = 0
    comma: int = 0
    point: int = 0
    grouped: int = 0
    example: str = ""

    def take(self, cell: str) -> None:
        """Look at one value."""
        found = _NUMBERS.match(cell)
        if found is not None and len(found[1]) < 3 and len(found[4]) != 3:
            self._take_date(int(found[1]), found[2], int(found[3]), cell)
        elif not isinstance(cell, Number):
            self._take_number(cell)

    def _take_date(self, first: int, mark: str, second: int, cell: str) -> None:
        if first > 12 or (mark == "." and second <= 12):
            self.day_first += 1
        elif second > 12:
            self.month_first += 1
        else:
            self.either += 1
            self.example = self.example or cell

    def _take_number(self, cell: str) -> None:
        marks = re.findall("[.,]", cell)
        if not marks or not _MARKED.search(cell):
            return
        last = cell.rfind(marks[-1])
        after = re.match(r"\d*", cell[last + 1 :])
        digits = len(after[0]) if after else 0
        if len(set(marks)) == 1 and (len(marks) > 1 or digits == 3):
            self.grouped += 1
        elif marks[-1] == ",":
            self.comma += 1
        else:
            self.point += 1


@dataclass(frozen=True, slots=True)
class Styles:
    """How the cells of a column are read."""

    dates: Dates = Dates.DAY_FIRST
    decimals: Decimals | None = None


def styles_of(evidence: Evidence, country: str = "") -> tuple[Styles, bool]:
    """The styles that the values allow, and whether the dates could be read in two ways."""
    decimals = None
    if evidence.comma or evidence.point:
        decimals = Decimals.COMMA if evidence.comma >= evidence.point else Decimals.POINT
    if evidence.day_first or evidence.month_first:
        first = Dates.DAY_FIRST if evidence.day_first >= evidence.month_first else Dates.MONTH_FIRST
        return Styles(first, decimals), False
    american = country in MONTH_FIRST_COUNTRIES
    return Styles(Dates.MONTH_FIRST if american else Dates.DAY_FIRST, decimals), evidence.either > 0


# --- dates


@dataclass(frozen=True, slots=True)
class When:
    """A day, a time where there is one, and from UTC how far it is where that is said."""

    day: date
    at: time | None = None
    offset: timedelta | None = field(default=None)

    @property
    def moment(self) -> datetime:
        """The aware moment; a wall time is the machine's own, a day alone its noon, which no time zone moves away."""
        wall = datetime.combine(self.day, self.at or time(12))
        return wall.astimezone() if self.offset is None else (wall - self.offset).replace(tzinfo=UTC)


def read_when(text: str, dates: Dates) -> When:
    """A date, with a time or without one; Invalid("date") for what is none."""
    cell = text.strip()
    try:
        found = _read_when(cell, dates)
    except (ValueError, OverflowError):
        found = None
    if found is None or not 1900 <= found.day.year <= 2199:
        raise Invalid("date", _("“{text}” is not a date.").format(text=shorten(clean(cell))))
    return found


def _read_when(cell: str, dates: Dates) -> When | None:
    numbers = _NUMBERS.fullmatch(cell)
    if numbers is not None:
        return _with_time(_by_numbers(numbers[1], numbers[3], numbers[4], dates), numbers[5])
    named = _NAMED.fullmatch(cell)
    if named is not None:
        return _with_time(date(_year(named[3]), _month(named[2]), int(named[1])), named[4])
    first = _NAME_FIRST.fullmatch(cell)
    if first is not None:
        return _with_time(date(int(first[3]), _month(first[1]), int(first[2])), first[4])
    year = _YEAR_NAMED.fullmatch(cell)
    if year is not None:
        return _with_time(date(int(year[1]), _month(year[2]), int(year[3])), year[4])
    return _by_serial(cell)


def _by_numbers(first: str, second: str, third: str, dates: Dates) -> date:
    if len(first) == 4:
        return date(int(first), int(second), int(third))
    if len(first) > 2 or len(third) not in (2, 4):
        raise ValueError(first)
    day, month = (first, second) if dates is Dates.DAY_FIRST else (second, first)
    return date(_year(third), int(month), int(day))


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) > 2 else year + (2000 if year < 70 else 1900)


def _month(name: str) -> int:
    folded = fold(name)
    for number, begins in enumerate(_MONTHS, 1):
        if len(folded) >= 3 and folded.startswith(tuple(begins)):
            return number
    raise ValueError(name)


def _with_time(day: date, clock: str | None) -> When | None:
    if clock is None:
        return When(day)
    found = read_clock(clock)
    return None if found is None else When(day, found[0], found[1])


def read_clock(text: str) -> tuple[time, timedelta | None] | None:
    """A time of the day, and how far it is from UTC; None for what is none."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    hour, half, zone = int(found[1]), (found[4] or "").lower(), (found[5] or "").upper()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    if hour > 23 or int(found[2]) > 59 or int(found[3] or 0) > 59:
        return None
    return time(hour, int(found[2]), int(found[3] or 0)), _offset(zone)


def _offset(zone: str) -> timedelta | None:
    if not zone:
        return None
    if zone[0] not in "+-":
        return timedelta()
    size = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return -size if zone[0] == "-" else size


def _by_serial(cell: str) -> When | None:
    """Days since the end of 1899, as spreadsheets keep them."""
    found = _SERIAL.fullmatch(cell)
    if found is None or not _FIRST_SERIAL <= int(found[1]) <= _LAST_SERIAL:
        return None
    moment = _EPOCH + timedelta(days=float(f"{found[1]}.{found[2] or 0}"))
    moment = (moment + timedelta(milliseconds=500)).replace(microsecond=0)
    return When(moment.date(), moment.time() if found[2] and moment.time() != time() else None)


# --- amounts and numbers


def read_amount(text: str, decimals: Decimals | None, currency: str) -> Money:
    """An amount, with its own currency or this one; Invalid("amount") for what is none."""
    cell = clean(text)
    found = _AMOUNT.fullmatch(cell)
    if found is None:
        raise _no_amount(cell)
    if found[2]:
        raise Invalid("amount", _("An amount can't be negative."))
    own = _currency((found[1] + " " + found[4]).split(), cell) or currency
    number = _decimal(found[3], decimals, number=isinstance(text, Number))
    if number is None:
        raise _no_amount(cell)
    if number > LARGEST:
        raise Invalid("amount", _("The amount is too large."))
    minor = int((number * 10 ** exponent(own)).quantize(Decimal(1), "ROUND_HALF_UP"))
    if minor > LARGEST:
        raise Invalid("amount", _("The amount is too large."))
    return Money(minor, own)


def plain_number(text: str, decimals: Decimals | None) -> str:
    """A number with a decimal point and nothing else; the text itself where it is none."""
    number = _decimal(text.strip().removeprefix("-"), decimals, number=isinstance(text, Number))
    if number is None:
        return text
    return ("-" if text.strip().startswith("-") else "") + format(number, "f")


def _currency(marks: list[str], cell: str) -> str:
    codes = {currency_of(mark.rstrip(".,-")) or "" for mark in marks if mark.strip(".,-")}
    if "" in codes or len(codes) > 1:
        raise _no_amount(cell)
    return codes.pop() if codes else ""


def _decimal(text: str, decimals: Decimals | None, *, number: bool) -> Decimal | None:
    digits = re.sub(r"[\s'’\u00a0\u202f\u2009]", "", text).rstrip(".,")
    mark = "." if number else _decimal_mark(digits, decimals)
    other = "," if mark == "." else "."
    whole, _mark, part = digits.partition(mark) if mark else (digits, "", "")
    if part and not part.isdecimal():
        return None
    if other in whole and not re.fullmatch(rf"\d{{1,3}}(?:\{other}\d{{3}})+", whole):
        return None
    try:
        return Decimal(f"{re.sub('[.,]', '', whole)}.{part or 0}")
    except InvalidOperation:
        return None


def _decimal_mark(digits: str, decimals: Decimals | None) -> str:
    """The column's own; without one, what the number alone allows: 1.234 is grouped."""
    if decimals is not None:
        return "," if decimals is Decimals.COMMA else "."
    marks = re.findall("[.,]", digits)
    if not marks:
        return "."
    last = marks[-1]
    if len(set(marks)) == 2:
        return str(last)
    grouped = re.fullmatch(r"[1-9]\d{0,2}(?:[.,]\d{3})+", digits)
    return ("," if last == "." else ".") if grouped else str(last)


def _no_amount(cell: str) -> Invalid:
    return Invalid("amount", _("“{text}” is not an amount.").format(text=shorten(cell)))
