"""Two languages: sentences, days, times, numbers and money, and the catalogue behind them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import babel
import babel.numbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minicrm_tui import i18n
from minicrm_tui.domain.agenda import bucket_of
from minicrm_tui.domain.currencies import EXPONENTS
from minicrm_tui.domain.records import Bucket, Due, Money
from minicrm_tui.i18n import (
    Language,
    _,
    detect_language,
    format_amount,
    format_day,
    format_due,
    format_long_day,
    format_moment,
    format_money,
    format_near_day,
    format_number,
    format_short_day,
    format_time,
    heading,
    language,
    month_name,
    ngettext,
    pgettext,
    set_language,
    short_money,
    when_label,
)
from tests.conftest import MONDAY_MORNING

NBSP = "\N{NO-BREAK SPACE}"
MONDAY = date(2026, 11, 23)
LANGUAGES: tuple[Language, Language] = ("en", "ro")
HEADINGS = {
    "en": "Expired Today Tomorrow This_week Next_week This_month Next_month Later No_task Finished",
    "ro": "Expirate Astăzi Mâine Săptămâna_aceasta Săptămâna_viitoare Luna_aceasta Luna_viitoare Mai_târziu"
    " Fără_sarcini Încheiate",
}


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({}, "en"),
        ({"LANG": "ro_RO.UTF-8"}, "ro"),
        ({"LANG": "ro"}, "ro"),
        ({"LANG": "ro_MD@euro"}, "ro"),
        ({"LANG": "ro-RO"}, "ro"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "hu_HU.UTF-8"}, "en"),
        ({"LANG": "rom_IT"}, "en"),
        ({"LC_ALL": "C", "LC_MESSAGES": "ro_RO", "LANG": "ro_RO"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "ro_RO", "LANG": "en_GB"}, "ro"),
        ({"LC_ALL": "ro_RO", "LANG": "C"}, "ro"),
        ({"LC_TIME": "ro_RO", "LANG": "en_GB"}, "en"),
    ],
)
def test_the_language_is_that_of_the_locale(environment: dict[str, str], spoken: str) -> None:
    assert detect_language(environment) == spoken


def test_the_language_can_be_changed_and_asked() -> None:
    assert language() == "en"
    set_language("ro")
    assert language() == "ro"
    with pytest.raises(ValueError, match="hu"):
        set_language("hu")  # type: ignore[arg-type] # that is the point


def test_nothing_is_translated_into_nothing() -> None:
    set_language("ro")
    assert _("") == ""


@pytest.mark.parametrize("spoil", [lambda path: path.unlink(), lambda path: path.write_bytes(b"not a catalogue")])
def test_without_a_catalogue_it_is_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Path], object]
) -> None:
    catalogue = tmp_path / "ro" / "LC_MESSAGES" / "minicrm.mo"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_bytes(b"")
    spoil(catalogue)
    monkeypatch.setattr(i18n, "_CATALOGUES", tmp_path)
    set_language("ro")
    assert heading(Bucket.EXPIRED) == "Expired"
    assert pgettext("orders", "Draft") == "Draft"
    assert ngettext("{n} task closed", "{n} tasks closed", 2) == "{n} tasks closed"


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_every_section_has_its_heading(spoken: Language) -> None:
    set_language(spoken)
    headings = [heading(bucket) for bucket in Bucket] + [heading(i18n.FINISHED)]
    assert headings == [each.replace("_", " ") for each in HEADINGS[spoken].split()]


def test_one_english_word_can_have_several_translations() -> None:
    set_language("ro")
    assert pgettext("orders", "Completed") == "Onorată"
    assert pgettext("projects", "Completed") == "Finalizat"


# --- days and times


@pytest.mark.parametrize(
    ("spoken", "day", "short", "other_year", "near", "far"),
    [
        ("en", "Mon 23 Nov 2026", "23 Nov", "23 Nov 2026", "Mon 23", "Mon 7 Dec"),
        ("ro", "lun 23 nov 2026", "23 nov", "23 nov 2026", "lun 23", "lun 7 dec"),
    ],
)
def test_days_are_short(spoken: Language, day: str, short: str, other_year: str, near: str, far: str) -> None:
    set_language(spoken)
    assert format_day(MONDAY) == day
    assert format_short_day(MONDAY, date(2026, 1, 1)) == short
    assert format_short_day(MONDAY, date(2027, 11, 23)) == other_year
    assert format_near_day(MONDAY, MONDAY) == near
    assert format_near_day(date(2026, 12, 7), MONDAY) == far
    assert format_near_day(date(2027, 11, 23), MONDAY).endswith(" 2027")


def test_long_days_follow_the_language() -> None:
    assert format_long_day(MONDAY) == "Monday, 23 November 2026"
    set_language("ro")
    assert format_long_day(MONDAY) == "luni, 23 noiembrie 2026"


@pytest.mark.parametrize(("spoken", "locale"), [("en", "en_150"), ("ro", "ro_RO")])
def test_the_small_tables_agree_with_the_unicode_ones(spoken: Language, locale: str) -> None:
    set_language(spoken)
    known = babel.Locale.parse(locale)
    for month in range(1, 13):
        assert known.months["format"]["abbreviated"][month].startswith(month_name(date(2026, month, 1)))
    for day in range(7):
        name = known.days["format"]["abbreviated"][day].rstrip(".")
        assert i18n.day_name(MONDAY + timedelta(days=day)) == name
    assert format_amount(Money(150, "EUR"))[1] == known.number_symbols["latn"]["decimal"]


def test_the_romanian_grouping_is_that_of_the_unicode_tables() -> None:
    set_language("ro")
    assert format_number(1234567) == babel.numbers.format_decimal(1234567, locale="ro_RO") == "1.234.567"


def test_times_are_on_the_24_hour_clock() -> None:
    assert format_time(time(0, 5)) == "00:05"
    assert format_time(time(14, 0)) == "14:00"


def test_a_deadline_and_a_moment_name_another_year() -> None:
    assert format_due(Due(date(2026, 11, 27), time(14)), MONDAY) == "Fri 27 Nov 14:00"
    assert format_due(Due(date(2027, 1, 1)), MONDAY) == "Fri 1 Jan 2027"
    assert format_moment(datetime(2025, 11, 18, 9, 30), MONDAY) == "18 Nov 2025 09:30"


@pytest.mark.parametrize(
    ("day", "at", "bucket", "label"),
    [
        (date(2026, 11, 14), None, Bucket.EXPIRED, "9d"),
        (date(2026, 11, 22), None, Bucket.EXPIRED, "1d"),
        (date(2026, 11, 22), time(9, 30), Bucket.EXPIRED, "1d"),
        (date(2026, 11, 22), time(9, 31), Bucket.EXPIRED, "23h"),
        (date(2026, 11, 23), time(6, 30), Bucket.EXPIRED, "3h"),
        (date(2026, 11, 23), time(8, 45), Bucket.EXPIRED, "45m"),
        (date(2026, 11, 23), time(9, 29), Bucket.EXPIRED, "1m"),
        (date(2026, 11, 23), time(14), Bucket.TODAY, "14:00"),
        (date(2026, 11, 23), None, Bucket.TODAY, ""),
        (date(2026, 11, 24), time(9), Bucket.TOMORROW, "09:00"),
        (date(2026, 11, 26), time(14), Bucket.THIS_WEEK, "Thu 14:00"),
        (date(2026, 11, 26), None, Bucket.THIS_WEEK, "Thu"),
        (date(2026, 11, 30), time(8), Bucket.NEXT_WEEK, "Mon 08:00"),
        (date(2026, 12, 15), time(8), Bucket.NEXT_MONTH, "15 Dec"),
        (date(2027, 1, 15), None, Bucket.LATER, "15 Jan 2027"),
    ],
)
def test_the_left_column_says_when(day: date, at: time | None, bucket: Bucket, label: str) -> None:
    due = Due(day, at)
    assert bucket_of(due, MONDAY_MORNING) is bucket
    assert when_label(due, bucket, MONDAY_MORNING) == label


def test_no_task_has_no_when() -> None:
    assert when_label(None, Bucket.NO_TASK, MONDAY_MORNING) == ""


def test_lateness_speaks_romanian() -> None:
    set_language("ro")
    assert when_label(Due(date(2026, 11, 14)), Bucket.EXPIRED, MONDAY_MORNING) == "9z"
    assert when_label(Due(MONDAY, time(8, 45)), Bucket.EXPIRED, MONDAY_MORNING) == "45m"


# --- numbers and money


@pytest.mark.parametrize(
    ("minor", "currency", "english", "romanian"),
    [
        (450000, "EUR", f"4{NBSP}500{NBSP}EUR", f"4.500{NBSP}EUR"),
        (450050, "RON", f"4{NBSP}500.50{NBSP}RON", f"4.500,50{NBSP}RON"),
        (5, "EUR", f"0.05{NBSP}EUR", f"0,05{NBSP}EUR"),
        (-450000, "EUR", f"-4{NBSP}500{NBSP}EUR", f"-4.500{NBSP}EUR"),
        (123456789, "JPY", f"123{NBSP}456{NBSP}789{NBSP}JPY", f"123.456.789{NBSP}JPY"),
        (1234, "KWD", f"1.234{NBSP}KWD", f"1,234{NBSP}KWD"),
    ],
)
def test_money_has_its_marks(minor: int, currency: str, english: str, romanian: str) -> None:
    assert format_money(Money(minor, currency)) == english
    set_language("ro")
    assert format_money(Money(minor, currency)) == romanian


@pytest.mark.parametrize(
    ("minor", "short"),
    [
        (0, "0"),
        (4, "0.04"),
        (425, "4.25"),
        (450, "4.5"),
        (999, "9.99"),
        (1000, "10"),
        (1049, "10"),
        (30000, "300"),
        (99949, "999"),
        (99950, "1k"),
        (120000, "1.2k"),
        (124999, "1.2k"),
        (125000, "1.3k"),
        (450000, "4.5k"),
        (994999, "9.9k"),
        (995000, "10k"),
        (1200000, "12k"),
        (31000000, "310k"),
        (99949999, "999k"),
        (99950000, "1M"),
        (120000000, "1.2M"),
        (10**15, "10T"),
        (-450000, "-4.5k"),
    ],
)
def test_short_money_rounds_half_up(minor: int, short: str) -> None:
    assert short_money(Money(minor, "EUR")) == short


def test_short_money_has_the_decimal_mark_of_the_language() -> None:
    set_language("ro")
    assert short_money(Money(450000, "EUR")) == "4,5k"


@given(st.integers(-(10**18), 10**18), st.sampled_from(sorted(EXPONENTS)))
def test_short_money_fits_five_cells(minor: int, currency: str) -> None:
    assert len(short_money(Money(minor, currency))) <= 5


# --- what the first frame costs


def test_rows_and_bar_are_drawn_without_babel() -> None:
    code = (
        "import sys; from datetime import *\n"
        "from minicrm_tui import i18n as i; from minicrm_tui.domain.records import *\n"
        "i.set_language('ro'); d = date(2026, 11, 23); n = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)\n"
        "i.format_day(d), i.format_due(Due(d), d), i.format_money(Money(1, 'EUR')), i.short_money(Money(1, 'EUR'))\n"
        "[i.when_label(Due(d), bucket, n) + i.heading(bucket) for bucket in Bucket]\n"
        "loaded = {name.split('.')[0] for name in sys.modules}\n"
        "assert not loaded & {'babel', 'textual', 'sqlmodel', 'sqlalchemy'}, loaded"
    )
    root = Path(i18n.__file__).parents[1]
    ran = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
