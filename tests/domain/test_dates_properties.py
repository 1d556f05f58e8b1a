"""Typed dates: what holds for every text, moment and setting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written import CLOCKS, DAYS, LANGUAGES, OFFSETS, PRESENTS, WALLS, WEEK_STARTS, WORKING_DAYS

from minicrm_tui.domain.dates import parse_when, split_when
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.reckoning import month_end
from minicrm_tui.domain.records import Due, moment_key
from minicrm_tui.domain.text import clean

VOCABULARY = """
    call ana sună la at ora on pe in peste next viitoare luna luni săptămâna week fri vineri mar sun sam may mai dec feb
    15 30 31 29 0 00 3 2027 4500 14:00 14.30 15.12 25:61 32/12 2pm pm am 2026-13-01 2026-12-15 99999999d +3d 2h 15th
    o oră zile de , . of eow eom azi mâine poimâine tomorrow day after the month
"""
PHRASES = st.lists(st.sampled_from(VOCABULARY.split()), max_size=12).map(" ".join)


@given(DAYS, st.none() | CLOCKS, PRESENTS, st.sampled_from(" T"))
def test_an_iso_date_reads_as_itself(day: date, clock: time | None, now: datetime, between: str) -> None:
    written = day.isoformat() if clock is None else f"{day.isoformat()}{between}{clock:%H:%M}"
    for language in LANGUAGES:
        assert parse_when(written, now, language=language) == Due(day, clock)
        assert split_when(f"call Ana {written}", now, language) == ("call Ana", Due(day, clock))


@given(DAYS, PRESENTS)
def test_day_month_and_year_read_as_themselves(day: date, now: datetime) -> None:
    for written in (f"{day.day}.{day.month}.{day.year}", f"{day:%d/%m/%Y}", f"{day.day} {day:%b} {day.year}"):
        assert parse_when(written, now).day == day


@given(PRESENTS, st.integers(1, 31), st.integers(1, 12))
def test_a_day_without_a_year_is_the_next_that_is_not_past(now: datetime, day: int, month: int) -> None:
    longest = month_end(date(2028, month, 1)).day
    if day > longest:
        with pytest.raises(Invalid):
            parse_when(f"{day}/{month}", now)
        return
    found = parse_when(f"{day}/{month}", now).day
    assert (found.day, found.month) == (day, month)
    assert found >= now.date()
    between = range(now.year, found.year + 1)
    earlier = [date(year, month, day) for year in between if day <= month_end(date(year, month, 1)).day]
    assert found == min(one for one in earlier if one >= now.date())


@given(PRESENTS, CLOCKS)
def test_a_time_alone_is_the_next_such_moment(now: datetime, clock: time) -> None:
    found = parse_when(f"{clock:%H:%M}", now)
    assert found.at == clock
    assert 0 <= (found.day - now.date()).days <= 1
    assert found.key >= moment_key(now)
    assert Due(found.day - timedelta(days=1), clock).key < moment_key(now)


@given(PRESENTS, WEEK_STARTS, WORKING_DAYS)
def test_next_week_and_end_of_week_are_working_days_of_the_right_week(
    now: datetime, week_start: int, working_days: frozenset[int]
) -> None:
    next_week = parse_when("next week", now, week_start=week_start, working_days=working_days).day
    end = parse_when("eow", now, week_start=week_start, working_days=working_days).day
    assert {next_week.weekday(), end.weekday()} <= (working_days or frozenset(range(7)))
    assert 1 <= (next_week - now.date()).days <= 13
    assert 0 <= (end - now.date()).days <= 13


@given(st.text(), PRESENTS, st.sampled_from(LANGUAGES), WEEK_STARTS)
def test_any_text_reads_or_is_refused(text: str, now: datetime, language: str, week_start: int) -> None:
    _reads_or_is_refused(text, now, language, week_start)


@given(PHRASES, PRESENTS, st.sampled_from(LANGUAGES), WEEK_STARTS)
def test_any_words_of_the_grammar_read_or_are_refused(text: str, now: datetime, language: str, week_start: int) -> None:
    _reads_or_is_refused(text, now, language, week_start)


def _reads_or_is_refused(text: str, now: datetime, language: str, week_start: int) -> None:
    whole = _or_refusal(lambda: parse_when(text, now, language=language, week_start=week_start))
    assert isinstance(whole, str) or 1900 <= whole.day.year <= 2199
    parts = _or_refusal(lambda: split_when(text, now, language, week_start))
    if not isinstance(parts, str):
        head, found = parts
        assert clean(text).startswith(head)
        assert found is not None or head == clean(text)


Read = TypeVar("Read")


def _or_refusal(read: Callable[[], Read]) -> Read | str:
    try:
        return read()
    except Invalid as refusal:
        return f"{refusal.field}: {refusal.why}"


@given(PHRASES, WALLS, OFFSETS, st.sampled_from(LANGUAGES))
def test_daylight_saving_moves_no_typed_date(text: str, wall: datetime, offset: int, language: str) -> None:
    def read(hours: int) -> Due | str:
        now = wall.replace(tzinfo=timezone(timedelta(hours=hours)))
        return _or_refusal(lambda: parse_when(text, now, language=language))

    assert read(offset) == read(0)
