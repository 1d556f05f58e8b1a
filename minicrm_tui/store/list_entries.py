"""The values of a module's list, written whole: a list that is edited for the first time becomes the module's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlmodel import bindparam, col, delete, insert

from minicrm_tui.store.document_tables import ListEntryTable

if TYPE_CHECKING:
    from sqlalchemy import Connection

_FORGET = delete(ListEntryTable).where(
    col(ListEntryTable.module_id) == bindparam("module"), col(ListEntryTable.list) == bindparam("which")
)


def write_entries(conn: Connection, module_id: int, which: str, names: Sequence[str]) -> None:
    """The values of this list, in their order, in place of those that it had."""
    forget_entries(conn, module_id, which)
    rows = [
        {"module_id": module_id, "list": which, "name": name, "position": place} for place, name in enumerate(names)
    ]
    conn.execute(insert(ListEntryTable), rows)


def forget_entries(conn: Connection, module_id: int, which: str) -> None:
    """The list is the kind's own again."""
    conn.execute(_FORGET, {"module": module_id, "which": which})
