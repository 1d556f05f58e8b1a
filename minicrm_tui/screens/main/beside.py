"""What stands beside the rows: the peek, the same card in the other pane, the marks, and the note in the border."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from minicrm_tui.domain.agenda import bounds
from minicrm_tui.domain.errors import NotFound
from minicrm_tui.domain.records import Bucket
from minicrm_tui.domain.views import MarkedRange, Targets
from minicrm_tui.i18n import FINISHED, _, format_number, ngettext
from minicrm_tui.screens.main.state import Modules, ModuleState
from minicrm_tui.screens.reads import read_anew

if TYPE_CHECKING:
    from minicrm_tui.clock import Clock
    from minicrm_tui.screens.main.main import MainScreen
    from minicrm_tui.store.store import Store

LOOKED_UP = 200
"""Marked cards that are looked up one by one to see whether they are in sight."""


class Beside:
    """Follows the cursor and the marks; each part is read by itself, and a newer reading stops an older one."""

    def __init__(self, screen: MainScreen, store: Store, clock: Clock, modules: Modules) -> None:
        self._screen = screen
        self._store = store
        self._clock = clock
        self._modules = modules

    def note(self) -> None:
        """Filter, narrowing and marks, in the list's border."""
        read_anew(self._screen, "note", partial(self._screen.guarded, self._note))

    async def _note(self) -> None:
        state = self._modules.state
        parts: list[str] = []
        narrowed = self._modules.status(state.status_id)
        if narrowed is not None:
            parts.append(narrowed.name)
        if state.filter:
            parts.append(f"/{state.filter}")
        if state.marks:
            parts.append(await self._marked(state))
        self._screen.desk.set_note(" · ".join(parts))

    async def _marked(self, state: ModuleState) -> str:
        count = await self._store.count(state.marks.targets())
        words = ngettext("{n} marked", "{n} marked", count).format(n=format_number(count))
        hidden = await self._out_of_sight(state)
        return _("{marked}, {n} out of sight").format(marked=words, n=format_number(hidden)) if hidden else words

    async def _out_of_sight(self, state: ModuleState) -> int:
        """How many of the marked cards the list does not show: folded, filtered or narrowed away."""
        now, marks = self._clock(), state.marks
        folded = self._screen.desk.cards.folded
        spots = [await self._store.spot(state.view, card, now) for card in sorted(marks.cards)[:LOOKED_UP]]
        singly = sum(1 for spot in spots if spot is None or spot.section in folded)
        return singly + sum([await self._hidden_of(marked, state, folded) for marked in marks.ranges])

    async def _hidden_of(self, marked: MarkedRange, state: ModuleState, folded: set[str]) -> int:
        """How many cards of a marked bucket are out of sight."""
        without = state.marks.without
        all_of_it = await self._store.count(Targets(ranges=(marked,), without=without))
        seen = marked.view.narrowed_by(state.view)
        if seen is None or self._section_of(marked) in folded:
            return all_of_it
        in_sight = MarkedRange(seen, marked.low, marked.high)
        return all_of_it - await self._store.count(Targets(ranges=(in_sight,), without=without))

    def _section_of(self, marked: MarkedRange) -> str:
        """The heading that a marked bucket stands under now."""
        now, week_start = self._clock(), self._screen.settings.week_start
        borders = (marked.low, marked.high)
        return next((bucket.value for bucket in Bucket if bounds(bucket, now, week_start) == borders), FINISHED)

    def show_marks(self) -> None:
        """Draw the marks anew."""
        marks = self._modules.state.marks
        self._screen.desk.cards.set_marks(lambda row, _section: marks.covers(row))
        self._screen.desk.board.set_marks(lambda row, _section: marks.covers(row))
        self.note()

    def follow(self) -> None:
        """The cursor stands on another card, or its card has changed."""
        self.shared()
        self.peek()

    def shared(self) -> None:
        """The pane without the cursor shows the same card."""
        desk = self._screen.desk
        card = self._modules.state.card
        desk.cards.set_shared(card if desk.on_board else None)
        desk.board.set_shared(None if desk.on_board else card)

    def peek(self) -> None:
        """Show the card under the cursor whole."""
        read_anew(self._screen, "peek", partial(self._screen.guarded, self._peek))

    async def _peek(self) -> None:
        card = self._modules.state.card
        try:
            details = await self._store.card(card) if card is not None else None
        except NotFound:
            details = None
        if card == self._modules.state.card:
            self._screen.desk.peek.show(details, self._clock())
