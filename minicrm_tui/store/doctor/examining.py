"""The whole examination of a data file, and mending it: nothing of the file is changed by looking."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import DatabaseError

from minicrm_tui.domain.backups import Reason
from minicrm_tui.domain.errors import CannotStart
from minicrm_tui.i18n import _
from minicrm_tui.store import engine, guards, journal, preflight, said, schema, tally, upkeep
from minicrm_tui.store.backups.safe import Safe
from minicrm_tui.store.doctor import books, cards, surroundings
from minicrm_tui.store.doctor.findings import Finding, Look, Mending
from minicrm_tui.store.preflight import FileState

if TYPE_CHECKING:
    from sqlalchemy import Connection

LOOKS: Final[tuple[Look, ...]] = (
    books.triggers,
    cards.kept_on_cards,
    cards.opportunities,
    cards.belongings,
    cards.numbers,
    books.journal,
    books.counts,
    books.words,
)
"""What is looked at, in a file whose structure is whole."""

_SERIES: Final = """
    INSERT INTO series (name, last, last_on)
    SELECT series, max(serial), max(ifnull(issued_on, '')) FROM document WHERE serial IS NOT NULL GROUP BY series
    ON CONFLICT (name) DO UPDATE SET last = max(last, excluded.last)
"""


def examine(safe: Safe, now: datetime) -> tuple[Finding, ...]:
    """What is wrong with the file, worst first. Raises CannotStart for one that can't be opened at all."""
    if preflight.check(safe.database, for_writing=False) is not FileState.CURRENT:
        raise CannotStart(_("The file is empty, or of an older version."), _("Open it once with the program."))
    return tuple(sorted(_found(safe, now), key=lambda finding: not finding.serious))


def _found(safe: Safe, now: datetime) -> Iterator[Finding]:
    yield from surroundings.rights(safe.database)
    yield from surroundings.backups(safe, now)
    conn = engine.connect(safe.database)
    try:
        with engine.reading(conn):
            yield from _inside(conn)
    except (sqlite3.DatabaseError, DatabaseError) as error:
        yield Finding("structure", _("The file is damaged: {what}.").format(what=error), cards.restore_hint())
    finally:
        engine.close(conn)


def _inside(conn: Connection) -> Iterator[Finding]:
    broken = list(books.structure(conn))
    yield from broken
    if any(finding.key == "structure" for finding in broken):
        return
    for look in LOOKS:
        yield from look(conn)


def mend(safe: Safe, findings: Iterable[Finding], now: datetime) -> tuple[Finding, ...]:
    """Put right what has one right answer, after a backup; says what was. In one transaction, or not at all."""
    wanted = [finding for finding in findings if finding.mending is not None]
    mendings = {finding.mending for finding in wanted}
    if not mendings:
        return ()
    if Mending.RIGHTS in mendings:
        surroundings.make_private(safe.database)
    safe.take(Reason.MENDING, now)
    inside = mendings - {Mending.RIGHTS, Mending.BACKUP}
    if inside:
        conn = engine.connect(safe.database)
        try:
            with engine.writing(conn):
                _mend(conn, inside)
        finally:
            engine.close(conn)
    return tuple(wanted)


def _mend(conn: Connection, mendings: set[Mending | None]) -> None:
    """As no action: what was done before can't be undone any more, since rows are no longer as it left them."""
    journal.forget_everything(conn)
    conn.exec_driver_sql("UPDATE journal SET action_id = NULL")
    _make_triggers_anew(conn)
    if Mending.STATUSES in mendings:
        conn.exec_driver_sql(guards.PUT_IN_PLACE)
    if Mending.SERIES in mendings:
        conn.exec_driver_sql(_SERIES)
    upkeep.refresh(conn, list(cards.stale_cards(conn)))
    tally.rebuild(conn)
    said.rebuild(conn)


def _make_triggers_anew(conn: Connection) -> None:
    names = list(conn.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars())
    for name in names:
        conn.exec_driver_sql(f'DROP TRIGGER "{name}"')
    schema.create_triggers(conn)
