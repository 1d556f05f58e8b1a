"""Task templates, named tasks with a type, a day and a checklist; and all that a module offers for its tasks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NewType

from minicrm_tui.domain.checklists import Check, unticked
from minicrm_tui.domain.records import FollowUp, ModuleId
from minicrm_tui.domain.task_types import DEFAULT_TYPES, task_type
from minicrm_tui.domain.text import fold

TemplateId = NewType("TemplateId", int)

MOST_TEMPLATES: Final = 30


@dataclass(frozen=True, slots=True)
class TaskTemplate:
    """A task that a module offers under a name; `checklist` is what the task has to tick."""

    id: TemplateId
    module_id: ModuleId
    name: str
    task: FollowUp
    checklist: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskOffer:
    """What a module offers where a task is typed: its types, in their order, and its templates."""

    types: tuple[str, ...] = DEFAULT_TYPES
    templates: tuple[TaskTemplate, ...] = ()

    def template_of(self, text: str) -> TaskTemplate | None:
        """The template of this text, however it is written."""
        wanted = fold(text)
        return next((each for each in self.templates if fold(each.task.text) == wanted), None)

    def type_of(self, text: str) -> str:
        """The type of a task of this text: its template's, else by the first word."""
        template = self.template_of(text)
        named = "" if template is None else template.task.type
        return named if named in self.types else task_type(text, self.types)

    def type_by(self, rule: FollowUp) -> str:
        """The type that a rule gives; by its text where it names none, or one that the module has no more."""
        return rule.type if rule.type in self.types else self.type_of(rule.text)

    def checks_of(self, text: str) -> tuple[Check, ...]:
        """What a task of this text has to tick."""
        template = self.template_of(text)
        return () if template is None else unticked(template.checklist)

    def called(self, begun: str) -> tuple[TaskTemplate, ...]:
        """The templates whose names begin so."""
        typed = fold(begun)
        return tuple(each for each in self.templates if fold(each.name).startswith(typed))


NOTHING_OWN: Final = TaskOffer()
"""What a module offers until somebody edits it."""
