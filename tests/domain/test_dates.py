"""Dates and times that a person types: what the grammar reads."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from written import LANGUAGES, at, due

from minicrm_tui.domain.dates import parse_when, split_when
from minicrm_tui.domain.errors import Invalid

# --- what it reads. The tests' present is Monday 23 November 2026, 09:30.

DAYS = [
    ("today", "2026-11-23"),
    ("azi", "2026-11-23"),
    ("astăzi", "2026-11-23"),
    ("astazi", "2026-11-23"),
    ("tomorrow", "2026-11-24"),
    ("mâine", "2026-11-24"),
    ("maine", "2026-11-24"),
    ("MÂINE", "2026-11-24"),
    ("poimâine", "2026-11-25"),
    ("poimaine", "2026-11-25"),
    ("the day after tomorrow", "2026-11-25"),
    # ISO and numbers, always day before month
    ("2026-12-15", "2026-12-15"),
    ("2026-1-5", "2026-01-05"),
    ("1900-01-01", "1900-01-01"),
    ("2199-12-31", "2199-12-31"),
    ("15.12.2026", "2026-12-15"),
    ("15/12/2026", "2026-12-15"),
    ("5.1.2027", "2027-01-05"),
    ("15-12-2026", "2026-12-15"),
    ("2026/12/15", "2026-12-15"),
    ("15/12", "2026-12-15"),
    ("15.12", "2026-12-15"),
    ("15.12.", "2026-12-15"),
    ("3/4", "2027-04-03"),
    ("23/11", "2026-11-23"),
    ("22/11", "2027-11-22"),
    ("29.02", "2028-02-29"),
    # with a month's name
    ("15 dec", "2026-12-15"),
    ("15 dec.", "2026-12-15"),
    ("dec 15", "2026-12-15"),
    ("Dec 15, 2027", "2027-12-15"),
    ("15 decembrie", "2026-12-15"),
    ("15 DECEMBRIE 2027", "2027-12-15"),
    ("15 dec 2027", "2027-12-15"),
    ("15th of december", "2026-12-15"),
    ("december 1st", "2026-12-01"),
    ("on 15 dec", "2026-12-15"),
    ("pe 15 decembrie", "2026-12-15"),
    ("15 mar", "2027-03-15"),
    ("29 feb", "2028-02-29"),
    ("22 nov", "2027-11-22"),
    ("23 nov", "2026-11-23"),
    # weekdays: the next one after today
    ("mon", "2026-11-30"),
    ("luni", "2026-11-30"),
    ("tue", "2026-11-24"),
    ("fri", "2026-11-27"),
    ("Friday", "2026-11-27"),
    ("vineri", "2026-11-27"),
    ("on friday", "2026-11-27"),
    ("sâmbătă", "2026-11-28"),
    ("sambata", "2026-11-28"),
    ("duminică", "2026-11-29"),
    ("next fri", "2026-12-04"),
    ("next monday", "2026-11-30"),
    ("vinerea viitoare", "2026-12-04"),
    ("lunea viitoare", "2026-11-30"),
    ("marțea viitoare", "2026-12-01"),
    ("marţea viitoare", "2026-12-01"),
    ("fri next week", "2026-12-04"),
    ("vineri săptămâna viitoare", "2026-12-04"),
    ("fri 27 nov", "2026-11-27"),
    ("vineri, 27.11.2026", "2026-11-27"),
    ("fri 15 jan 2027", "2027-01-15"),
    # distances
    ("+3d", "2026-11-26"),
    ("+0d", "2026-11-23"),
    ("2w", "2026-12-07"),
    ("+2w", "2026-12-07"),
    ("1m", "2026-12-23"),
    ("1y", "2027-11-23"),
    ("+3 days", "2026-11-26"),
    ("in 3 days", "2026-11-26"),
    ("in a week", "2026-11-30"),
    ("in two weeks", "2026-12-07"),
    ("in 3d", "2026-11-26"),
    ("peste 3 zile", "2026-11-26"),
    ("peste 20 de zile", "2026-12-13"),
    ("peste o zi", "2026-11-24"),
    ("peste o săptămână", "2026-11-30"),
    ("peste o saptamana", "2026-11-30"),
    ("peste două săptămâni", "2026-12-07"),
    ("peste 2 luni", "2027-01-23"),
    ("în 2 luni", "2027-01-23"),
    ("peste o lună", "2026-12-23"),
    ("peste un an", "2027-11-23"),
    # weeks and months
    ("next week", "2026-11-30"),
    ("săptămâna viitoare", "2026-11-30"),
    ("saptamana viitoare", "2026-11-30"),
    ("next month", "2026-12-01"),
    ("luna viitoare", "2026-12-01"),
    ("eow", "2026-11-27"),
    ("eom", "2026-11-30"),
    ("  eom  ", "2026-11-30"),
]

MOMENTS_READ = [
    ("2026-12-15 14:00", "2026-12-15 14:00"),
    ("2026-12-15T14:00", "2026-12-15 14:00"),
    ("2026-12-15T14:00:00", "2026-12-15 14:00"),
    ("15.12.2026 14.05", "2026-12-15 14:05"),
    ("15/12 9:05", "2026-12-15 09:05"),
    ("15 decembrie la 14", "2026-12-15 14:00"),
    ("15 dec 14", "2026-12-15 14:00"),
    ("15 dec 2027, 14:00", "2027-12-15 14:00"),
    ("fri 14", "2026-11-27 14:00"),
    ("fri 9", "2026-11-27 09:00"),
    ("fri 0", "2026-11-27 00:00"),
    ("fri 14.30", "2026-11-27 14:30"),
    ("15/12 14.05", "2026-12-15 14:05"),
    ("14:00 luni", "2026-11-30 14:00"),
    ("fri at 14", "2026-11-27 14:00"),
    ("vineri la 14", "2026-11-27 14:00"),
    ("vineri la ora 14:30", "2026-11-27 14:30"),
    ("mâine 2pm", "2026-11-24 14:00"),
    ("tomorrow 2:30 pm", "2026-11-24 14:30"),
    ("today 14", "2026-11-23 14:00"),
    ("today 09:00", "2026-11-23 09:00"),
    ("next week 10", "2026-11-30 10:00"),
    ("eom 17:00", "2026-11-30 17:00"),
    ("+3d 14:00", "2026-11-26 14:00"),
    ("peste 3 zile la 14", "2026-11-26 14:00"),
    ("14:00 tomorrow", "2026-11-24 14:00"),
    ("la 14 mâine", "2026-11-24 14:00"),
    ("at 2 pm on fri", "2026-11-27 14:00"),
    # alone: the next such moment
    ("14:00", "2026-11-23 14:00"),
    ("9:29", "2026-11-24 09:29"),
    ("09:30", "2026-11-23 09:30"),
    ("00:00", "2026-11-24 00:00"),
    ("14.30", "2026-11-23 14:30"),
    ("9.00", "2026-11-24 09:00"),
    ("2pm", "2026-11-23 14:00"),
    ("2PM", "2026-11-23 14:00"),
    ("2:30pm", "2026-11-23 14:30"),
    ("12am", "2026-11-24 00:00"),
    ("12pm", "2026-11-23 12:00"),
    ("la 14", "2026-11-23 14:00"),
    ("at 14", "2026-11-23 14:00"),
    ("at 8", "2026-11-24 08:00"),
    ("la ora 14", "2026-11-23 14:00"),
    ("at 14.05", "2026-11-23 14:05"),
    # a moment from now
    ("+2h", "2026-11-23 11:30"),
    ("30min", "2026-11-23 10:00"),
    ("+20h", "2026-11-24 05:30"),
    ("in 2 hours", "2026-11-23 11:30"),
    ("in an hour", "2026-11-23 10:30"),
    ("peste o oră", "2026-11-23 10:30"),
    ("peste 2 ore", "2026-11-23 11:30"),
    ("peste 30 de minute", "2026-11-23 10:00"),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("text", "expected"), DAYS + MOMENTS_READ)
def test_both_languages_are_always_read(text: str, expected: str, language: str, now: datetime) -> None:
    assert parse_when(text, now, language=language) == due(expected)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("text", "expected"), DAYS + MOMENTS_READ)
def test_what_reads_alone_reads_at_the_end_of_a_task(text: str, expected: str, language: str, now: datetime) -> None:
    assert split_when(f"Ring Bob {text}", now, language) == ("Ring Bob", due(expected))


MONTH_NAMES = (
    "jan january ian ianuarie",
    "feb february februarie",
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
)
MONTHS = [(name, month) for month, names in enumerate(MONTH_NAMES, 1) for name in names.split()]

WEEKDAY_NAMES = (
    "mon monday luni lun",
    "tue tuesday marți marţi marti",
    "wed wednesday miercuri mie",
    "thu thursday joi",
    "fri friday vineri vin",
    "sat saturday sâmbătă sambata sâm sam",
    "sun sunday duminică duminica dum",
)
WEEKDAYS = [(name, weekday) for weekday, names in enumerate(WEEKDAY_NAMES) for name in names.split()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "month"), MONTHS)
def test_every_name_of_a_month_is_read(name: str, month: int, language: str, now: datetime) -> None:
    for written in (name, name.upper(), name.title()):
        assert parse_when(f"7 {written} 2027", now, language=language).day == date(2027, month, 7)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "weekday"), WEEKDAYS)
def test_every_name_of_a_weekday_is_the_next_one_after_today(
    name: str, weekday: int, language: str, now: datetime
) -> None:
    for written in (name, name.upper(), name.title()):
        day = parse_when(written, now, language=language).day
        assert day.weekday() == weekday
        assert 1 <= (day - now.date()).days <= 7


def test_a_number_of_days_is_a_date_only_where_a_date_is_asked_for(now: datetime) -> None:
    assert parse_when("3 days", now) == due("2026-11-26")
    assert parse_when("2 luni", now) == due("2027-01-23")
    assert split_when("rent for 3 days", now) == ("rent for 3 days", None)


def test_mar_is_a_tuesday_in_romanian_and_march_in_english(now: datetime) -> None:
    assert parse_when("mar", now, language="ro") == due("2026-11-24")
    assert parse_when("mar 14", now, language="ro") == due("2026-11-24 14:00")
    assert parse_when("mar 14", now, language="en") == due("2027-03-14")
    assert split_when("check mar", now, "en") == ("check mar", None)
    with pytest.raises(Invalid):
        parse_when("mar", now, language="en")


def test_luni_is_monday_but_months_after_a_number(now: datetime) -> None:
    assert split_when("sună luni", now, "ro") == ("sună", due("2026-11-30"))
    assert split_when("sună peste 2 luni", now, "ro") == ("sună", due("2027-01-23"))
    assert split_when("sună luni la 10", now, "ro") == ("sună", due("2026-11-30 10:00"))
    for text in ("abonament 12 luni", "garanție 24 de luni", "contract pe două luni", "verificat în ultimele luni"):
        assert split_when(text, now, "ro") == (text, None)


# --- where today stands


@pytest.mark.parametrize(
    ("moment", "text", "expected"),
    [
        ("2026-11-27 09:30", "fri", "2026-12-04"),
        ("2026-11-27 09:30", "next fri", "2026-12-04"),
        ("2026-11-29 09:30", "next fri", "2026-12-04"),
        ("2026-11-29 09:30", "next week", "2026-11-30"),
        ("2026-11-27 09:30", "eow", "2026-11-27"),
        ("2026-11-28 09:30", "eow", "2026-12-04"),
        ("2026-11-29 09:30", "eow", "2026-12-04"),
        ("2026-11-30 09:30", "eom", "2026-11-30"),
        ("2028-02-03 09:30", "eom", "2028-02-29"),
        ("2026-12-31 09:30", "tomorrow", "2027-01-01"),
        ("2026-12-31 23:30", "+1h", "2027-01-01 00:30"),
        ("2026-07-10 09:30", "next month", "2026-08-03"),
        ("2027-01-31 09:30", "1m", "2027-02-28"),
        ("2028-01-31 09:30", "1m", "2028-02-29"),
        ("2028-02-29 09:30", "1y", "2029-02-28"),
        ("2028-02-29 09:30", "29 feb", "2028-02-29"),
        ("2028-03-01 09:30", "29 feb", "2032-02-29"),
        ("2096-03-01 09:30", "29 feb", "2104-02-29"),
        ("2026-12-31 09:30", "31 dec", "2026-12-31"),
        ("2026-12-31 09:30", "30 dec", "2027-12-30"),
        ("2026-11-23 23:59", "23:59", "2026-11-23 23:59"),
        ("2026-11-23 23:59", "23:58", "2026-11-24 23:58"),
    ],
)
def test_month_ends_leap_days_and_year_ends(moment: str, text: str, expected: str) -> None:
    assert parse_when(text, at(moment)) == due(expected)


def test_weeks_and_working_days_are_the_persons_own(now: datetime) -> None:
    sunday_to_thursday = frozenset({6, 0, 1, 2, 3})
    assert parse_when("next week", now, week_start=6, working_days=sunday_to_thursday) == due("2026-11-29")
    assert parse_when("eow", now, week_start=6, working_days=sunday_to_thursday) == due("2026-11-26")
    assert parse_when("next sat", now, week_start=6) == due("2026-12-05")
