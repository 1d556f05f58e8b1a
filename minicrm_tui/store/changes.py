"""Whether the file has been written to, by whomever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minicrm_tui.store.engine import driver

if TYPE_CHECKING:
    from sqlalchemy import Connection


def changes(conn: Connection) -> tuple[int, int]:
    """SQLite's number for writes of other connections, and the rows that this one has written since it was opened."""
    return int(conn.exec_driver_sql("PRAGMA data_version").scalar_one()), driver(conn).total_changes
