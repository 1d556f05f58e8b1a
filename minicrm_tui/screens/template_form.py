"""The form of a task template: its name, what is to be done, of which type and when, and what there is to tick."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.template_forms import TemplateDraft, fill_template, read_template
from minicrm_tui.domain.templates import TaskTemplate
from minicrm_tui.i18n import _
from minicrm_tui.screens import follow_up_fields
from minicrm_tui.screens.forms import Drafts, FieldForm, FormField, Note
from minicrm_tui.screens.task_form import CHECKLIST_LINES, checklist_note

Write = Callable[[TemplateDraft], Awaitable[object]]
"""What is done with the template that was typed."""


class TemplateForm(FieldForm):
    """A new template of a module, or one that is changed."""

    def __init__(
        self, title: str, template: TaskTemplate | None, write: Write, *, types: Sequence[str], drafts: Drafts
    ) -> None:
        key = ("new template", title) if template is None else ("template", template.id)
        super().__init__(title, fill_template(template), key=key, drafts=drafts)
        self._write = write
        self._types = types

    def fields(self) -> Sequence[FormField]:
        """The name, the three of a follow-up rule, the checklist."""
        text, *others = follow_up_fields.fields()
        return [
            FormField("name", _("Name"), _("what tab finds it by")),
            FormField(text.key, _("Task"), _("what is to be done; nothing: its name")),
            *others,
            FormField("checklist", _("Checklist"), _("a line for each thing to tick"), lines=CHECKLIST_LINES),
        ]

    def note_of(self, field: str, text: str) -> Note | None:
        """What is typed is read back in words."""
        if field != "checklist":
            return follow_up_fields.note_of(field, text, self._types)
        try:
            return checklist_note(text)
        except Invalid as error:
            return Note(error.why, wrong=True)

    async def store(self, typed: Mapping[str, str]) -> None:
        """Read it whole, and write it."""
        await self._write(read_template(typed, self._types))
