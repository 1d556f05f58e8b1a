"""The list and the pipeline of any view: from the tallies, or from the hits of its text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

from minicrm_tui.domain.records import CardId, CardRow, Outline, Spot, StatusId, StatusPage, View
from minicrm_tui.store import views
from minicrm_tui.store.calendar import Calendar
from minicrm_tui.store.hits import HitCache
from minicrm_tui.store.matching import words_of
from minicrm_tui.store.order import CardAt, card_at
from minicrm_tui.store.rows import FINISHED, LISTED, card_rows

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Lists:
    """Reads views; keeps the hits of the text that was typed last."""

    def __init__(self) -> None:
        """Nothing was typed yet."""
        self._cache = HitCache()

    def outline(self, conn: Connection, view: View, calendar: Calendar) -> Outline:
        """The counts of a view."""
        if not words_of(view.text):
            return views.outline(conn, view, calendar)
        return self._cache.hits(conn, view, calendar).outline(conn, view, calendar)

    def rows(
        self, conn: Connection, view: View, section: str, window: tuple[int, int], calendar: Calendar
    ) -> tuple[CardRow, ...]:
        """A page of one section; `window` is offset and limit."""
        if not words_of(view.text):
            return views.rows(conn, view, section, window, calendar)
        return card_rows(conn, self._cache.hits(conn, view, calendar).page(conn, view, section, window, calendar))

    def status_rows(
        self, conn: Connection, view: View, asked: Sequence[StatusPage], calendar: Calendar
    ) -> tuple[tuple[CardRow, ...], ...]:
        """Pages of the pipeline: the rows of all are read at once."""
        pages = [self._status_page(conn, view, page, calendar) for page in asked]
        rows = {row.id: row for row in card_rows(conn, list(chain.from_iterable(pages)))}
        return tuple(tuple(rows[CardId(card_id)] for card_id in page) for page in pages)

    def _status_page(self, conn: Connection, view: View, page: StatusPage, calendar: Calendar) -> Sequence[int]:
        window = page.offset, page.limit
        if not words_of(view.text):
            return views.status_page(conn, page.status_id, window)
        return self._cache.hits(conn, view, calendar).status_page(conn, page.status_id, window)

    def spot(self, conn: Connection, view: View, card_id: CardId, calendar: Calendar) -> Spot | None:
        """Where a card stands in the list; None when it is not in it."""
        card = _in_pipeline(conn, view, card_id)
        if card is None or view.status_id not in (None, card.status_id):
            return None
        if not words_of(view.text):
            return views.spot(conn, view, card, calendar)
        return self._cache.hits(conn, view, calendar).spot(conn, view, card, calendar)

    def status_spot(
        self, conn: Connection, view: View, card_id: CardId, calendar: Calendar
    ) -> tuple[StatusId, int] | None:
        """In which status a card stands, and how far down; None when it is not in the pipeline."""
        card = _in_pipeline(conn, view, card_id)
        if card is None:
            return None
        if not words_of(view.text):
            return views.status_spot(conn, card)
        return self._cache.hits(conn, view, calendar).status_spot(conn, card)


def _in_pipeline(conn: Connection, view: View, card_id: CardId) -> CardAt | None:
    card = card_at(conn, card_id)
    if card is None or card.module_id != view.module_id or card.place not in (LISTED, FINISHED):
        return None
    return card
