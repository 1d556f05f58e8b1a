"""The whole of a file taken in by an empty one: all of it or nothing, with the ids that it had."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from itertools import zip_longest
from threading import Event
from typing import TYPE_CHECKING, Final

from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.whole import Record, Taken, damaged_at
from minicrm_tui.i18n import _
from minicrm_tui.store import journal, upkeep
from minicrm_tui.store.bulk import without_triggers
from minicrm_tui.store.engine import driver
from minicrm_tui.store.exports import soundness, whole
from minicrm_tui.store.exports.layout import LAYOUT
from minicrm_tui.store.exports.rows_in import columns_of, row_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

Progress = Callable[[int, int], None]
"""Told how many records are read, of how many; called from the store's thread."""

_PORTION: Final = 1000
"""Records after which progress is told, and a wish to stop is heard."""

_INSTALLED: Final = ("modules", "statuses")
"""What a new file has already; it makes room for what comes."""


def take(
    conn: Connection,
    records: Iterable[Record],
    expected: int,
    *,
    progress: Progress | None = None,
    stop: Event | None = None,
) -> Taken:
    """Fill the empty file with these. One that holds exactly this already stays as it is; Refused for any other.

    Taking in is as making the file: it is no action, and nothing of it can be undone.
    """
    watched = _watched(records, expected, progress, stop)
    if not _is_empty(conn):
        return _compared(conn, watched)
    with without_triggers(conn):
        journal.forget_everything(conn)
        for name in reversed(_INSTALLED):
            conn.exec_driver_sql(f'DELETE FROM "{LAYOUT[name].table}"')
        _insert(conn, watched)
        soundness.refuse_unsound(conn)
        upkeep.refresh(conn, conn.exec_driver_sql("SELECT id FROM card ORDER BY id").scalars().all())
    return Taken(whole.counts(conn))


def _is_empty(conn: Connection) -> bool:
    """Whether nobody has done anything with the file yet: it has its first modules, and nothing else."""
    filled = (name for name, number in whole.counts(conn).items() if number and name not in _INSTALLED)
    done = conn.exec_driver_sql("SELECT 1 FROM action WHERE undone <> 1 LIMIT 1").first()
    return next(filled, None) is None and done is None


def _compared(conn: Connection, records: Iterable[Record]) -> Taken:
    held = whole.records(conn)
    for one, other in zip_longest(records, held):
        if one is None or other is None or (one.part, one.values) != (other.part, other.values):
            raise Refused(
                _("This file holds other data already; a whole export is read into an empty one only."),
                _("Name a new file: minicrm --db NEW.db import …, or import CSV."),
            )
    return Taken(whole.counts(conn), same=True)


def _insert(conn: Connection, records: Iterable[Record]) -> None:
    """Every record as a row; what the file's own rules refuse is told with its line."""
    conn.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    statements = {name: _statement(name) for name in LAYOUT}
    cursor = driver(conn).cursor()
    for record in records:
        try:
            cursor.execute(statements[record.part], row_of(record))
        except sqlite3.IntegrityError as error:
            raise damaged_at(record.line, _("the file's rules refuse it ({why})").format(why=error)) from error


def _statement(name: str) -> str:
    columns = columns_of(name)
    listed = ", ".join(f'"{column}"' for column in columns)
    return f'INSERT INTO "{LAYOUT[name].table}" ({listed}) VALUES ({", ".join("?" * len(columns))})'


def _watched(
    records: Iterable[Record], expected: int, progress: Progress | None, stop: Event | None
) -> Iterable[Record]:
    for number, record in enumerate(records):
        if number % _PORTION == 0:
            if stop is not None and stop.is_set():
                raise Refused(_("Cancelled: nothing was changed."))
            if progress is not None:
                progress(number, max(expected, number))
        yield record
