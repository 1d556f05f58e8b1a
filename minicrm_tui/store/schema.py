"""A new file: its tables, triggers, stamp and first modules, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, StaticPool, create_engine
from sqlmodel import SQLModel

from minicrm_tui.domain.records import Kind
from minicrm_tui.store import guards, journal, said, tables, tally
from minicrm_tui.store.installing import install_first
from minicrm_tui.store.migrations import HEAD
from minicrm_tui.store.preflight import APPLICATION_ID


def is_there(conn: Connection) -> bool:
    """Whether the file has its tables already."""
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
    return conn.exec_driver_sql(query).first() is not None


def create(conn: Connection, install: Sequence[Kind] = ()) -> None:
    """Make everything that a file must have. Making it is no action: nothing of it can be undone."""
    create_tables(conn)
    create_triggers(conn)
    stamp(conn)
    install_first(conn, install)


def create_tables(conn: Connection) -> None:
    """The tables, the index of what was said, and the row of the journal."""
    names = [str(table.__tablename__) for table in tables.ALL]
    SQLModel.metadata.create_all(conn, tables=[SQLModel.metadata.tables[name] for name in names], checkfirst=False)
    conn.exec_driver_sql(said.CREATE)
    conn.exec_driver_sql("INSERT INTO journal (id, action_id) VALUES (1, NULL)")


def create_triggers(conn: Connection) -> None:
    """The triggers of the journal, of the tallies and of what was said, and the guards."""
    journal.create_triggers(conn)
    tally.create_triggers(conn)
    said.create_triggers(conn)
    guards.create_triggers(conn)


def triggers_for(conn: Connection) -> dict[str, str]:
    """The triggers that this file must have, by name: as they are made over tables like its own."""
    tables = conn.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%said_%'")
    spare = create_engine("sqlite://", poolclass=StaticPool)
    with spare.begin() as beside:
        for statement in tables.scalars():
            if "sqlite_sequence" not in statement:
                beside.exec_driver_sql(statement)
        create_triggers(beside)
        found = beside.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        made: dict[str, str] = dict(tuple(row) for row in found)
    spare.dispose()
    return made


def stamp(conn: Connection) -> None:
    """Say whose file it is, and of which revision."""
    conn.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    # As Alembic would make it.
    conn.exec_driver_sql(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
        " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    conn.exec_driver_sql("INSERT INTO alembic_version (version_num) VALUES (?)", (HEAD,))
