"""The form of a task template: what was typed into its fields → a draft, or every field that is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from minicrm_tui.domain import follow_ups
from minicrm_tui.domain.checklist_forms import read_lines
from minicrm_tui.domain.drafts import TypedForm
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.follow_ups import fill_follow_up, read_days, read_kind, read_text
from minicrm_tui.domain.records import FollowUp
from minicrm_tui.domain.task_types import DEFAULT_TYPES
from minicrm_tui.domain.templates import TaskTemplate
from minicrm_tui.domain.text import cells, clean
from minicrm_tui.i18n import _

NAME_CELLS: Final = 40

FIELDS: Final = ("name", *follow_ups.FIELDS, "checklist")


@dataclass(frozen=True, slots=True)
class TemplateDraft:
    """A template that was typed and understood."""

    name: str
    task: FollowUp
    checklist: tuple[str, ...] = ()


def read_template(fields: Mapping[str, str], types: Sequence[str] = DEFAULT_TYPES) -> TemplateDraft:
    """Read the texts of FIELDS; without a text, the name is what is to be done. Raises InvalidForm."""
    form = TypedForm(fields)
    name = form.read("name", checked_name) or ""
    text = form.read("follow_text", lambda typed: read_text(typed or name) if typed or name else "") or ""
    kind = form.read("follow_type", lambda typed: read_kind(typed, types)) or ""
    days = form.read("follow_days", read_days)
    # Cleaned to one line by the form, it would be one thing to tick.
    checklist = form.read("checklist", lambda _typed: read_lines(fields.get("checklist", ""))) or ()
    form.refuse(FIELDS)
    return TemplateDraft(name, FollowUp(text, kind, days), checklist)


def checked_name(typed: str) -> str:
    """A name for a type or a template; Invalid("name") where it can't be one."""
    name = clean(typed)
    if not name:
        raise Invalid("name", _("Write what it is called."))
    if cells(name) > NAME_CELLS:
        raise Invalid("name", _("A name can be {limit} cells wide at most.").format(limit=NAME_CELLS))
    return name


def fill_template(template: TaskTemplate | None) -> dict[str, str]:
    """The texts with which the form opens."""
    if template is None:
        return dict.fromkeys(FIELDS, "")
    checklist = "\n".join(template.checklist)
    return {"name": template.name, **fill_follow_up(template.task), "checklist": checklist}
