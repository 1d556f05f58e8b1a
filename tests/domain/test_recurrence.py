"""Tasks that come back: a series never skips or doubles, month ends clip, closing late makes no burst."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.recurrence import CountedFrom, Every, Recurrence, from_kept, kept
from minicrm_tui.domain.repeating import in_words, parse_recurrence
from minicrm_tui.i18n import Language, set_language

LANGUAGES: tuple[Language, ...] = ("en", "ro")
MONDAY = date(2026, 11, 23)

DAYS = st.dates(date(1990, 1, 1), date(2050, 12, 31))
RULES = st.builds(Recurrence, st.integers(1, 12), st.sampled_from(Every), st.sampled_from(CountedFrom), DAYS)


def rule(count: int, every: Every, first: date, counted_from: CountedFrom = CountedFrom.DEADLINE) -> Recurrence:
    return Recurrence(count, every, counted_from, first)


def on_time(series: Recurrence, times: int) -> list[date]:
    """The days of a series, each closed on its day."""
    days = [series.first]
    for _time in range(times):
        following = series.next_day(days[-1], days[-1])
        assert following is not None
        days.append(following)
    return days


@pytest.mark.parametrize(
    ("series", "days"),
    [
        (rule(1, Every.DAYS, MONDAY), ["2026-11-24", "2026-11-25"]),
        (rule(2, Every.WEEKS, MONDAY), ["2026-12-07", "2026-12-21"]),
        (rule(1, Every.MONTHS, date(2026, 1, 31)), ["2026-02-28", "2026-03-31", "2026-04-30"]),
        (rule(1, Every.MONTHS, date(2027, 12, 30)), ["2028-01-30", "2028-02-29", "2028-03-30"]),
        (rule(3, Every.MONTHS, date(2026, 11, 30)), ["2027-02-28", "2027-05-30"]),
        (rule(1, Every.YEARS, date(2028, 2, 29)), ["2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]),
        (rule(1, Every.MONTHS, date(2026, 10, 25)), ["2026-11-25"]),
    ],
)
def test_the_days_of_a_series_closed_on_time(series: Recurrence, days: list[str]) -> None:
    assert [day.isoformat() for day in on_time(series, len(days))[1:]] == days


def test_closed_weeks_late_the_next_one_is_the_next_day_of_the_series_not_a_burst() -> None:
    weekly = rule(1, Every.WEEKS, date(2026, 9, 7))
    assert weekly.next_day(date(2026, 9, 7), date(2026, 11, 25)) == date(2026, 11, 30)


def test_closed_late_on_a_day_of_the_series_the_next_one_is_that_day() -> None:
    weekly = rule(1, Every.WEEKS, date(2026, 11, 2))
    assert weekly.next_day(date(2026, 11, 2), MONDAY) == MONDAY


def test_closed_early_the_planned_day_counts() -> None:
    assert rule(1, Every.MONTHS, date(2026, 12, 15)).next_day(date(2026, 12, 15), MONDAY) == date(2027, 1, 15)


def test_from_the_closing_the_planned_day_does_not_count() -> None:
    every_ten = rule(10, Every.DAYS, date(2026, 9, 1), CountedFrom.CLOSING)
    assert every_ten.next_day(date(2026, 9, 1), MONDAY) == date(2026, 12, 3)


def test_from_the_closing_a_month_is_clipped_from_that_day() -> None:
    monthly = rule(1, Every.MONTHS, date(2026, 9, 1), CountedFrom.CLOSING)
    assert monthly.next_day(date(2026, 9, 1), date(2027, 1, 31)) == date(2027, 2, 28)


def test_at_the_end_of_the_calendar_nothing_comes_back() -> None:
    assert rule(1, Every.YEARS, date(2199, 5, 1)).next_day(date(2199, 5, 1), date(2199, 5, 1)) is None


@settings(deadline=None)
@given(RULES, st.integers(0, 6), st.integers(-500, 500))
def test_the_next_day_is_after_the_planned_one_and_never_past(series: Recurrence, steps: int, late: int) -> None:
    planned = on_time(series, steps)[-1]
    closed = planned + timedelta(days=late)
    following = series.next_day(planned, closed)
    assert following is not None
    assert following >= closed
    if series.counted_from is CountedFrom.DEADLINE:
        assert following > planned
    else:
        assert following > closed


@settings(deadline=None)
@given(RULES, st.integers(2, 6), st.data())
def test_a_series_never_skips_or_doubles(series: Recurrence, steps: int, data: st.DataObject) -> None:
    if series.counted_from is CountedFrom.CLOSING:
        return
    days = on_time(series, steps)
    at = data.draw(st.integers(0, steps - 1))
    # Closed at any moment up to the next planned day, the next one is that day.
    closed = data.draw(st.dates(days[at] - timedelta(days=400), days[at + 1]))
    assert series.next_day(days[at], closed) == days[at + 1]
    assert len(set(days)) == len(days)


@given(RULES)
def test_what_is_kept_is_read_back(series: Recurrence) -> None:
    assert from_kept(kept(series)) == series


@pytest.mark.parametrize(
    ("typed", "count", "every", "counted_from"),
    [
        ("every 2 weeks", 2, Every.WEEKS, CountedFrom.DEADLINE),
        ("Every day", 1, Every.DAYS, CountedFrom.DEADLINE),
        ("monthly", 1, Every.MONTHS, CountedFrom.DEADLINE),
        ("every 3 months, from the closing", 3, Every.MONTHS, CountedFrom.CLOSING),
        ("2w", 2, Every.WEEKS, CountedFrom.DEADLINE),
        ("la fiecare 2 săptămâni", 2, Every.WEEKS, CountedFrom.DEADLINE),
        ("la fiecare 20 de zile de la închidere", 20, Every.DAYS, CountedFrom.CLOSING),
        ("în fiecare lună", 1, Every.MONTHS, CountedFrom.DEADLINE),
        ("anual", 1, Every.YEARS, CountedFrom.DEADLINE),
        ("la o lună de la închidere", 1, Every.MONTHS, CountedFrom.CLOSING),
        ("la un an", 1, Every.YEARS, CountedFrom.DEADLINE),
    ],
)
def test_typed_rules(typed: str, count: int, every: Every, counted_from: CountedFrom) -> None:
    assert parse_recurrence(typed, MONDAY) == Recurrence(count, every, counted_from, MONDAY)


def test_nothing_typed_is_no_rule() -> None:
    assert parse_recurrence("  ", MONDAY) is None


@pytest.mark.parametrize(
    "typed", ["every", "sometimes", "every 0 days", "every 1000 days", "every 2 fridays", "3 monthly", "-3 days"]
)
def test_what_is_no_rule_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        parse_recurrence(typed, MONDAY)


@given(st.integers(1, 999), st.sampled_from(Every), st.sampled_from(CountedFrom), st.sampled_from(LANGUAGES))
def test_a_rule_in_words_can_be_typed_again(
    count: int, every: Every, counted_from: CountedFrom, spoken: Language
) -> None:
    rule = Recurrence(count, every, counted_from, MONDAY)
    set_language(spoken)
    try:
        assert parse_recurrence(in_words(rule), MONDAY) == rule
    finally:
        set_language("en")
