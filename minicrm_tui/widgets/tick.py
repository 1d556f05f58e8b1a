"""One thing that can be taken or left: a line with a mark before it."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from minicrm_tui.i18n import N_
from minicrm_tui.widgets.cells import fit

LABEL_CELLS = 14


class Tick(Static, can_focus=True):
    """Space takes it or leaves it; so does a click."""

    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,x", "turn", N_("Take or leave"), id="tick.turn", tooltip=N_("Take it, or leave it out")),
        Binding("enter", "submit", N_("Save"), id="tick.save", show=False, tooltip=N_("Save what is in the form")),
    ]

    DEFAULT_CSS = """
    Tick { height: 1; padding: 0 1; background: $panel; text-wrap: nowrap; text-overflow: ellipsis; }
    Tick:focus { background: $primary 25%; }
    """

    value: reactive[bool] = reactive(False)

    class Submitted(Message):
        """Enter: the form is to be saved."""

    class Turned(Message):
        """It was taken, or left out."""

    def __init__(self, value: bool, *, id: str | None = None) -> None:
        super().__init__("", id=id)
        self.set_reactive(Tick.value, value)
        self._label = ""
        self._detail = ""

    def say(self, label: str, detail: str) -> None:
        """What it is called, and a word about it."""
        self._label, self._detail = label, detail
        self._show()

    def watch_value(self) -> None:
        """The mark follows."""
        self._show()
        self.post_message(self.Turned())

    def _show(self) -> None:
        mark = "[x]" if self.value else "[ ]"
        label = fit(self._label, LABEL_CELLS)
        style = "bold" if self.value else ""
        self.update(Content.assemble((f"{mark} {label}", style), " ", (self._detail, "$foreground 60%")))

    def action_turn(self) -> None:
        """The other way."""
        self.value = not self.value

    def action_submit(self) -> None:
        """Enter."""
        self.post_message(self.Submitted())

    def on_click(self) -> None:
        """As the space bar."""
        self.action_turn()
