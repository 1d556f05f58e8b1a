"""Looking for the cards of a module that match a text: a portion of its list at a time, in the order of the list.

A covering index is in that order, so whatever was found so far is the beginning of what will be found in the end. A
portion takes some twenty milliseconds: between two of them, other reads and writes have their turn.

SQL text, as in `matching`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from minicrm_tui.store.calendar import Calendar
from minicrm_tui.store.engine import driver
from minicrm_tui.store.hits import Hits
from minicrm_tui.store.order import Standing, behind, card_at
from minicrm_tui.store.portions import PORTION, Portions
from minicrm_tui.store.rows import FINISHED, LISTED, id_list
from minicrm_tui.store.totals import FINISHED_SEGMENT, Totals, edges_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from minicrm_tui.domain.records import ModuleId
    from minicrm_tui.store.matching import Words

FEW = 10_000
"""Hits that are held; more are only counted."""

SOON = 100_000
"""Cards that are looked at before what was found so far is shown."""

_CURRENCIES: Final = 1000
_SEGMENTS: Final = FINISHED_SEGMENT + 1

_Found = tuple[int, int, int, int | None, str | None]
"""A card's id, sort key, status, amount and currency."""

_COLUMNS: Final = "id, sort_key, status_id, amount, currency"


class Look:
    """One search through a module: how far it has come, and what it has found."""

    def __init__(
        self, module_id: ModuleId, words: Words, calendar: Calendar, portions: Portions, generation: int
    ) -> None:
        """Nothing was looked at yet. `generation` is that of the data."""
        self._portions = portions
        self.hits = Hits(module_id, words, Totals(edges_of(calendar)))
        self.generation = generation
        self.is_shown = False
        """What was found so far was shown: the answers are about that, until all is found."""
        self._counted = Totals(edges_of(calendar))
        self._is_full = False
        self._place = LISTED
        self._after: Standing | None = None
        self._looked_at = 0

    @property
    def is_whole(self) -> bool:
        """Whether all was found."""
        return self.hits.whole

    @property
    def is_worth_showing(self) -> bool:
        """Whether there is enough to be shown: all, as much as is held, or what a short search finds."""
        return self.is_whole or self._is_full or self._looked_at >= SOON

    @property
    def answers(self) -> bool:
        """Whether pages and spots can be asked for."""
        return self.is_whole or self.is_shown

    def go_on(self, conn: Connection) -> None:
        """Look at one portion more. When this is interrupted, it was not looked at."""
        end = self._portions.end(conn, self.hits.module_id, self._place, self._after)
        if self._is_full:
            self._count(conn, end)
            self._pass(end)
        else:
            self._hold(conn, end)

    def among(self, conn: Connection, ids: Sequence[int]) -> None:
        """Look at these cards only: there are no hits but among them."""
        hits = self.hits
        query = (
            f"SELECT {_COLUMNS}, place FROM card NOT INDEXED WHERE id IN (SELECT value FROM json_each(?))"
            f" AND module_id = ? AND place IN (0, 1){hits.words.condition} ORDER BY place, sort_key, folded, id"
        )
        values = (id_list(ids), hits.module_id, *hits.words.values)
        found = driver(conn).execute(query, values).fetchall()
        for place in (LISTED, FINISHED):
            self._take(place, [row[:5] for row in found if row[5] == place])
        hits.whole = True

    def _pass(self, end: Standing | None) -> None:
        """All up to here was looked at."""
        self._looked_at += PORTION
        self._after = end
        if end is not None:
            return
        if self._place == LISTED:
            self._place = FINISHED
            return
        if self._is_full:
            self.hits.totals.merge(self._counted)
            self.hits.are_all_held = False
        self.hits.whole = True

    def _part(self, end: Standing | None) -> tuple[str, tuple[int | str, ...]]:
        """The FROM and WHERE of the hits in this portion, and its values."""
        after, low = behind(self._after)
        until, high = ("", ()) if end is None else (" AND (sort_key, folded, id) <= (?, ?, ?)", end.values)
        words = self.hits.words
        return (
            f"FROM card INDEXED BY ix_card_list WHERE module_id = ? AND place = ?{after}{until}{words.condition}",
            (self.hits.module_id, self._place, *low, *high, *words.values),
        )

    def _hold(self, conn: Connection, end: Standing | None) -> None:
        part, values = self._part(end)
        room = FEW - len(self.hits.held)
        query = f"SELECT {_COLUMNS} {part} ORDER BY sort_key, folded, id LIMIT ?"
        found: list[_Found] = driver(conn).execute(query, (*values, room + 1)).fetchall()
        if len(found) <= room:
            self._take(self._place, found)
            self._pass(end)
            return
        last = card_at(conn, found[-1][0])
        assert last is not None, "it was read in this transaction"
        self._take(self._place, found)
        self._after, self._is_full = last.standing, True

    def _take(self, place: int, found: Sequence[_Found]) -> None:
        totals = self.hits.totals
        self.hits.held.take((row[:3] for row in found), listed=place == LISTED)
        for _id, key, status_id, amount, currency in found:
            totals.add(status_id, totals.segment(place, key), currency or "", 1, amount or 0)

    def _count(self, conn: Connection, end: Standing | None) -> None:
        """One upsert a hit into a handful of rows: half the time that sorting them all for a GROUP BY would take."""
        conn.exec_driver_sql("CREATE TEMP TABLE IF NOT EXISTS counted (k INTEGER PRIMARY KEY, cards, amount)")
        conn.exec_driver_sql("DELETE FROM temp.counted")
        currencies = _currencies(conn, self.hits.module_id)
        edges: tuple[int, ...] = self._counted.edges if self._place == LISTED else ()
        segment = "".join(f" WHEN sort_key < ? THEN {at}" for at in range(len(edges)))
        segment = f"CASE{segment} ELSE {len(edges)} END" if edges else str(FINISHED_SEGMENT)
        number = "".join(f" WHEN ? THEN {at}" for at in range(1, len(currencies)))
        part, values = self._part(end)
        conn.exec_driver_sql(
            f"INSERT INTO temp.counted SELECT (status_id * {_CURRENCIES} + CASE currency WHEN '' THEN 0{number} ELSE 0"
            f" END) * {_SEGMENTS} + {segment}, 1, ifnull(amount, 0) {part}"
            " ON CONFLICT DO UPDATE SET cards = cards + 1, amount = amount + excluded.amount",
            (*currencies[1:], *edges, *values),
        )
        for key, cards, amount in conn.exec_driver_sql("SELECT k, cards, amount FROM temp.counted").all():
            rest, at = divmod(key, _SEGMENTS)
            status_id, currency = divmod(rest, _CURRENCIES)
            self._counted.add(status_id, at, currencies[currency], cards, amount)


def _currencies(conn: Connection, module_id: int) -> list[str]:
    """The currencies of a module, by the number under which they are counted; '' is 0."""
    query = "SELECT DISTINCT currency FROM worth WHERE module_id = ? AND currency <> '' ORDER BY currency"
    return ["", *conn.exec_driver_sql(query, (module_id,)).scalars()]
