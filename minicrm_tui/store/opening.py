"""Opening the file: a new one is made, one that is behind is brought up to date."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from minicrm_tui.store import engine, preflight
from minicrm_tui.store.faults import is_busy
from minicrm_tui.store.preflight import FileState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from minicrm_tui.domain.records import Kind
    from minicrm_tui.store.backups.safe import Safe


def open_file(path: Path, now: datetime, install: Sequence[Kind], *, safe: Safe | None = None) -> Connection:
    """The file, ready for use; one without modules gets these. Raises CannotStart or Busy.

    A file that could not be made whole is taken away. `safe`: where the copy before a change of format goes.
    """
    state = preflight.check(path, for_writing=False)
    if state is FileState.NEW:
        return _make(path, install)
    if state is FileState.BEHIND:
        # Alembic takes 0.1 s to import, and a file is behind once in its life.
        from minicrm_tui.store.migrations.upgrade import upgrade

        upgrade(path, now, safe=safe)
    return _with_modules(engine.connect(path), install)


def _make(path: Path, install: Sequence[Kind]) -> Connection:
    is_ours = preflight.make_room(path)
    try:
        return _fill(path, install)
    except BaseException as error:
        # Another process that holds it is filling it.
        if is_ours and not is_busy(error):
            _remove(path)
        raise


def _fill(path: Path, install: Sequence[Kind]) -> Connection:
    # The tables' classes, and SQLModel with them, are needed once in a file's life.
    from minicrm_tui.store import schema

    conn = engine.connect(path)
    try:
        with engine.writing(conn):
            # Another process may have made it while this one waited.
            if not schema.is_there(conn):
                schema.create(conn, install)
    except BaseException:
        engine.close(conn)
        raise
    return conn


def _has_modules(conn: Connection) -> bool:
    with engine.reading(conn):
        return conn.exec_driver_sql("SELECT 1 FROM module LIMIT 1").first() is not None


def _with_modules(conn: Connection, install: Sequence[Kind]) -> Connection:
    """Somebody may have made the file and gone before choosing any."""
    try:
        if install and not _has_modules(conn):
            from minicrm_tui.store.installing import install_first

            with engine.writing(conn):
                install_first(conn, install)
    except BaseException:
        engine.close(conn)
        raise
    return conn


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        with suppress(OSError):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
