"""Typing into a cell where it stands: a field over the cell, and below it what is wrong or what is offered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.widgets import Input, Static

from minicrm_tui.i18n import N_, _
from minicrm_tui.widgets.cells import cut, fit, wrap
from minicrm_tui.widgets.steady import SteadyLook

LEAST = 12
"""Cells that a field needs, so that a number can be seen while it is typed."""

OFFER_CELLS = 66


class CellEditor(SteadyLook, Input):
    """Lies over a cell; hidden when nothing is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", N_("Leave"), id="cell.leave", tooltip=N_("Leave the cell as it was")),
        Binding("ctrl+s", "save(0)", N_("Save"), id="cell.save", tooltip=N_("Save the cell"), priority=True),
        Binding("tab", "save(1)", N_("Next cell"), id="cell.next", priority=True,
                tooltip=N_("Take what is offered; or save, and type into the next cell")),
        Binding("shift+tab", "save(-1)", N_("Cell before"), id="cell.previous", show=False, priority=True,
                tooltip=N_("Save, and type into the cell before")),
        Binding("down", "step(1)", N_("Offered"), id="cell.down", show=False, tooltip=N_("The next one offered")),
        Binding("up", "step(-1)", N_("Offered before"), id="cell.up", show=False,
                tooltip=N_("The one offered before it")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    CellEditor {
        display: none; position: absolute; layer: edit;
        border: none; height: 1; padding: 0; background: $primary-darken-2; color: $text;
        &:focus { border: none; }
    }
    """

    class Saved(Message):
        """This text is to be kept; then the next cell (1), the one before (-1) or none (0) is typed."""

        def __init__(self, text: str, turn: int) -> None:
            super().__init__()
            self.text = text
            self.turn = turn

    class Left(Message):
        """Nothing is to be changed."""

    class Typed(Message):
        """The text is another one now."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Stepped(Message):
        """The next one of what is offered (1), or the one before (-1)."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    @property
    def is_open(self) -> bool:
        """Whether a cell is being typed."""
        return self.display

    def place(self, over: Region, *, right: bool) -> None:
        """Lie over the cell there; `right`: what it holds stands at its right end."""
        width = max(over.width + 1, LEAST)
        left = max(0, over.right + 1 - width) if right else over.x
        self.styles.offset = (left, over.y)
        self.styles.width = width

    def open(self, text: str, *, begun: bool) -> None:
        """Type into a cell; `begun`: the text is the first that was typed."""
        self.write(text)
        self.display = True
        self.screen.set_focus(self, scroll_visible=False)
        if not begun:
            self.select_all()

    def write(self, text: str) -> None:
        """Put this text there, as if it had been there from the start."""
        with self.prevent(Input.Changed):
            self.value = text
        self.cursor_position = len(text)

    def close(self) -> None:
        """Nothing is typed any more."""
        self.display = False

    # --- keys

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell what is typed."""
        event.stop()
        if self.is_open:
            self.post_message(self.Typed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter saves."""
        event.stop()
        self.action_save(0)

    def action_save(self, turn: int) -> None:
        """`ctrl+s`; tab saves, and goes on."""
        self.post_message(self.Saved(self.value, turn))

    def action_leave(self) -> None:
        """Esc."""
        self.post_message(self.Left())

    def action_step(self, by: int) -> None:
        """Up and down: what is offered."""
        self.post_message(self.Stepped(by))


class CellNote(Static):
    """Below the field, or above it where there is no room: a sentence, or what is offered."""

    DEFAULT_CSS = """
    CellNote {
        display: none; position: absolute; layer: edit; background: $panel; color: $text-muted; padding: 0 1;
        &.-wrong { color: $text-error; }
    }
    """

    def say(self, sentence: str, over: Region, room: Size, *, wrong: bool = False) -> None:
        """This sentence, beside the cell there; nothing hides it."""
        self.set_class(wrong, "-wrong")
        width = min(OFFER_CELLS, room.width - 2)
        lines = wrap(sentence, max(1, width)) if sentence else []
        self._show(Content("\n").join(Content(line) for line in lines), len(lines), over, room, width)

    def offer(self, lines: Sequence[tuple[str, str]], chosen: int | None, over: Region, room: Size) -> None:
        """Names, each with what stands beside it; the chosen one stands out."""
        self.set_class(False, "-wrong")
        width = min(OFFER_CELLS, room.width - 2)
        if room.width - over.x - width < OFFER_CELLS // 3:
            width = max(width, room.width - over.x - 2)
        shown = [_offered(name, beside, width, at == chosen) for at, (name, beside) in enumerate(lines)]
        if shown and chosen is None:
            shown.append(Content.styled(cut(_("tab takes the first · down chooses · enter: as typed"), width), "dim"))
        self._show(Content("\n").join(shown), len(shown), over, room, width)

    def _show(self, content: Content, lines: int, over: Region, room: Size, width: int) -> None:
        self.display = bool(lines)
        if lines:
            below = over.y + 1 + lines <= room.height
            self.styles.offset = (max(0, min(over.x, room.width - width - 2)), over.y + 1 if below else over.y - lines)
            self.styles.width, self.styles.height = width + 2, lines
            self.update(content)


def _offered(name: str, beside: str, width: int, chosen: bool) -> Content:
    text = fit(name, width - len(beside) - 1)
    return Content.assemble((text, "bold $text on $primary" if chosen else "$foreground"), " ", (beside, "$text-muted"))
