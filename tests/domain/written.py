"""Moments and deadlines as the tests of the domain write them, and the strategies that make them up."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

from hypothesis import strategies as st

from minicrm_tui.domain.records import Due

LANGUAGES = ("en", "ro")


def at(text: str) -> datetime:
    """`2026-11-23 09:30` as a present, in Bucharest's winter."""
    return datetime.fromisoformat(text).replace(tzinfo=timezone(timedelta(hours=2)))


def due(text: str) -> Due:
    """`2026-11-23` or `2026-11-23 09:30` as a deadline."""
    day, _, clock = text.partition(" ")
    return Due(date.fromisoformat(day), time.fromisoformat(clock) if clock else None)


def whole_minute(moment: time) -> time:
    """The time of day without what a deadline doesn't have."""
    return moment.replace(second=0, microsecond=0)


WALLS = st.datetimes(datetime(1900, 1, 1), datetime(2190, 12, 31))
PRESENTS = WALLS.map(lambda wall: wall.replace(tzinfo=timezone(timedelta(hours=2))))
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
CLOCKS = st.times().map(whole_minute)
DUES = st.builds(Due, DAYS, st.none() | CLOCKS)
WEEK_STARTS = st.integers(0, 6)
WORKING_DAYS = st.frozensets(st.integers(0, 6))
OFFSETS = st.integers(-12, 14)
