"""Putting a module in."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection
from sqlmodel import func, insert, select

from minicrm_tui.domain import pipelines
from minicrm_tui.domain.records import Kind, ModuleId
from minicrm_tui.store.statements import add
from minicrm_tui.store.tables import ModuleTable, StatusTable

_ANY = select(ModuleTable.id).limit(1)

_NEXT_POSITION = select(func.coalesce(func.max(ModuleTable.position) + 1, 0))


def install_first(conn: Connection, kinds: Sequence[Kind]) -> None:
    """Put in the first modules of a file, unless it has some. They are part of the file's making, and no action."""
    if conn.execute(_ANY).first() is None:
        for kind in kinds:
            install(conn, kind)


def install(conn: Connection, kind: Kind, name: str | None = None, item: str | None = None) -> ModuleId:
    """Put a module at the end of the bar, with its kind's pipeline; no rule is asked. The caller begins the action."""
    row = ModuleTable(kind=kind.value, name=name, item=item, position=next_position(conn))
    module_id = ModuleId(add(conn, row))
    statuses = [
        StatusTable(module_id=module_id, key=status.key, grp=status.group.value, position=place)
        for place, status in enumerate(pipelines.template(kind))
    ]
    conn.execute(insert(StatusTable), [status.model_dump(exclude_unset=True) for status in statuses])
    return module_id


def next_position(conn: Connection) -> int:
    """Behind all that are there, and all in the trash."""
    return int(conn.execute(_NEXT_POSITION).scalar_one())
