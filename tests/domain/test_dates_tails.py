"""Typed dates that are none: refused alone and at the end of a task, while ordinary words stay text."""

from __future__ import annotations

from datetime import datetime

import pytest
from written import LANGUAGES, due

from minicrm_tui.domain.dates import parse_when, split_when
from minicrm_tui.domain.errors import Invalid

# --- what it refuses

IMPOSSIBLE = [
    "30 feb",
    "feb 30",
    "31 nov",
    "31.11",
    "45 dec",
    "0 dec",
    "29 feb 2027",
    "2027-02-29",
    "2026-13-01",
    "2026-00-10",
    "2026-12-32",
    "2026-13-01 14:00",
    "32/12",
    "32.12",
    "15/13",
    "32.12.2026",
    "29.02.2027",
    "1899-12-31",
    "2200-01-01",
    "15 dec 2300",
    "15.12.0026",
    "15.12.26",
    "25:61",
    "24:00",
    "14:60",
    "25.61",
    "14.75",
    "13pm",
    "0pm",
    "14:30pm",
    "fri 25:00",
    "fri 25",
    "tomorrow at 24",
    "15 dec 14:60",
    "30 feb 14:00",
    "25:00 tomorrow",
    "fri 28 nov 2026",
    "fri 15.12",
    "+99999d",
    "in 99999999 days",
    "9999999h",
    "999999999y",
    "+9999999999d",
    "peste 999999999999999 de zile",
    "15.12.20260",
    "99999-12-15",
    "la 14.05",
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_an_impossible_date_is_an_error_alone_and_after_a_text(text: str, language: str, now: datetime) -> None:
    for read in (
        lambda: parse_when(text, now, language=language),
        lambda: split_when(f"call Ana {text}", now, language),
    ):
        with pytest.raises(Invalid) as refusal:
            read()
        assert refusal.value.field == "when"
        assert refusal.value.why.endswith(".")


@pytest.mark.parametrize("text", ["30 feb", "25:61", "2026-13-01", "32/12", "15.12.26"])
def test_the_refusal_quotes_what_is_wrong(text: str, now: datetime) -> None:
    with pytest.raises(Invalid, match=f"“{text}”"):
        split_when(f"call Ana {text}", now)


NOT_DATES = [
    "",
    "   ",
    "a",
    "14",
    "2026",
    "dec",
    "may",
    "luna",
    "week",
    "next",
    "soon",
    "asap",
    "fri sat",
    "fri fri",
    "14:00 15:00",
    "+3",
    "-3d",
    "3x",
    "next year",
    "at",
    "la",
    "peste",
    "in 3",
    "15 dec dec",
    "+2h 14:00",
    "fri 14 15",
    "12345678901234567890d",
    "in 12345678901234567890 days",
    "one two three four five six seven eight nine ten eleven",
]


@pytest.mark.parametrize("text", NOT_DATES)
def test_what_is_no_date_is_refused_and_never_guessed(text: str, now: datetime) -> None:
    with pytest.raises(Invalid) as refusal:
        parse_when(text, now)
    assert refusal.value.field == "when"


def test_a_long_text_is_quoted_short(now: datetime) -> None:
    with pytest.raises(Invalid) as refusal:
        parse_when("x" * 5000, now)
    assert len(refusal.value.why) < 150


# --- the tail of a task

TASKS = [
    ("call Ana fri 14:00", "call Ana", "2026-11-27 14:00"),
    ("call Ana, fri", "call Ana", "2026-11-27"),
    ("call Ana on fri", "call Ana", "2026-11-27"),
    ("sună mâine", "sună", "2026-11-24"),
    ("Sună-l pe Călin mâine la 10", "Sună-l pe Călin", "2026-11-24 10:00"),
    ("Trimite oferta săptămâna viitoare", "Trimite oferta", "2026-11-30"),
    ("Call about the offer +3d", "Call about the offer", "2026-11-26"),
    ("visit Studio 54 at 14", "visit Studio 54", "2026-11-23 14:00"),
    ("check 2026-12-15 report 15 dec 2027 14:00", "check 2026-12-15 report", "2027-12-15 14:00"),
    ("pay 12.50 tomorrow", "pay 12.50", "2026-11-24"),
    ("pay 99.50 today", "pay 99.50", "2026-11-23"),
    ("call 0722 000 111 fri", "call 0722 000 111", "2026-11-27"),
    ("the 32 dec party fri", "the 32 dec party", "2026-11-27"),
    ("termen până la 31.12", "termen până la", "2026-12-31"),
    ("fri 14:00", "", "2026-11-27 14:00"),
    (
        "one two three four five six seven eight nine ten eleven twelve 15 dec",
        "one two three four five six seven eight nine ten eleven twelve",
        "2026-12-15",
    ),
    ("call\tAna\n fri", "call Ana", "2026-11-27"),
]


@pytest.mark.parametrize(("text", "head", "expected"), TASKS)
def test_the_longest_tail_that_reads_as_a_date_is_taken(text: str, head: str, expected: str, now: datetime) -> None:
    for language in LANGUAGES:
        assert split_when(text, now, language) == (head, due(expected))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "call Ana",
        "call Ana 3 times",
        "offer 4500",
        "room 12",
        "may call",
        "call in may",
        "meet next to the bank",
        "friday's report",
        "contract 12 months",
        "reduce from 60 to 50",
        "reducere de la 60 la 50",
        "pay 99.50",
        "pay 0.50",
        "split 50/50",
        "score 2:1",
        "upgrade to 1.2.3",
        "call 0722 000 111",
        "fri call Ana",
        "ask about the 14:00-15:00 slot",
        "fiecare lună",
        "vinerea",
    ],
)
def test_ordinary_words_and_numbers_stay_text(text: str, now: datetime) -> None:
    for language in LANGUAGES:
        assert split_when(text, now, language) == (text, None)


def test_the_other_languages_abbreviations_are_no_dates_where_they_are_words_here(now: datetime) -> None:
    assert split_when("call Sam at 14:00", now, "en") == ("call Sam", due("2026-11-23 14:00"))
    assert split_when("check the VIN", now, "en") == ("check the VIN", None)
    assert split_when("să sun la 14", now, "ro") == ("să sun", due("2026-11-23 14:00"))
    assert split_when("vizită la sat", now, "ro") == ("vizită la sat", None)
    assert split_when("call Ana sun", now, "en") == ("call Ana", due("2026-11-29"))
    assert split_when("sună vin", now, "ro") == ("sună", due("2026-11-27"))
    assert parse_when("sun", now, language="ro") == due("2026-11-29")
