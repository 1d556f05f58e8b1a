"""What a module offers for its tasks, types and templates: SQL text, since every typed task is read with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minicrm_tui.domain.records import FollowUp, ModuleId
from minicrm_tui.domain.task_types import DEFAULT_TYPES
from minicrm_tui.domain.templates import TaskOffer, TaskTemplate, TemplateId
from minicrm_tui.store.engine import driver

if TYPE_CHECKING:
    from sqlalchemy import Connection

TASK_TYPE = "task_type"
"""The list of `list_entry` that has the types of a module that somebody has edited."""

_TYPES = "SELECT name FROM list_entry WHERE module_id = ? AND list = ? ORDER BY position, id"

_TEMPLATES = """
    SELECT id, name, text, type, days, checklist FROM template WHERE module_id = ? ORDER BY position, id
"""


def task_offer(conn: Connection, module_id: int) -> TaskOffer:
    """All that a module offers for its tasks."""
    return TaskOffer(task_types(conn, module_id), templates(conn, module_id))


def task_types(conn: Connection, module_id: int) -> tuple[str, ...]:
    """The types of a module's tasks in their order, as tasks keep them."""
    found = driver(conn).execute(_TYPES, (module_id, TASK_TYPE)).fetchall()
    return tuple(name for (name,) in found) or DEFAULT_TYPES


def templates(conn: Connection, module_id: int) -> tuple[TaskTemplate, ...]:
    """The templates of a module in their order."""
    return tuple(
        TaskTemplate(
            TemplateId(template_id),
            ModuleId(module_id),
            name,
            FollowUp(text, kind, days),
            tuple(checklist.splitlines()),
        )
        for template_id, name, text, kind, days, checklist in driver(conn).execute(_TEMPLATES, (module_id,))
    )
