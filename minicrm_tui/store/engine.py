"""The one connection to the file: its pragmas, and how transactions begin."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import StaticPool

from minicrm_tui.domain.text import fold
from minicrm_tui.store import preflight
from minicrm_tui.store.faults import is_busy

_WAL = "PRAGMA journal_mode = WAL"
_CACHE = "PRAGMA cache_size = -16000"
_ROOMY = "PRAGMA cache_size = -100000"
_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",
    _CACHE,
    "PRAGMA journal_size_limit = 16000000",
)

_BEGIN = "minicrm_begin"
_TURNS = 4
"""How often one writer waits for the others: SQLite keeps no queue, and a new waiting begins with short rests."""

_PAUSE = 0.01


def connect(path: Path) -> Connection:
    """Open the file; what `reading` and `writing` take. The caller's thread is the only one to use it."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=StaticPool,
        # What a person wrote must not stand in the log of a crash.
        hide_parameters=True,
        # sqlite3's own transactions would leave DDL outside of ours; interrupting comes from another thread.
        connect_args={
            "isolation_level": None,
            "check_same_thread": False,
            "timeout": preflight.BUSY_SECONDS,
            "cached_statements": 512,
        },
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine.connect()


def close(conn: Connection) -> None:
    """Close the file; the last connection to it folds the write-ahead log back in."""
    engine: Engine = conn.engine
    conn.close()
    engine.dispose()


def driver(conn: Connection) -> sqlite3.Connection:
    """The driver's connection under this one."""
    under = conn.connection.driver_connection
    assert isinstance(under, sqlite3.Connection)
    return under


@contextmanager
def reading(conn: Connection) -> Iterator[Connection]:
    """One transaction that sees one state of the file."""
    with _transaction(conn, "BEGIN"):
        yield conn


@contextmanager
def writing(conn: Connection) -> Iterator[Connection]:
    """One transaction that no other writer can overlap: all of it happens, or nothing."""
    with _transaction(conn, "BEGIN IMMEDIATE"):
        yield conn


@contextmanager
def roomy(conn: Connection) -> Iterator[None]:
    """More memory for pages, while very many are written: or each would go to the disk and come back several times."""
    driver(conn).execute(_ROOMY).close()
    try:
        yield
    finally:
        driver(conn).execute(_CACHE).close()


@contextmanager
def _transaction(conn: Connection, begin: str) -> Iterator[None]:
    conn.info[_BEGIN] = begin
    try:
        with conn.begin():
            yield
    except BaseException:
        # A commit that is refused leaves its transaction open, and SQLAlchemy thinks it gone.
        if driver(conn).in_transaction:
            driver(conn).rollback()
        raise


def _prepare(under: sqlite3.Connection, _record: object) -> None:
    _write_ahead(under)
    for pragma in _PRAGMAS:
        under.execute(pragma).close()
    # For questions alone: no index and no trigger may need it, or other programs could not write the file.
    under.create_function("fold", 1, fold, deterministic=True)


def _write_ahead(under: sqlite3.Connection) -> None:
    """SQLite does not wait here for a process that is making the same file, as it does everywhere else."""
    end = time.monotonic() + preflight.BUSY_SECONDS
    while True:
        try:
            under.execute(_WAL).close()
        except sqlite3.Error as error:
            if not is_busy(error) or time.monotonic() > end:
                raise
            time.sleep(_PAUSE)
        else:
            return


def _begin(conn: Connection) -> None:
    begin = conn.info.get(_BEGIN, "BEGIN")
    for _turn in range(_TURNS - 1):
        try:
            conn.exec_driver_sql(begin)
        except OperationalError as error:
            if not is_busy(error):
                raise
        else:
            return
    conn.exec_driver_sql(begin)
