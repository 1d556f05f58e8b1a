"""The one question: for what can't be taken back."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from minicrm_tui.i18n import N_, _


class ConfirmScreen(ModalScreen[bool]):
    """A sentence, answered by y or esc; enter alone does nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,d", "answer(True)", N_("Yes"), tooltip=N_("Do it; it can't be taken back"), id="confirm.yes"),
        Binding("escape,n", "answer(False)", N_("No"), tooltip=N_("Leave everything as it is"), id="confirm.no"),
    ]

    DEFAULT_CSS = """
    ConfirmScreen {
        align: center middle;
        #confirm { width: 64; max-width: 96%; height: auto; background: $surface; border: round $error; padding: 1 2; }
        #confirm Static { height: auto; }
    }
    """

    def __init__(self, title: str, sentence: str) -> None:
        super().__init__()
        self._title = title
        self._sentence = sentence

    def compose(self) -> ComposeResult:
        """The sentence in a box."""
        with Vertical(id="confirm") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content(_("y yes · esc no"))
            box.can_focus = True
            yield Static(Content(self._sentence))

    def on_mount(self) -> None:
        """Keys are the question's."""
        self.query_one("#confirm").focus()

    def action_answer(self, yes: bool) -> None:
        """Answered."""
        self.dismiss(yes)
