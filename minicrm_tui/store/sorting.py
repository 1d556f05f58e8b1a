"""The cards of a section by value or by importance, where a module wants its list so.

No index is in these orders: the ids of a section are sorted once, from the covering index alone, and kept until the
file changes. Ten thousand cards take some 10 ms of the processor, a hundred thousand 100 to 150. Lists in the order of
the deadlines never come here.

Values are compared in whole units of their currencies, whatever these are: 500 EUR stand above 400 RON and below 600.
A card without a value comes last, and cards that are alike stand in the order of their deadlines.

SQL text, since the first rows may come through here.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final, NamedTuple

from minicrm_tui.domain.currencies import exponent
from minicrm_tui.domain.importance import ranks
from minicrm_tui.domain.records import Bucket, ModuleId, Sort
from minicrm_tui.domain.views import View
from minicrm_tui.store.calendar import FINISHED_SECTION, Calendar
from minicrm_tui.store.engine import driver
from minicrm_tui.store.rows import module_even_trashed, statuses

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from minicrm_tui.store.hits import Hits

KEPT: Final = 64
"""Sections that are kept."""

Values = tuple[int | str, ...]


class Part(NamedTuple):
    """Some listed cards of a module, and the order that they are wanted in: the FROM and WHERE of a query."""

    module_id: int
    sort: Sort
    scan: str
    values: Values


class Sorted:
    """The sections that were sorted last, as long as nothing is written."""

    def __init__(self) -> None:
        """Nothing was sorted yet."""
        self._sections: dict[Part, array[int]] = {}
        self._state = -1, -1

    def ids(self, conn: Connection, part: Part) -> array[int]:
        """All ids of a part, in its order."""
        self._freshen(conn)
        ids = self._sections.pop(part, None)
        if ids is None:
            ids = _sorted(conn, part)
        self._sections[part] = ids
        if len(self._sections) > KEPT:
            del self._sections[next(iter(self._sections))]
        return ids

    def _freshen(self, conn: Connection) -> None:
        """What this connection has changed, it counts; a commit of another one changes the version of the data."""
        state = conn.exec_driver_sql("PRAGMA data_version").scalar_one(), driver(conn).total_changes
        if state != self._state:
            self._sections.clear()
            self._state = state


def sort_of(conn: Connection, module_id: int) -> Sort:
    """The order of a module's list, where it has one."""
    query = "SELECT sort FROM module WHERE id = ? AND trashed_at IS NULL"
    found = driver(conn).execute(query, (module_id,)).fetchone()
    return Sort.DEADLINE if found is None else Sort(found[0])


def part_of(conn: Connection, hits: Hits | None, view: View, section: str, calendar: Calendar) -> Part | None:
    """A section of the list; None where it is in the order of the deadlines, or holds the finished cards."""
    if section == FINISHED_SECTION:
        return None
    sort = sort_of(conn, view.module_id)
    if sort is Sort.DEADLINE:
        return None
    if hits is not None:
        return Part(view.module_id, sort, *hits.part(view, section, calendar))
    return _range(view, sort, calendar.bounds(Bucket(section)))


def expired_part(conn: Connection, module_id: ModuleId, moment: int) -> Part | None:
    """The cards whose next task lies before this due key; None where they are in the order of the deadlines."""
    sort = sort_of(conn, module_id)
    return None if sort is Sort.DEADLINE else _range(View(module_id), sort, (0, moment))


def _range(view: View, sort: Sort, keys: tuple[int, int]) -> Part:
    scan = "FROM card INDEXED BY ix_card_list WHERE module_id = ? AND place = 0 AND sort_key >= ? AND sort_key < ?"
    if view.status_id is None:
        return Part(view.module_id, sort, scan, (view.module_id, *keys))
    return Part(view.module_id, sort, f"{scan} AND status_id = ?", (view.module_id, *keys, view.status_id))


def _sorted(conn: Connection, part: Part) -> array[int]:
    by, values = _importance(conn, part.module_id) if part.sort is Sort.IMPORTANCE else ("", ())
    query = (
        f"SELECT id {part.scan} ORDER BY {by} amount IS NULL, {_major(conn, part.module_id)} DESC, sort_key, folded, id"
    )
    return array("q", (found for (found,) in driver(conn).execute(query, (*part.values, *values))))


def _importance(conn: Connection, module_id: int) -> tuple[str, Values]:
    """The rank of a card's status, for an ORDER BY."""
    module = module_even_trashed(conn, module_id)
    known = ranks(module.kind, statuses(conn, module))
    return f"CASE status_id {'WHEN ? THEN ? ' * len(known)} END,", tuple(
        each for pair in known.items() for each in pair
    )


def _major(conn: Connection, module_id: int) -> str:
    """The amount in units that all currencies of the module share: most have cents, and then it is the amount."""
    query = "SELECT DISTINCT currency FROM worth WHERE module_id = ? AND currency <> ''"
    decimals = {currency: exponent(currency) for (currency,) in driver(conn).execute(query, (module_id,))}
    most = max(decimals.values(), default=0)
    fewer = [f"WHEN '{currency}' THEN {10 ** (most - each)}" for currency, each in decimals.items() if each < most]
    return f"amount * CASE currency {' '.join(fewer)} ELSE 1 END" if fewer else "amount"
