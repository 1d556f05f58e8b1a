"""The cards that an action is for: named ones and marked buckets → ids, in portions.

SQL text, since the ids are held in a temporary table, which is none of SQLModel's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event
from typing import TYPE_CHECKING

from minicrm_tui.domain.errors import CrmError, NotFound, Refused
from minicrm_tui.domain.records import CardId
from minicrm_tui.domain.views import MarkedRange, Targets
from minicrm_tui.i18n import _
from minicrm_tui.store.matching import words_of
from minicrm_tui.store.rows import FINISHED, LISTED, TRASHED, id_list
from minicrm_tui.store.trashed import IN_USE, refuse_trashed
from minicrm_tui.store.upkeep import CHUNK

if TYPE_CHECKING:
    from sqlalchemy import Connection

Progress = Callable[[int, int], None]
"""Told how many cards are done, of how many; called from the store's thread."""

Query = tuple[str, tuple[int | str, ...]]


def count(conn: Connection, targets: Targets) -> int:
    """How many cards these are now; those in the trash are none."""
    query, values = ids_of(targets)
    found = conn.exec_driver_sql(f"SELECT count(*) FROM ({query})", values).scalar_one()
    return int(found)


class Batch:
    """The cards of one action, held still in a temporary table: its writes move them while they are walked."""

    def __init__(
        self, conn: Connection, targets: Targets, progress: Progress | None = None, stop: Event | None = None
    ) -> None:
        """Look the cards up; NotFound when there is none."""
        self._conn = conn
        self._progress = progress
        self._stop = stop
        self.count = self._fill(targets)
        if not self.count:
            raise _nothing_there(conn, targets)
        self.first = self._first(targets)

    def walk(self) -> Iterator[tuple[int, ...]]:
        """The ids in portions; each time, progress is told and a wish to stop refuses the whole action."""
        done, last = 0, 0
        query = "SELECT id FROM temp.target WHERE id > ? ORDER BY id LIMIT ?"
        while ids := tuple(self._conn.exec_driver_sql(query, (last, CHUNK)).scalars()):
            if self._stop is not None and self._stop.is_set():
                raise Refused(_("Cancelled: nothing was changed."))
            yield ids
            done, last = done + len(ids), ids[-1]
            if self._progress is not None:
                self._progress(done, self.count)

    def _fill(self, targets: Targets) -> int:
        self._conn.exec_driver_sql("CREATE TEMP TABLE IF NOT EXISTS target (id INTEGER PRIMARY KEY)")
        self._conn.exec_driver_sql("DELETE FROM temp.target")
        query, values = ids_of(targets)
        return self._conn.exec_driver_sql(f"INSERT INTO temp.target {query}", values).rowcount

    def _first(self, targets: Targets) -> CardId:
        """The card that stands for all: the first one named, else the oldest."""
        named = self._conn.exec_driver_sql(
            "SELECT value FROM json_each(?) JOIN temp.target ON target.id = value ORDER BY key LIMIT 1",
            (id_list(targets.cards),),
        ).scalar_one_or_none()
        return CardId(named or self._conn.exec_driver_sql("SELECT min(id) FROM temp.target").scalar_one())


def _nothing_there(conn: Connection, targets: Targets) -> CrmError:
    if len(targets.cards) == 1 and not targets.ranges:
        refuse_trashed(conn, targets.cards[0])
        return NotFound(_("There is no card {id}.").format(id=targets.cards[0]))
    return NotFound(_("These cards are no longer there."))


def ids_of(targets: Targets) -> Query:
    """One query for all the ids, each once."""
    parts = [_named_ids(targets.cards)] if targets.cards or not targets.ranges else []
    parts += [_marked_ids(marked) for marked in targets.ranges]
    # UNION, not OR: each part reads its own index.
    query = " UNION ".join(sql for sql, _values in parts)
    values = tuple(value for _sql, part in parts for value in part)
    if not targets.without:
        return query, values
    without = "SELECT id FROM ({}) WHERE id NOT IN (SELECT value FROM json_each(?))"
    return without.format(query), (*values, id_list(sorted(targets.without)))


def _named_ids(cards: tuple[CardId, ...]) -> Query:
    return (
        f"SELECT id FROM card WHERE id IN (SELECT value FROM json_each(?)) AND place <> ? AND +module_id IN {IN_USE}",
        (id_list(cards), TRASHED),
    )


def _marked_ids(marked: MarkedRange) -> Query:
    """Finished cards have keys below zero, so a range down there means them."""
    place = FINISHED if marked.low < 0 else LISTED
    query = (
        "SELECT id FROM card WHERE module_id = ? AND place = ? AND sort_key >= ? AND sort_key < ?"
        f" AND +module_id IN {IN_USE}"
    )
    values: tuple[int | str, ...] = (marked.view.module_id, place, marked.low, marked.high)
    if marked.view.status_id is not None:
        query, values = f"{query} AND status_id = ?", (*values, marked.view.status_id)
    words = words_of(marked.view.text)
    return query + words.condition, (*values, *words.values)
