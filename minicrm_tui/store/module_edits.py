"""Modules put in, changed, reordered, moved to the trash and back: plain functions, inside the caller's undo step.

A module in the trash is one column of its row. Its cards stay as they are, and every reading leaves them out.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import bindparam, col, select, update

from minicrm_tui.domain.errors import NotFound, Refused
from minicrm_tui.domain.module_drafts import ModuleDraft, checked_draft, free_name, refuse_one_more
from minicrm_tui.domain.pipelines import item_name, module_name
from minicrm_tui.domain.records import Kind, Module, ModuleId
from minicrm_tui.i18n import _
from minicrm_tui.store.installing import install, next_position
from minicrm_tui.store.lookups import module_record
from minicrm_tui.store.rows import module_of, modules, stamp
from minicrm_tui.store.tables import ModuleTable

if TYPE_CHECKING:
    from sqlalchemy import Connection

_UPDATE = update(ModuleTable).where(col(ModuleTable.id) == bindparam("module"))

_IN_THE_TRASH = select(ModuleTable).where(
    col(ModuleTable.id) == bindparam("module"), col(ModuleTable.trashed_at).is_not(None)
)


# --- putting in


def checked_new(conn: Connection, kind: Kind, draft: ModuleDraft) -> ModuleDraft:
    """The draft with all its words; without a name it gets a free one. Invalid, or Refused: no more can be there."""
    installed = modules(conn)
    refuse_one_more(kind, [module.kind for module in installed])
    names = [module.name for module in installed]
    name = draft.name.strip() or free_name(module_name(kind), names)
    return checked_draft(kind, replace(draft, name=name), names)


def install_module(conn: Connection, kind: Kind, draft: ModuleDraft) -> ModuleId:
    """A module at the end of the bar, with its kind's pipeline. Invalid, Refused."""
    checked = checked_new(conn, kind, draft)
    module_id = install(conn, kind)
    _write(conn, module_id, kind, checked)
    return module_id


# --- changing


def checked_edit(conn: Connection, module_id: ModuleId, draft: ModuleDraft) -> ModuleDraft:
    """The draft with all its words, for this module. Invalid, NotFound."""
    module = module_record(conn, module_id)
    return checked_draft(module.kind, draft, [each.name for each in modules(conn) if each.id != module_id])


def edit_module(conn: Connection, module_id: ModuleId, draft: ModuleDraft) -> None:
    """Call a module otherwise, give it other settings. Invalid, NotFound."""
    checked = checked_edit(conn, module_id, draft)
    _write(conn, module_id, module_record(conn, module_id).kind, checked)


def _write(conn: Connection, module_id: ModuleId, kind: Kind, draft: ModuleDraft) -> None:
    """What is called as its kind is called so in every language."""
    rule = draft.follow_up
    columns = {
        "name": None if draft.name == module_name(kind) else draft.name,
        "item": None if draft.item == item_name(kind) else draft.item,
        "currency": draft.currency,
        "forgotten_days": draft.forgotten_days,
        "follow_text": "" if rule is None else rule.text,
        "follow_type": "" if rule is None else rule.type,
        "follow_days": None if rule is None else rule.days,
    }
    conn.execute(_UPDATE, {"module": module_id, **columns})


def move_module(conn: Connection, module_id: ModuleId, direction: int) -> None:
    """One place to the left (-1) or the right (1) in the bar. Refused at its ends; NotFound."""
    module_record(conn, module_id)
    order = [module.id for module in modules(conn)]
    at = order.index(module_id)
    if not 0 <= at + direction < len(order):
        raise Refused(_("There is no place further in this direction."))
    order[at], order[at + direction] = order[at + direction], order[at]
    for position, each in enumerate(order):
        conn.execute(_UPDATE, {"module": each, "position": position})


# --- the trash


def trash_module(conn: Connection, module_id: ModuleId, now: datetime) -> None:
    """Move a module to the trash, with all its cards. Refused for the last one; NotFound."""
    module_record(conn, module_id)
    if len(modules(conn)) == 1:
        raise Refused(_("This is the last module: it stays."), _("Install another one first."))
    conn.execute(_UPDATE, {"module": module_id, "trashed_at": stamp(now)})


def restore_module(conn: Connection, module_id: ModuleId) -> None:
    """A module comes back at the end of the bar; where its name is taken by now, with a number. Refused, NotFound."""
    module, installed = trashed_module(conn, module_id), modules(conn)
    refuse_one_more(module.kind, [each.kind for each in installed])
    columns: dict[str, str | int | None] = {"trashed_at": None, "position": next_position(conn)}
    name = free_name(module.name, [each.name for each in installed])
    if name != module.name:
        columns["name"] = name
    conn.execute(_UPDATE, {"module": module_id, **columns})


def trashed_module(conn: Connection, module_id: ModuleId) -> Module:
    """The module in the trash with this id; NotFound."""
    row = conn.execute(_IN_THE_TRASH, {"module": module_id}).one_or_none()
    if row is None:
        raise NotFound(_("This module is not in the trash."))
    return module_of(module_id, row)
