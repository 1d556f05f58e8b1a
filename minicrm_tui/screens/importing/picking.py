"""One of many, found by typing a part of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static

from minicrm_tui.domain.text import fold
from minicrm_tui.i18n import N_, _
from minicrm_tui.screens.importing.names import Option
from minicrm_tui.widgets.cells import safe


class PickScreen(ModalScreen[str | None]):
    """A field, and what is left of the list by what is typed there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", N_("Close"), tooltip=N_("Stay where you were"), id="pick.close"),
        Binding("down,ctrl+n", "move(1)", N_("Down"), show=False, tooltip=N_("The next answer"), id="pick.down"),
        Binding("up,ctrl+p", "move(-1)", N_("Up"), show=False, tooltip=N_("The answer before"), id="pick.up"),
    ]

    DEFAULT_CSS = """
    PickScreen {
        align: center middle;
        #pick { width: 70%; max-width: 72; height: auto; max-height: 90%; background: $surface;
            border: round $primary; padding: 0 1; }
        #picked { border: none; height: 1; padding: 0; background: $surface; }
        #picked:focus { border: none; }
        #picks { border: none; height: auto; max-height: 16; background: $surface; padding: 0;
            scrollbar-size-vertical: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        #hint { height: 1; color: $text-muted; display: none; }
        #hint.-nothing { display: block; }
    }
    """

    def __init__(self, title: str, options: Sequence[Option], current: str = "") -> None:
        """`current`: where the cursor begins; nowhere where it is none of these, so that nothing is chosen unseen."""
        super().__init__()
        self._title = title
        self._options = tuple(options)
        self._current = current
        self._left = self._options

    def compose(self) -> ComposeResult:
        """The field and the list."""
        with Vertical(id="pick") as box:
            box.border_title = Content(safe(self._title))
            box.border_subtitle = Content(_("enter: this one · esc"))
            yield Input(placeholder=_("type a part of it"), id="picked")
            yield OptionList(*(Content(safe(label)) for _value, label in self._options), id="picks", markup=False)
            yield Static(Content(_("Nothing matches.")), id="hint")

    def on_mount(self) -> None:
        """The field keeps the focus; the arrows move in the list."""
        options = self.query_one(OptionList)
        options.can_focus = False
        self.query_one(Input).focus()
        values = [value for value, _label in self._options]
        options.highlighted = values.index(self._current) if self._current in values else None

    def on_input_changed(self, event: Input.Changed) -> None:
        """What is left."""
        words = fold(event.value).split()
        self._left = tuple(option for option in self._options if all(word in fold(option[1]) for word in words))
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Content(safe(label)) for _value, label in self._left])
        options.highlighted = 0 if self._left else None
        self.query_one("#hint").set_class(not self._left, "-nothing")

    def on_input_submitted(self, _event: Input.Submitted) -> None:
        """The one under the cursor."""
        chosen = self.query_one(OptionList).highlighted
        if self._left and chosen is not None:
            self.dismiss(self._left[chosen][0])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click."""
        self.dismiss(self._left[event.option_index][0])

    def action_move(self, by: int) -> None:
        """The cursor in the list."""
        options = self.query_one(OptionList)
        if self._left:
            before = options.highlighted if options.highlighted is not None else -1 if by > 0 else 0
            options.highlighted = (before + by) % len(self._left)

    def action_close(self) -> None:
        """`esc`."""
        self.dismiss(None)
