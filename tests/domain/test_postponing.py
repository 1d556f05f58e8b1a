"""Postponing: every preset, the time of day, typed moments, several tasks at once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written import DUES, LANGUAGES, OFFSETS, PRESENTS, WALLS, WORKING_DAYS, at, due

from minicrm_tui.domain.agenda import bucket_of
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.postponing import (
    PRESETS,
    Postponed,
    Postponement,
    again,
    apply,
    apply_each,
    base_of,
    is_expired,
    offered,
    parse_postponement,
    preset_due,
    typed_postpone,
)
from minicrm_tui.domain.records import Bucket, Due

KEYS = st.sampled_from(PRESETS)

# --- presets. The tests' present is Monday 23 November 2026, 09:30.


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("0", "2026-11-23"),
        ("1", "2026-11-24"),
        ("2", "2026-11-25"),
        ("9", "2026-12-02"),
        ("n", "2026-11-24"),
        ("o", "2026-11-30"),
        ("w", "2026-11-30"),
        ("m", "2026-12-23"),
        ("f", "2026-12-07"),
    ],
)
def test_an_expired_task_is_postponed_from_today(key: str, expected: str, now: datetime) -> None:
    assert preset_due(key, due("2026-11-14"), now) == due(expected)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("1", "2026-12-11"),
        ("9", "2026-12-19"),
        ("n", "2026-12-11"),
        ("o", "2026-12-14"),
        ("w", "2026-12-17"),
        ("m", "2027-01-10"),
        ("f", "2027-01-04"),
    ],
)
def test_a_future_task_is_postponed_from_its_own_date(key: str, expected: str, now: datetime) -> None:
    assert preset_due(key, due("2026-12-10 14:00"), now) == due(f"{expected} 14:00")


@pytest.mark.parametrize("deadline", ["2026-11-23", "2026-11-23 09:30", "2026-11-24", "2027-06-01"])
def test_today_is_for_expired_tasks_only(deadline: str, now: datetime) -> None:
    assert preset_due("0", due(deadline), now) is None
    with pytest.raises(Invalid, match="expired"):
        apply(Postponement(rule="0"), due(deadline), now)


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("2026-11-26", "2026-11-27"),
        ("2026-11-27", "2026-11-30"),
        ("2026-11-28", "2026-11-30"),
        ("2026-11-29", "2026-11-30"),
        ("2026-12-31", "2027-01-01"),
    ],
)
def test_the_next_working_day_skips_the_weekend(base: str, expected: str, now: datetime) -> None:
    assert preset_due("n", due(base), now) == due(expected)


def test_working_days_are_the_persons_own(now: datetime) -> None:
    sunday_to_thursday = frozenset({6, 0, 1, 2, 3})
    assert preset_due("n", due("2026-11-26"), now, working_days=sunday_to_thursday) == due("2026-11-29")
    assert preset_due("n", due("2026-11-27"), now, working_days=frozenset()) == due("2026-11-28")


@pytest.mark.parametrize(
    ("key", "base", "expected"),
    [
        ("o", "2026-11-29", "2026-11-30"),
        ("o", "2026-11-30", "2026-12-07"),
        ("m", "2027-01-31", "2027-02-28"),
        ("m", "2028-01-31", "2028-02-29"),
        ("m", "2027-01-28", "2027-02-28"),
        ("m", "2027-03-31", "2027-04-30"),
        ("m", "2026-12-31", "2027-01-31"),
        ("m", "2028-02-29", "2028-03-29"),
        ("f", "2026-12-07", "2027-01-04"),
        ("f", "2027-01-31", "2027-02-01"),
        ("f", "2026-12-31", "2027-01-04"),
        ("w", "2028-02-25", "2028-03-03"),
        ("1", "2026-12-31", "2027-01-01"),
        ("1", "2028-02-28", "2028-02-29"),
        ("1", "2027-02-28", "2027-03-01"),
    ],
)
def test_month_ends_leap_days_and_year_ends(key: str, base: str, expected: str, now: datetime) -> None:
    assert preset_due(key, due(base), now) == due(expected)


def test_the_presets_are_offered_in_their_order(now: datetime) -> None:
    assert "".join(key for key, _ in offered(due("2026-11-14"), now)) == "0123456789nowmf"
    assert "".join(key for key, _ in offered(due("2026-11-30"), now)) == "123456789nowmf"
    assert dict(offered(due("2026-11-14 14:00"), now))["o"] == due("2026-11-30 14:00")


def test_nothing_is_postponed_beyond_the_last_year(now: datetime) -> None:
    assert offered(due("2199-12-31"), now) == ()
    assert [key for key, _ in offered(due("2199-12-30"), now)] == ["1", "n"]
    with pytest.raises(Invalid, match="2199"):
        apply(Postponement(rule="w"), due("2199-12-31"), now)
    assert preset_due("m", due("9999-12-31"), now) is None


# --- the time of day


def test_the_time_of_day_stays(now: datetime) -> None:
    assert apply(Postponement(rule="1"), due("2026-11-14 09:00"), now) == Postponed(due("2026-11-24 09:00"))
    assert apply(Postponement(rule="0"), due("2026-11-14 14:00"), now) == Postponed(due("2026-11-23 14:00"))
    assert apply(Postponement(rule="0"), due("2026-11-14 09:30"), now) == Postponed(due("2026-11-23 09:30"))


def test_a_time_that_is_past_today_is_dropped_and_said(now: datetime) -> None:
    for deadline in ("2026-11-14 09:00", "2026-11-23 09:29"):
        assert apply(Postponement(rule="0"), due(deadline), now) == Postponed(due("2026-11-23"), dropped_time=True)


def test_typed_dates_keep_the_tasks_time_unless_they_have_their_own(now: datetime) -> None:
    task = due("2026-12-10 14:00")
    assert typed_postpone(task, due("2026-12-15"), now) == due("2026-12-15 14:00")
    assert typed_postpone(task, due("2026-12-15 08:00"), now) == due("2026-12-15 08:00")
    assert typed_postpone(due("2026-12-10"), due("2026-12-15"), now) == due("2026-12-15")


def test_typed_dates_may_be_earlier_than_the_tasks(now: datetime) -> None:
    assert typed_postpone(due("2026-12-10"), due("2026-11-23"), now) == due("2026-11-23")


def test_typed_today_drops_a_time_that_is_past(now: datetime) -> None:
    how = Postponement(typed=due("2026-11-23"))
    assert apply(how, due("2026-11-14 09:00"), now) == Postponed(due("2026-11-23"), dropped_time=True)
    assert apply(how, due("2026-11-14 14:00"), now) == Postponed(due("2026-11-23 14:00"))


@pytest.mark.parametrize("typed", ["2026-11-22", "2026-11-23 09:29", "2026-11-22 23:59", "1900-01-01"])
def test_a_typed_moment_that_is_past_is_refused(typed: str, now: datetime) -> None:
    with pytest.raises(Invalid, match="past") as refusal:
        typed_postpone(due("2026-12-10"), due(typed), now)
    assert refusal.value.field == "when"
    assert typed_postpone(due("2026-12-10"), due("2026-11-23 09:30"), now) == due("2026-11-23 09:30")


# --- several tasks


def test_each_task_counts_from_its_own_base(now: datetime) -> None:
    dues = [due("2026-11-14 10:00"), due("2026-11-30"), due("2026-11-23")]
    assert apply_each(Postponement(rule="1"), dues, now) == (
        Postponed(due("2026-11-24 10:00")),
        Postponed(due("2026-12-01")),
        Postponed(due("2026-11-24")),
    )


def test_tasks_that_a_preset_does_not_fit_are_left_out(now: datetime) -> None:
    dues = [due("2026-11-14"), due("2026-11-30")]
    assert apply_each(Postponement(rule="0"), dues, now) == (Postponed(due("2026-11-23")), None)


def test_typed_dates_are_the_same_for_all_tasks(now: datetime) -> None:
    dues = [due("2026-11-14 10:00"), due("2026-11-30")]
    found = apply_each(Postponement(typed=due("2026-12-15")), dues, now)
    assert found == (Postponed(due("2026-12-15 10:00")), Postponed(due("2026-12-15")))
    with pytest.raises(Invalid, match="past"):
        apply_each(Postponement(typed=due("2026-11-22")), dues, now)


# --- typed postponements


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "rule"),
    [("0", "0"), ("+1", "1"), ("+9", "9"), *((key, key) for key in "nowmf"), ("W", "w"), (" m ", "m")],
)
def test_presets_can_be_typed(text: str, rule: str, language: str, now: datetime) -> None:
    how = parse_postponement(text, now, language=language)
    assert (how.rule, how.typed) == (rule, None)


def test_everything_else_that_is_typed_is_a_date_from_today(now: datetime) -> None:
    how = parse_postponement("+3d", now)
    assert how == Postponement(typed=due("2026-11-26"), words="+3d")
    assert apply(how, due("2026-12-10 14:00"), now) == Postponed(due("2026-11-26 14:00"))
    assert apply(parse_postponement("+3", now), due("2026-12-10"), now) == Postponed(due("2026-12-13"))
    assert parse_postponement("vineri la 14", now, language="ro").typed == due("2026-11-27 14:00")


@pytest.mark.parametrize("text", ["", "+0", "+10", "3", "00", "x", "30 feb", "nw"])
def test_what_is_neither_a_preset_nor_a_date_is_refused(text: str, now: datetime) -> None:
    with pytest.raises(Invalid) as refusal:
        parse_postponement(text, now)
    assert refusal.value.field == "when"


def test_words_are_read_anew_when_they_are_used_again(now: datetime) -> None:
    how = parse_postponement("tomorrow", now)
    assert again(how, at("2026-11-25 08:00")).typed == due("2026-11-26")
    assert again(Postponement(rule="w", words="w"), now) == Postponement(rule="w", words="w")
    assert again(Postponement(typed=due("2026-12-01")), now) == Postponement(typed=due("2026-12-01"))


def test_an_unknown_way_is_refused(now: datetime) -> None:
    for how in (Postponement(), Postponement(rule="z")):
        with pytest.raises(Invalid):
            apply(how, due("2026-12-10"), now)


# --- properties


@given(KEYS, DUES, PRESENTS, WORKING_DAYS)
def test_a_preset_never_moves_a_deadline_earlier(
    key: str, deadline: Due, now: datetime, working_days: frozenset[int]
) -> None:
    found = preset_due(key, deadline, now, working_days=working_days)
    assert found is None or found.key > deadline.key


@given(KEYS, DUES, PRESENTS, WORKING_DAYS)
def test_a_postponed_task_is_never_left_expired(
    key: str, deadline: Due, now: datetime, working_days: frozenset[int]
) -> None:
    found = preset_due(key, deadline, now, working_days=working_days)
    assert found is None or bucket_of(found, now) is not Bucket.EXPIRED


@given(DUES, DUES, PRESENTS)
def test_a_typed_postponement_is_refused_or_never_left_expired(deadline: Due, typed: Due, now: datetime) -> None:
    try:
        found = apply(Postponement(typed=typed), deadline, now)
    except Invalid:
        assert is_expired(typed, now)
    else:
        assert bucket_of(found.due, now) is not Bucket.EXPIRED
        assert found.due.day == typed.day
        assert found.due.at in (typed.at, deadline.at, None)
        assert found.dropped_time == (deadline.at is not None and found.due.at is None)


@given(KEYS, DUES, PRESENTS)
def test_a_time_of_day_is_kept_or_dropped_but_never_changed(key: str, deadline: Due, now: datetime) -> None:
    found = preset_due(key, deadline, now)
    if found is not None:
        assert found.at == deadline.at or (key == "0" and found == Due(now.date()))


@given(DUES, PRESENTS)
def test_a_month_on_is_the_next_months_same_day_or_its_last(deadline: Due, now: datetime) -> None:
    base, found = base_of(deadline, now), preset_due("m", deadline, now)
    if found is None:
        return
    assert (found.day.year * 12 + found.day.month) - (base.year * 12 + base.month) == 1
    assert found.day.day == base.day or (found.day.day < base.day and (found.day + timedelta(days=1)).day == 1)


@given(DUES, PRESENTS)
def test_the_first_monday_lies_in_the_first_week_of_the_next_month(deadline: Due, now: datetime) -> None:
    base, found = base_of(deadline, now), preset_due("f", deadline, now)
    if found is not None:
        assert found.day.weekday() == 0
        assert 1 <= found.day.day <= 7
        assert date(base.year + base.month // 12, base.month % 12 + 1, found.day.day) == found.day


@given(DUES, PRESENTS, WORKING_DAYS)
def test_the_next_working_day_is_the_nearest(deadline: Due, now: datetime, working_days: frozenset[int]) -> None:
    base, found = base_of(deadline, now), preset_due("n", deadline, now, working_days=working_days)
    if found is not None:
        theirs = working_days or frozenset(range(7))
        assert found.day.weekday() in theirs
        between = (base + timedelta(days=count) for count in range(1, (found.day - base).days))
        assert not any(day.weekday() in theirs for day in between)


@given(DUES, PRESENTS)
def test_what_is_offered_is_what_a_preset_gives(deadline: Due, now: datetime) -> None:
    for key, found in offered(deadline, now):
        assert apply(Postponement(rule=key), deadline, now).due == found


@given(KEYS, DUES, WALLS, OFFSETS)
def test_daylight_saving_moves_no_postponed_task(key: str, deadline: Due, wall: datetime, offset: int) -> None:
    here = wall.replace(tzinfo=timezone(timedelta(hours=offset)))
    assert preset_due(key, deadline, here) == preset_due(key, deadline, wall.replace(tzinfo=UTC))
