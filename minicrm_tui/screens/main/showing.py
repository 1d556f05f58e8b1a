"""Showing a module: reads the store and feeds the bar, the list and the pipeline."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.worker import Worker, WorkerCancelled

from minicrm_tui.domain.errors import CrmError
from minicrm_tui.domain.pipelines import heading
from minicrm_tui.domain.records import CardId, CardRow, ModuleId, StatusId
from minicrm_tui.domain.views import Outline, Spot, StatusPage, View
from minicrm_tui.i18n import _, format_day
from minicrm_tui.screens.main.beside import Beside
from minicrm_tui.screens.main.state import Modules, ModuleState
from minicrm_tui.screens.main.words import board_counts, empty_list, list_counts, list_title, sections_of
from minicrm_tui.screens.reads import read_anew
from minicrm_tui.widgets.column import PipelineColumn
from minicrm_tui.widgets.groups import group_columns
from minicrm_tui.widgets.sections import Section
from minicrm_tui.widgets.tab_strip import Tab

if TYPE_CHECKING:
    from minicrm_tui.clock import Clock
    from minicrm_tui.screens.main.main import MainScreen
    from minicrm_tui.store.store import Store


class Showing:
    """What stands on the main screen. The active pane is read first, the rest after it was painted."""

    def __init__(self, screen: MainScreen, store: Store, clock: Clock) -> None:
        self.store = store
        self.modules = Modules()
        self.beside = Beside(screen, store, clock, self.modules)
        self.listed = 0
        self.is_whole = True
        self._screen = screen
        self._clock = clock
        self._latest: Worker[object] | None = None
        self._round = 0
        self._entering = True
        self._view: View | None = None
        self._board_of: ModuleId | None = None
        self._wanted: CardId | None = None

    @property
    def state(self) -> ModuleState:
        """The state of the module on the screen."""
        return self.modules.state

    @property
    def is_aiming(self) -> bool:
        """Whether the cursor is on its way to a card: what it passes is not where the person went."""
        return self._wanted is not None or not self.is_whole

    # --- which module, which card

    async def begin(self) -> bool:
        """The first rows; False, and nothing shown, where the file has no module yet."""
        installed = await self.store.modules(self._clock())
        if installed:
            self.modules.take(installed)
            await self.reload()
        return bool(installed)

    async def read_modules(self) -> None:
        """The bar may be another one: where the module on the screen is gone, its neighbour takes its place."""
        if self.modules.take(await self.store.modules(self._clock())):
            self._arrive()

    async def enter(self, index: int) -> None:
        """Show another module, where it was left."""
        self.switch(index)
        await self.reload()

    def switch(self, index: int) -> None:
        """Another module is the one on the screen; it is drawn by the next `reload`."""
        self._screen.still.hold()
        cards = self._screen.desk.cards
        self.state.folded, self.state.spot = set(cards.folded), cards.cursor_spot
        self.modules.index = index
        self._arrive()

    def _arrive(self) -> None:
        self._entering = True
        self._screen.desk.cards.folded = set(self.state.folded)
        self._screen.hide_verbs(self.modules.current.module.kind)
        self.beside.show_marks()

    async def find(self, card: CardId) -> None:
        """Put the cursor on a card of this module; a filter, narrowing or fold that hides it is lifted."""
        now = self._clock()
        state = self.state
        spot = await self.store.spot(state.view, card, now)
        if spot is None and (state.filter or state.status_id is not None):
            state.filter, state.status_id = "", None
            spot = await self.store.spot(state.view, card, now)
        desk = self._screen.desk
        if spot is None:
            # Finished cards are in the pipeline only. The focus goes there at once: later, it would undo the move.
            desk.focus_board()
            self._screen.set_focus(desk.board.active, scroll_visible=False)
        else:
            desk.cards.folded = desk.cards.folded - {spot.section}
        await self.reload(card)

    async def spot_in_active(self, card: CardId) -> Spot | None:
        """Where the card stands in the pane that has the cursor."""
        now = self._clock()
        if not self._screen.desk.on_board:
            return await self.store.spot(self.state.view, card, now)
        found = await self.store.status_spot(self.state.view, card, now)
        return None if found is None else Spot(str(found[0]), found[1])

    async def cards_of_status(self, status_id: StatusId, limit: int) -> tuple[CardId, ...]:
        """The cards of a status, as the pipeline shows them."""
        rows = await self.store.status_rows(self.state.view, status_id, 0, limit, self._clock())
        return tuple(row.id for row in rows)

    # --- reading

    async def reload(self, cursor: CardId | None = None) -> None:
        """Read everything on the screen again; the cursor goes to this card, or keeps its own."""
        self._wanted = cursor or self._wanted
        self._round += 1
        self._screen.workers.cancel_group(self._screen, "rest")
        worker = self._latest = read_anew(self._screen, "view", partial(self._screen.guarded, self._load))
        while worker is not None:
            try:
                await worker.wait()
            except WorkerCancelled:
                # A newer reading has overtaken this one: the screen stands when that one is done.
                if worker is self._latest:
                    return
                worker = self._latest
            else:
                return

    async def _load(self) -> None:
        """The active pane: it is what the person looks at."""
        on_board = self._screen.desk.on_board
        self.state.card = self._wanted or self.state.card
        outline = await self.store.outline_so_far(self.state.view, self._clock())
        self.is_whole = outline.whole
        if on_board:
            await self._load_board(outline)
        await self._load_list(outline)
        self._entering = False
        self._wanted = None
        rest = partial(self._load_rest, outline, board=not on_board)
        if outline.whole:
            self._stand_here()
        else:
            rest = partial(self._search_on, self._screen.desk.cursor_card)
        self._screen.still.after_paint(partial(self._go_on, self._round, rest))

    def _stand_here(self) -> None:
        """The card under the cursor is the module's."""
        here = self._screen.desk.cursor_card
        self.state.card = here.id if here is not None else None
        self._screen.still.after_paint(self.beside.follow)

    async def _search_on(self, shown_at: CardRow | None) -> None:
        """The search had found only the beginning of each section: now all of it, the cursor's own card too."""
        try:
            outline = await self.store.outline(self.state.view, self._clock())
        except CrmError:
            # What was found so far is all that there will be: the cursor is followed again.
            self.is_whole = True
            raise
        if self._screen.desk.cursor_card != shown_at:
            # The person has gone on meanwhile.
            self._stand_here()
        self.is_whole = True
        await self._load_list(outline)
        self._stand_here()
        self._screen.line.read_again()
        await self._load_rest(outline, board=True)

    def _go_on(self, begun: int, rest: Callable[[], Awaitable[None]]) -> None:
        """The active pane was painted: now the rest, unless all is being read anew by then."""
        if begun == self._round:
            read_anew(self._screen, "rest", partial(self._screen.guarded, rest))

    async def _load_rest(self, outline: Outline, *, board: bool) -> None:
        shown, view = self.modules.current, self.state.view
        is_gone = self.modules.take(await self.store.modules(self._clock()))
        if is_gone or self.state.view != view:
            # The module on the screen was moved to the trash, or the status that the list is narrowed to deleted.
            if is_gone:
                self._arrive()
            self._screen.start(lambda bench: bench.reload())
            return
        # Another program may have changed the pipeline.
        now_is = self.modules.current
        board = board or (now_is.module, now_is.statuses) != (shown.module, shown.statuses)
        # The counts and the pipeline change in one picture.
        with self._screen.app.batch_update():
            self._show_names()
            self._screen.desk.set_counts(list_counts(outline), board_counts(outline, self.modules.current))
            if board:
                await self._load_board(outline)

    # --- the list

    async def _load_list(self, outline: Outline) -> None:
        now = self._clock()
        self.listed = sum(outline.buckets.values()) + (outline.finished if self.modules.shows_finished else 0)
        state = self.state
        spot = await self.store.spot(state.view, state.card, now) if state.card is not None else None
        self._show_names()
        self.beside.note()
        await self._show_list(outline, spot)

    async def _show_list(self, outline: Outline, spot: Spot | None) -> None:
        cards = self._screen.desk.cards
        now, view = self._clock(), self.state.view
        sections = sections_of(outline, self.modules)
        is_new = view != self._view

        async def fetch(section: str, offset: int, limit: int) -> Sequence[CardRow]:
            return await self.store.rows(view, section, offset, limit, now)

        cards.set_now(now)
        cards.set_empty(empty_list(self.state) if self.is_whole else _("Searching …"))
        await cards.show(
            sections, fetch, spot=spot or (self._first_spot(sections) if is_new else None), keep_scroll=not is_new
        )
        self._view = view

    def _first_spot(self, sections: Sequence[Section]) -> Spot | None:
        """Where the cursor begins in a view that was not on the screen: as it was left, else on the first card."""
        if self._entering and self.state.spot is not None:
            return self.state.spot
        folded = self._screen.desk.cards.folded
        held = next((section for section in sections if section.count and section.key not in folded), None)
        return None if held is None else Spot(held.key, 0)

    def _show_names(self) -> None:
        """The bar, and what list and pipeline are called."""
        tabs = [Tab(summary.module.name, summary.expired) for summary in self.modules.all]
        self._screen.tabs.show(tabs, self.modules.index, format_day(self._clock().date()))
        self._screen.desk.set_titles(list_title(self.modules.current.module), _("Pipeline"))

    # --- the pipeline

    async def _load_board(self, outline: Outline) -> None:
        board = self._screen.desk.board
        now, view = self._clock(), self.state.view
        module = self.modules.current
        spot = await self._status_spot()

        async def fetch(section: str, offset: int, limit: int) -> Sequence[CardRow]:
            return await self.store.status_rows(view, StatusId(int(section)), offset, limit, now)

        columns = group_columns(module.statuses, outline, lambda group: heading(module.module, group))
        size = PipelineColumn.page_size
        asked = [StatusPage(status, 0, size) for status, tally in outline.statuses.items() if tally.cards]
        pages = await self.store.status_pages(view, asked, now)
        first = {str(page.status_id): rows for page, rows in zip(asked, pages, strict=True)}
        board.set_narrowed(view.status_id)
        await board.show(columns, fetch, now=now, spot=spot, keep_scroll=self._board_of == view.module_id, first=first)
        self._board_of = view.module_id

    async def _status_spot(self) -> tuple[StatusId, int] | None:
        """The cursor's place, where the pipeline has it, or has never been shown."""
        state = self.state
        if state.card is None or (self._board_of == state.module_id and not self._screen.desk.on_board):
            return None
        return await self.store.status_spot(state.view, state.card, self._clock())
