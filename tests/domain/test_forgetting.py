"""After how many quiet days an opportunity is forgotten: typed, told, counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.forgetting import in_words, mark, parse_days, said_of
from minicrm_tui.domain.quiet import Quiet, Still
from minicrm_tui.domain.records import CardId, CardRow, Due, ModuleId, Place, StatusId, moment_key

BUCHAREST = timezone(timedelta(hours=2))
AT_HOME = ZoneInfo("Europe/Bucharest")
"""With its summer time: the clocks were put back on Sunday 25 October 2026."""

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=AT_HOME)


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


@pytest.mark.parametrize(
    ("since", "now", "days"),
    [
        # The day of 25 hours is one day, and so is that of 23.
        (datetime(2026, 10, 24, 23, 59, tzinfo=AT_HOME), datetime(2026, 10, 26, 0, 1, tzinfo=AT_HOME), None),
        (datetime(2026, 10, 24, 23, 59, tzinfo=AT_HOME), datetime(2026, 10, 27, 0, 1, tzinfo=AT_HOME), 3),
        (datetime(2026, 3, 28, 0, 1, tzinfo=AT_HOME), datetime(2026, 3, 30, 23, 59, tzinfo=AT_HOME), None),
        (datetime(2026, 3, 28, 0, 1, tzinfo=AT_HOME), datetime(2026, 3, 31, 0, 0, tzinfo=AT_HOME), 3),
        # Local days: 23:30 in summer's Bucharest is 20:30 in Greenwich.
        (datetime(2026, 7, 1, 20, 30, tzinfo=UTC), datetime(2026, 7, 4, 0, 5, tzinfo=AT_HOME), 3),
        (datetime(2026, 7, 1, 21, 30, tzinfo=UTC), datetime(2026, 7, 4, 23, 59, tzinfo=AT_HOME), None),
    ],
)
def test_a_card_rots_after_more_local_days_than_its_status_says(
    since: datetime, now: datetime, days: int | None
) -> None:
    assert Still(since.astimezone(UTC), 2).rotting(now, moment_key(now)) == days


@pytest.mark.parametrize(
    ("last", "rots"),
    [
        (None, True),
        (Due(date(2026, 11, 22)), True),
        (Due(date(2026, 11, 22), time(23, 59)), True),
        (Due(date(2026, 11, 23), time(9, 29)), True),
        # At its minute it has not expired yet.
        (Due(date(2026, 11, 23), time(9, 30)), False),
        (Due(date(2026, 11, 23), time(18, 0)), False),
        (Due(date(2026, 11, 23)), False),
        (Due(date(2027, 3, 1)), False),
    ],
)
def test_a_card_with_something_planned_does_not_rot(last: Due | None, rots: bool) -> None:
    still = Still(NOW - timedelta(days=12), 7, 0 if last is None else last.key)
    assert still.rotting(NOW, moment_key(NOW)) == (12 if rots else None)


def test_what_rots_says_so_also_where_it_is_forgotten_too() -> None:
    plain = CardRow(CardId(1), ModuleId(1), StatusId(5), "Acme", None, Place.LISTED, None, 0)
    forgotten = replace(plain, quiet=Quiet(NOW - timedelta(days=23), 14))
    both = replace(forgotten, still=Still(NOW - timedelta(days=12), 7))
    assert [said_of(card, NOW) for card in (plain, forgotten, both)] == ["", "forgotten 23 d", "rotting 12 d"]
    planned = replace(forgotten, still=Still(NOW - timedelta(days=12), 7, moment_key(NOW)))
    assert said_of(planned, NOW) == "forgotten 23 d"
