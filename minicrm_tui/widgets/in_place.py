"""Editing a line where it stands: a field over the line's text, and under it what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from minicrm_tui.i18n import N_


class InPlaceEditor(Vertical):
    """Lies over a line of a list; hidden when nothing is edited."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", N_("Leave"), id="edit.cancel", tooltip=N_("Leave the field as it was")),
        Binding("ctrl+s", "save", N_("Save"), id="edit.save", tooltip=N_("Save the field"), priority=True),
        Binding("tab", "save_and_turn(1)", N_("Next field"), id="edit.next", priority=True,
                tooltip=N_("Save, and edit the next field")),
        Binding("shift+tab", "save_and_turn(-1)", N_("Field before"), id="edit.previous", show=False, priority=True,
                tooltip=N_("Save, and edit the field before")),
        Binding("down", "choose(1)", N_("Next choice"), id="edit.down", show=False, tooltip=N_("The next choice")),
        Binding("up", "choose(-1)", N_("Choice before"), id="edit.up", show=False, tooltip=N_("The choice before")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    InPlaceEditor {
        display: none;
        position: absolute;
        layer: edit;
        height: auto;
        width: 1fr;
        background: $panel;
        & Input { border: none; height: 1; padding: 0 1; background: $primary 30%; }
        & Input:focus { border: none; }
        & Static { height: auto; padding: 0 1; color: $text-muted; display: none; }
        & Static.-told { display: block; }
        & Static.-wrong { color: $text-error; }
    }
    """

    class Saved(Message):
        """This text is to be kept for the line; then the next one (1), the one before (-1) or none (0) is edited."""

        def __init__(self, key: str, text: str, turn: int) -> None:
            super().__init__()
            self.key = key
            self.text = text
            self.turn = turn

    class Left(Message):
        """Nothing is to be changed."""

    class Typed(Message):
        """The text is another one now."""

        def __init__(self, key: str, text: str) -> None:
            super().__init__()
            self.key = key
            self.text = text

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.key = ""
        self._choices: tuple[str, ...] = ()
        self._input = Input(id="edit-input", compact=True)
        self._note = Static("", id="edit-note")

    def compose(self) -> ComposeResult:
        """The field and its note."""
        yield self._input
        yield self._note

    @property
    def is_open(self) -> bool:
        """Whether a line is being edited."""
        return self.display

    def open(
        self, key: str, text: str, *, at: tuple[int, int], width: int, placeholder: str, choices: Sequence[str]
    ) -> None:
        """Edit this line's text, there; up and down go through the choices."""
        self.key, self._choices = key, tuple(choices)
        self.styles.offset = at
        self.styles.width = width
        with self.prevent(Input.Changed):
            self._input.value = text
        self._input.placeholder = placeholder
        self.tell("")
        self.display = True
        self._input.focus(scroll_visible=False)
        self._input.select_all()

    def tell(self, sentence: str, *, wrong: bool = False) -> None:
        """Say this under the field."""
        self._note.set_class(bool(sentence), "-told")
        self._note.set_class(wrong, "-wrong")
        self._note.update(Content(sentence))

    def close(self) -> None:
        """Nothing is edited any more."""
        self.display = False

    # --- keys

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell what is typed; what was wrong may be right now."""
        event.stop()
        if self.is_open:
            self.tell("")
            self.post_message(self.Typed(self.key, event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter saves."""
        event.stop()
        self.action_save()

    def action_save(self) -> None:
        """`ctrl+s` and enter."""
        self.action_save_and_turn(0)

    def action_save_and_turn(self, turn: int) -> None:
        """Tab saves, and goes on."""
        self.post_message(self.Saved(self.key, self._input.value, turn))

    def action_cancel(self) -> None:
        """Esc."""
        self.post_message(self.Left())

    def action_choose(self, by: int) -> None:
        """Up and down: another of the choices."""
        if not self._choices:
            return
        here = self._input.value
        at = self._choices.index(here) + by if here in self._choices else (0 if by > 0 else -1)
        self._input.value = self._choices[at % len(self._choices)]
        self._input.cursor_position = len(self._input.value)
