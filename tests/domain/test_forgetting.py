"""After how many quiet days an opportunity is forgotten: typed, told, counted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.forgetting import in_words, mark, parse_days
from minicrm_tui.domain.quiet import Quiet

BUCHAREST = timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    ("typed", "days"), [("", None), ("  ", None), ("1", 1), (" 14 ", 14), ("365", 365), ("007", 7)]
)
def test_days_are_a_number_up_to_a_year_or_nothing(typed: str, days: int | None) -> None:
    assert parse_days(typed) == days


@pytest.mark.parametrize("typed", ["0", "366", "-3", "+3", "3.5", "two", "1e2", "٣", "²", "9" * 5000, "14 days"])
def test_all_else_says_what_to_write(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_days(typed)
    assert (refused.value.field, refused.value.why) == (
        "days",
        "Write a number of days from 1 to 365, or nothing for never.",
    )


def test_it_is_told_in_words() -> None:
    assert [in_words(days) for days in (None, 1, 14)] == ["never", "after 1 quiet day", "after 14 quiet days"]
    assert mark(23) == "forgotten 23 d"


@pytest.mark.parametrize(
    ("since", "now", "days"),
    [
        # Local days count, not hours: 23:30 in Bucharest is 21:30 in Greenwich.
        (datetime(2026, 11, 9, 21, 30, tzinfo=UTC), datetime(2026, 11, 23, 0, 5, tzinfo=BUCHAREST), None),
        (datetime(2026, 11, 9, 21, 30, tzinfo=UTC), datetime(2026, 11, 24, 0, 5, tzinfo=BUCHAREST), 15),
        (datetime(2026, 11, 9, 22, 30, tzinfo=UTC), datetime(2026, 11, 24, 23, 59, tzinfo=BUCHAREST), None),
        (datetime(2026, 11, 24, 8, 0, tzinfo=UTC), datetime(2026, 11, 23, 9, 30, tzinfo=BUCHAREST), None),
    ],
)
def test_it_is_forgotten_after_more_local_days_than_the_module_says(
    since: datetime, now: datetime, days: int | None
) -> None:
    assert Quiet(since, 14).forgotten(now) == days
