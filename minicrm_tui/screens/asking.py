"""A dialog over another screen than the main one, and what it answers; keys typed ahead wait for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import var
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from minicrm_tui.domain.errors import CrmError
from minicrm_tui.i18n import N_, _
from minicrm_tui.screens.forms import FieldForm
from minicrm_tui.screens.listing import ListScreen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

Answered = TypeVar("Answered")
Below = TypeVar("Below")


async def ask(screen: Screen[Below], dialog: Screen[Answered]) -> Answered | None:
    """Open the dialog, from a worker; None where it was left."""
    from minicrm_tui.screens.main.main import MainScreen

    main = screen.app.screen_stack[0]
    assert isinstance(main, MainScreen)
    screen.watch(dialog, "focused", main.keyboard_changed, init=False)
    if isinstance(dialog, FieldForm | WorkingList):
        screen.watch(dialog, "is_saving", main.keyboard_changed, init=False)
    try:
        return await screen.app.push_screen_wait(dialog)
    finally:
        main.keyboard_changed()


class WorkingList(ListScreen):
    """A list whose keys wait until it is read, and while it does what an earlier key has asked for."""

    is_saving: var[bool] = var(True)
    """Keys are for what comes after."""

    def watch_is_saving(self) -> None:
        """Keys may wait for it."""
        from minicrm_tui.screens.main.main import MainScreen

        main = self.app.screen_stack[0]
        if isinstance(main, MainScreen):
            main.keyboard_changed()

    async def _loading(self) -> None:
        try:
            await super()._loading()
        finally:
            self.is_saving = False

    def work(self, work: Callable[[], Awaitable[str | None]]) -> None:
        """Do this, which may ask; say what came of it, and show the list as it is then."""
        self.is_saving = True
        self.run_worker(self._work(work), group="flows")

    async def _work(self, work: Callable[[], Awaitable[str | None]]) -> None:
        try:
            said = await work() or ""
        except CrmError as error:
            said = error.sentence()
        if self.is_attached and self.app.screen is self:
            self.say(said)
            await self._loading()


class ChoiceScreen(ModalScreen[str | None]):
    """One of a few, by its key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", N_("Back"), tooltip=N_("Leave everything as it is"), id="choice.leave"),
    ]

    DEFAULT_CSS = """
    ChoiceScreen {
        align: center middle;
        #choice { width: auto; max-width: 96%; height: auto; background: $surface; border: round $primary;
            padding: 0 2; }
        #choice Static { width: auto; height: 1; }
    }
    """

    def __init__(self, title: str, choices: Mapping[str, str]) -> None:
        super().__init__()
        self._title = title
        self._choices = choices

    def compose(self) -> ComposeResult:
        """A line a choice."""
        with Vertical(id="choice") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content(_("esc leaves"))
            box.can_focus = True
            for key, label in self._choices.items():
                yield Static(Content.assemble((key, "bold $text-accent"), f"  {label}"))

    def on_mount(self) -> None:
        """Keys are the question's."""
        self.query_one("#choice").focus()
        for key in self._choices:
            self._bindings.bind(key, f"choose({key!r})", show=False)

    def action_choose(self, key: str) -> None:
        """Chosen."""
        self.dismiss(key)

    def action_leave(self) -> None:
        """`esc`."""
        self.dismiss(None)
