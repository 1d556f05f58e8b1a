"""The virtual list under the card list and each pipeline column: pages come before the cursor moves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.message import Message
from textual.scroll_view import ScrollView
from textual.widget import Widget

from minicrm_tui.domain.errors import CrmError
from minicrm_tui.domain.records import CardId, CardRow, Spot
from minicrm_tui.widgets.sections import Fetch, Section


class SectionList(ScrollView, can_focus=True):
    """Sections of cards, a million if need be: only what is in sight (and a little more) is held."""

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

    @property
    def cursor_card(self) -> CardRow | None:
        """The card under the cursor; None on a heading or in an empty list."""
        raise NotImplementedError

    @property
    def cursor_section(self) -> str | None:
        """The key of the section that the cursor stands in; None in an empty list."""
        raise NotImplementedError

    @property
    def cursor_spot(self) -> Spot | None:
        """Section and offset of the cursor's card; offset -1 on a heading."""
        raise NotImplementedError

    @property
    def folded(self) -> set[str]:
        """Keys of the folded sections; assign a set to change it (before `show`, or `await fold(...)`)."""
        raise NotImplementedError

    @folded.setter
    def folded(self, keys: set[str]) -> None:
        raise NotImplementedError

    async def show(
        self, sections: Sequence[Section], fetch: Fetch, *, spot: Spot | None = None, keep_scroll: bool = True
    ) -> None:
        """Swap the contents at once, after the page in sight was fetched; the cursor takes `spot`, or stays near."""
        raise NotImplementedError

    async def go_to(self, spot: Spot) -> None:
        """Put the cursor on a spot (unfolding its section) after its page was fetched."""
        raise NotImplementedError

    async def following(self, skip: Callable[[CardRow], bool]) -> CardRow | None:
        """The card after the cursor's that `skip` does not take, else the one before; None when there is none."""
        raise NotImplementedError

    async def cards_between(self, one: Spot, other: Spot) -> tuple[CardRow, ...]:
        """All cards from one spot to another, both included, in list order (for marking a range)."""
        raise NotImplementedError

    async def settled(self) -> None:
        """Wait until every move pressed so far was made."""
        raise NotImplementedError

    def after_moves(self, call: Callable[[], None]) -> None:
        """Call at once, or after the moves that still wait for their page: keys keep their order."""
        raise NotImplementedError

    def set_marks(self, is_marked: Callable[[CardRow, str], bool]) -> None:
        """Draw `✓` before the cards (row, section key) that it is true for; call again after marks changed."""
        raise NotImplementedError

    def set_shared(self, card_id: CardId | None) -> None:
        """The card under the other pane's cursor: drawn faintly here when it is in view."""
        raise NotImplementedError

    def set_empty(self, sentence: str) -> None:
        """What an empty list says in its middle."""
        raise NotImplementedError
