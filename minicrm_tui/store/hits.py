"""The cards of a module that match a typed text, held for as long as nothing is written.

One scan of a covering index finds them. A few (up to 20,000) are held, by number. Of many, only the counts are held:
their pages are read from the index itself, where the next match is never far away.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from minicrm_tui.domain.records import ModuleId, Outline, Spot, StatusId, View
from minicrm_tui.store.calendar import Calendar
from minicrm_tui.store.engine import driver
from minicrm_tui.store.few_hits import FewHits
from minicrm_tui.store.many_hits import ManyHits
from minicrm_tui.store.matching import Words, words_of
from minicrm_tui.store.order import CardAt
from minicrm_tui.store.rows import FINISHED, LISTED

if TYPE_CHECKING:
    from sqlalchemy import Connection

FEW = 20_000


class Hits(Protocol):
    """The matching cards of one module. Of a `view`, only the status matters; `window` is offset and limit."""

    def outline(self, conn: Connection, view: View, calendar: Calendar) -> Outline:
        """Their counts."""
        ...

    def page(
        self, conn: Connection, view: View, section: str, window: tuple[int, int], calendar: Calendar
    ) -> Sequence[int]:
        """The ids of a page of one section."""
        ...

    def status_page(self, conn: Connection, status_id: int, window: tuple[int, int]) -> Sequence[int]:
        """The ids of a page of one status."""
        ...

    def spot(self, conn: Connection, view: View, card: CardAt, calendar: Calendar) -> Spot | None:
        """Where a card stands among them in the list."""
        ...

    def status_spot(self, conn: Connection, card: CardAt) -> tuple[StatusId, int] | None:
        """Where a card stands among them in its status."""
        ...


class HitCache:
    """The hits of the text that was typed last, until it or the data changes."""

    def __init__(self) -> None:
        """Nothing was typed yet."""
        self._hits: Hits | None = None
        self._stamp: tuple[object, ...] = ()

    def hits(self, conn: Connection, view: View, calendar: Calendar) -> Hits:
        """The cards of this view's module that match its text."""
        words = words_of(view.text)
        if self._hits is None or self._stamp != _stamp(conn, view, words, calendar):
            self._hits = None
            self._hits = look_up(conn, view.module_id, words, calendar)
            self._stamp = _stamp(conn, view, words, calendar)
        return self._hits


def _stamp(conn: Connection, view: View, words: Words, calendar: Calendar) -> tuple[object, ...]:
    """Changes with every write, of this connection or of another one, and with the day."""
    by_others = conn.exec_driver_sql("PRAGMA data_version").scalar_one()
    return view.module_id, words, calendar.today, calendar.week_start, by_others, driver(conn).total_changes


def look_up(conn: Connection, module_id: ModuleId, words: Words, calendar: Calendar) -> Hits:
    """Find the matching cards; when there are more than a few, count them."""
    held = FewHits()
    for place in (LISTED, FINISHED):
        query = (
            "SELECT id, sort_key, status_id, amount, currency FROM card INDEXED BY ix_card_list"
            f" WHERE module_id = ? AND place = ?{words.condition} ORDER BY sort_key, folded, id LIMIT ?"
        )
        values = (module_id, place, *words.values, FEW + 1 - held.count)
        held.take(driver(conn).execute(query, values), listed=place == LISTED)
        if held.count > FEW:
            return ManyHits.counted(conn, module_id, words, calendar)
    return held
