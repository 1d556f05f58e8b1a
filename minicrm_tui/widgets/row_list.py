"""A virtual list that is walked through: keys, mouse, focus. What its rows are about, a subclass says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from minicrm_tui.domain.views import Spot
from minicrm_tui.i18n import N_, _, format_number
from minicrm_tui.widgets.placing import Place, at_top, in_sight, moved, paged, spot_of
from minicrm_tui.widgets.scrolling import ScrolledRows
from minicrm_tui.widgets.sections import Item, Row, RowKind, Section
from minicrm_tui.widgets.strips import Piece


class RowList(ScrolledRows[Item], can_focus=True):
    """Sections of items, a million if need be: only what is in sight (and a little more) is held."""

    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", N_("Down"), id="list.down", show=False, tooltip=N_("The next row")),
        Binding("up,k", "move(-1)", N_("Up"), id="list.up", show=False, tooltip=N_("The row before")),
        Binding(
            "ctrl+d,pagedown", "page(1)", N_("Page down"), id="list.page_down", show=False, tooltip=N_("A page down")
        ),
        Binding("ctrl+u,pageup", "page(-1)", N_("Page up"), id="list.page_up", show=False, tooltip=N_("A page up")),
        Binding("home", "top", N_("Top"), id="list.top", show=False, tooltip=N_("The first card")),
        Binding("end,G", "bottom", N_("Bottom"), id="list.bottom", show=False, tooltip=N_("The last row")),
        Binding("enter", "choose", N_("Open"), id="list.open", tooltip=N_("Open the card, or fold the heading")),
    ]

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"row-list--{name}"
        for name in (
            *("cursor", "resting", "shared", "marked", "sign", "heading"),
            *("error", "warning", "success", "accent", "primary", "secondary", "muted"),
        )
    }

    DEFAULT_CSS = """
    RowList {
        background: $surface;
        color: $foreground;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        & > .row-list--cursor { background: $primary 35%; text-style: bold; }
        & > .row-list--resting { background: $foreground 6%; }
        & > .row-list--shared { background: $primary 18%; }
        & > .row-list--sign { color: $primary; }
        & > .row-list--heading { text-style: bold; }
        & > .row-list--error { color: $text-error; }
        & > .row-list--warning { color: $text-warning; }
        & > .row-list--success { color: $text-success; }
        & > .row-list--accent { color: $text-accent; }
        & > .row-list--primary { color: $text-primary; }
        & > .row-list--secondary { color: $text-secondary; }
        & > .row-list--muted { color: $text-muted; }
    }
    """

    # --- what a subclass hears

    def item_chosen(self, item: Item) -> None:
        """Enter or a double click on an item."""

    def heading_chosen(self, section: Section) -> None:
        """Enter on a heading."""

    def more_chosen(self, section: Section) -> None:
        """Enter or a click on "… n more"."""

    # --- where the cursor is

    @property
    def cursor_section(self) -> str | None:
        """The key of the section that the cursor stands in; None in an empty list."""
        spot = spot_of(self.place)
        return None if spot is None else spot.section

    @property
    def cursor_spot(self) -> Spot | None:
        """Section and offset of the cursor's card; offset -1 on a heading."""
        return spot_of(self.place)

    @property
    def folded(self) -> set[str]:
        """Keys of the folded sections; assign a set before `show` to change it."""
        return set(self._folded)

    @folded.setter
    def folded(self, keys: set[str]) -> None:
        self._folded = set(keys)

    async def go_to(self, spot: Spot) -> None:
        """Put the cursor on a spot (unfolding its section) after its page was fetched."""
        self.step(lambda: self._unfolded_at(spot))
        await self.settled()

    def _unfolded_at(self, spot: Spot) -> Place:
        rows = self.place.rows
        if spot.section in rows.folded:
            rows = rows.with_folded(rows.folded - {spot.section})
        return in_sight(Place(rows, rows.nearest(spot.section, spot.offset), self.place.scroll), self.window)

    # --- what the screen tells

    def set_empty(self, sentence: str) -> None:
        """What an empty list says in its middle."""
        if self._empty != sentence:
            self._empty = sentence
            if not self.place.rows.total:
                self.refresh()

    def set_resting(self, resting: bool) -> None:
        """Whether another pane is the active one: the cursor is drawn faintly then."""
        if self.resting != resting:
            self.resting = resting
            self.redraw()

    def on_focus(self, _event: events.Focus) -> None:
        """This is the active pane now."""
        self.set_resting(False)
        self.cursor_moved()

    # --- keys

    def action_move(self, by: int) -> None:
        """Some rows down, or up."""
        self.step(lambda: moved(self.place, by, self.window))

    def action_page(self, pages: int) -> None:
        """A page down, or up."""
        self.step(lambda: paged(self.place, pages, self.window))

    def action_top(self) -> None:
        """The first card."""
        self.step(lambda: at_top(self.place, self.window))

    def action_bottom(self) -> None:
        """The last row."""
        self.step(lambda: moved(self.place, self.place.rows.total, self.window))

    def action_choose(self) -> None:
        """Open the card, or do what the heading does."""
        self.after_moves(self._choose)

    def _choose(self) -> None:
        row = self.row_at(self.place.cursor)
        if row is None:
            return
        if row.kind is RowKind.HEADING:
            self.heading_chosen(row.section)
        elif row.kind is RowKind.MORE:
            self.more_chosen(row.section)
        elif self._item is not None:
            self.item_chosen(self._item)

    # --- the mouse

    def on_click(self, event: events.Click) -> None:
        """One click selects, two open; a heading or "more" acts at once."""
        offset = event.get_content_offset(self)
        row = None if offset is None else self.row_at(self.scroll_offset.y + offset.y)
        if offset is None or row is None:
            return
        event.stop()
        index = self.scroll_offset.y + offset.y
        self.step(lambda: in_sight(replace(self.place, cursor=index), self.window))
        if self.acts_on_click(row, offset.x) or (event.chain == 2 and row.kind is RowKind.CARD):
            self.action_choose()

    def acts_on_click(self, row: Row, x: int) -> bool:
        """Whether one click does what enter does."""
        return row.kind is not RowKind.CARD

    # --- drawing

    def more_pieces(self, section: Section, width: int) -> Iterable[Piece]:
        """How many cards are not shown."""
        hidden = format_number(section.count - section.shown)
        return [Piece("  " + _("… {n} more").format(n=hidden), "muted")]
