"""The types of a module's tasks, edited: each an undo step. Edited for the first time, they become the module's own.

Closed tasks keep the type that they had. A renamed type is renamed on the open ones, and in the rules and templates
that name it; a type that is offered no more stays on the tasks that have it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sqlmodel import bindparam, col, select, update

from minicrm_tui.domain.errors import Invalid, NotFound, Refused
from minicrm_tui.domain.records import ModuleId
from minicrm_tui.domain.sales_lists import LIST_LIMIT
from minicrm_tui.domain.task_types import kept_type, task_type_name
from minicrm_tui.domain.template_forms import checked_name
from minicrm_tui.domain.text import fold
from minicrm_tui.i18n import _
from minicrm_tui.store import journal
from minicrm_tui.store.list_entries import write_entries
from minicrm_tui.store.lookups import module_record
from minicrm_tui.store.tables import CardTable, ModuleTable, StatusTable, TaskTable, TemplateTable
from minicrm_tui.store.task_lists import TASK_TYPE, task_types

if TYPE_CHECKING:
    from sqlalchemy import Connection

_CARDS = select(CardTable.id).where(col(CardTable.module_id) == bindparam("module"))

_RENAME: Final = (
    update(TaskTable).where(
        col(TaskTable.card_id).in_(_CARDS), col(TaskTable.closed_at).is_(None), col(TaskTable.type) == bindparam("old")
    ),
    update(TemplateTable).where(
        col(TemplateTable.module_id) == bindparam("module"), col(TemplateTable.type) == bindparam("old")
    ),
)

_RENAME_IN_RULES: Final = (
    update(StatusTable).where(
        col(StatusTable.module_id) == bindparam("module"), col(StatusTable.follow_type) == bindparam("old")
    ),
    update(ModuleTable).where(
        col(ModuleTable.id) == bindparam("module"), col(ModuleTable.follow_type) == bindparam("old")
    ),
)


def add_task_type(conn: Connection, module_id: ModuleId, name: str, now: datetime) -> None:
    """A new type at the end. Invalid for a name that is none, or is there already; Refused where the list is full."""
    types = _types(conn, module_id)
    new = kept_type(checked_name(name))
    _refuse_taken(types, new)
    if len(types) >= LIST_LIMIT:
        raise Refused(_("This list is full: it can have {limit} values.").format(limit=LIST_LIMIT))
    _begin(conn, "list.add", new, module_id, now)
    write_entries(conn, module_id, TASK_TYPE, (*types, new))


def rename_task_type(conn: Connection, module_id: ModuleId, old: str, name: str, now: datetime) -> int:
    """Call a type otherwise, on the open tasks too; says how many these are. Invalid, NotFound."""
    types = _types(conn, module_id)
    at, new = _place(types, old), kept_type(checked_name(name))
    _refuse_taken((*types[:at], *types[at + 1 :]), new)
    _begin(conn, "list.rename", new, module_id, now)
    write_entries(conn, module_id, TASK_TYPE, (*types[:at], new, *types[at + 1 :]))
    named = {"module": module_id, "old": old}
    for statement in _RENAME_IN_RULES:
        conn.execute(statement, {**named, "follow_type": new})
    tasks, _templates = [conn.execute(statement, {**named, "type": new}).rowcount for statement in _RENAME]
    return tasks


def move_task_type(conn: Connection, module_id: ModuleId, kind: str, direction: int, now: datetime) -> None:
    """One place up (-1) or down (1). Refused at the ends."""
    types = list(_types(conn, module_id))
    at = _place(types, kind)
    if not 0 <= at + direction < len(types):
        raise Refused(_("There is no place further in this direction."))
    types[at], types[at + direction] = types[at + direction], types[at]
    _begin(conn, "list.move", kind, module_id, now)
    write_entries(conn, module_id, TASK_TYPE, types)


def delete_task_type(conn: Connection, module_id: ModuleId, kind: str, now: datetime) -> None:
    """Offer this type no more; tasks that have it keep it. Refused for the last one."""
    types = _types(conn, module_id)
    at = _place(types, kind)
    if len(types) == 1:
        raise Refused(_("A list keeps one value at least."), _("Rename it instead."))
    _begin(conn, "list.delete", kind, module_id, now)
    write_entries(conn, module_id, TASK_TYPE, (*types[:at], *types[at + 1 :]))


def _types(conn: Connection, module_id: ModuleId) -> tuple[str, ...]:
    """The types of a module that is there; NotFound."""
    return task_types(conn, module_record(conn, module_id).id)


def _begin(conn: Connection, verb: str, kind: str, module_id: ModuleId, now: datetime) -> None:
    journal.begin_action(conn, verb, task_type_name(kind), 1, None, module_id, now)


def _place(types: Sequence[str], kind: str) -> int:
    if kind not in types:
        raise NotFound(_("“{name}” is no longer in the list.").format(name=task_type_name(kind)))
    return types.index(kind)


def _refuse_taken(types: Sequence[str], new: str) -> None:
    if fold(task_type_name(new)) in {fold(task_type_name(kind)) for kind in types}:
        raise Invalid("name", _("The list has a value of that name."))
