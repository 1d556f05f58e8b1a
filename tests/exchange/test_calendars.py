"""Calendars of open tasks, as icalendar reads them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from awkward import MADE, TEXTS, open_task
from icalendar import Calendar, Component

from minicrm_tui.domain.records import Due
from minicrm_tui.domain.recurrence import CountedFrom, Every, Recurrence
from minicrm_tui.exchange.exporting.calendars import CalendarWriter, calendar_text

DAY = date(2026, 11, 24)


def read(text: str) -> list[Component]:
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    return list(Calendar.from_ical(text).subcomponents)


@pytest.mark.parametrize("text", TEXTS)
def test_a_timed_call_is_a_todo_and_an_event(text: str) -> None:
    todo, event = read("".join(calendar_text([open_task(text)])))
    assert (todo.name, event.name) == ("VTODO", "VEVENT")
    assert str(todo["SUMMARY"]) == str(event["SUMMARY"]) == f"{text} — {text}"
    assert todo["DUE"].dt == event["DTSTART"].dt == datetime(2026, 11, 24, 14)
    assert event["DURATION"].dt == timedelta(minutes=45)
    assert todo["CATEGORIES"].cats == [text]
    assert "0722 000 111\nana@acme.example" in str(todo["DESCRIPTION"])
    assert todo["CREATED"].dt == todo["LAST-MODIFIED"].dt == todo["DTSTAMP"].dt == MADE
    assert (str(todo["STATUS"]), todo["SEQUENCE"]) == ("NEEDS-ACTION", 0)
    assert todo["UID"] != event["UID"]


@pytest.mark.parametrize(
    ("due", "kind"), [(Due(DAY), "call"), (Due(DAY, time(9)), "email"), (Due(DAY, time(9)), "Own")]
)
def test_what_has_no_time_or_takes_none_is_a_todo_alone(due: Due, kind: str) -> None:
    (todo,) = read("".join(calendar_text([open_task("x", due, kind)])))
    assert todo["DUE"].dt == (DAY if due.at is None else datetime.combine(DAY, time(9)))


def test_a_change_raises_the_sequence_and_keeps_the_uid() -> None:
    one = open_task("x", Due(DAY))
    other = replace(one, changed_at=MADE + timedelta(hours=1))
    (before,), (after,) = (read("".join(calendar_text([each]))) for each in (one, other))
    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["LAST-MODIFIED"].dt == MADE + timedelta(hours=1)


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (Recurrence(2, Every.WEEKS, CountedFrom.DEADLINE, DAY), {"FREQ": ["WEEKLY"], "INTERVAL": [2]}),
        (Recurrence(1, Every.MONTHS, CountedFrom.DEADLINE, DAY), {"FREQ": ["MONTHLY"], "INTERVAL": [1]}),
        (
            Recurrence(1, Every.MONTHS, CountedFrom.DEADLINE, date(2026, 10, 31)),
            {"FREQ": ["MONTHLY"], "INTERVAL": [1], "BYMONTHDAY": [28, 29, 30, 31], "BYSETPOS": [-1]},
        ),
        (Recurrence(1, Every.DAYS, CountedFrom.CLOSING, DAY), None),
    ],
)
def test_a_rule_is_told_where_a_calendar_can_know_it(rule: Recurrence, told: dict[str, list[object]] | None) -> None:
    plain = open_task("x", Due(DAY))
    repeating = replace(plain, task=replace(plain.task, rule=rule), planned=DAY)
    (todo,) = read("".join(calendar_text([repeating])))
    assert (dict(todo["RRULE"]) if "RRULE" in todo else None) == told
    assert ("DTSTART" in todo) == (told is not None)


def test_a_rule_is_not_told_of_an_occurrence_that_was_put_off() -> None:
    plain = open_task("x", Due(DAY))
    rule = Recurrence(1, Every.WEEKS, CountedFrom.DEADLINE, date(2026, 11, 23))
    (todo,) = read(
        "".join(calendar_text([replace(plain, task=replace(plain.task, rule=rule), planned=date(2026, 11, 23))]))
    )
    assert "RRULE" not in todo


def test_writing_again_gives_the_same_text_and_forgets_what_is_gone() -> None:
    writer, one, other = CalendarWriter(), open_task("one"), open_task("other")
    assert writer.text([one, other]) == writer.text([one, other]) == "".join(calendar_text([one, other]))
    assert writer.text([other]) == "".join(calendar_text([other]))


def test_a_calendar_without_tasks_can_be_read() -> None:
    assert read("".join(calendar_text([]))) == []
