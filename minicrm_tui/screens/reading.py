"""A long text, to be read whole."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from minicrm_tui.i18n import N_


class TextScreen(ModalScreen[None]):
    """Shows a text; the arrows scroll it, enter or esc closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "close", N_("Close"), tooltip=N_("Back to where you were"), id="text.close"),
        Binding("j", "scroll(1)", N_("Down"), show=False, tooltip=N_("The next line"), id="text.down"),
        Binding("k", "scroll(-1)", N_("Up"), show=False, tooltip=N_("The line before"), id="text.up"),
    ]

    DEFAULT_CSS = """
    TextScreen {
        align: center middle;
        #text { width: 80; max-width: 96%; height: auto; max-height: 90%; background: $surface;
            border: round $primary; padding: 0 1; scrollbar-size-vertical: 1; }
        #text Static { height: auto; }
    }
    """

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        """The text in a box."""
        with VerticalScroll(id="text") as box:
            box.border_title = Content(self._title)
            yield Static(Content(self._text))

    def on_mount(self) -> None:
        """The arrows are the text's."""
        self.query_one("#text").focus()

    def action_scroll(self, by: int) -> None:
        """A line down, or up."""
        self.query_one("#text").scroll_relative(y=by, animate=False)

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)
