"""The virtual list under the card list and each pipeline column: what is pressed, clicked and told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from minicrm_tui.domain.errors import CrmError
from minicrm_tui.domain.records import CardId, CardRow, Spot
from minicrm_tui.i18n import N_, _, format_number
from minicrm_tui.widgets.placing import Place, at_top, in_sight, moved, paged, spot_of
from minicrm_tui.widgets.scrolling import ScrolledRows
from minicrm_tui.widgets.sections import Row, RowKind, Section
from minicrm_tui.widgets.strips import Piece
from minicrm_tui.widgets.walking import cards_between, following


class SectionList(ScrolledRows, can_focus=True):
    """Sections of cards, a million if need be: only what is in sight (and a little more) is held."""

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
        f"section-list--{name}"
        for name in (
            *("cursor", "resting", "shared", "marked", "sign", "heading"),
            *("error", "warning", "success", "accent", "muted"),
        )
    }

    DEFAULT_CSS = """
    SectionList {
        background: $surface;
        color: $foreground;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        & > .section-list--cursor { background: $primary 35%; text-style: bold; }
        & > .section-list--resting { background: $foreground 6%; }
        & > .section-list--shared { background: $primary 18%; }
        & > .section-list--sign { color: $primary; }
        & > .section-list--heading { text-style: bold; }
        & > .section-list--error { color: $text-error; }
        & > .section-list--warning { color: $text-warning; }
        & > .section-list--success { color: $text-success; }
        & > .section-list--accent { color: $text-accent; }
        & > .section-list--muted { color: $text-muted; }
    }
    """

    class ListMessage(Message):
        """Something that happened in a section list; `control` is the list."""

        def __init__(self, section_list: SectionList) -> None:
            super().__init__()
            self.section_list = section_list

        @property
        def control(self) -> Widget:
            """The list it happened in."""
            return self.section_list

    class CardHighlighted(ListMessage):
        """The cursor stands on another row: `card` is None on a heading or in an empty list."""

        def __init__(self, section_list: SectionList, card: CardRow | None, section: str | None) -> None:
            super().__init__(section_list)
            self.card = card
            self.section = section

    class CardChosen(ListMessage):
        """Enter or a double click on a card."""

        def __init__(self, section_list: SectionList, card: CardRow) -> None:
            super().__init__(section_list)
            self.card = card

    class SectionChosen(ListMessage):
        """Enter or a click on a heading (the card list folds by itself and does not post it)."""

        def __init__(self, section_list: SectionList, key: str) -> None:
            super().__init__(section_list)
            self.key = key

    class MoreChosen(ListMessage):
        """Enter or a click on "… n more" (the pipeline board unfolds that status by itself)."""

        def __init__(self, section_list: SectionList, key: str) -> None:
            super().__init__(section_list)
            self.key = key

    class FetchFailed(ListMessage):
        """A page could not be read: the cursor stayed where it was."""

        def __init__(self, section_list: SectionList, error: CrmError) -> None:
            super().__init__(section_list)
            self.error = error

    # --- where the cursor is

    @property
    def cursor_card(self) -> CardRow | None:
        """The card under the cursor; None on a heading or in an empty list."""
        return self._card

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

    async def following(self, skip: Callable[[CardRow], bool]) -> CardRow | None:
        """The card after the cursor's that `skip` does not take, else the one before; None when there is none."""
        return await following(self.place, self._pages, skip)

    async def cards_between(self, one: Spot, other: Spot) -> tuple[CardRow, ...]:
        """All cards from one spot to another, both included, in list order (for marking a range)."""
        return await cards_between(self.place.rows, self._pages, one, other)

    # --- what the screen tells

    def set_marks(self, is_marked: Callable[[CardRow, str], bool]) -> None:
        """Draw `✓` before the cards (row, section key) that it is true for; call again after marks changed."""
        self._is_marked = is_marked
        self.refresh()

    def set_shared(self, card_id: CardId | None) -> None:
        """The card under the other pane's cursor: drawn faintly here when it is in view."""
        both = {self._shared, card_id} - {None}
        if self._shared == card_id:
            return
        self._shared = card_id
        top = self.scroll_offset.y
        for index in range(top, top + self.size.height):
            card = self.card_at(index)
            if card is not None and card.id in both:
                self.refresh_line(index)

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

    # --- what it tells

    def cursor_moved(self) -> None:
        """Tell where the cursor is; the cursor of a resting pane is nobody's."""
        if self.resting:
            return
        self.post_message(self.CardHighlighted(self, self._card, self.cursor_section))

    def fetch_failed(self, error: CrmError) -> None:
        """Tell why the cursor did not move."""
        self.post_message(self.FetchFailed(self, error))

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
            self.post_message(self.MoreChosen(self, row.section.key))
        elif self._card is not None:
            self.post_message(self.CardChosen(self, self._card))

    def heading_chosen(self, section: Section) -> None:
        """Enter on a heading."""
        self.post_message(self.SectionChosen(self, section.key))

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
