"""The form of a task: what was typed into its fields → a task in full, or every field that is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from minicrm_tui.domain.checklist_forms import fill_checklist, read_checklist
from minicrm_tui.domain.checklists import Check
from minicrm_tui.domain.dates import parse_when
from minicrm_tui.domain.drafts import TypedForm, typed_due
from minicrm_tui.domain.reckoning import MONDAY_TO_FRIDAY
from minicrm_tui.domain.records import Due, Task
from minicrm_tui.domain.recurrence import Recurrence
from minicrm_tui.domain.repeating import in_words, parse_recurrence
from minicrm_tui.domain.task_types import read_type, task_type_name
from minicrm_tui.domain.tasks import TaskDraft, checked_text, read_minutes, shown_minutes
from minicrm_tui.domain.templates import NOTHING_OWN, TaskOffer

TASK_FIELDS: Final = ("task", "type", "when", "minutes", "repeat", "checklist")
"""The fields of the form, in order: the keys of what is read, and the `field` of what is wrong."""


def fill_task_form(task: Task | None) -> dict[str, str]:
    """The texts with which the form opens: of an open task read again unchanged, they change nothing."""
    if task is None:
        return dict.fromkeys(TASK_FIELDS, "")
    return {
        "task": task.text,
        "type": task_type_name(task.type),
        "when": typed_due(task.due),
        "minutes": shown_minutes(task.minutes),
        "repeat": "" if task.rule is None else in_words(task.rule),
        "checklist": fill_checklist(task.checks),
    }


def read_task_form(
    fields: Mapping[str, str],
    now: datetime,
    before: Task | None = None,
    *,
    language: str = "en",
    week_start: int = 0,
    working_days: frozenset[int] = MONDAY_TO_FRIDAY,
    offer: TaskOffer = NOTHING_OWN,
) -> TaskDraft:
    """Read the texts of TASK_FIELDS. Without a type, the template or the first word gives it. Raises InvalidForm."""
    form = TypedForm(fields)
    text = form.read("task", checked_text) or ""
    types = offered_types(offer, before)
    kind = form.read("type", lambda typed: read_type(typed, types) or offer.type_of(text)) or ""
    due = form.read(
        "when",
        lambda typed: (
            parse_when(typed, now, language=language, week_start=week_start, working_days=working_days)
            if typed
            else Due(now.date())
        ),
    ) or Due(now.date())
    minutes = form.read("minutes", read_minutes)
    rule = form.read("repeat", lambda typed: parse_recurrence(typed, due.day))
    # Cleaned to one line by the form, it would be one thing to tick.
    checks = form.read("checklist", lambda _typed: _checks(fields.get("checklist", ""), text, before, offer)) or ()
    form.refuse(TASK_FIELDS)
    return TaskDraft(text, kind, due, minutes, _going_on(rule, due, before), checks)


def offered_types(offer: TaskOffer, before: Task | None) -> tuple[str, ...]:
    """The types that the task can have: the module's, and the one that it has, though that may be offered no more."""
    return offer.types if before is None or before.type in offer.types else (*offer.types, before.type)


def _checks(typed: str, text: str, before: Task | None, offer: TaskOffer) -> tuple[Check, ...]:
    """What was typed; a new task that is a template's has, without a checklist of its own, that of the template."""
    if before is not None:
        return read_checklist(typed, before.checks)
    return read_checklist(typed) or offer.checks_of(text)


def _going_on(rule: Recurrence | None, due: Due, before: Task | None) -> Recurrence | None:
    """The rule as it was, where neither it nor the day has changed: its series keeps its first day."""
    old = before.rule if before is not None else None
    if rule is None or old is None or before is None or before.due.day != due.day:
        return rule
    same = (rule.count, rule.every, rule.counted_from) == (old.count, old.every, old.counted_from)
    return old if same else rule
