"""Walking over cards that may not be held yet: the one that follows, all between two."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from minicrm_tui.domain.records import CardRow
from minicrm_tui.domain.views import Spot
from minicrm_tui.widgets.pages import PAGE, Pages
from minicrm_tui.widgets.placing import Place
from minicrm_tui.widgets.sections import Rows, Span

PATIENCE = 4 * PAGE
"""Cards of one section that are looked at before the walk goes on in the next: a marked bucket may hold a million."""


async def following(place: Place, pages: Pages[CardRow], skip: Callable[[CardRow], bool]) -> CardRow | None:
    """The first card after the cursor that `skip` does not take, else the first one before it."""
    for span in _forward(place):
        for offset in range(span.start, min(span.stop, span.start + PATIENCE)):
            card = await _card(pages, span.key, offset)
            if card is not None and not skip(card):
                return card
    for span in _back(place):
        for offset in range(span.stop - 1, max(span.start, span.stop - PATIENCE) - 1, -1):
            card = await _card(pages, span.key, offset)
            if card is not None and not skip(card):
                return card
    return None


async def cards_between(rows: Rows, pages: Pages[CardRow], one: Spot, other: Spot) -> tuple[CardRow, ...]:
    """All shown cards from one spot to another, whichever comes first."""
    first, last = sorted(rows.nearest(spot.section, spot.offset) for spot in (one, other))
    found: list[CardRow] = []
    for span in rows.spans(first, last + 1):
        for offset in range(span.start, span.stop):
            card = await _card(pages, span.key, offset)
            if card is not None:
                found.append(card)
    return tuple(found)


def _forward(place: Place) -> Iterator[Span]:
    return place.rows.spans(place.cursor + 1, place.rows.total)


def _back(place: Place) -> Iterator[Span]:
    return reversed(list(place.rows.spans(0, place.cursor)))


async def _card(pages: Pages[CardRow], key: str, offset: int) -> CardRow | None:
    await pages.load(pages.missing([Span(key, offset, offset + 1)]))
    return pages.item(key, offset)
