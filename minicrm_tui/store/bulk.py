"""Filling a new file with very many rows at once: no journal, no triggers, the indexes made after the rows.

The rows come with their ids and with all that a card keeps of its tasks and its client (see `store.upkeep`): nothing is
worked out again. The file appears under its name only when it is whole.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from minicrm_tui.domain.errors import CrmError, Refused, StoreFailed
from minicrm_tui.domain.records import Group, Kind
from minicrm_tui.i18n import _
from minicrm_tui.store.bulk_rows import (
    Batch,
    CardValues,
    ChannelValues,
    CompanyValues,
    DocumentValues,
    HistoryValues,
    LineValues,
    LinkValues,
    PersonValues,
    PriceValues,
    ProductValues,
    TaskValues,
)
from minicrm_tui.system_errors import reason

if TYPE_CHECKING:
    from sqlalchemy import Connection

_FAST: Final = ("PRAGMA foreign_keys = OFF", "PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF")
"""What a file that is thrown away on the first error can do without."""

_ROWS_A_STATEMENT: Final = (500, 50, 1)
"""Three times as fast as a statement a row. Few sizes: SQLite's driver keeps every statement, and long ones are big."""


@dataclass(frozen=True, slots=True)
class InstalledStatus:
    """A status of a module that was just installed."""

    id: int
    key: str
    group: Group


@dataclass(frozen=True, slots=True)
class InstalledModule:
    """A module that was just installed, with its pipeline."""

    id: int
    kind: Kind
    statuses: Mapping[str, InstalledStatus]


class Filling:
    """A new file while it is being filled."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def install(self, kind: Kind, name: str | None = None, item: str | None = None) -> InstalledModule:
        """Put a module at the end of the bar."""
        from minicrm_tui.store.installing import install

        module_id = install(self._conn, kind, name, item)
        found = self._conn.exec_driver_sql("SELECT id, key, grp FROM status WHERE module_id = ?", (module_id,))
        return InstalledModule(
            module_id, kind, {key: InstalledStatus(status_id, key, Group(group)) for status_id, key, group in found}
        )

    def write(self, batch: Batch) -> None:
        """Write these rows, parents before children."""
        self._insert("company", CompanyValues, batch.companies)
        self._insert("person", PersonValues, batch.persons)
        self._insert("channel", ChannelValues, batch.channels)
        self._insert("card", CardValues, batch.cards)
        self._insert("task", TaskValues, batch.tasks)
        self._insert("history", HistoryValues, batch.history)
        self._insert("product", ProductValues, batch.products)
        self._insert("price", PriceValues, batch.prices)
        self._insert("document", DocumentValues, batch.documents)
        self._insert("line", LineValues, batch.lines)
        self._insert("link", LinkValues, batch.links)

    def number_documents(self) -> None:
        """Give all that took a number the one that is its own; once, after the last row."""
        from minicrm_tui.store.bulk_numbers import number_documents

        number_documents(self._conn)

    def _insert(self, table: str, kind: type[tuple[object, ...]], rows: Sequence[tuple[object, ...]]) -> None:
        from minicrm_tui.store.engine import driver

        columns: tuple[str, ...] = getattr(kind, "_fields", ())
        one = f"({', '.join('?' * len(columns))})"
        start = 0
        for size in _ROWS_A_STATEMENT:
            sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([one] * size)}"
            while start + size <= len(rows):
                driver(self._conn).execute(sql, tuple(chain.from_iterable(rows[start : start + size]))).close()
                start += size


@contextmanager
def filling(path: Path, tick: Callable[[], None] = lambda: None) -> Iterator[Filling]:
    """A new file to be filled, with no module in it yet; Refused when there is one. On an error nothing is left.

    `tick` is called after each of the slow steps at the end (see `STEPS_AT_THE_END`).
    """
    from minicrm_tui.store.preflight import check, make_room

    # Not Path.exists: whether a forbidden folder is one, check says.
    if os.path.lexists(path):
        raise already_there(path)
    check(path)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
    try:
        make_room(unfinished)
        yield from _filled(unfinished, tick)
        if path.exists():
            raise already_there(path)
        unfinished.rename(path)
    except Exception as error:
        told = _in_words(path, error)
        if told is None:
            raise
        raise told from error
    finally:
        unfinished.unlink(missing_ok=True)


STEPS_AT_THE_END: Final = 30
"""About how many slow steps follow after the last row: one an index."""


def _in_words(path: Path, error: Exception) -> CrmError | None:
    """The sentence for a full disk and the like; None for a refusal, which is one, and for a bug."""
    from minicrm_tui.store.faults import fault

    if isinstance(error, OSError):
        return StoreFailed(_("{path} can't be used: {why}.").format(path=path, why=reason(error)))
    # SQLAlchemy's errors carry the driver's own.
    said = error if isinstance(error, sqlite3.Error) else getattr(error, "orig", None)
    return fault(said) if isinstance(said, sqlite3.Error) else None


def already_there(path: Path) -> Refused:
    """The refusal to write over a file."""
    return Refused(_("{path} is already there.").format(path=path), _("Name a new file."))


def _filled(path: Path, tick: Callable[[], None]) -> Iterator[Filling]:
    from minicrm_tui.store import engine, said, schema

    conn = engine.connect(path)
    try:
        for pragma in _FAST:
            engine.driver(conn).execute(pragma).close()
        with engine.writing(conn):
            schema.create(conn)
            with without_triggers(conn), said.bulk(conn), _without_indexes(conn, tick):
                yield Filling(conn)
    finally:
        engine.close(conn)
    _to_disk(path)


@contextmanager
def without_triggers(conn: Connection) -> Iterator[None]:
    """Very many rows at once are no action, and are counted once at the end."""
    from minicrm_tui.store import guards, journal, tally

    kept = (journal, tally, guards)
    for room in kept:
        room.drop_triggers(conn)
    yield
    tally.rebuild(conn)
    for room in kept:
        room.create_triggers(conn)


@contextmanager
def _without_indexes(conn: Connection, tick: Callable[[], None]) -> Iterator[None]:
    """Sorting all rows once is several times faster than finding a place for each."""
    indexes = tuple(
        (name, sql)
        for name, sql in conn.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql <> ''")
    )
    for name, _sql in indexes:
        conn.exec_driver_sql(f'DROP INDEX "{name}"')
    yield
    for _name, sql in indexes:
        conn.exec_driver_sql(sql)
        tick()


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
