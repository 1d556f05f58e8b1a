"""Showing a module: reads the store and feeds the bar, the list, the pipeline and the peek."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual.worker import Worker, WorkerCancelled

from minicrm_tui.domain.errors import CrmError, NotFound
from minicrm_tui.domain.pipelines import group_name, items_name
from minicrm_tui.domain.records import (
    Bucket,
    CardDetails,
    CardId,
    CardRow,
    Group,
    ModuleId,
    ModuleSummary,
    Outline,
    Spot,
    Status,
    StatusId,
    View,
)
from minicrm_tui.i18n import _, format_day, format_number, ngettext
from minicrm_tui.screens.main.state import ModuleState
from minicrm_tui.screens.reads import read_anew
from minicrm_tui.widgets.card_list import list_sections
from minicrm_tui.widgets.pipeline import group_columns
from minicrm_tui.widgets.sections import Section
from minicrm_tui.widgets.tab_strip import Tab

if TYPE_CHECKING:
    from datetime import datetime

    from minicrm_tui.clock import Clock
    from minicrm_tui.screens.main.main import MainScreen
    from minicrm_tui.store.store import Store


class Showing:
    """What stands on the main screen, and each module's remembered state."""

    def __init__(self, screen: MainScreen, store: Store, clock: Clock) -> None:
        self.store = store
        self.modules: tuple[ModuleSummary, ...] = ()
        self.index = 0
        self.details: CardDetails | None = None
        self.listed = 0
        self._screen = screen
        self._clock = clock
        self._states: dict[ModuleId, ModuleState] = {}
        self._latest: Worker[None] | None = None
        self._entering = True
        self._round = 0
        self._view: View | None = None
        self._board_of: ModuleId | None = None
        self._wanted: CardId | None = None

    @property
    def module(self) -> ModuleSummary:
        """The module on the screen."""
        return self.modules[self.index]

    @property
    def state(self) -> ModuleState:
        """The state of the module on the screen."""
        module_id = self.module.module.id
        return self._states.setdefault(module_id, ModuleState(module_id))

    def status(self, status_id: StatusId | None) -> Status | None:
        """A status of the module on the screen."""
        return next((status for status in self.module.statuses if status.id == status_id), None)

    def index_of(self, module_id: ModuleId) -> int | None:
        """The place of a module in the bar."""
        return next((at for at, summary in enumerate(self.modules) if summary.module.id == module_id), None)

    async def begin(self) -> None:
        """The first rows."""
        self.modules = await self.store.modules(self._clock())
        await self.reload()

    async def enter(self, index: int) -> None:
        """Show another module, where it was left."""
        self.switch(index)
        await self.reload()
        self.show_marks()

    def switch(self, index: int) -> None:
        """Another module is the one on the screen; it is drawn by the next `reload`."""
        self._leave()
        self.index = index
        self._entering = True
        self._screen.desk.cards.folded = set(self.state.folded)
        self._screen.hide_verbs(self.module.module.kind)

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
            # Finished cards are in the pipeline only.
            desk.focus_board()
        else:
            desk.cards.folded = desk.cards.folded - {spot.section}
            desk.focus_cards()
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

    def _leave(self) -> None:
        desk = self._screen.desk
        self.state.folded = set(desk.cards.folded)
        self.state.spot = desk.cards.cursor_spot

    @property
    def is_aiming(self) -> bool:
        """Whether the cursor is on its way to a card: what it passes is not where the person went."""
        return self._wanted is not None

    async def reload(self, cursor: CardId | None = None) -> None:
        """Read everything on the screen again; the cursor goes to this card, or keeps its own."""
        self._wanted = cursor or self._wanted
        self._round += 1
        self._screen.workers.cancel_group(self._screen, "rest")
        worker = self._latest = read_anew(self._screen, "view", partial(self._guarded, self._load))
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

    async def _guarded(self, reading: Callable[[], Awaitable[None]]) -> None:
        try:
            await reading()
        except CrmError as error:
            self._screen.complain(error)

    async def _load(self) -> None:
        """The active pane first: it is what the person looks at; the rest follows, and a newer reading stops it."""
        on_board = self._screen.desk.on_board
        self.state.card = self._wanted or self.state.card
        outline = await self.store.outline(self.state.view, self._clock())
        if on_board:
            await self._load_board(outline)
        await self._load_list(outline)
        self._entering = False
        self._wanted = None
        here = self._screen.desk.cursor_card
        self.state.card = here.id if here is not None else None
        self.shared()
        self.peek()
        rest = partial(self._load_rest, outline, board=not on_board)
        self._screen.call_after_refresh(self._follow, self._round, rest)

    def _follow(self, after: int, reading: Callable[[], Awaitable[None]]) -> None:
        """What is read once the active pane was painted, unless all is being read anew by then."""
        if after == self._round:
            read_anew(self._screen, "rest", partial(self._guarded, reading))

    async def _load_list(self, outline: Outline) -> None:
        now = self._clock()
        self.listed = sum(outline.buckets.values()) + (outline.finished if self._shows_finished() else 0)
        spot = await self._list_spot(self.state, now)
        self._name_panes()
        await self._show_list(outline, spot, now)

    async def _load_board(self, outline: Outline) -> None:
        now = self._clock()
        await self._show_board(outline, await self._status_spot(self.state, now), now)

    async def _load_rest(self, outline: Outline, *, board: bool) -> None:
        self.modules = await self.store.modules(self._clock())
        self._show_words(outline)
        if board:
            await self._load_board(outline)

    async def _list_spot(self, state: ModuleState, now: datetime) -> Spot | None:
        found = await self.store.spot(state.view, state.card, now) if state.card is not None else None
        return found or (state.spot if self._entering else None)

    def _first_spot(self, sections: Sequence[Section]) -> Spot | None:
        """Where the cursor stands in a view that was not shown before."""
        folded = self._screen.desk.cards.folded
        held = next((section for section in sections if section.count and section.key not in folded), None)
        return None if held is None else Spot(held.key, 0)

    async def _status_spot(self, state: ModuleState, now: datetime) -> tuple[StatusId, int] | None:
        if state.card is None or not (self._board_of != state.module_id or self._screen.desk.on_board):
            return None
        return await self.store.status_spot(state.view, state.card, now)

    # --- the parts

    async def _show_list(self, outline: Outline, spot: Spot | None, now: datetime) -> None:
        cards = self._screen.desk.cards
        view = self.state.view
        cards.set_now(now)
        cards.set_empty(self._empty())

        async def fetch(section: str, offset: int, limit: int) -> Sequence[CardRow]:
            return await self.store.rows(view, section, offset, limit, now)

        sections = self._sections(outline)
        is_new = view != self._view
        if spot is None and is_new:
            spot = self._first_spot(sections)
        await cards.show(sections, fetch, spot=spot, keep_scroll=not is_new)
        self._view = view

    def _sections(self, outline: Outline) -> tuple[Section, ...]:
        sections = list_sections(outline, finished=self._shows_finished())
        rest = _elsewhere(self.modules, self.index)
        if outline.buckets.get(Bucket.EXPIRED) or self.state.filter:
            return sections
        done = _("nothing is late")
        return tuple(
            replace(section, detail=f"{done} · {rest}" if rest else done) if section.key == Bucket.EXPIRED else section
            for section in sections
        )

    def _shows_finished(self) -> bool:
        narrowed = self.status(self.state.status_id)
        return bool(self.state.filter) or (narrowed is not None and narrowed.group in (Group.SUCCESS, Group.FAILED))

    async def _show_board(self, outline: Outline, spot: tuple[StatusId, int] | None, now: datetime) -> None:
        board = self._screen.desk.board
        view = self.state.view
        kind = self.module.module.kind

        async def fetch(section: str, offset: int, limit: int) -> Sequence[CardRow]:
            return await self.store.status_rows(view, StatusId(int(section)), offset, limit, now)

        columns = group_columns(self.module.statuses, outline, lambda group: group_name(kind, group))
        board.set_narrowed(self.state.status_id)
        await board.show(columns, fetch, now=now, spot=spot, keep_scroll=self._board_of == view.module_id)
        self._board_of = view.module_id

    def _name_panes(self) -> None:
        """The bar's active tab and the titles go with the rows; the counts may follow."""
        self._show_tabs()
        self._screen.desk.set_titles(items_name(self.module.module.kind), _("Pipeline"))
        self.note()

    def _show_tabs(self) -> None:
        tabs = [Tab(summary.module.name, summary.expired) for summary in self.modules]
        self._screen.tabs.show(tabs, self.index, format_day(self._clock().date()))

    def _show_words(self, outline: Outline) -> None:
        """The counts in the bar, and those that stand for a hidden pane."""
        self._show_tabs()
        expired = format_number(outline.buckets.get(Bucket.EXPIRED, 0))
        listed = format_number(sum(outline.buckets.values()))
        counts = _("{late} expired · {all} in the list").format(late=expired, all=listed)
        self._screen.desk.set_counts(counts, "  ".join(self._group_counts(outline)))

    def _group_counts(self, outline: Outline) -> Iterator[str]:
        groups = {status.id: status.group for status in self.module.statuses}
        for group in Group:
            count = sum(tally.cards for key, tally in outline.statuses.items() if groups.get(key) == group)
            yield f"{group_name(self.module.module.kind, group)} {format_number(count)}"

    def _empty(self) -> str:
        if self.state.filter:
            return _("Nothing matches “{text}”. esc shows all again.").format(text=self.state.filter)
        if self.state.status_id is not None:
            return _("No card waits in this status. esc shows all again.")
        return _("Nothing here yet: n makes the first one.")

    # --- what follows the cursor

    def note(self) -> None:
        """Filter, narrowing and marks, in the list's border."""
        read_anew(self._screen, "note", partial(self._guarded, self._note))

    async def _note(self) -> None:
        state = self.state
        parts: list[str] = []
        narrowed = self.status(state.status_id)
        if narrowed is not None:
            parts.append(narrowed.name)
        if state.filter:
            parts.append(f"/{state.filter}")
        if state.marks:
            parts.append(await self._marked(state))
        self._screen.desk.set_note(" · ".join(parts))

    async def _marked(self, state: ModuleState) -> str:
        count = await self.store.count(state.marks.targets())
        words = ngettext("{n} marked", "{n} marked", count).format(n=format_number(count))
        hidden = await self._out_of_sight(state)
        return _("{marked}, {n} out of sight").format(marked=words, n=format_number(hidden)) if hidden else words

    async def _out_of_sight(self, state: ModuleState) -> int:
        """How many of the singly marked cards the list does not show: folded, filtered or narrowed away."""
        now = self._clock()
        folded = self._screen.desk.cards.folded
        spots = [await self.store.spot(state.view, card, now) for card in sorted(state.marks.cards)[:200]]
        return sum(1 for spot in spots if spot is None or spot.section in folded)

    def show_marks(self) -> None:
        """Draw the marks anew."""
        marks = self.state.marks
        self._screen.desk.cards.set_marks(lambda row, _section: marks.covers(row))
        self._screen.desk.board.set_marks(lambda row, _section: marks.covers(row))
        self.note()

    def shared(self) -> None:
        """The pane without the cursor shows the same card."""
        desk = self._screen.desk
        card = self.state.card
        desk.cards.set_shared(card if desk.on_board else None)
        desk.board.set_shared(None if desk.on_board else card)

    def peek(self) -> None:
        """Show the card under the cursor whole."""
        read_anew(self._screen, "peek", partial(self._guarded, self._peek))

    async def _peek(self) -> None:
        card = self.state.card
        try:
            details = await self.store.card(card) if card is not None else None
        except NotFound:
            details = None
        if card == self.state.card:
            self.details = details
            self._screen.desk.peek.show(details, self._clock())


def _elsewhere(modules: Sequence[ModuleSummary], index: int) -> str:
    """Where the other expired cards are, and the key that goes there."""
    for summary in (*modules[index + 1 :], *modules[:index]):
        if summary.expired:
            return _("{module} {n} — x").format(module=summary.module.name, n=format_number(summary.expired))
    return ""
