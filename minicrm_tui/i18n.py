"""The two languages: gettext's sentences, and how days, times, numbers and money look.

What rows and the bar show is put together from small tables of the catalogue: the first frame never imports Babel.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from minicrm_tui.domain.agenda import how_late
from minicrm_tui.domain.currencies import exponent
from minicrm_tui.domain.records import Bucket, Due, Money

if TYPE_CHECKING:
    from babel import Locale

Language = Literal["en", "ro"]

LANGUAGES: Final[tuple[Language, ...]] = ("en", "ro")
LANGUAGE_NAMES: Final[Mapping[Language, str]] = {"en": "English", "ro": "Română"}
"""Each language as those who speak it call it."""

FINISHED: Final = "finished"
"""The key of the section below the buckets."""

NO_BREAK: Final = "\N{NO-BREAK SPACE}"

_CATALOGUES: Final = Path(__file__).parent / "locale"
_BABEL_NAMES: Final[dict[Language, str]] = {"en": "en_150", "ro": "ro_RO"}
# English groups by spaces: a comma or a dot would be read the other way round by half of Europe.
_GROUP_MARKS: Final[dict[Language, str]] = {"en": NO_BREAK, "ro": "."}
_DECIMAL_MARKS: Final[dict[Language, str]] = {"en": ".", "ro": ","}

_language: Language = "en"
_sentences: gettext.NullTranslations = gettext.NullTranslations()


# --- sentences


def set_language(name: Language) -> None:
    """Speak this language from now on; English where its catalogue is missing or broken."""
    global _language, _sentences
    if name not in LANGUAGES:
        raise ValueError(f"no such language: {name}")
    _language, _sentences = name, _catalogue(name)


def _catalogue(name: Language) -> gettext.NullTranslations:
    if name == "en":
        return gettext.NullTranslations()
    try:
        return gettext.translation("minicrm", _CATALOGUES, [name])
    except OSError:
        return gettext.NullTranslations()


def language() -> Language:
    """The language spoken now."""
    return _language


def detect_language(environment: Mapping[str, str]) -> Language:
    """The language that the locale variables ask for; C, POSIX and all others are English."""
    wanted = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    tongue = wanted.replace("-", "_").replace(".", "_").replace("@", "_").split("_")[0]
    return "ro" if tongue.lower() == "ro" else "en"


def _(message: str) -> str:
    """The sentence in the person's language."""
    return _sentences.gettext(message) if message else ""


def ngettext(one: str, many: str, number: int) -> str:
    """The form of the sentence that goes with the number; `{n}` and the like are filled by the caller."""
    return _sentences.ngettext(one, many, number)


def pgettext(context: str, message: str) -> str:
    """The sentence where one English word has several translations."""
    return _sentences.pgettext(context, message)


def _mark(message: str) -> str:
    return message


def _mark_in_context(context: str, message: str) -> str:
    return message


def _mark_forms(one: str, many: str) -> tuple[str, str]:
    return one, many


N_ = _mark
"""Marks a sentence for the catalogue that is translated later, with `_`."""

NN_ = _mark_forms
"""Marks the forms of a sentence that is translated later, with `ngettext`."""

NC_ = _mark_in_context
"""Marks a sentence with a context that is translated later, with `pgettext`."""


# --- days and times


def day_name(day: date) -> str:
    """The short name of its weekday: Mon."""
    return _("Mon Tue Wed Thu Fri Sat Sun").split()[day.weekday()]


