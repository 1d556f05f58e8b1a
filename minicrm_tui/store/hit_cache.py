"""The searches of the texts that were typed last: gone on with, narrowed as one types on, true after every write."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from minicrm_tui.domain.records import ModuleId
from minicrm_tui.domain.views import View
from minicrm_tui.store import touched
from minicrm_tui.store.calendar import Calendar
from minicrm_tui.store.held import Held, HeldRow
from minicrm_tui.store.hits import Hits
from minicrm_tui.store.looking import Look
from minicrm_tui.store.matching import Words, words_of
from minicrm_tui.store.order import Standing, card_at
from minicrm_tui.store.portions import Portions
from minicrm_tui.store.rows import FINISHED, LISTED, id_list
from minicrm_tui.store.touched import Written

if TYPE_CHECKING:
    from sqlalchemy import Connection

KEPT: Final = 8
"""Searches that are kept, for who types a letter and takes it away again."""

NARROWED: Final = 2000
"""So few hits are looked up one by one when the text goes on; more are found as fast in the index."""

_Key = tuple[ModuleId, Words, int, int]


class HitCache:
    """What is known of the texts that were typed last."""

    def __init__(self) -> None:
        """Nothing was typed yet."""
        self._looks: dict[_Key, Look] = {}
        self._portions = Portions()
        self._generation = 0
        self._by_others = -1
        self._seen = 0

    def look(self, conn: Connection, view: View, calendar: Calendar, mine: Look | None) -> Look:
        """The search of this view's text: the caller's own, as long as nothing was written, else a known or new one."""
        self._freshen(conn)
        if mine is not None and mine.generation == self._generation:
            return mine
        key = view.module_id, words_of(view.text), calendar.today, calendar.week_start
        found = self._looks.pop(key, None) or self._begin(conn, key, calendar)
        self._looks[key] = found
        if len(self._looks) > KEPT:
            del self._looks[next(iter(self._looks))]
        return found

    def _begin(self, conn: Connection, key: _Key, calendar: Calendar) -> Look:
        module_id, words, *day = key
        look = Look(module_id, words, calendar, self._portions, self._generation)
        wider = [
            known.hits.held.ids
            for (module, other, *of_day), known in self._looks.items()
            if (module, of_day) == (module_id, day) and words.narrow(other) and _can_be_narrowed(known.hits)
        ]
        if wider:
            look.among(conn, min(wider, key=len))
        return look

    def _freshen(self, conn: Connection) -> None:
        """Nothing that is older than the data is kept."""
        by_others = conn.exec_driver_sql("PRAGMA data_version").scalar_one()
        rows = touched.written(conn, self._seen)
        if by_others == self._by_others and rows == []:
            return
        seen = touched.latest(conn)
        latest = next(reversed(self._looks.items()), None)
        kept: dict[_Key, Look] = {}
        if by_others == self._by_others and rows and latest is not None and latest[1].is_whole:
            _bring_up_to_date(conn, latest[1].hits, rows)
            kept = dict([latest])
        # Nothing from here on can be stopped half way, but forgetting, which does not matter.
        self._seen, self._by_others, self._looks = seen, by_others, kept
        if not kept:
            self._portions = Portions()
        self._generation += 1
        for look in kept.values():
            look.generation = self._generation
        touched.forget(conn, seen)


def _can_be_narrowed(hits: Hits) -> bool:
    return hits.whole and hits.are_all_held and len(hits.held) <= NARROWED


def _bring_up_to_date(conn: Connection, hits: Hits, rows: Sequence[Written]) -> None:
    """Count the written rows out as they were, and in as they became; those that are held take their new places."""
    mine = [row for row in rows if _is_hit(hits, row)]
    # What can be stopped half way comes first.
    held = _moved(conn, hits.held, {row.id for row in mine}, hits) if hits.are_all_held else Held()
    for row in mine:
        segment = hits.totals.segment(row.place, row.sort_key)
        hits.totals.add(row.status_id, segment, row.currency or "", row.sign, row.sign * (row.amount or 0))
    hits.held = held


def _is_hit(hits: Hits, row: Written) -> bool:
    return (
        row.module_id == hits.module_id and row.place in (LISTED, FINISHED) and hits.words.match(row.folded, row.search)
    )


def _moved(conn: Connection, held: Held, ids: set[int], hits: Hits) -> Held:
    """The held hits without these cards, and with those of them that are hits now, each where it belongs."""
    query = (
        "SELECT place, id, sort_key, status_id, folded FROM card NOT INDEXED"
        f" WHERE id IN (SELECT value FROM json_each(?)) AND module_id = ? AND place IN (0, 1){hits.words.condition}"
    )
    now = conn.exec_driver_sql(query, (id_list(ids), hits.module_id, *hits.words.values)).all()
    moved = Held()
    for place in (LISTED, FINISHED):
        rows = [row for row in held.rows(listed=place == LISTED) if row[0] not in ids]
        for at, card_id, key, status_id, folded in now:
            if at == place:
                rows.insert(_number_for(conn, rows, Standing(key, folded, card_id)), (card_id, key, status_id))
        moved.take(rows, listed=place == LISTED)
    return moved


def _number_for(conn: Connection, rows: Sequence[HeldRow], standing: Standing) -> int:
    """Where a card belongs among these rows: by key, then by the names of those that share it, then by id."""
    first = bisect_left(rows, standing.sort_key, key=lambda row: row[1])
    end = bisect_right(rows, standing.sort_key, key=lambda row: row[1])
    return bisect_left(rows, standing, first, end, key=lambda row: _standing(conn, row[0]))


def _standing(conn: Connection, card_id: int) -> Standing:
    card = card_at(conn, card_id)
    assert card is not None, "a hit is a card"
    return card.standing
