"""Task templates: named tasks of a module, with a type, a day and a checklist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

from minicrm_tui.domain.records import FollowUp, ModuleId

TemplateId = NewType("TemplateId", int)


@dataclass(frozen=True, slots=True)
class TaskTemplate:
    """A task that a module offers under a name; `checklist` is what the task has to tick."""

    id: TemplateId
    module_id: ModuleId
    name: str
    task: FollowUp
    checklist: tuple[str, ...] = ()
