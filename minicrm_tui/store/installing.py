"""Putting a module in."""

from __future__ import annotations

from sqlalchemy import Connection
from sqlmodel import bindparam, col, func, insert, select

from minicrm_tui.domain import pipelines
from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.records import Kind, ModuleId
from minicrm_tui.i18n import _
from minicrm_tui.store.statements import add
from minicrm_tui.store.tables import ModuleTable, StatusTable

ONCE = frozenset({Kind.ORDERS, Kind.INVOICING})
"""Kinds of which there is one module at most: their numbers are one series."""

_OF_KIND = select(ModuleTable.id).where(
    col(ModuleTable.kind) == bindparam("kind"), col(ModuleTable.trashed_at).is_(None)
)

_NEXT_POSITION = select(func.coalesce(func.max(ModuleTable.position) + 1, 0))


def install(conn: Connection, kind: Kind, name: str | None = None, item: str | None = None) -> ModuleId:
    """Put a module at the end of the bar, with its kind's pipeline. No action of its own: the caller begins one."""
    if kind in ONCE and conn.execute(_OF_KIND, {"kind": kind.value}).first() is not None:
        raise Refused(_("{module} can be installed only once.").format(module=pipelines.module_name(kind)))
    position = conn.execute(_NEXT_POSITION).scalar_one()
    module_id = ModuleId(add(conn, ModuleTable(kind=kind.value, name=name, item=item, position=position)))
    statuses = [
        StatusTable(module_id=module_id, key=status.key, grp=status.group.value, position=place)
        for place, status in enumerate(pipelines.template(kind))
    ]
    conn.execute(insert(StatusTable), [status.model_dump(exclude_unset=True) for status in statuses])
    return module_id
