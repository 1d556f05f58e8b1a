"""The line at the bottom: a choice by one key, or a typed answer that is read as one types."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from inspect import isawaitable
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input

from minicrm_tui.i18n import N_
from minicrm_tui.widgets.line_text import Choice, ChoiceText, ReadingText, TitleText
from minicrm_tui.widgets.steady import SteadyLook
from minicrm_tui.widgets.strips import Piece

__all__ = ["Answer", "Choice", "Complete", "OnArrow", "PromptLine", "Read", "Reading"]

LEFT_TO_OTHERS = frozenset({"ctrl+q", "ctrl+c", "ctrl+z"})
"""Keys that work while a question stands; all others are the line's."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the line understood of the typed text: `shown` under it, or `error`; `value` is the asker's own."""

    shown: str
    error: str = ""
    value: object = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A typed text that was taken with enter, and exactly the reading that was shown."""

    text: str
    reading: Reading

    @property
    def value(self) -> object:
        """The reading's value."""
        return self.reading.value


Read = Callable[[str], Awaitable[Reading] | Reading]
Complete = Callable[[str, int], Awaitable[str | None]]
"""Tab (1) or shift+tab (-1): the whole text completed, or None when there is nothing to complete."""
OnArrow = Callable[[int], str | None]
"""Up (-1) or down (+1) was pressed: returns the new title, or None to leave it."""


