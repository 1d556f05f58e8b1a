"""Bringing an older file up to date: a copy first, then every revision in one transaction."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from alembic.config import Config
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext, RevisionStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from minicrm_tui.domain.backups import Reason
from minicrm_tui.domain.errors import StoreFailed
from minicrm_tui.i18n import _
from minicrm_tui.store import engine, journal, said, schema, tally
from minicrm_tui.store.backups.copying import Snapshot
from minicrm_tui.store.backups.safe import Safe
from minicrm_tui.store.migrations import HEAD

SCRIPTS = Path(__file__).parent


def upgrade(
    path: Path, now: datetime, *, scripts: Path = SCRIPTS, target: str = HEAD, safe: Safe | None = None
) -> Path:
    """Bring the file to this revision, and give back the copy that was made of it before."""
    copy = beside(path, now) if safe is None else safe.take(Reason.UPGRADE, now).path
    conn = engine.connect(path)
    try:
        # A batch migration drops and makes tables: with foreign keys on, that would take the children along.
        engine.driver(conn).execute("PRAGMA foreign_keys = OFF").close()
        with engine.writing(conn):
            migrate(conn, scripts, target)
    finally:
        engine.close(conn)
    return copy


def migrate(conn: Connection, scripts: Path, target: str) -> None:
    """Run the revisions inside the caller's transaction. They are a barrier: nothing before them can be undone."""
    _drop_triggers(conn)
    _run(conn, scripts, target)
    journal.forget_everything(conn)
    schema.create_triggers(conn)
    tally.rebuild(conn)
    said.rebuild(conn)
    _refuse_orphans(conn)


def script_directory(scripts: Path = SCRIPTS) -> ScriptDirectory:
    """The revisions, as Alembic knows them."""
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    return ScriptDirectory.from_config(config)


def _run(conn: Connection, scripts: Path, target: str) -> None:
    """Without an env.py: the connection is there already, and no configuration file is wanted."""
    directory = script_directory(scripts)

    def steps(revision: str, _context: MigrationContext) -> list[RevisionStep]:
        return directory._upgrade_revs(target, revision)

    context = MigrationContext.configure(conn, opts={"fn": steps})
    with Operations.context(context):
        context.run_migrations()


def _drop_triggers(conn: Connection) -> None:
    """All that the file has: an older revision may have had others."""
    names = list(conn.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars())
    for name in names:
        conn.exec_driver_sql(f'DROP TRIGGER "{name}"')


def _refuse_orphans(conn: Connection) -> None:
    if conn.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise StoreFailed(_("The data file could not be brought up to date; it was left as it was."))


def beside(path: Path, now: datetime) -> Path:
    """A copy of a file that has no folder of backups: beside it, named by the moment."""
    copy = path.with_name(f"{path.stem}.before-upgrade-{now:%Y%m%d-%H%M%S}{path.suffix}")
    with Snapshot(path) as source:
        source.copy_to(copy)
    return copy
