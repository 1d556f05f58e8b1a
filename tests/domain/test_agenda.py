"""The nine buckets, their borders, and how late a deadline is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written import DUES, OFFSETS, PRESENTS, WALLS, WEEK_STARTS, at, due

from minicrm_tui.domain.agenda import BUCKETS, borders, bounds, bucket_of, how_late, lateness
from minicrm_tui.domain.records import MINUTES_IN_KEY, NO_TASK_KEY, Bucket, Due, due_from_key, moment_key

NEAR_KEYS = st.integers(-100 * MINUTES_IN_KEY, 100 * MINUTES_IN_KEY)


@pytest.mark.parametrize(
    ("deadline", "bucket"),
    [
        ("2026-11-14", "expired"),
        ("2026-11-22", "expired"),
        ("2026-11-22 23:59", "expired"),
        ("2026-11-23 09:29", "expired"),
        ("2026-11-23 09:30", "today"),
        ("2026-11-23 09:31", "today"),
        ("2026-11-23 23:59", "today"),
        ("2026-11-23", "today"),
        ("2026-11-24 00:00", "tomorrow"),
        ("2026-11-24", "tomorrow"),
        ("2026-11-25 00:00", "this_week"),
        ("2026-11-29", "this_week"),
        ("2026-11-30 00:00", "next_week"),
        ("2026-12-06", "next_week"),
        ("2026-12-07", "next_month"),
        ("2026-12-31", "next_month"),
        ("2027-01-01", "later"),
        ("2199-12-31", "later"),
    ],
)
def test_on_a_monday_morning_every_deadline_has_its_bucket(deadline: str, bucket: str, now: datetime) -> None:
    assert bucket_of(due(deadline), now) == bucket


@pytest.mark.parametrize(
    ("moment", "week_start", "deadline", "bucket"),
    [
        # Sunday: tomorrow is next week's Monday already, and this week is over.
        ("2026-11-29 10:00", 0, "2026-11-30", "tomorrow"),
        ("2026-11-29 10:00", 0, "2026-12-01", "next_week"),
        ("2026-11-29 10:00", 0, "2026-12-06", "next_week"),
        ("2026-11-29 10:00", 0, "2026-12-07", "next_month"),
        # The same Sunday begins a week for those whose weeks start on it.
        ("2026-11-29 10:00", 6, "2026-12-01", "this_week"),
        ("2026-11-29 10:00", 6, "2026-12-05", "this_week"),
        ("2026-11-29 10:00", 6, "2026-12-06", "next_week"),
        # Saturday: Sunday is tomorrow, so nothing is left of this week.
        ("2026-11-28 10:00", 0, "2026-11-29", "tomorrow"),
        ("2026-11-28 10:00", 0, "2026-11-30", "next_week"),
        # Early in a month there is a rest of it after next week.
        ("2026-11-02 10:00", 0, "2026-11-16", "this_month"),
        ("2026-11-02 10:00", 0, "2026-11-30", "this_month"),
        ("2026-11-02 10:00", 0, "2026-12-01", "next_month"),
        # Next week reaches into next month, and keeps its days.
        ("2026-11-25 10:00", 0, "2026-12-01", "next_week"),
        # The year's end, and a leap February.
        ("2026-12-31 10:00", 0, "2027-01-01", "tomorrow"),
        ("2026-12-31 10:00", 0, "2027-01-31", "next_month"),
        ("2026-12-31 10:00", 0, "2027-02-01", "later"),
        ("2028-01-31 10:00", 0, "2028-02-29", "next_month"),
        ("2028-01-31 10:00", 0, "2028-03-01", "later"),
        # Midnight.
        ("2026-11-23 00:00", 0, "2026-11-22", "expired"),
        ("2026-11-23 00:00", 0, "2026-11-23 00:00", "today"),
        ("2026-11-23 23:59", 0, "2026-11-23", "today"),
    ],
)
def test_the_ends_of_weeks_months_and_years(moment: str, week_start: int, deadline: str, bucket: str) -> None:
    assert bucket_of(due(deadline), at(moment), week_start) == bucket


def test_a_card_without_a_task_is_under_no_task(now: datetime) -> None:
    assert bucket_of(None, now) is Bucket.NO_TASK
    assert bounds(Bucket.NO_TASK, now) == (NO_TASK_KEY, NO_TASK_KEY + 1)


def test_a_timed_task_expires_one_minute_after_its_time() -> None:
    deadline = due("2026-11-23 14:00")
    assert bucket_of(deadline, at("2026-11-23 14:00:59")) is Bucket.TODAY
    assert bucket_of(deadline, at("2026-11-23 14:01:00")) is Bucket.EXPIRED


def test_the_rest_of_this_week_has_no_days_on_its_last_two() -> None:
    for moment in ("2026-11-28 10:00", "2026-11-29 10:00"):
        low, high = bounds(Bucket.THIS_WEEK, at(moment))
        assert low == high


@given(PRESENTS, WEEK_STARTS)
def test_the_buckets_leave_no_gap_and_share_no_key(now: datetime, week_start: int) -> None:
    ranges = [bounds(bucket, now, week_start) for bucket in BUCKETS]
    assert ranges[0][0] == 0
    assert ranges[-1][1] == NO_TASK_KEY + 1
    assert all(low <= high for low, high in ranges)
    assert all(one[1] == after[0] for one, after in pairwise(ranges))
    assert borders(now, week_start) == tuple(sorted(borders(now, week_start)))


@given(PRESENTS, WEEK_STARTS, NEAR_KEYS)
def test_bounds_and_bucket_of_agree(now: datetime, week_start: int, distance: int) -> None:
    deadline = due_from_key(moment_key(now) + distance)
    assert deadline is not None
    low, high = bounds(bucket_of(deadline, now, week_start), now, week_start)
    assert low <= deadline.key < high


@given(PRESENTS, WEEK_STARTS, DUES)
def test_the_bucket_is_the_first_rule_that_fits(now: datetime, week_start: int, deadline: Due) -> None:
    assert bucket_of(deadline, now, week_start) is _by_the_rules(deadline, now, week_start)


def _by_the_rules(deadline: Due, now: datetime, week_start: int) -> Bucket:
    """The table of the domain, rule by rule, written without keys."""
    today, day = now.date(), deadline.day
    minute = time(now.hour, now.minute)
    last_of_week = next(one for one in _following(today) if (one + timedelta(days=1)).weekday() == week_start)
    month = (today.year, today.month)
    next_month = (today.year + today.month // 12, today.month % 12 + 1)
    if day < today or (day == today and deadline.at is not None and deadline.at < minute):
        return Bucket.EXPIRED
    if day == today:
        return Bucket.TODAY
    if day == today + timedelta(days=1):
        return Bucket.TOMORROW
    if day <= last_of_week:
        return Bucket.THIS_WEEK
    if day <= last_of_week + timedelta(days=7):
        return Bucket.NEXT_WEEK
    if (day.year, day.month) == month:
        return Bucket.THIS_MONTH
    if (day.year, day.month) == next_month:
        return Bucket.NEXT_MONTH
    return Bucket.LATER


def _following(today: date) -> list[date]:
    return [today + timedelta(days=count) for count in range(7)]


@given(WALLS, DUES, OFFSETS)
def test_daylight_saving_moves_no_card(wall: datetime, deadline: Due, offset: int) -> None:
    here = wall.replace(tzinfo=timezone(timedelta(hours=offset)))
    assert bucket_of(deadline, here) is bucket_of(deadline, wall.replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("deadline", "late"),
    [
        ("2026-11-14", "9d"),
        ("2026-11-22", "1d"),
        ("2026-11-23 09:29", "1m"),
        ("2026-11-23 08:45", "45m"),
        ("2026-11-23 08:30", "1h"),
        ("2026-11-23 06:29", "3h"),
        ("2026-11-22 09:31", "23h"),
        ("2026-11-22 09:30", "1d"),
        ("2026-11-14 09:30", "9d"),
        ("2026-11-15 23:00", "8d"),
        ("2026-11-23 09:30", ""),
        ("2026-11-23", ""),
    ],
)
def test_lateness_is_told_in_its_largest_unit(deadline: str, late: str, now: datetime) -> None:
    assert lateness(due(deadline), now) == late


@given(PRESENTS, DUES)
def test_nothing_expired_is_ever_zero_late(now: datetime, deadline: Due) -> None:
    if bucket_of(deadline, now) is Bucket.EXPIRED:
        count, unit = how_late(deadline, now)
        assert count >= 1
        assert unit in ("d", "h", "m")
    else:
        assert lateness(deadline, now) == ""
