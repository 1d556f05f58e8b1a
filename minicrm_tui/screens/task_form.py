"""The form of a task: what, of which type, when, how long, and how it comes back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from minicrm_tui.domain.checklist_forms import read_lines, to_tick
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.records import Task
from minicrm_tui.domain.repeating import in_words, parse_recurrence
from minicrm_tui.domain.task_forms import TASK_FIELDS, fill_task_form, offered_types, read_task_form
from minicrm_tui.domain.task_types import task_type_name
from minicrm_tui.domain.tasks import TaskDraft, read_minutes, shown_minutes
from minicrm_tui.i18n import _
from minicrm_tui.screens.form import when_note
from minicrm_tui.screens.forms import Drafts, FieldForm, FormField, Note

if TYPE_CHECKING:
    from minicrm_tui.clock import Clock
    from minicrm_tui.domain.templates import TaskOffer
    from minicrm_tui.settings import Settings

CHECKLIST_LINES = 4
"""Lines of the checklist that are in sight."""

Write = Callable[[TaskDraft], Awaitable[object]]
"""What is done with the task that was typed."""


class TaskForm(FieldForm):
    """A new task of a card in full, or an open one that is changed."""

    def __init__(
        self,
        title: str,
        task: Task | None,
        write: Write,
        *,
        offer: TaskOffer,
        settings: Settings,
        clock: Clock,
        drafts: Drafts,
    ) -> None:
        key = ("new task", title) if task is None else ("task", task.id)
        super().__init__(title, fill_task_form(task), key=key, drafts=drafts)
        self._before = task
        self._write = write
        self._offer = offer
        self._settings = settings
        self._clock = clock

    def fields(self) -> Sequence[FormField]:
        """Text, type, when, how long, repeat, and what there is to tick."""
        lines = {"checklist": CHECKLIST_LINES}
        return [
            FormField(field, _label(field), _placeholder(field), lines=lines.get(field, 1)) for field in TASK_FIELDS
        ]

    def note_of(self, field: str, text: str) -> Note | None:
        """What is typed is read back in words."""
        try:
            note = self._read_back(field, text)
        except Invalid as error:
            return Note(error.why, wrong=True)
        # What is said in the very words that were typed need not be said.
        return None if note is not None and note.text == text.strip() else note

    def _read_back(self, field: str, text: str) -> Note | None:
        if field == "when":
            return None if text == self._saved["when"] else when_note(text, self._settings, self._clock)
        if field == "type":
            return Note(" · ".join(task_type_name(kind) for kind in offered_types(self._offer, self._before)))
        if field == "task":
            return self._of_text(text) if text.strip() and not self._saved["type"] else None
        if field == "checklist":
            return checklist_note(text)
        if field == "minutes":
            return Note(shown_minutes(read_minutes(text)))
        rule = parse_recurrence(text, self._clock().date())
        return Note(_("once") if rule is None else in_words(rule))

    def _of_text(self, text: str) -> Note:
        """The type that the text gives, and what its template has to tick."""
        said, checks = [task_type_name(self._offer.type_of(text))], self._offer.checks_of(text)
        if checks and self._before is None:
            said.append(to_tick(len(checks)))
        return Note(" · ".join(said))

    async def store(self, typed: Mapping[str, str]) -> None:
        """Read it whole, and write it."""
        settings = self._settings
        draft = read_task_form(
            typed,
            self._clock(),
            self._before,
            language=settings.language,
            week_start=settings.week_start,
            working_days=settings.working_days,
            offer=self._offer,
        )
        await self._write(draft)


def checklist_note(text: str) -> Note:
    """How much there is to tick."""
    lines = read_lines(text)
    return Note(to_tick(len(lines)) if lines else _("a line for each thing to tick"))


def _label(field: str) -> str:
    return {
        "task": _("Task"),
        "type": _("Type"),
        "when": _("When"),
        "minutes": _("Duration"),
        "repeat": _("Repeat"),
        "checklist": _("Checklist"),
    }[field]


def _placeholder(field: str) -> str:
    return {
        "task": _("call Ana"),
        "type": _("by the first word of the task"),
        "when": _("fri 14:00, 15 dec, +2w …"),
        "minutes": _("45 min, 1h 30"),
        "repeat": _("every 2 weeks, every month from the closing …"),
        "checklist": _("a line for each thing to tick"),
    }[field]
