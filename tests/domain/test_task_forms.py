"""The form of a task, and the durations and types that people type."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minicrm_tui.domain.checklists import Check
from minicrm_tui.domain.drafts import InvalidForm
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.records import CardId, Due, Task, TaskId
from minicrm_tui.domain.recurrence import CountedFrom, Every, Recurrence
from minicrm_tui.domain.task_forms import fill_task_form, read_task_form
from minicrm_tui.domain.task_types import read_type
from minicrm_tui.domain.tasks import MOST_MINUTES, TaskDraft, read_minutes, shown_minutes
from minicrm_tui.i18n import Language, set_language

NOW = datetime(2026, 11, 23, 9, 30)
RULE = Recurrence(2, Every.WEEKS, CountedFrom.CLOSING, date(2026, 1, 5))


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("", None), ("45", 45), ("45 min", 45), ("45m", 45), ("1h", 60), ("1h30", 90), ("1h 30", 90),
        ("1 h 30 min", 90), ("1:30", 90), ("2 hours", 120), ("2 ore", 120), ("24h", 1440),
    ],
)  # fmt: skip
def test_durations(typed: str, minutes: int | None) -> None:
    assert read_minutes(typed) == minutes


@pytest.mark.parametrize("typed", ["soon", "0", "25h", "1441", "-5", "1:99x", "h"])
def test_what_is_no_duration_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as told:
        read_minutes(typed)
    assert told.value.field == "minutes"


@given(st.integers(1, MOST_MINUTES))
def test_a_shown_duration_can_be_typed_again(minutes: int) -> None:
    assert read_minutes(shown_minutes(minutes)) == minutes


@pytest.mark.parametrize("spoken", ["en", "ro"])
def test_an_open_task_read_again_unchanged_is_the_same(spoken: Language) -> None:
    set_language(spoken)
    task = Task(TaskId(1), CardId(1), "Call Ana", "meeting", Due(date(2026, 11, 20), time(14)), minutes=45, rule=RULE,
                checks=(Check("Price", done=True), Check("Stamp")))  # fmt: skip
    read = read_task_form(fill_task_form(task), NOW, task)
    assert read == TaskDraft("Call Ana", "meeting", task.due, 45, RULE, task.checks)


def test_a_new_day_begins_the_series_anew() -> None:
    task = Task(TaskId(1), CardId(1), "Call Ana", "call", Due(date(2026, 11, 20)), rule=RULE)
    read = read_task_form(fill_task_form(task) | {"when": "2026-12-01"}, NOW, task)
    assert read.rule is not None
    assert read.rule.first == date(2026, 12, 1)


def test_without_a_date_it_is_today_and_without_a_type_the_first_word_says() -> None:
    assert read_task_form({"task": "meet Ana"}, NOW) == TaskDraft("meet Ana", "meeting", Due(NOW.date()))


def test_all_that_is_wrong_is_told_at_once() -> None:
    fields = {"task": "", "type": "dance", "when": "30 feb", "minutes": "soon", "repeat": "sometimes"}
    with pytest.raises(InvalidForm) as told:
        read_task_form(fields, NOW)
    assert [error.field for error in told.value.errors] == ["task", "type", "when", "minutes", "repeat"]


@pytest.mark.parametrize(
    ("spoken", "typed", "kind"), [("en", "e-mail", "email"), ("en", "Mee", "meeting"), ("ro", "apel", "call")]
)
def test_types_are_read_in_the_language(spoken: Language, typed: str, kind: str) -> None:
    set_language(spoken)
    assert read_type(typed) == kind
