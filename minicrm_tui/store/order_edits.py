"""In which order a module lists the cards of a bucket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import bindparam, col, update

from minicrm_tui.domain.records import ModuleId, Sort
from minicrm_tui.store.tables import ModuleTable

if TYPE_CHECKING:
    from sqlalchemy import Connection

_SET = update(ModuleTable).where(col(ModuleTable.id) == bindparam("module"))


def set_sort(conn: Connection, module_id: ModuleId, sort: Sort) -> None:
    """List the module's cards so from now on, inside a running undo step."""
    conn.execute(_SET, {"module": module_id, "sort": sort.value})
