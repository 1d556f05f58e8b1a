"""The books that the program keeps: SQLite's own structures, triggers, counts, the journal, the index of words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from minicrm_tui.i18n import _, format_number, ngettext
from minicrm_tui.store import said, tally
from minicrm_tui.store.doctor.cards import restore_hint
from minicrm_tui.store.doctor.findings import Finding, Mending
from minicrm_tui.store.engine import driver
from minicrm_tui.store.schema import triggers_for

if TYPE_CHECKING:
    from sqlalchemy import Connection

_SHOWN: Final = 5
"""Complaints of SQLite that are shown; more are counted."""

_OWN_LOOK: Final = ("change",)
"""Tables whose orphans another look speaks of."""

_STUCK = "SELECT action_id FROM journal WHERE action_id IS NOT NULL"

_LOST_CHANGES = "SELECT count(*) FROM change WHERE action_id NOT IN (SELECT id FROM action)"

_BROKEN_CHANGES = """
    SELECT count(*) FROM change
    WHERE NOT json_valid(ifnull(old, '[]')) OR NOT json_valid(ifnull(new, '[]')) OR (old IS NULL AND new IS NULL)
"""

_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"


def structure(conn: Connection) -> Iterator[Finding]:
    """SQLite's own check: pages, indexes, constraints; then rows that belong to nothing."""
    try:
        said_by = [line for (line,) in driver(conn).execute("PRAGMA integrity_check(100)") if line != "ok"]
    except sqlite3.DatabaseError as error:
        said_by = [str(error)]
    for line in said_by[:_SHOWN]:
        yield Finding(
            "structure", _("The file is damaged: {what}.").format(what=" ".join(line.split())), restore_hint()
        )
    if said_by:
        return
    orphans: dict[tuple[str, str], int] = {}
    for table, _row, parent, _key in driver(conn).execute("PRAGMA foreign_key_check"):
        if table in _OWN_LOOK:
            continue
        orphans[table, parent] = orphans.get((table, parent), 0) + 1
    for (table, parent), count in orphans.items():
        what = ngettext(
            "{n} row of “{table}” belongs to no “{parent}”.", "{n} rows of “{table}” belong to no “{parent}”.", count
        )
        yield Finding("orphans", what.format(n=format_number(count), table=table, parent=parent), restore_hint())


def triggers(conn: Connection) -> Iterator[Finding]:
    """The triggers that keep journal and counts, as a new file has them."""
    if dict(driver(conn).execute(_TRIGGERS).fetchall()) != triggers_for(conn):
        what = _("What keeps undo and the counts is missing in the file, or is not as it must be.")
        yield Finding("triggers", what, _("Another program may have changed the file."), Mending.TRIGGERS)


def journal(conn: Connection) -> Iterator[Finding]:
    """The journal: no action left open, no change without its action, every change readable."""
    query = driver(conn).execute
    what = _("The journal of undo is not in order.")
    lost = query(_LOST_CHANGES).fetchone()[0] or query(_BROKEN_CHANGES).fetchone()[0]
    if lost or query(_STUCK).fetchone() is not None:
        yield Finding("journal", what, _("What was done before can't be undone any more."), Mending.PAST)


def counts(conn: Connection) -> Iterator[Finding]:
    """Counts, sums and the days' loads against the cards."""
    if tally.differs(conn):
        what = _("Counts or sums are not those of the cards.")
        yield Finding("counts", what, _("Headings and sums may show wrong numbers."), Mending.COUNTS, serious=False)


def words(conn: Connection) -> Iterator[Finding]:
    """The index of notes against the notes."""
    if said.differs(conn):
        what = _("The index of notes is not that of the notes.")
        yield Finding("words", what, _("A note may not be found by its words."), Mending.WORDS, serious=False)
