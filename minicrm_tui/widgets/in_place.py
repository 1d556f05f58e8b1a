"""Editing a line where it stands: a field over the line, and beside it what is said of what is typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from minicrm_tui.i18n import N_
from minicrm_tui.widgets.cells import fit, wrap
from minicrm_tui.widgets.line import LEFT_TO_OTHERS


@dataclass(frozen=True, slots=True)
class Edited:
    """What is edited: its key, its label, the text that the field begins with, and what helps to fill it in."""

    key: str
    label: str
    text: str
    placeholder: str = ""
    choices: tuple[str, ...] = ()
    """What up and down go through."""
    note: str = ""
    """Said under the field until something is typed."""


class InPlaceEditor(Vertical):
    """Lies over a line of a list; hidden when nothing is edited."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+s", "save", N_("Save"), id="edit.save", tooltip=N_("Save the field"), priority=True),
        Binding("tab", "save_and_turn(1)", N_("Next field"), id="edit.next", priority=True,
                tooltip=N_("Save, and edit the next field")),
        Binding("shift+tab", "save_and_turn(-1)", N_("Field before"), id="edit.previous", show=False, priority=True,
                tooltip=N_("Save, and edit the field before")),
        Binding("down", "choose(1)", N_("Next choice"), id="edit.down", priority=True,
                tooltip=N_("The next choice")),
        Binding("up", "choose(-1)", N_("Choice before"), id="edit.up", show=False, priority=True,
                tooltip=N_("The choice before")),
        Binding("escape", "cancel", N_("Leave"), id="edit.cancel", tooltip=N_("Leave the field as it was")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    InPlaceEditor {
        display: none;
        position: absolute;
        layer: edit;
        height: auto;
        background: $panel;
        & Horizontal { height: 1; }
        & #edit-label { width: auto; height: 1; background: $primary 35%; color: $text-muted; text-style: bold; }
        & Input { width: 1fr; border: none; height: 1; background: $primary 30%; }
        & Input:focus { border: none; }
        & #edit-note { height: auto; padding: 0 1; color: $text-muted; display: none; }
        & #edit-note.-told { display: block; }
        & #edit-note.-wrong { color: $text-error; }
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
        self._row, self._height, self._width = 0, 1, 1
        self._is_entered = False
        self._label = Static("", id="edit-label")
        self._input = Input(id="edit-input", compact=True)
        self._line = Horizontal(self._label, self._input)
        self._note = Static("", id="edit-note")

    def compose(self) -> ComposeResult:
        """The label and the field, and the note."""
        yield self._line
        yield self._note

    @property
    def is_open(self) -> bool:
        """Whether a line is being edited."""
        return self.display

    def open(self, edited: Edited, *, row: int, size: tuple[int, int], label: int) -> None:
        """Edit this line, on that row of a list of that width and height; its text begins behind `label` cells."""
        self.key, self._choices, self._is_entered = edited.key, edited.choices, False
        self._row, (self._width, self._height) = row, size
        self.styles.width = self._width
        self._label.update(Content.assemble(("▌", "$primary"), f"{fit(f' {edited.label}', label - 2)} "))
        with self.prevent(Input.Changed):
            self._input.value = edited.text
        self._input.placeholder = edited.placeholder
        self.tell(edited.note)
        self.display = True
        self._input.focus(scroll_visible=False)
        self._input.select_all()

    def tell(self, sentence: str, *, wrong: bool = False) -> None:
        """Say this under the field; over it, where there is no room below."""
        lines = wrap(sentence, max(1, self._width - 2), whole=True)
        is_above = self._row + 1 + len(lines) > self._height and len(lines) <= self._row
        self.move_child(self._note, before=self._line) if is_above else self.move_child(self._note, after=self._line)
        self.styles.offset = (0, self._row - len(lines) if is_above else self._row)
        self._note.set_class(bool(sentence), "-told")
        self._note.set_class(wrong, "-wrong")
        self._note.update(Content("\n".join(lines)))

    def refuse(self, sentence: str) -> None:
        """Say what is wrong; the field has the focus, also where it was left."""
        self.tell(sentence, wrong=True)
        self._input.focus(scroll_visible=False)

    def close(self) -> None:
        """Nothing is edited any more."""
        self.display = False

    # --- keys

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """While a line is edited, no other command's key does anything."""
        return key not in LEFT_TO_OTHERS

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Up and down go through the choices, where there are any."""
        return bool(self._choices) if action == "choose" else super().check_action(action, parameters)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell what is typed; what was wrong may be right now."""
        event.stop()
        if self.is_open:
            self.tell("")
            self.post_message(self.Typed(self.key, event.value))

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """From now on the field can be left."""
        self._is_entered = True

    def on_descendant_blur(self, _event: events.DescendantBlur) -> None:
        """A click elsewhere saves, as tab does."""
        if self.is_open and self._is_entered and not self.has_focus_within and self.screen.is_current:
            self.action_save()

    def action_save(self) -> None:
        """`enter` and `ctrl+s`."""
        self.action_save_and_turn(0)

    def action_save_and_turn(self, turn: int) -> None:
        """Tab saves, and goes on."""
        self.post_message(self.Saved(self.key, self._input.value, turn))

    def action_cancel(self) -> None:
        """Esc."""
        self.post_message(self.Left())

    def action_choose(self, by: int) -> None:
        """Up and down: another of the choices."""
        here = self._input.value
        at = self._choices.index(here) + by if here in self._choices else (0 if by > 0 else -1)
        self._input.value = self._choices[at % len(self._choices)]
        self._input.cursor_position = len(self._input.value)
