"""The task templates of a module, edited: each an undo step. Tasks that came of one are their own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import bindparam, col, delete, update

from minicrm_tui.domain.errors import Invalid, NotFound, Refused
from minicrm_tui.domain.records import ModuleId
from minicrm_tui.domain.template_forms import TemplateDraft
from minicrm_tui.domain.templates import MOST_TEMPLATES, TaskTemplate, TemplateId
from minicrm_tui.domain.text import fold
from minicrm_tui.i18n import _
from minicrm_tui.store import journal
from minicrm_tui.store.lookups import module_record
from minicrm_tui.store.statements import add
from minicrm_tui.store.tables import TemplateTable
from minicrm_tui.store.task_lists import templates

if TYPE_CHECKING:
    from sqlalchemy import Connection

_UPDATE = update(TemplateTable).where(col(TemplateTable.id) == bindparam("template"))
"""Sets the columns for which it is given values."""

_DELETE = delete(TemplateTable).where(col(TemplateTable.id) == bindparam("template"))


def add_template(conn: Connection, module_id: ModuleId, draft: TemplateDraft, now: datetime) -> TemplateId:
    """A new template at the end. Invalid("name") for a taken name; Refused where there are as many as there can be."""
    before = templates(conn, module_record(conn, module_id).id)
    _refuse_taken(before, draft)
    if len(before) >= MOST_TEMPLATES:
        raise Refused(_("A module can have {most} templates at most.").format(most=MOST_TEMPLATES))
    _begin(conn, "template.add", draft.name, module_id, now)
    return write_template(conn, module_id, draft, len(before))


def write_template(conn: Connection, module_id: ModuleId, draft: TemplateDraft, position: int) -> TemplateId:
    """The row of a new template, inside a running undo step."""
    task = draft.task
    row = TemplateTable(
        module_id=module_id,
        name=draft.name,
        text=task.text,
        type=task.type,
        days=task.days,
        checklist=_kept(draft.checklist),
        position=position,
    )
    return TemplateId(add(conn, row))


def edit_template(
    conn: Connection, module_id: ModuleId, template_id: TemplateId, draft: TemplateDraft, now: datetime
) -> None:
    """Change a template. Invalid("name") for a taken name; NotFound."""
    before = templates(conn, module_id)
    at = _place(before, template_id)
    _refuse_taken((*before[:at], *before[at + 1 :]), draft)
    _begin(conn, "template.edit", draft.name, module_id, now)
    rewrite_template(conn, template_id, draft)


def rewrite_template(conn: Connection, template_id: TemplateId, draft: TemplateDraft) -> None:
    """Give a template what the draft says, inside a running undo step."""
    task = draft.task
    columns = {"text": task.text, "type": task.type, "days": task.days, "checklist": _kept(draft.checklist)}
    conn.execute(_UPDATE, {"template": template_id, "name": draft.name, **columns})


def move_template(
    conn: Connection, module_id: ModuleId, template_id: TemplateId, direction: int, now: datetime
) -> None:
    """One place up (-1) or down (1). Refused at the ends; NotFound."""
    found = list(templates(conn, module_id))
    at = _place(found, template_id)
    if not 0 <= at + direction < len(found):
        raise Refused(_("There is no place further in this direction."))
    found[at], found[at + direction] = found[at + direction], found[at]
    _begin(conn, "template.move", found[at + direction].name, module_id, now)
    put_in_order(conn, found)


def put_in_order(conn: Connection, found: Iterable[TaskTemplate]) -> None:
    """Give the templates their places, in this order, inside a running undo step."""
    for position, template in enumerate(found):
        conn.execute(_UPDATE, {"template": template.id, "position": position})


def delete_template(conn: Connection, module_id: ModuleId, template_id: TemplateId, now: datetime) -> None:
    """Offer it no more; NotFound."""
    found = templates(conn, module_id)
    _begin(conn, "template.delete", found[_place(found, template_id)].name, module_id, now)
    remove_template(conn, template_id)


def remove_template(conn: Connection, template_id: TemplateId) -> None:
    """Take its row away, inside a running undo step."""
    conn.execute(_DELETE, {"template": template_id})


def _begin(conn: Connection, verb: str, name: str, module_id: ModuleId, now: datetime) -> None:
    journal.begin_action(conn, verb, name, 1, None, module_id, now)


def _kept(checklist: Iterable[str]) -> str:
    return "\n".join(checklist)


def _place(found: Iterable[TaskTemplate], template_id: TemplateId) -> int:
    place = next((at for at, template in enumerate(found) if template.id == template_id), None)
    if place is None:
        raise NotFound(_("This template is not there any more."))
    return place


def _refuse_taken(others: Iterable[TaskTemplate], draft: TemplateDraft) -> None:
    if any(fold(draft.name) == fold(other.name) for other in others):
        raise Invalid("name", _("There is a template of that name."))
