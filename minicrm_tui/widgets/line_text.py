"""The drawn parts of the prompt line: its title, its choices, and what was understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from minicrm_tui.widgets.cells import cell_width, wrap
from minicrm_tui.widgets.strips import Palette, Piece

GAP = 3
_BETWEEN = "   "


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer: its key takes it at once; `keys` are further ones that do the same (Textual key names)."""

    key: str
    label: str
    detail: str = ""
    keys: tuple[str, ...] = ()

    @property
    def pieces(self) -> list[Piece]:
        """Key, label and detail as they are drawn."""
        between = " " if self.detail.startswith("→") else " · "
        detail = [Piece(between + self.detail, "muted")] if self.detail else []
        return [Piece(self.key, "key", True), Piece(f" {self.label}"), *detail]

    @property
    def cells(self) -> int:
        """Its width."""
        return sum(cell_width(piece.text) for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Placed:
    """A choice with its line and the cell that it begins in."""

    choice: Choice
    line: int
    left: int


def laid_out(choices: Sequence[Choice], width: int) -> list[Placed]:
    """The choices on lines of that width, broken between them."""
    placed: list[Placed] = []
    line = left = 0
    for choice in choices:
        if left and left + choice.cells > width:
            line, left = line + 1, 0
        placed.append(Placed(choice, line, left))
        left += choice.cells + GAP
    return placed


class LineText(Widget):
    """Some lines of pieces; its height follows from them."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {"line-text--key", "line-text--muted", "line-text--error"}

    DEFAULT_CSS = """
    LineText {
        height: 1;
        background: $panel;
        color: $foreground;
        & > .line-text--key { color: $text-primary; text-style: bold; }
        & > .line-text--muted { color: $text-muted; }
        & > .line-text--error { color: $text-error; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._pieces: tuple[Piece, ...] = ()
        self._palette = Palette(self, "line-text")

    def show(self, *pieces: Piece) -> None:
        """Draw these pieces on its line."""
        if pieces != self._pieces:
            self._pieces = pieces
            self.refresh()

    def notify_style_update(self) -> None:
        """The theme has changed."""
        super().notify_style_update()
        self._palette.clear()

    @property
    def room(self) -> int:
        """Its width; the screen's before it was ever shown."""
        return self.size.width or self.screen.size.width

    def render_line(self, y: int) -> Strip:
        """The line; blank below it."""
        pieces = [Piece(" "), *self._pieces] if y == 0 else []
        return self._palette.strip(pieces, self.size.width)


class TitleText(LineText):
    """The question, and what its keys do: beside it, or below it where that would be cut."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._title = self._hint = ""

    def show_title(self, title: str, hint: str) -> None:
        """Draw title and hint."""
        self._title, self._hint = title, hint
        beside = cell_width(f" {title}{_BETWEEN}{hint} ") <= self.room or not hint
        self.styles.height = 1 if beside else 2
        self.show(Piece(title, "", True), *([Piece(_BETWEEN + hint, "muted")] if beside and hint else []))

    def on_resize(self) -> None:
        """Lay them out anew."""
        self.show_title(self._title, self._hint)

    def render_line(self, y: int) -> Strip:
        """The title, or the hint below it."""
        if y == 0:
            return super().render_line(y)
        return self._palette.strip([Piece(f" {self._hint}", "muted")], self.size.width)


class ReadingText(LineText):
    """What was understood, on as many lines as it takes: no part of it may be out of sight."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._piece = Piece("")
        self._wrapped: list[str] = []

    def show_whole(self, piece: Piece) -> None:
        """Draw all of it."""
        self._piece = piece
        self._wrapped = wrap(piece.text, max(1, self.room - 2))
        self.styles.height = max(1, len(self._wrapped))
        self.refresh()

    def on_resize(self) -> None:
        """Wrap it anew."""
        self.show_whole(self._piece)

    def render_line(self, y: int) -> Strip:
        """One of its lines."""
        text = self._wrapped[y] if y < len(self._wrapped) else ""
        return self._palette.strip([Piece(" " + text, self._piece.tone)], self.size.width)


class ChoiceText(LineText):
    """The choices, wrapped between them; a click takes one."""

    class Clicked(Message):
        """A click on a choice."""

        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._choices: tuple[Choice, ...] = ()
        self._placed: list[Placed] = []

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """Draw these choices."""
        self._choices = tuple(choices)
        self._placed = laid_out(choices, self.room - 2)
        self.styles.height = 1 + max((placed.line for placed in self._placed), default=0)
        self.refresh()

    def on_resize(self) -> None:
        """Wrap the choices anew."""
        if self._choices:
            self.show_choices(self._choices)

    def render_line(self, y: int) -> Strip:
        """The choices of one line."""
        pieces: list[Piece] = []
        at = -1
        for placed in self._placed:
            if placed.line == y:
                pieces += [Piece(" " * (placed.left - at)), *placed.choice.pieces]
                at = placed.left + placed.choice.cells
        return self._palette.strip(pieces, self.size.width)

    def on_click(self, event: events.Click) -> None:
        """Take the choice that was clicked on."""
        for placed in self._placed:
            if placed.line == event.y and placed.left < event.x <= placed.left + placed.choice.cells:
                self.post_message(self.Clicked(placed.choice))
