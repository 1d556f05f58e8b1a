"""The virtual list of cards under the card list and each pipeline column, and what it tells."""

from __future__ import annotations

from collections.abc import Callable

from textual.message import Message
from textual.widget import Widget

from minicrm_tui.domain.errors import CrmError
from minicrm_tui.domain.records import CardId, CardRow
from minicrm_tui.domain.views import Spot
from minicrm_tui.widgets.row_list import RowList
from minicrm_tui.widgets.sections import Section
from minicrm_tui.widgets.strips import Ground
from minicrm_tui.widgets.walking import cards_between, following


class SectionList(RowList[CardRow]):
    """Sections of cards; tells which card is under the cursor and what was chosen, and draws the other pane's card."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._shared: CardId | None = None

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
        return self._item

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
            card = self.item_at(index)
            if card is not None and card.id in both:
                self.refresh_line(index)

    # --- what it tells

    def cursor_moved(self) -> None:
        """Tell where the cursor is; the cursor of a resting pane is nobody's."""
        if self.resting:
            return
        self.post_message(self.CardHighlighted(self, self._item, self.cursor_section))

    def fetch_failed(self, error: CrmError) -> None:
        """Tell why the cursor did not move."""
        self.post_message(self.FetchFailed(self, error))

    def item_chosen(self, item: CardRow) -> None:
        """Tell which card is wanted."""
        self.post_message(self.CardChosen(self, item))

    def heading_chosen(self, section: Section) -> None:
        """Tell which heading is wanted."""
        self.post_message(self.SectionChosen(self, section.key))

    def more_chosen(self, section: Section) -> None:
        """Tell where the rest is wanted."""
        self.post_message(self.MoreChosen(self, section.key))

    # --- drawing

    def ground(self, index: int, item: CardRow | None) -> Ground:
        """As of every list; in a resting pane, the other pane's card can be seen too."""
        if self.resting and item is not None and item.id == self._shared:
            return Ground.SHARED
        return super().ground(index, item)
