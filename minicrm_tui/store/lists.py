"""The list and the pipeline of any view: from the tallies, or from the hits of its text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from minicrm_tui.domain.records import CardId, CardRow, StatusId
from minicrm_tui.domain.views import Outline, Spot, StatusPage, View
from minicrm_tui.store import views
from minicrm_tui.store.calendar import Calendar
from minicrm_tui.store.hit_cache import HitCache
from minicrm_tui.store.hits import Hits
from minicrm_tui.store.looking import Look
from minicrm_tui.store.order import CardAt, card_at
from minicrm_tui.store.quiet import with_quiet
from minicrm_tui.store.rows import FINISHED, LISTED, card_rows
from minicrm_tui.store.shown import with_shown
from minicrm_tui.store.sorting import Sorted, part_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

T = TypeVar("T")
Answer = Callable[["Connection", "Hits | None"], T]
"""A read of a view: its hits, or None where it has no text."""


class Looking:
    """A reading of a view with a text, in as many turns as its search takes."""

    def __init__(self, cache: HitCache, view: View, calendar: Calendar, enough: Callable[[Look], bool]) -> None:
        """`enough`: whether this much was found for the answer."""
        self._cache = cache
        self._view = view
        self._calendar = calendar
        self._enough = enough
        self._look: Look | None = None

    def turn(self, conn: Connection, answer: Answer[T]) -> tuple[T] | None:
        """Look at one portion more, if that is needed; None when that was not enough yet."""
        look = self._look = self._cache.look(conn, self._view, self._calendar, self._look)
        if not self._enough(look):
            look.go_on(conn)
        if not self._enough(look):
            return None
        look.is_shown = True
        return (answer(conn, look.hits),)


def outline(conn: Connection, hits: Hits | None, view: View, calendar: Calendar) -> Outline:
    """The counts of a view."""
    return views.outline(conn, view, calendar) if hits is None else hits.outline(conn, view, calendar)


def rows(
    conn: Connection,
    hits: Hits | None,
    kept: Sorted,
    view: View,
    section: str,
    window: tuple[int, int],
    calendar: Calendar,
) -> tuple[CardRow, ...]:
    """A page of one section, in the order of the module's list; `window` is offset and limit."""
    part = part_of(conn, hits, view, section, calendar)
    if part is None:
        page = (views.page if hits is None else hits.page)(conn, view, section, window, calendar)
    else:
        offset, limit = window
        page = kept.ids(conn, part)[offset : offset + limit]
    return with_shown(conn, view.module_id, with_quiet(conn, card_rows(conn, page)))


def status_rows(conn: Connection, hits: Hits | None, asked: Sequence[StatusPage]) -> tuple[tuple[CardRow, ...], ...]:
    """Pages of the pipeline: the rows of all are read at once."""
    pages = [_status_page(conn, hits, page) for page in asked]
    rows = with_quiet(conn, card_rows(conn, list(chain.from_iterable(pages))))
    found = {row.id: row for row in rows}
    return tuple(tuple(found[CardId(card_id)] for card_id in page) for page in pages)


def _status_page(conn: Connection, hits: Hits | None, page: StatusPage) -> Sequence[int]:
    window = page.offset, page.limit
    if hits is None:
        return views.status_page(conn, page.status_id, window)
    return hits.status_page(conn, page.status_id, window)


def spot(
    conn: Connection, hits: Hits | None, kept: Sorted, view: View, card_id: CardId, calendar: Calendar
) -> Spot | None:
    """Where a card stands in the list, in the order of its module; None when it is not in it."""
    card = _in_pipeline(conn, view, card_id)
    if card is None or view.status_id not in (None, card.status_id):
        return None
    found = views.spot(conn, view, card, calendar) if hits is None else hits.spot(conn, view, card, calendar)
    part = None if found is None else part_of(conn, hits, view, found.section, calendar)
    return found if found is None or part is None else Spot(found.section, kept.ids(conn, part).index(card_id))


def status_spot(conn: Connection, hits: Hits | None, view: View, card_id: CardId) -> tuple[StatusId, int] | None:
    """In which status a card stands, and how far down; None when it is not in the pipeline."""
    card = _in_pipeline(conn, view, card_id)
    if card is None:
        return None
    return views.status_spot(conn, card) if hits is None else hits.status_spot(conn, card)


def _in_pipeline(conn: Connection, view: View, card_id: CardId) -> CardAt | None:
    card = card_at(conn, card_id)
    if card is None or card.module_id != view.module_id or card.place not in (LISTED, FINISHED):
        return None
    return card
