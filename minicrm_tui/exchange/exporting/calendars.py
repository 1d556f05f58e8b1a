"""Open tasks as a calendar (RFC 5545): a VTODO each, and a VEVENT beside it for calls and meetings with a time.

Many phones ignore a VTODO; hence the VEVENT. Deadlines are local wall time, in the file as in the program: a calendar
shows them on the day and hour that were meant, wherever it is. What is written of a task follows from the task alone,
so that the same tasks always give the same file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from minicrm_tui.domain.exports import ExportedTask
from minicrm_tui.domain.recurrence import CountedFrom, Every, Recurrence
from minicrm_tui.domain.task_types import task_type_name

if TYPE_CHECKING:
    from icalendar import Event, Todo

_HEAD: Final = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//MiniCRM in the terminal//EN\r\nCALSCALE:GREGORIAN\r\n"
_FOOT: Final = "END:VCALENDAR\r\n"

_TIMED: Final = ("call", "meeting")
"""The types of tasks that take place at their time; any other is only due then."""

_USUAL_MINUTES: Final = 30
"""How long a call or a meeting takes where nobody said so."""

_FREQUENCIES: Final = {
    Every.DAYS: "DAILY",
    Every.WEEKS: "WEEKLY",
    Every.MONTHS: "MONTHLY",
    Every.YEARS: "YEARLY",
}


class CalendarWriter:
    """Writes the same calendar again and again; a task that has not changed since is not worked out anew."""

    def __init__(self) -> None:
        self._known: dict[ExportedTask, str] = {}

    def text(self, tasks: Iterable[ExportedTask]) -> str:
        """The whole calendar."""
        known, self._known = self._known, {}
        for task in tasks:
            self._known[task] = known.get(task) or _components(task)
        return "".join((_HEAD, *self._known.values(), _FOOT))


def calendar_text(tasks: Iterable[ExportedTask]) -> Iterator[str]:
    """The whole calendar, in pieces."""
    yield _HEAD
    for task in tasks:
        yield _components(task)
    yield _FOOT


def _components(exported: ExportedTask) -> str:
    from icalendar import Event, Todo

    todo = Todo()
    _describe(todo, exported, "task")
    todo.add("due", _moment(exported))
    todo.add("status", "NEEDS-ACTION")
    _repeat(todo, exported)
    text: str = todo.to_ical().decode()
    if exported.task.due.at is not None and exported.task.type in _TIMED:
        event = Event()
        _describe(event, exported, "event")
        event.add("dtstart", _moment(exported))
        event.add("duration", timedelta(minutes=exported.task.minutes or _USUAL_MINUTES))
        _repeat(event, exported)
        text += event.to_ical().decode()
    return text


def _describe(component: Todo | Event, exported: ExportedTask, kind: str) -> None:
    component.add("uid", f"{kind}-{exported.task.id}-{exported.created_at.astimezone(UTC):%Y%m%dT%H%M%SZ}@minicrm")
    component.add("dtstamp", exported.changed_at.astimezone(UTC))
    component.add("created", exported.created_at.astimezone(UTC))
    component.add("last-modified", exported.changed_at.astimezone(UTC))
    component.add("sequence", _changes(exported))
    component.add("summary", _summary(exported))
    component.add("description", "\n".join(_details(exported)))
    component.add("categories", [exported.module])


def _changes(exported: ExportedTask) -> int:
    """A number that every change of the task raises: the seconds after its making at which it was changed last."""
    return max(0, int((exported.changed_at - exported.created_at).total_seconds()))


def _summary(exported: ExportedTask) -> str:
    return f"{exported.task.text} — {exported.card}"


def _details(exported: ExportedTask) -> Iterator[str]:
    """What one needs to do it."""
    client = f"{exported.company} ({exported.person})" if exported.company and exported.person else ""
    named = client or exported.company or exported.person
    if named and named != exported.card:
        yield named
    yield from exported.phones
    yield from exported.emails
    yield task_type_name(exported.task.type)
    for check in exported.task.checks:
        yield f"[{'x' if check.done else ' '}] {check.text}"


def _moment(exported: ExportedTask) -> date | datetime:
    due = exported.task.due
    return due.day if due.at is None else datetime.combine(due.day, due.at)


def _repeat(component: Todo | Event, exported: ExportedTask) -> None:
    """How it comes back, where a calendar can know: counted from a deadline that was not put off."""
    rule = exported.task.rule
    if rule is None or rule.counted_from is CountedFrom.CLOSING or exported.planned != exported.task.due.day:
        return
    if "dtstart" not in component:
        component.add("dtstart", _moment(exported))
    component.add("rrule", _rule(rule))


def _rule(rule: Recurrence) -> dict[str, str | int | list[int]]:
    told: dict[str, str | int | list[int]] = {"freq": _FREQUENCIES[rule.every], "interval": rule.count}
    if rule.every in (Every.MONTHS, Every.YEARS) and rule.first.day > 28:
        # The day itself, or the end of a month that has none.
        told |= {"bymonthday": list(range(28, rule.first.day + 1)), "bysetpos": -1}
        if rule.every is Every.YEARS:
            told["bymonth"] = rule.first.month
    return told
