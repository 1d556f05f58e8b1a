"""The main screen: the bar, list and peek beside the pipeline, line and footer. It hands wishes to the flows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from minicrm_tui.domain.errors import CrmError
from minicrm_tui.domain.pipelines import FIXED
from minicrm_tui.domain.records import Kind, StatusId
from minicrm_tui.i18n import N_, format_day
from minicrm_tui.screens.main.footer import FOOTER, KEPT, PAGE_BESIDES, PAGE_FOOTER, PAGE_KEPT
from minicrm_tui.screens.main.stillness import Stillness
from minicrm_tui.screens.reads import read_anew
from minicrm_tui.widgets.card_commands import CardCommands, Verb
from minicrm_tui.widgets.desk import Desk
from minicrm_tui.widgets.key_bar import KeyBar
from minicrm_tui.widgets.line import LinePlace, PromptLine
from minicrm_tui.widgets.section_list import SectionList
from minicrm_tui.widgets.tab_strip import TabStrip
from minicrm_tui.widgets.too_small import TooSmall

if TYPE_CHECKING:
    from minicrm_tui.clock import Clock
    from minicrm_tui.screens.main.showing import Showing
    from minicrm_tui.screens.main.workbench import Workbench
    from minicrm_tui.settings import Settings
    from minicrm_tui.store.store import Store
    from minicrm_tui.widgets.card_page import CardPage
    from minicrm_tui.widgets.in_place import InPlaceEditor
from minicrm_tui.widgets.zones import Zone

HIDDEN: Final[Mapping[Verb, frozenset[Kind]]] = {
    Verb.QUALIFY: frozenset(Kind) - {Kind.SALES},
    Verb.DECIDE: frozenset(Kind) - {Kind.SALES},
    Verb.STEP: frozenset(Kind) - {Kind.SALES},
    Verb.MAKE: frozenset(Kind) - FIXED,
    Verb.DOCUMENT: frozenset(Kind) - {Kind.ORDERS, Kind.INVOICING},
}
"""Commands that not every kind of module has: where they are hidden."""

PULSE = 1.0
"""Seconds between two looks at the clock and at the file."""


def _module_key(number: int) -> Binding:
    return Binding(
        str(number),
        f"enter_module({number - 1})",
        N_("Module"),
        show=False,
        tooltip=N_("Show the module with this number"),
        id=f"module.{number}",
    )


COMMANDS: Final[list[BindingType]] = [
    *(_module_key(number) for number in range(1, 10)),
    Binding(
        "left_square_bracket,shift+left",
        "turn_module(-1)",
        N_("Previous module"),
        show=False,
        tooltip=N_("Show the module to the left"),
        id="module.previous",
    ),
    Binding(
        "right_square_bracket,shift+right",
        "turn_module(1)",
        N_("Next module"),
        show=False,
        tooltip=N_("Show the module to the right"),
        id="module.next",
    ),
    Binding(
        "x",
        "flow('next_expired')",
        N_("Next expired"),
        tooltip=N_("Go to the next expired card, here or elsewhere"),
        id="go.expired",
    ),
    Binding(
        "slash",
        "flow('filter')",
        N_("Filter"),
        tooltip=N_("Show only the cards that match what you type"),
        id="view.filter",
    ),
    Binding(
        "ctrl+k",
        "flow('jump')",
        N_("Jump"),
        show=False,
        tooltip=N_("Go to any card, company or person by name, phone, e-mail, or words of a note"),
        id="go.jump",
    ),
    Binding(
        "g",
        "flow('going')",
        N_("Go"),
        show=False,
        tooltip=N_("Go to a place: one more key says which"),
        id="go.chord",
    ),
    Binding("u", "flow('undo')", N_("Undo"), tooltip=N_("Take back the latest action"), id="app.undo"),
    Binding(
        "U,ctrl+r",
        "flow('redo')",
        N_("Redo"),
        show=False,
        tooltip=N_("Do again what was taken back"),
        id="app.redo",
    ),
    Binding(
        "escape",
        "flow('back')",
        N_("Back"),
        show=False,
        tooltip=N_("One step back: marks, then the filter, then the status"),
        id="view.back",
    ),
]
"""What works wherever the cursor is."""


class MainScreen(Screen[None]):
    """One module at a time. Rows come once the store is there; the frame stands before."""

    BINDINGS: ClassVar[list[BindingType]] = COMMANDS

    DEFAULT_CSS = """
    MainScreen {
        overflow: hidden;
        layers: default prompt small;
        #progress { dock: bottom; height: 1; margin-bottom: 1; padding: 0 1; background: $primary; color: $text;
            display: none; layer: prompt; }
        &.-tiny #too-small, &.-flat #too-small { display: block; }
    }
    """
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """As Textual's, but a new focus does not paint the whole screen: who has it shows it."""

    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-roomy")]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (16, "-high")]

    def __init__(
        self, settings: Settings, clock: Clock, keyboard_changed: Callable[[], None], *, keeps_settings: bool = True
    ) -> None:
        # As in any terminal that is large enough: else all would be styled once more before the first frame.
        super().__init__(classes="-roomy -high")
        self.keyboard_changed = keyboard_changed
        self.keeps_settings = keeps_settings
        self.settings = settings
        self._clock = clock
        self.tabs = TabStrip(id="tabs")
        self.desk = Desk(id="desk")
        self.line = PromptLine(keyboard_changed, id="line")
        self.keys = KeyBar(FOOTER, keep=KEPT, id="keys")
        self._progress = Static("", id="progress")
        self.still = Stillness(self)
        self._at_work = 0
        self._bench: Workbench | None = None
        self._early: list[Callable[[Workbench], Awaitable[None]]] = []
        """What was wished before the file was open; the keys that follow wait with it."""

    def compose(self) -> ComposeResult:
        """The frame: everything but the rows, and the card's page, which comes after them."""
        yield self.tabs
        yield self.desk
        yield self._progress
        yield self.keys
        with LinePlace():
            yield self.line
        yield TooSmall(id="too-small")

    def on_mount(self) -> None:
        """The date stands in the bar from the first frame on."""
        self.tabs.show([], 0, format_day(self._clock().date()))
        self.watch(self, "focused", self.keyboard_changed, init=False)
        self.desk.focus_cards()

    @property
    def bench(self) -> Workbench | None:
        """What the flows work with; None until the first rows are there."""
        return self._bench

    @property
    def holds_keyboard(self) -> bool:
        """Whether a flow is at work and no question stands: what is typed now is meant for what comes."""
        if not self._at_work or (self._bench is not None and self._bench.bulk_running is not None):
            return False
        if self.app.screen is not self:
            # A dialog that a flow has opened takes keys once one of its fields has the focus, until it saves.
            return self.app.focused is None or bool(getattr(self.app.screen, "is_saving", False))
        return not (self.line.is_open and self.line.has_focus_within) or self.line.is_taken

    # --- the store

    async def begin(self, store: Store) -> None:
        """The file is open: the first rows, or the welcome where it has no module."""
        from minicrm_tui.screens.main.showing import Showing

        showing = Showing(self, store, self._clock)
        if await showing.begin():
            await self.still.painted()
            await self.complete(showing)
            return
        from minicrm_tui.screens.welcome import welcome

        self._early, self._at_work = [], 1  # what was typed before it was meant for cards, and there are none
        self.run_worker(self._run_flow(partial(welcome, self, showing)), group="welcome")

    async def complete(self, showing: Showing) -> None:
        """The card's page and what the flows work with: nobody waits for them before the first rows can be read."""
        from minicrm_tui.screens.main.pulse import Pulse
        from minicrm_tui.screens.main.workbench import Workbench
        from minicrm_tui.widgets.card_page import CardPage

        self.page: CardPage = CardPage(id="page")
        await self.mount(self.page, after=self.desk)
        self.hide_verbs(showing.modules.current.module.kind)
        self._bench = Workbench(self, showing, self.settings, self._clock)
        self.pulse = Pulse(self._bench)
        self.set_interval(PULSE, self._beat)
        self.refresh_bindings()
        while self._early:
            self.run_worker(self._run_flow(partial(self._early.pop(0), self._bench)), group="flows")

    def _beat(self) -> None:
        if not self.holds_keyboard:
            read_anew(self, "pulse", partial(self.guarded, self.pulse.beat))

    # --- flows

    def start(self, flow: Callable[[Workbench], Awaitable[None]]) -> None:
        """Run a flow, as soon as the file is open; the keyboard is its until it asks something or is done."""
        self._at_work += 1
        if self._bench is None:
            self._early.append(flow)
        else:
            self.run_worker(self._run_flow(partial(flow, self._bench)), group="flows")

    async def _run_flow(self, flow: Callable[[], Awaitable[None]]) -> None:
        try:
            if not await self.guarded(flow) and self._bench is not None:
                await self._bench.showing.reload()
        finally:
            self.still.release()
            self._at_work -= 1
            self.keyboard_changed()

    async def guarded(self, work: Callable[[], Awaitable[None]]) -> bool:
        """Do this; what the store refuses is told. Whether it was done."""
        try:
            await work()
        except CrmError as error:
            self.complain(error)
            return False
        return True

    def complain(self, error: CrmError) -> None:
        """What went wrong and what to do about it, as a toast."""
        self.app.clear_notifications()
        self.notify(error.sentence(), severity="warning", markup=False)
        self.call_after_refresh(self.line.toasts_make_room)

    def show_progress(self, sentence: str) -> None:
        """How far a long write is; an empty sentence takes the line away."""
        self._progress.update(Content(sentence))
        self._progress.display = bool(sentence)

    def hide_verbs(self, kind: Kind) -> None:
        """The commands that other kinds of modules have are hidden in this one."""
        hidden = frozenset(verb for verb, kinds in HIDDEN.items() if kind in kinds)
        for place in (self.desk, self.page):
            place.set_hidden_verbs(hidden)

    def show_page(self, *, shown: bool) -> None:
        """The card's page in place of list and pipeline, or these again."""
        if self.page.display != shown:
            self.page.display = shown
            self.desk.display = not shown
            if shown:
                self.keys.reorder(PAGE_FOOTER, PAGE_KEPT, besides=PAGE_BESIDES)
            else:
                self.keys.reorder(FOOTER, KEPT)
                self.desk.active.focus(scroll_visible=False)

    # --- wishes

    @on(CardCommands.CardWish)
    def _card_wish(self, event: CardCommands.CardWish) -> None:
        self.action_flow(event.verb)

    @on(SectionList.CardChosen)
    def _card_chosen(self) -> None:
        self.action_flow("open")

    def on_zone_chosen(self) -> None:
        self.action_flow("choose")

    @on(SectionList.SectionChosen)
    def _section_chosen(self, event: SectionList.SectionChosen) -> None:
        if self.desk.board in event.section_list.ancestors:
            from minicrm_tui.screens.main.going import narrow

            self.start(partial(narrow, status_id=StatusId(int(event.key))))

    @on(SectionList.CardHighlighted)
    def _card_highlighted(self, event: SectionList.CardHighlighted) -> None:
        if self._bench is not None and event.section_list is self.desk.active:
            self._bench.moved_to(self.desk.cursor_card)

    @on(Desk.PaneFlipped)
    def _pane_flipped(self) -> None:
        if self._bench is not None:
            self._bench.moved_to(self.desk.cursor_card)

    def on_in_place_editor_saved(self, event: InPlaceEditor.Saved) -> None:
        from minicrm_tui.screens.card.profile import save_line

        self.start(partial(save_line, key=event.key, text=event.text, turn=event.turn))

    def on_in_place_editor_left(self) -> None:
        from minicrm_tui.screens.card.profile import leave_line

        self.start(leave_line)

    def on_in_place_editor_typed(self, event: InPlaceEditor.Typed) -> None:
        from minicrm_tui.screens.card.profile import read_back

        if self._bench is not None:
            self.page.editor.tell(read_back(self._bench, event.key, event.text))

    def on_zone_highlighted(self) -> None:
        if self._bench is not None:
            self._bench.page.show_whole()

    def on_zone_fetch_failed(self, event: Zone.FetchFailed) -> None:
        self.complain(event.error)

    @on(SectionList.FetchFailed)
    def _fetch_failed(self, event: SectionList.FetchFailed) -> None:
        self.complain(event.error)

    @on(TabStrip.ModuleChosen)
    def _module_chosen(self, event: TabStrip.ModuleChosen) -> None:
        self.action_enter_module(event.index)

    # --- keys

    def action_flow(self, name: str) -> None:
        """A command by its name: what it does is in `flows`."""
        from minicrm_tui.screens.main.flows import FLOWS

        self.start(FLOWS[name])

    def action_enter_module(self, index: int) -> None:
        """`1`…`9`."""
        from minicrm_tui.screens.main.going import enter_module

        self.start(partial(enter_module, index=index))

    def action_turn_module(self, direction: int) -> None:
        """`[` `]`."""
        from minicrm_tui.screens.main.going import turn_module

        self.start(partial(turn_module, direction=direction))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Modules that are not there have no key."""
        if action == "enter_module" and self._bench is not None:
            return isinstance(parameters[0], int) and parameters[0] < len(self._bench.showing.modules.all)
        return super().check_action(action, parameters)
