"""Which backups are kept."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minicrm_tui.domain.retention import Keep, kept

NOW = datetime(2026, 11, 23, 9, 30)


def days_ago(*days: float) -> list[datetime]:
    return [NOW - timedelta(days=each) for each in days]


@pytest.mark.parametrize(
    ("keep", "made", "stay"),
    [
        pytest.param(Keep(7, 0, 0), range(30), range(7), id="the last seven days"),
        pytest.param(Keep(2, 0, 0), [0, 1, 5, 9], [0, 1], id="days that have none don't count, but two do"),
        pytest.param(Keep(2, 0, 0), [5, 9, 12], [5, 9], id="days long ago are the last ones too"),
        pytest.param(Keep(0, 3, 0), range(0, 30, 1), [0, 1, 8], id="the newest of a week: today, and two Sundays"),
        pytest.param(Keep(0, 0, 2), [1, 30, 40, 70], [1, 30], id="the newest of a month"),
        pytest.param(Keep(0, 0, 0), [3, 4], [3], id="the newest stays whatever is said"),
        pytest.param(Keep(1, 0, 0), [0, 0.2, 0.9, 1, 1.1], [0, 0.2, 0.9, 1], id="what is a day old at most"),
    ],
)
def test_what_is_kept(keep: Keep, made: list[float], stay: list[float]) -> None:
    assert kept(days_ago(*made), keep, NOW) == set(days_ago(*stay))


moments = st.datetimes(datetime(2025, 1, 1), NOW)
keeps = st.builds(Keep, st.integers(0, 10), st.integers(0, 6), st.integers(0, 14))


@given(st.lists(moments, unique=True), keeps)
def test_never_more_than_asked_for_and_never_nothing(made: list[datetime], keep: Keep) -> None:
    stay = kept(made, keep, NOW)
    assert stay <= set(made)
    assert bool(stay) == bool(made)
    old = [moment for moment in stay if NOW - moment > timedelta(days=1)]
    assert len(old) <= keep.daily + keep.weekly + keep.monthly + 1


@given(st.lists(moments, unique=True), keeps)
def test_keeping_twice_is_keeping_once(made: list[datetime], keep: Keep) -> None:
    stay = kept(made, keep, NOW)
    assert kept(stay, keep, NOW) == stay