def month_name(day: date) -> str:
    """The short name of its month: Nov."""
    return _("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()[day.month - 1]


def format_day(day: date) -> str:
    """A day whole but short: Mon 23 Nov 2026."""
    return f"{day_name(day)} {day.day} {month_name(day)} {day.year}"


def format_long_day(day: date) -> str:
    """A day in full words: Monday, 23 November 2026."""
    from babel.dates import format_date

    return format_date(day, "full", _locale())


def format_dated(day: date) -> str:
    """A day as letters are dated: 23 November 2026."""
    from babel.dates import format_date

    return format_date(day, "long", _locale())


def format_short_day(day: date, today: date) -> str:
    """Day and month, and the year where it is not this one: 15 Dec, 15 Dec 2027."""
    shown = f"{day.day} {month_name(day)}"
    return shown if day.year == today.year else f"{shown} {day.year}"


def format_near_day(day: date, today: date) -> str:
    """A day as briefly as it is clear, with its weekday: Tue 24, and in another month Mon 7 Dec."""
    if (day.year, day.month) == (today.year, today.month):
        return f"{day_name(day)} {day.day}"
    return f"{day_name(day)} {format_short_day(day, today)}"


def format_time(at: time) -> str:
    """A wall time on the 24-hour clock: 14:00."""
    return f"{at.hour:02}:{at.minute:02}"


def format_due(due: Due, today: date) -> str:
    """A deadline as the lines show it: Fri 27 Nov 14:00."""
    shown = f"{day_name(due.day)} {format_short_day(due.day, today)}"
    return shown if due.at is None else f"{shown} {format_time(due.at)}"


def format_moment(moment: datetime, today: date) -> str:
    """A local moment of the history: 18 Nov 09:30."""
    return f"{format_short_day(moment.date(), today)} {format_time(moment.time())}"


def when_label(due: Due | None, bucket: Bucket, now: datetime) -> str:
    """The left column of the list: how late, or when, as briefly as the bucket allows."""
    if due is None or bucket is Bucket.NO_TASK:
        return ""
    if bucket is Bucket.EXPIRED:
        return lateness_label(due, now)
    at = "" if due.at is None else format_time(due.at)
    if bucket in (Bucket.TODAY, Bucket.TOMORROW):
        return at
    if bucket in (Bucket.THIS_WEEK, Bucket.NEXT_WEEK):
        return f"{day_name(due.day)} {at}".rstrip()
    return format_short_day(due.day, now.date())


def lateness_label(due: Due, now: datetime) -> str:
    """How late a deadline is, in the largest unit that fits: 9d, 3h, 45m."""
    count, unit = how_late(due, now)
    return _(_LATENESS[unit]).format(n=count)


_LATENESS: Final[dict[str, str]] = {"d": N_("{n}d"), "h": N_("{n}h"), "m": N_("{n}m")}


# --- numbers and money


def format_number(number: int) -> str:
    """A whole number with its thousands grouped."""
    return f"{number:,}".replace(",", _GROUP_MARKS[_language])


def format_size(size: int) -> str:
    """Bytes as kB, MB or GB, with one decimal under ten: 4.2 MB."""
    amount, unit = size / 1000, "kB"
    for larger in ("MB", "GB"):
        if amount >= 1000:
            amount, unit = amount / 1000, larger
    shown = f"{amount:.1f}" if amount < 10 else f"{amount:.0f}"
    return f"{shown.replace('.', _DECIMAL_MARKS[_language])} {unit}"


def format_amount(money: Money) -> str:
    """The amount alone, with decimals only where there are some: 4 500, 4 500.50."""
    places = exponent(money.currency)
    whole, part = divmod(abs(money.minor), 10**places)
    shown = format_number(whole)
    if part:
        shown += f"{_DECIMAL_MARKS[_language]}{part:0{places}}"
    return f"-{shown}" if money.minor < 0 else shown


def format_price(money: Money) -> str:
    """The amount alone with all the decimals of its currency, as prices stand in columns: 4 500.00."""
    places = exponent(money.currency)
    whole, part = divmod(abs(money.minor), 10**places)
    shown = format_number(whole) + (f"{_DECIMAL_MARKS[_language]}{part:0{places}}" if places else "")
    return f"-{shown}" if money.minor < 0 else shown


def format_decimal(number: str) -> str:
    """A number that was written with a decimal point, with the person's own mark: 1,5."""
    return number.replace(".", _DECIMAL_MARKS[_language])


def format_money(money: Money) -> str:
    """The amount and its currency: 4 500 EUR."""
    return f"{format_amount(money)}{NO_BREAK}{money.currency}"


def short_money(money: Money) -> str:
    """The amount in at most five cells, without the currency: 4.5k, 12k, 1.2M, 300."""
    shown = _short(abs(money.minor), 10 ** exponent(money.currency)).replace(".", _DECIMAL_MARKS[_language])
    return f"-{shown}" if money.minor < 0 else shown


def short_number(number: int) -> str:
    """A count in at most four cells: 87, 1.3k, 12k."""
    return _short(number, 1).replace(".", _DECIMAL_MARKS[_language])


def _short(minor: int, unit: int) -> str:
    """Half-up in whole numbers: floats would round a cent the wrong way."""
    if minor < 10 * unit:
        hundredths = (minor * 200 + unit) // (2 * unit)
        return f"{hundredths // 100}.{hundredths % 100:02}".rstrip("0").rstrip(".")
    for letter in ("", "k", "M", "G", "T", "P"):
        tenths = (minor * 20 + unit) // (2 * unit)
        if letter and tenths < 100:
            return f"{tenths // 10}.{tenths % 10}".removesuffix(".0") + letter
        rounded = (minor * 2 + unit) // (2 * unit)
        if rounded < 1000:
            return f"{rounded}{letter}"
        unit *= 1000
    return f"{(minor * 2 + unit) // (2 * unit)}E"


# --- words of the main page


def heading(section: Bucket | str) -> str:
    """The heading of a bucket, or of the finished cards below them."""
    return _(_HEADINGS[str(section)])


_HEADINGS: Final[dict[str, str]] = {
    "expired": N_("Expired"),
    "today": N_("Today"),
    "tomorrow": N_("Tomorrow"),
    "this_week": N_("This week"),
    "next_week": N_("Next week"),
    "this_month": N_("This month"),
    "next_month": N_("Next month"),
    "later": N_("Later"),
    "no_task": N_("No task"),
    FINISHED: N_("Finished"),
}


def _locale() -> Locale:
    from babel import Locale

    return Locale.parse(_BABEL_NAMES[_language])
