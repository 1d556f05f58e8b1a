"""A screen of one list: what is done there is written at once, said, and taken back by u; keys wait for it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import var
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from minicrm_tui.domain.errors import CrmError
from minicrm_tui.i18n import N_, _
from minicrm_tui.screens.reads import read_anew
from minicrm_tui.widgets.key_bar import KeyBar
from minicrm_tui.wording import describe

if TYPE_CHECKING:
    from minicrm_tui.clock import Clock
    from minicrm_tui.store.results import Undone
    from minicrm_tui.store.store import Store


class ListScreen(Screen[None]):
    """Title, list and keys. A subclass says which list, and reads it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "undo", N_("Undo"), tooltip=N_("Take back the latest action"), id="screen.undo"),
        Binding("U,ctrl+r", "redo", N_("Redo"), show=False, tooltip=N_("Do again what was taken back"),
                id="screen.redo"),
        Binding("escape,q", "close", N_("Back"), tooltip=N_("Back to the cards"), id="screen.close"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    ListScreen {
        layout: vertical;
        & > #screen-title { height: 1; background: $primary; color: $text; padding: 0 1; text-style: bold;
            text-wrap: nowrap; text-overflow: ellipsis; }
        & RowList { height: 1fr; }
    }
    """

    KEPT: ClassVar[Sequence[str]] = ()
    """Commands that stay in the footer where it is short, most important first."""

    is_saving: var[bool] = var(True)
    """Until the list is read, and while it does what an earlier key has asked for, keys are for what comes after."""

    def __init__(self, title: str, store: Store, clock: Clock, order: Sequence[str]) -> None:
        super().__init__()
        self._title = title
        self._order = (*order, "screen.undo", "screen.close")
        self._works = 0
        self.store = store
        self.clock = clock

    @abstractmethod
    def listed(self) -> Sequence[Widget]:
        """What stands between the title and the keys; the first of it is the list."""

    @abstractmethod
    async def load(self) -> None:
        """Read the list."""

    def compose(self) -> ComposeResult:
        """Title, list, keys."""
        yield Static(Content(self._title), id="screen-title")
        yield from self.listed()
        yield KeyBar(self._order, keep=self.KEPT, id="keys")

    def on_mount(self) -> None:
        """Read it."""
        self.focus_list()
        self.reload()

    def focus_list(self) -> None:
        """The keys are the list's."""
        self.listed()[0].focus()

    def reload(self) -> None:
        """Read it again."""
        read_anew(self, "view", self._loading)

    async def _loading(self) -> None:
        try:
            await self.load()
        except CrmError as error:
            self.say(error.sentence())
        finally:
            # What is only read, after a typed letter or a new width, must not let keys through to what is being done.
            self.is_saving = self._works > 0

    def watch_is_saving(self) -> None:
        """Keys may wait for it."""
        from minicrm_tui.screens.main.main import MainScreen

        main = self.app.screen_stack[0]
        if isinstance(main, MainScreen):
            main.keyboard_changed()

    def work(self, work: Callable[[], Awaitable[str | None]]) -> None:
        """Do this, which may ask; say what came of it (None: what was said stands), and show the list as it is then."""
        self._works += 1
        self.is_saving = True
        self.app.clear_notifications()
        self.run_worker(self._work(work), group="flows")

    async def _work(self, work: Callable[[], Awaitable[str | None]]) -> None:
        try:
            said = await work()
        except CrmError as error:
            said = error.sentence()
        finally:
            self._works -= 1
        if self.is_attached and self.app.screen is self:
            if said:
                self.say(said)
            await self._loading()

    def entitle(self, sentence: str) -> None:
        """Say this in the title's place."""
        self.query_one("#screen-title", Static).update(Content(sentence))

    def say(self, sentence: str) -> None:
        """A toast instead of those before."""
        self.app.clear_notifications()
        if sentence:
            self.notify(sentence, markup=False, timeout=4)

    def action_undo(self) -> None:
        """`u`: the latest action of the file."""
        self.work(self._undo)

    async def _undo(self) -> str:
        undone = await self.store.undo(self.clock())
        if undone is None:
            return _("Nothing to undo.")
        self.go_to(undone)
        return _("Undone: {action}").format(action=describe(undone.verb, undone.subject, undone.count))

    def go_to(self, undone: Undone) -> None:
        """Where the cursor goes when the list is read again; it stays, where a subclass doesn't say otherwise."""

    def action_redo(self) -> None:
        """`U`: done again."""
        self.work(self._redo)

    async def _redo(self) -> str:
        redone = await self.store.redo(self.clock())
        if redone is None:
            return _("Nothing to redo.")
        self.go_to(redone)
        return _("Done again: {action}").format(action=describe(redone.verb, redone.subject, redone.count))

    def action_close(self) -> None:
        """`esc`: back."""
        self.dismiss(None)
