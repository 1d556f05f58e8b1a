"""The line for the next step: what it opens with, how it is read, and what `.` makes of its words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.quickadd import TaskDraft
from minicrm_tui.domain.text import fold
from minicrm_tui.i18n import _
from minicrm_tui.screens.main.reading import TaskReader, read_task, shown_task, typed_due
from minicrm_tui.screens.main.templates import completion
from minicrm_tui.screens.main.workbench import Workbench
from minicrm_tui.widgets.line import Reading

if TYPE_CHECKING:
    from datetime import date

    from minicrm_tui.store.results import NextStep


@dataclass(frozen=True, slots=True)
class Step:
    """What was answered: the task, or nothing to add; `words`: as typed, None for what was proposed."""

    words: str | None
    draft: TaskDraft | None


async def ask_step(bench: Workbench, title: str, proposal: NextStep) -> Step | None:
    """What is next; None where the line was left with esc."""
    offer = await bench.store.task_offer(bench.module.id)
    value = proposed_text(proposal, bench.now().date())
    answer = await bench.ask(
        title,
        value=value,
        read=partial(_read, TaskReader(bench, offer), proposal, value),
        placeholder=_("what is next, and when"),
        hint=_hint(proposal, has_templates=bool(offer.templates)),
        leave=_("No next step"),
        complete=completion(bench, offer, value),
    )
    if answer is None:
        return None
    draft = answer.value if isinstance(answer.value, TaskDraft) else None
    return Step(None if answer.text == value else answer.text, draft)


def _hint(proposal: NextStep, *, has_templates: bool) -> str:
    hints = [_("enter keeps it")] if proposal.kind == "existing" else []
    hints += [_("tab: a template")] if has_templates else []
    return " · ".join([*hints, _("esc: no next step")])


async def repeated(bench: Workbench, proposal: NextStep, words: str | None) -> TaskDraft | None:
    """The same words again (None: what is proposed now); None where there is nothing to add."""
    if words is None:
        if proposal.kind != "new":
            return None
        words = proposed_text(proposal, bench.now().date())
    if not words.strip():
        return None
    offer = await bench.store.task_offer(bench.module.id)
    return _of_type(read_task(bench, words, offer), proposal)


def proposed_text(proposal: NextStep, today: date) -> str:
    """The proposed task as one would type it."""
    task = proposal.task
    text, due = (task.text, task.due) if task is not None else (proposal.text, proposal.due)
    return f"{text} {typed_due(due, today)}".strip() if due is not None else text


async def _read(reader: TaskReader, proposal: NextStep, value: str, text: str) -> Reading:
    if not text.strip():
        return Reading(_("no next step"))
    if proposal.kind == "existing" and proposal.task is not None and text == value:
        task = proposal.task
        return Reading(
            _("stays: {task}").format(task=shown_task(TaskDraft(task.text, task.type, task.due), reader.now))
        )
    try:
        reading = await reader.read(text)
    except Invalid as error:
        return Reading("", error=error.why)
    assert isinstance(reading.value, TaskDraft)
    return replace(reading, value=_of_type(reading.value, proposal))


def _of_type(draft: TaskDraft, proposal: NextStep) -> TaskDraft:
    """A task that is the proposed one, whenever it is to be done, has the type that was proposed with it."""
    is_it = proposal.type and fold(draft.text) == fold(proposal.text)
    return replace(draft, type=proposal.type) if is_it else draft
