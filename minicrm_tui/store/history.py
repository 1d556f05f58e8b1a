"""What happened to a card, for people to read.

How entries are kept, by kind: `task` has the closed task's text (and the comment after a dash), `field` "outcome" and
the outcome as `new`; `status` has the keys of the statuses, or the names that a person gave them, and as text the key
fields that moved the card, where it moved by itself: "sales_status=won decided=yes"; `field` has the field's key (name,
value, company, person, sales_status, qualification, decided, loss_reason …) and its values.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from threading import Event
from typing import NamedTuple

import sqlalchemy
from sqlalchemy import Connection
from sqlmodel import bindparam, insert

from minicrm_tui.domain.notes import checked_note
from minicrm_tui.domain.views import Targets
from minicrm_tui.store.actions import begin
from minicrm_tui.store.results import Noted
from minicrm_tui.store.rows import id_list, stamp
from minicrm_tui.store.statements import listed_ids
from minicrm_tui.store.tables import HistoryTable
from minicrm_tui.store.targets import Batch, Progress


class Entry(NamedTuple):
    """One thing that happened, in the order of the columns after `card_id`."""

    at: str
    kind: str
    text: str = ""
    field: str = ""
    old: str = ""
    new: str = ""
    by_itself: int = 0


_WRITE = insert(HistoryTable).from_select(
    ["card_id", *Entry._fields],
    sqlalchemy.select(*listed_ids.selected_columns, *(bindparam(field) for field in Entry._fields)),
)


def write(conn: Connection, card_ids: Iterable[int], entry: Entry) -> None:
    """Keep this entry on all of these cards: one statement, since one a row takes five times as long."""
    conn.execute(_WRITE, {**entry._asdict(), "ids": id_list(card_ids)})


def add_note(
    conn: Connection,
    targets: Targets,
    text: str,
    now: datetime,
    *,
    progress: Progress | None = None,
    stop: Event | None = None,
) -> Noted:
    """Write a note on the cards; Invalid("note") when it is empty."""
    note = checked_note(text)
    batch = Batch(conn, targets, progress, stop)
    action_id = begin(conn, "note.add", batch.first, now, count=batch.count)
    for ids in batch.walk():
        write(conn, ids, Entry(stamp(now), "note", note))
    return Noted(action_id, batch.count)
