"""The lists of a sales module, edited: each an undo step. A list that is edited for the first time becomes its own.

Cards keep texts: nothing of them is lost with a value of a list. The same module says when it calls a card forgotten.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sqlmodel import bindparam, col, update

from minicrm_tui.domain.errors import Invalid, NotFound, Refused
from minicrm_tui.domain.records import Kind, Module, ModuleId
from minicrm_tui.domain.sales_lists import LIST_LIMIT, SalesList, checked_entry
from minicrm_tui.domain.text import fold
from minicrm_tui.i18n import _
from minicrm_tui.store import journal
from minicrm_tui.store.list_entries import write_entries
from minicrm_tui.store.lookups import module_record
from minicrm_tui.store.sales_list_reads import lists_of
from minicrm_tui.store.tables import CardTable, ModuleTable

if TYPE_CHECKING:
    from sqlalchemy import Connection

_RENAME: Final = {
    which: update(CardTable).where(col(CardTable.module_id) == bindparam("module"), column == bindparam("old"))
    for which, column in (
        (SalesList.SALES_STEP, col(CardTable.sales_step)),
        (SalesList.CUSTOMER_STEP, col(CardTable.customer_step)),
        (SalesList.LOSS_REASON, col(CardTable.loss_reason)),
    )
}

_SET_DAYS = update(ModuleTable).where(col(ModuleTable.id) == bindparam("module"))


def add_entry(conn: Connection, module_id: ModuleId, which: SalesList, name: str, now: datetime) -> None:
    """A new value at the end of a list. Invalid for a name that is none, or is there already."""
    module, new = _sales(conn, module_id), checked_entry(name)
    names = lists_of(conn, module_id)[which]
    _refuse_taken(names, new)
    if len(names) >= LIST_LIMIT:
        raise Refused(_("This list is full: it can have {limit} values.").format(limit=LIST_LIMIT))
    _begin(conn, "list.add", new, module, now)
    write_entries(conn, module_id, which.value, (*names, new))


def rename_entry(conn: Connection, module_id: ModuleId, which: SalesList, old: str, new: str, now: datetime) -> int:
    """Call a value otherwise, on the module's cards too; says how many these are. Invalid, NotFound."""
    module, name = _sales(conn, module_id), checked_entry(new)
    names = lists_of(conn, module_id)[which]
    at = _place(names, old)
    _refuse_taken((*names[:at], *names[at + 1 :]), name)
    _begin(conn, "list.rename", name, module, now)
    write_entries(conn, module_id, which.value, (*names[:at], name, *names[at + 1 :]))
    return conn.execute(_RENAME[which], {"module": module_id, "old": old, which.value: name}).rowcount


def move_entry(
    conn: Connection, module_id: ModuleId, which: SalesList, name: str, direction: int, now: datetime
) -> None:
    """One place up (-1) or down (1). Refused at the ends."""
    module, names = _sales(conn, module_id), list(lists_of(conn, module_id)[which])
    at = _place(names, name)
    if not 0 <= at + direction < len(names):
        raise Refused(_("There is no place further in this direction."))
    names[at], names[at + direction] = names[at + direction], names[at]
    _begin(conn, "list.move", name, module, now)
    write_entries(conn, module_id, which.value, names)


def delete_entry(conn: Connection, module_id: ModuleId, which: SalesList, name: str, now: datetime) -> None:
    """Offer this value no more; cards that have it keep it. Refused for the last one."""
    module, names = _sales(conn, module_id), lists_of(conn, module_id)[which]
    at = _place(names, name)
    if len(names) == 1:
        raise Refused(_("A list keeps one value at least."), _("Rename it instead."))
    _begin(conn, "list.delete", name, module, now)
    write_entries(conn, module_id, which.value, (*names[:at], *names[at + 1 :]))


def set_forgotten_days(conn: Connection, module_id: ModuleId, days: int | None, now: datetime) -> None:
    """After how many quiet days the module calls an opportunity in progress forgotten; None: never."""
    module = _sales(conn, module_id)
    if module.forgotten_days == days:
        raise Refused(_("Nothing to change: it is so already."))
    _begin(conn, "module.forgotten", module.name, module, now)
    conn.execute(_SET_DAYS, {"module": module_id, "forgotten_days": days})


def _sales(conn: Connection, module_id: ModuleId) -> Module:
    module = module_record(conn, module_id)
    if module.kind is not Kind.SALES:
        raise Refused(_("Only sales have steps and reasons of a loss."))
    return module


def _begin(conn: Connection, verb: str, subject: str, module: Module, now: datetime) -> None:
    journal.begin_action(conn, verb, subject, 1, None, module.id, now)


def _place(names: Sequence[str], name: str) -> int:
    if name not in names:
        raise NotFound(_("“{name}” is no longer in the list.").format(name=name))
    return names.index(name)


def _refuse_taken(names: Sequence[str], name: str) -> None:
    if any(fold(name) == fold(other) for other in names):
        raise Invalid("name", _("The list has a value of that name."))
