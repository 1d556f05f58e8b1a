"""The order of the list without counting it: prefix sums of the tally's days, and ranges of the index within a day.

SQL text, since the first rows come through here, and since each query is written for one index.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from minicrm_tui.domain.records import MINUTES_IN_KEY, NO_TASK_KEY
from minicrm_tui.domain.views import View
from minicrm_tui.store.engine import driver
from minicrm_tui.store.rows import FINISHED, LISTED
from minicrm_tui.store.tally import EVERY_STATUS

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True, order=True)
class Standing:
    """Where a card stands in the order of its place: by key, then name, then id."""

    sort_key: int
    folded: str
    id: int

    @property
    def values(self) -> tuple[int, str, int]:
        """The values for `(sort_key, folded, id)` in a query."""
        return self.sort_key, self.folded, self.id


def behind(standing: Standing | None) -> tuple[str, tuple[int | str, ...]]:
    """SQL beginning with AND for what comes behind a standing, and its values; nothing for all."""
    if standing is None:
        return "", ()
    return " AND (sort_key, folded, id) > (?, ?, ?)", standing.values


@dataclass(frozen=True, slots=True)
class CardAt:
    """Where a card is: its module, status and place, and its standing there."""

    module_id: int
    status_id: int
    place: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class Scope:
    """A module whole, or one status of it, with the index that is in its order."""

    module_id: int
    status_id: int
    index: str
    equals: str

    @property
    def owner(self) -> int:
        """What the index begins with."""
        return self.status_id or self.module_id


def scope_of(view: View) -> Scope:
    """The scope of a view, whatever its text."""
    if view.status_id is None:
        return Scope(view.module_id, EVERY_STATUS, "ix_card_list", "module_id = ?")
    return status_scope(view.module_id, view.status_id)


def status_scope(module_id: int, status_id: int) -> Scope:
    """The scope of one status."""
    return Scope(module_id, status_id, "ix_card_status", "status_id = ?")


class Days:
    """How many listed cards stand before each day."""

    def __init__(self, pairs: Sequence[tuple[int, int]]) -> None:
        """Of pairs of day and cards, in order."""
        self._days = [day for day, _cards in pairs]
        self._before = list(accumulate((cards for _day, cards in pairs), initial=0))

    @property
    def total(self) -> int:
        """All cards."""
        return self._before[-1]

    def before(self, day: int) -> int:
        """The cards of all earlier days."""
        return self._before[bisect_left(self._days, day)]

    def at(self, position: int) -> tuple[int, int, int] | None:
        """The day in which the card at this position stands, the cards before that day, and those up to its end."""
        place = bisect_right(self._before, position) - 1
        if not 0 <= place < len(self._days):
            return None
        return self._days[place], self._before[place], self._before[place + 1]


def days_of(conn: Connection, scope: Scope) -> Days:
    """The days of a scope, from the tally."""
    query = "SELECT day, cards FROM tally WHERE module_id = ? AND status_id = ? AND place = 0 ORDER BY day"
    # The driver's plain tuples: this is on the way of every paint, and can be thousands of days.
    return Days(driver(conn).execute(query, (scope.module_id, scope.status_id)).fetchall())


def card_at(conn: Connection, card_id: int) -> CardAt | None:
    """Where a card is; None without such a card."""
    query = "SELECT module_id, status_id, place, sort_key, folded FROM card WHERE id = ?"
    row = conn.exec_driver_sql(query, (card_id,)).one_or_none()
    if row is None:
        return None
    module_id, status_id, place, sort_key, folded = row
    return CardAt(module_id, status_id, place, Standing(sort_key, folded, card_id))


def rank(conn: Connection, scope: Scope, days: Days, key: int) -> int:
    """How many listed cards have a lower sort key than this one."""
    day, minute = divmod(key, MINUTES_IN_KEY)
    if not minute:
        return days.before(day)
    if key > NO_TASK_KEY:
        return days.total
    query = (
        f"SELECT count(*) FROM card INDEXED BY {scope.index}"
        f" WHERE {scope.equals} AND place = 0 AND sort_key >= ? AND sort_key < ?"
    )
    within = conn.exec_driver_sql(query, (scope.owner, day * MINUTES_IN_KEY, key)).scalar_one()
    return days.before(day) + int(within)


def position(conn: Connection, scope: Scope, days: Days, standing: Standing) -> int:
    """How many listed cards come before this one."""
    day = standing.sort_key // MINUTES_IN_KEY
    return days.before(day) + count_before(conn, scope, LISTED, day * MINUTES_IN_KEY, standing)


def count_before(conn: Connection, scope: Scope, place: int, low: int | None, standing: Standing) -> int:
    """How many cards of a place come before this one, from the key `low` on."""
    from_low, lows = ("", ()) if low is None else (" AND sort_key >= ?", (low,))
    query = (
        f"SELECT count(*) FROM card INDEXED BY {scope.index}"
        f" WHERE {scope.equals} AND place = ?{from_low} AND (sort_key, folded, id) < (?, ?, ?)"
    )
    return int(conn.exec_driver_sql(query, (scope.owner, place, *lows, *standing.values)).scalar_one())


def listed_page(conn: Connection, scope: Scope, days: Days, start: int, limit: int) -> list[int]:
    """The ids of listed cards from this position on."""
    found = days.at(start)
    if found is None or limit <= 0:
        return []
    day, before, after = found
    if after == days.total:
        return _page(conn, scope, LISTED, day * MINUTES_IN_KEY, (start - before, after - before), limit)
    query = (
        f"SELECT id FROM card INDEXED BY {scope.index} WHERE {scope.equals} AND place = 0 AND sort_key >= ?"
        " ORDER BY sort_key, folded, id LIMIT ? OFFSET ?"
    )
    values = (scope.owner, day * MINUTES_IN_KEY, limit, start - before)
    return list(conn.exec_driver_sql(query, values).scalars())


def finished_page(conn: Connection, scope: Scope, offset: int, total: int, limit: int) -> list[int]:
    """The ids of finished cards from this offset on, newest first."""
    return _page(conn, scope, FINISHED, None, (offset, total), limit)


def _page(
    conn: Connection, scope: Scope, place: int, low: int | None, offset_of_total: tuple[int, int], limit: int
) -> list[int]:
    """A page of what lies at the end of the order, come to from the nearer side."""
    offset, total = offset_of_total
    taken = min(limit, total - offset)
    if taken <= 0:
        return []
    backwards = offset > total // 2
    way = "DESC" if backwards else "ASC"
    from_low, lows = ("", ()) if low is None else (" AND sort_key >= ?", (low,))
    query = (
        f"SELECT id FROM card INDEXED BY {scope.index} WHERE {scope.equals} AND place = ?{from_low}"
        f" ORDER BY sort_key {way}, folded {way}, id {way} LIMIT ? OFFSET ?"
    )
    skipped = total - offset - taken if backwards else offset
    ids = list(conn.exec_driver_sql(query, (scope.owner, place, *lows, taken, skipped)).scalars())
    return ids[::-1] if backwards else ids
