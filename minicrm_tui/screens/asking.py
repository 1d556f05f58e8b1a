"""A dialog over another screen than the main one, and what it answers; keys typed ahead wait for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from minicrm_tui.i18n import N_, _
from minicrm_tui.screens.forms import FieldForm
from minicrm_tui.widgets.cells import cell_width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from minicrm_tui.widgets.line import Choice

Answered = TypeVar("Answered")
Below = TypeVar("Below")


async def ask(screen: Screen[Below], dialog: Screen[Answered]) -> Answered | None:
    """Open the dialog, from a worker; None where it was left."""
    from minicrm_tui.screens.main.main import MainScreen

    main = screen.app.screen_stack[0]
    assert isinstance(main, MainScreen)
    screen.watch(dialog, "focused", main.keyboard_changed, init=False)
    if isinstance(dialog, FieldForm):
        screen.watch(dialog, "is_saving", main.keyboard_changed, init=False)
    try:
        return await screen.app.push_screen_wait(dialog)
    finally:
        main.keyboard_changed()


async def ask_choice(screen: Screen[Below], title: str, choices: Sequence[Choice]) -> Choice | None:
    """One of these, which the main screen would ask for in its line."""
    labels = {choice.key: f"{choice.label}  {choice.detail}".rstrip() for choice in choices}
    also = {key: choice.key for choice in choices for key in choice.keys}
    key = await ask(screen, ChoiceScreen(title, labels, also=also))
    return next((choice for choice in choices if choice.key == key), None)


class ChoiceScreen(ModalScreen[str | None]):
    """One of a few, by its key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", N_("Back"), tooltip=N_("Leave everything as it is"), id="choice.leave"),
    ]

    DEFAULT_CSS = """
    ChoiceScreen {
        align: center middle;
        #choice { width: auto; max-width: 96%; height: auto; max-height: 96%; overflow-y: auto;
            scrollbar-size-vertical: 1; background: $surface; border: round $primary;
            padding: 0 2; }
        #choice Static { width: auto; height: 1; }
    }
    """

    def __init__(self, title: str, choices: Mapping[str, str], *, also: Mapping[str, str] | None = None) -> None:
        """`also`: other keys, each with the one that it stands for."""
        super().__init__()
        self._title = title
        self._choices = choices
        self._also = also or {}

    def compose(self) -> ComposeResult:
        """A line a choice."""
        with Vertical(id="choice") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content(_("esc leaves"))
            box.can_focus = True
            # The border does not ask for room: its title would be cut.
            box.styles.min_width = max(map(cell_width, (self._title, _("esc leaves")))) + 6
            for key, label in self._choices.items():
                yield Static(Content.assemble((key, "bold $text-accent"), f"  {label}"))

    def on_mount(self) -> None:
        """Keys are the question's."""
        self.query_one("#choice").focus()
        for key, choice in ({key: key for key in self._choices} | dict(self._also)).items():
            self._bindings.bind(key, f"choose({choice!r})", show=False)

    def action_choose(self, key: str) -> None:
        """Chosen."""
        self.dismiss(key)

    def action_leave(self) -> None:
        """`esc`."""
        self.dismiss(None)