@dataclass(eq=False, slots=True)
class _Choosing:
    choices: tuple[Choice, ...]
    future: asyncio.Future[Choice | None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    @property
    def is_taken(self) -> bool:
        return self.future.done()

    def take(self, choice: Choice | None) -> None:
        if choice is not None and not self.future.done():
            self.future.set_result(choice)

    def chosen_by(self, event: events.Key) -> Choice | None:
        pressed = {event.key, event.character}
        return next((choice for choice in self.choices if pressed & {choice.key, *choice.keys}), None)


@dataclass(eq=False, slots=True)
class _Asking:
    read: Read
    complete: Complete | None
    on_arrow: OnArrow | None
    reading: Reading | None = None
    read_text: str | None = None
    taken_when_read: bool = False
    future: asyncio.Future[Answer | None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    @property
    def is_taken(self) -> bool:
        return self.future.done() or self.taken_when_read


class LinePlace(Vertical):
    """Where the line lies: over the last lines above the footer, so that nothing jumps when it opens.

    It is there all the time, without a height: a widget that appears paints its parent, which must not be the screen.
    """

    DEFAULT_CSS = """
    LinePlace { layer: prompt; dock: bottom; margin-bottom: 1; height: auto; max-height: 60%; }
    """

    def on_mount(self) -> None:
        """Lie over the screen."""
        if self.layer not in self.screen.layers:
            self.screen.styles.layers = f"default {self.layer}"


class LineInput(SteadyLook, Input):
    """The text field of the line."""


class PromptLine(SteadyLook, Vertical, can_focus=True):
    """Over the last lines above the footer, hidden when idle; one question at a time.

    A second question replaces the first, which gets None; so does esc, and the end of the screen.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", N_("Cancel"), id="line.cancel", tooltip=N_("Close the line; nothing is done")),
        Binding("tab", "complete(1)", N_("Complete"), id="line.complete", tooltip=N_("Complete what is typed")),
        Binding("shift+tab", "complete(-1)", N_("Complete back"), id="line.complete_back", show=False,
                tooltip=N_("Complete with the one before")),
        Binding("up", "arrow(-1)", N_("Before"), id="line.up", show=False, tooltip=N_("The choice before")),
        Binding("down", "arrow(1)", N_("Next"), id="line.down", show=False, tooltip=N_("The next choice")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    PromptLine {
        height: auto;
        display: none;
        background: $panel;
        border-top: solid $primary;
        &.-asking ChoiceText { display: none; }
        &.-choosing Input, &.-choosing #line-reading { display: none; }
        & Input { margin: 0 1; background: $panel; background-tint: $foreground 5%; }
    }
    """

    def __init__(self, free: Callable[[], None] = lambda: None, *, id: str | None = None) -> None:
        """`free` is called when what was to be taken can't be: the next key is the line's again."""
        super().__init__(id=id)
        self._free = free
        self._question: _Choosing | _Asking | None = None
        self._before: Widget | None = None
        self._title = TitleText(id="line-title")
        self._choices = ChoiceText(id="line-choices")
        self._input = LineInput(compact=True, select_on_focus=False, id="line-input")
        self._shown = ReadingText(id="line-reading")
        self._hint = ""

    def compose(self) -> ComposeResult:
        """Title and hint, choices or input, and what was understood."""
        yield self._title
        yield self._choices
        yield self._input
        yield self._shown

    def on_unmount(self) -> None:
        """Nobody can answer any more."""
        self.cancel()

    @on(events.Show)
    @on(events.Hide)
    @on(events.Resize)
    def toasts_make_room(self) -> None:
        """Toasts stand above the line, never on it; without a toast nothing has to be laid out."""
        for rack in self.screen.query("ToastRack"):
            if rack.children:
                rack.styles.margin = (0, 0, 1 + (self.outer_size.height if self.display else 0), 0)

    # --- asking

    @property
    def is_open(self) -> bool:
        """Whether a question stands."""
        return self._question is not None

    @property
    def is_taken(self) -> bool:
        """Whether the open question has its answer, or will once it is read: the next key is not for it."""
        return self._question is not None and self._question.is_taken

    async def choose(self, title: str, choices: Sequence[Choice]) -> Choice | None:
        """Show the choices; a key takes one at once; esc gives None; an unknown key does nothing."""
        question = _Choosing(tuple(choices))
        self._open(question, title)
        self._choices.show_choices(choices)
        self.focus()
        try:
            return await question.future
        finally:
            self._close(question)

    async def ask(
        self,
        title: str,
        *,
        value: str = "",
        read: Read,
        placeholder: str = "",
        hint: str = "",
        selected: bool = True,
        complete: Complete | None = None,
        on_arrow: OnArrow | None = None,
    ) -> Answer | None:
        """A typed answer with live reading; enter takes exactly what is shown, an error keeps the line open."""
        question = _Asking(read, complete, on_arrow)
        self._open(question, title, hint)
        self._shown.show_whole(Piece(""))
        self._input.placeholder = placeholder
        self._input.value = value
        self._input.cursor_position = len(value)
        if selected:
            self._input.select_all()
        self._input.focus()
        self._begin_reading(question)
        try:
            return await question.future
        finally:
            self._close(question)

    def set_title(self, title: str) -> None:
        """Change the title of the open question."""
        self._title.show_title(title, self._hint)

    def read_again(self) -> None:
        """What the typed text is read by has changed."""
        if isinstance(self._question, _Asking) and not self._question.is_taken:
            self._question.read_text = None
            self._begin_reading(self._question)

    def cancel(self) -> None:
        """Close the open question, whose asker gets None."""
        if self._question is not None and not self._question.future.done():
            self._question.future.set_result(None)

    def _open(self, question: _Choosing | _Asking, title: str, hint: str = "") -> None:
        if self._question is None:
            self._before = self.screen.focused
        self.cancel()
        self._question, self._hint = question, hint
        self.set_title(title)
        self.set_class(isinstance(question, _Asking), "-asking")
        self.set_class(isinstance(question, _Choosing), "-choosing")
        self.display = True

    def _close(self, question: _Choosing | _Asking) -> None:
        if self._question is not question:
            return
        self._question = None
        if not self.is_attached:
            return
        self.display = False
        if self.has_focus or self._input.has_focus:
            before = self._before
            self.screen.set_focus(before if before is not None and before.is_attached else None, scroll_visible=False)

    # --- keys

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """While a question stands, no other command's key does anything."""
        return key not in LEFT_TO_OTHERS

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what the question can use."""
        asking = self._question if isinstance(self._question, _Asking) else None
        if action == "complete":
            return asking is not None and asking.complete is not None
        if action == "arrow":
            return asking is not None and asking.on_arrow is not None
        return True

    def on_key(self, event: events.Key) -> None:
        """The key of a choice takes it."""
        question = self._question
        if not isinstance(question, _Choosing) or event.key == "escape":
            return
        event.stop()
        event.prevent_default()
        question.take(question.chosen_by(event))

    def on_choice_text_clicked(self, message: ChoiceText.Clicked) -> None:
        """A click takes a choice too."""
        message.stop()
        if isinstance(self._question, _Choosing):
            self._question.take(message.choice)

    def action_cancel(self) -> None:
        """Esc: nothing is done."""
        self.cancel()

    def action_arrow(self, direction: int) -> None:
        """Up and down are the asker's."""
        if isinstance(self._question, _Asking) and self._question.on_arrow is not None:
            title = self._question.on_arrow(direction)
            if title is not None:
                self.set_title(title)

    async def action_complete(self, direction: int) -> None:
        """Tab completes what is typed; shift+tab goes back to what it was completed with before."""
        question = self._question
        if not isinstance(question, _Asking) or question.complete is None:
            return
        text = self._input.value
        completed = await question.complete(text, direction)
        if completed is not None and question is self._question and text == self._input.value:
            self._input.value = completed
            self._input.cursor_position = len(completed)

    # --- reading

    def on_input_changed(self, message: Input.Changed) -> None:
        """Read what is typed."""
        message.stop()
        if isinstance(self._question, _Asking):
            self._begin_reading(self._question)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Take what is shown; what is not read yet, when it is."""
        message.stop()
        if isinstance(self._question, _Asking):
            self._question.taken_when_read = True
            self._take_reading(self._question)

    def _begin_reading(self, question: _Asking) -> None:
        text = self._input.value
        if text == question.read_text:
            return
        if question.taken_when_read:
            question.taken_when_read = False
            self._free()
        question.reading, question.read_text = None, text
        reading = question.read(text)
        if isawaitable(reading):
            self.run_worker(self._finish_reading(question, text, reading), group="reading", exclusive=True)
        else:
            self._show_reading(question, text, reading)

    async def _finish_reading(self, question: _Asking, text: str, reading: Awaitable[Reading]) -> None:
        self._show_reading(question, text, await reading)

    def _show_reading(self, question: _Asking, text: str, reading: Reading) -> None:
        if question is not self._question or text != self._input.value:
            return
        question.reading = reading
        self._shown.show_whole(_drawn(reading, begun=bool(text.strip()) or question.taken_when_read))
        if question.taken_when_read:
            self._take_reading(question)

    def _take_reading(self, question: _Asking) -> None:
        reading = question.reading
        if reading is None:
            return
        question.taken_when_read = False
        self._shown.show_whole(_drawn(reading, begun=True))
        if reading.error:
            self._free()
        elif not question.future.done():
            question.future.set_result(Answer(self._input.value, reading))


def _drawn(reading: Reading, *, begun: bool) -> Piece:
    """What was understood; what is wrong is an error only once the person has begun, and a hint before."""
    if not reading.error:
        return Piece(reading.shown, "muted")
    return Piece(f"✗ {reading.error}", "error") if begun else Piece(reading.error, "muted")
