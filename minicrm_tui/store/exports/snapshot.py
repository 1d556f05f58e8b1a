"""One consistent look at the file, on a connection of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from minicrm_tui.store import engine
from minicrm_tui.store.faults import fault

if TYPE_CHECKING:
    from sqlalchemy import Connection


@contextmanager
def snapshot(path: Path) -> Iterator[Connection]:
    """The file as it is now, until this ends; for one thread. Raises Busy, StoreFailed where it can't be read."""
    try:
        conn = engine.connect(path)
        try:
            with engine.reading(conn):
                # A transaction sees the file as its first read finds it.
                conn.exec_driver_sql("SELECT count(*) FROM module").scalar_one()
                yield conn
        finally:
            engine.close(conn)
    except Exception as error:
        said = error if isinstance(error, sqlite3.Error) else getattr(error, "orig", None)
        told = fault(said) if isinstance(said, sqlite3.Error) else None
        if told is None:
            raise
        raise told from error
