"""The form of a task: what, of which type, when, how long, and how it comes back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.records import Task
from minicrm_tui.domain.repeating import in_words, parse_recurrence
from minicrm_tui.domain.task_forms import TASK_FIELDS, fill_task_form, read_task_form
from minicrm_tui.domain.task_types import TASK_TYPES, task_type, task_type_name
from minicrm_tui.domain.tasks import TaskDraft, read_minutes, shown_minutes
from minicrm_tui.i18n import _
from minicrm_tui.screens.form import when_note
from minicrm_tui.screens.forms import Drafts, FieldForm, FormField, Note

if TYPE_CHECKING:
    from minicrm_tui.clock import Clock
    from minicrm_tui.settings import Settings

Write = Callable[[TaskDraft], Awaitable[object]]
"""What is done with the task that was typed."""


class TaskForm(FieldForm):
    """A new task of a card in full, or an open one that is changed."""

    def __init__(
        self, title: str, task: Task | None, write: Write, *, settings: Settings, clock: Clock, drafts: Drafts
    ) -> None:
        key = ("new task", title) if task is None else ("task", task.id)
        super().__init__(title, fill_task_form(task), key=key, drafts=drafts)
        self._before = task
        self._write = write
        self._settings = settings
        self._clock = clock

    def fields(self) -> Sequence[FormField]:
        """Text, type, when, how long, repeat."""
        return [FormField(field, _label(field), _placeholder(field)) for field in TASK_FIELDS]

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
            return Note(" · ".join(task_type_name(kind) for kind in TASK_TYPES))
        if field == "task":
            return Note(task_type_name(task_type(text))) if text.strip() and not self._saved["type"] else None
        if field == "minutes":
            return Note(shown_minutes(read_minutes(text)))
        rule = parse_recurrence(text, self._clock().date())
        return Note(_("once") if rule is None else in_words(rule))

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
        )
        await self._write(draft)


def _label(field: str) -> str:
    return {
        "task": _("Task"),
        "type": _("Type"),
        "when": _("When"),
        "minutes": _("Duration"),
        "repeat": _("Repeat"),
    }[field]


def _placeholder(field: str) -> str:
    return {
        "task": _("call Ana"),
        "type": _("by the first word of the task"),
        "when": _("fri 14:00, 15 dec, +2w …"),
        "minutes": _("45 min, 1h 30"),
        "repeat": _("every 2 weeks, every month from the closing …"),
    }[field]
