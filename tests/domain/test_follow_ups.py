"""Follow-up rules as people type them, and the days that they propose."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.follow_ups import MOST_DAYS, FollowUp, fill_follow_up, in_words, read_days, read_follow_up
from minicrm_tui.domain.reckoning import MONDAY_TO_FRIDAY
from minicrm_tui.domain.task_types import DEFAULT_TYPES
from minicrm_tui.i18n import Language, set_language


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("", None), ("  ", None), ("working day", None), ("Next working day", None), ("zi lucrătoare", None),
        ("următoarea zi lucrătoare", None), ("0", 0), ("3", 3), ("+3", 3), ("3d", 3), ("in 3 days", 3), ("1 day", 1),
        ("peste 3 zile", 3), ("20 de zile", 20), ("1 zi", 1), ("365", 365),
    ],
)  # fmt: skip
def test_days_that_are_read(typed: str, days: int | None) -> None:
    assert read_days(typed) == days


@pytest.mark.parametrize("typed", ["-3", "−3", "-3 days", "366", "99999999999", "1.5", "soon", "3 weeks", "٣", "3 3"])
def test_days_that_are_refused(typed: str) -> None:
    with pytest.raises(Invalid) as told:
        read_follow_up("call", "", typed)
    assert told.value.field == "follow_days"
    assert "365" in told.value.why


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        (("", "", ""), None),
        ((" ", "\t", "\x1b[0m"), None),
        (("Call about the offer", "", "3"), FollowUp("Call about the offer", "", 3)),
        ((" Send\nthe contract ", "mee", "working day"), FollowUp("Send the contract", "meeting", None)),
    ],
)
def test_rules_that_are_read(typed: tuple[str, str, str], rule: FollowUp | None) -> None:
    assert read_follow_up(*typed) == rule


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (("", "call", ""), "follow_text"),
        (("", "", "3"), "follow_text"),
        (("x" * 501, "", ""), "follow_text"),
        (("call", "dance", ""), "follow_type"),
        (("call", "", "-3"), "follow_days"),
    ],
)
def test_rules_that_are_refused(typed: tuple[str, str, str], field: str) -> None:
    with pytest.raises(Invalid) as told:
        read_follow_up(*typed)
    assert told.value.field == field
    assert told.value.why.endswith(".")


def test_a_rule_takes_a_type_that_the_module_has() -> None:
    assert read_follow_up("measure", "site", "1", ("call", "Site visit")) == FollowUp("measure", "Site visit", 1)
    with pytest.raises(Invalid):
        read_follow_up("measure", "meeting", "1", ("call", "Site visit"))


@pytest.mark.parametrize("spoken", ["en", "ro"])
@given(
    st.sampled_from(["Call Ana", "x"]),
    st.sampled_from(["", *DEFAULT_TYPES]),
    st.none() | st.integers(0, MOST_DAYS),
)
def test_a_shown_rule_can_be_typed_again(spoken: Language, text: str, kind: str, days: int | None) -> None:
    set_language(spoken)
    rule = FollowUp(text, kind, days)
    assert read_follow_up(*fill_follow_up(rule).values()) == rule


def test_no_rule_is_three_empty_fields() -> None:
    assert list(fill_follow_up(None).values()) == ["", "", ""]


@pytest.mark.parametrize(
    ("days", "words"),
    [(None, "on the next working day"), (0, "the same day"), (1, "in 1 day"), (3, "in 3 days")],
)
def test_in_words(days: int | None, words: str) -> None:
    assert in_words(days) == words


@pytest.mark.parametrize(
    ("days", "today", "day"),
    [
        (3, date(2026, 11, 27), date(2026, 11, 30)),
        (0, date(2026, 11, 27), date(2026, 11, 27)),
        (None, date(2026, 11, 27), date(2026, 11, 30)),
        (None, date(2026, 11, 23), date(2026, 11, 24)),
    ],
)
def test_the_day_it_proposes(days: int | None, today: date, day: date) -> None:
    assert FollowUp("call", "", days).day(today, MONDAY_TO_FRIDAY) == day
