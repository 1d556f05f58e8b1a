"""Where cursor and scroll go, pure: from one place in a list to another, in a window of some height."""

from __future__ import annotations

from dataclasses import dataclass, replace

from minicrm_tui.domain.views import Spot
from minicrm_tui.widgets.sections import RowKind, Rows


@dataclass(frozen=True, slots=True)
class Place:
    """The rows of a list, the row under the cursor and the row at the top of the window."""

    rows: Rows
    cursor: int = 0
    scroll: int = 0


def spot_of(place: Place) -> Spot | None:
    """The cursor's section and offset (-1 on a heading); None in an empty list."""
    if not place.rows.total:
        return None
    row = place.rows.row(place.cursor)
    return Spot(row.section.key, row.section.shown if row.kind is RowKind.MORE else row.offset)


def in_sight(place: Place, height: int) -> Place:
    """The same with the cursor inside the list and in the window; a heading right above the cursor is shown with it."""
    rows = place.rows
    cursor = _clamp(place.cursor, 0, rows.total - 1)
    top = cursor - 1 if cursor and height > 1 and rows.row(cursor - 1).kind is RowKind.HEADING else cursor
    lowest = cursor - height + 1
    scroll = place.scroll
    if not lowest - height <= scroll <= top + height:
        scroll = cursor - height // 2
    return Place(rows, cursor, _clamp(_clamp(scroll, lowest, top), 0, rows.total - height))


def moved(place: Place, by: int, height: int) -> Place:
    """The cursor some rows further down, or up."""
    return in_sight(replace(place, cursor=place.cursor + by), height)


def paged(place: Place, pages: float, height: int) -> Place:
    """Cursor and window by a page, or a part of one; one row stays in sight."""
    by = int((height - 1) * pages) or (1 if pages > 0 else -1)
    return in_sight(Place(place.rows, place.cursor + by, place.scroll + by), height)


def scrolled(place: Place, to: int, height: int) -> Place:
    """The window with that row at its top; the cursor stays where it is, even out of sight."""
    return replace(place, scroll=_clamp(to, 0, place.rows.total - height))


def at_top(place: Place, height: int) -> Place:
    """The first card, with its heading above it."""
    return in_sight(Place(place.rows, place.rows.first_card(), 0), height)


def renewed(place: Place, rows: Rows, spot: Spot | None, height: int, *, keep_scroll: bool) -> Place:
    """The place to take in new rows: the spot, else near where the cursor was, else the first card."""
    scroll = place.scroll if keep_scroll else 0
    return in_sight(Place(rows, _renewed_cursor(place, rows, spot), scroll), height)


def _renewed_cursor(place: Place, rows: Rows, spot: Spot | None) -> int:
    spot = spot or spot_of(place)
    if spot is None:
        return rows.first_card()
    if rows.section(spot.section) is not None:
        return rows.nearest(spot.section, spot.offset)
    cards = (row for row in range(min(place.cursor, rows.total), rows.total) if rows.row(row).kind is RowKind.CARD)
    return next(cards, max(0, rows.total - 1))


def _clamp(value: int, low: int, high: int) -> int:
    """Within low and high; low wins where they cross."""
    return max(low, min(value, high))
