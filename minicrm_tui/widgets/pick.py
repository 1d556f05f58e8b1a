"""One of a few options on one line: the arrows choose, a letter goes to the option that it begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from minicrm_tui.domain.text import fold
from minicrm_tui.i18n import N_
from minicrm_tui.widgets.cells import cell_width
from minicrm_tui.widgets.strips import Palette, Piece

GAP = 2


class Pick(Widget, can_focus=True):
    """The options side by side, with a dot at the chosen one; what does not fit is out of sight on either side."""

    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space", "turn(1)", N_("Next choice"), id="pick.next", tooltip=N_("The next choice")),
        Binding("left", "turn(-1)", N_("Choice before"), id="pick.before", tooltip=N_("The choice before")),
        Binding("enter", "submit", N_("Save"), id="pick.save", show=False, tooltip=N_("Save what is in the form")),
    ]

    COMPONENT_CLASSES: ClassVar[set[str]] = {"pick--chosen", "pick--muted"}

    DEFAULT_CSS = """
    Pick {
        height: 1;
        padding: 0 1;
        background: $panel;
        color: $foreground;
        & > .pick--chosen { color: $text-accent; text-style: bold; }
        & > .pick--muted { color: $text-muted; }
    }
    Pick:focus { background: $primary 25%; }
    """

    value: reactive[str] = reactive("")

    class Changed(Message):
        """Another option was chosen."""

        def __init__(self, pick: Pick, value: str) -> None:
            super().__init__()
            self.pick = pick
            self.value = value

    class Submitted(Message):
        """Enter: the form is to be saved."""

    def __init__(self, options: Sequence[str], value: str, *, id: str | None = None) -> None:
        """A value that is none of the options stands for the first of them."""
        super().__init__(id=id)
        self.options = tuple(options)
        self._palette = Palette(self, "pick")
        self.set_reactive(Pick.value, value if value in self.options else self.options[0])

    def watch_value(self) -> None:
        """Tell the form."""
        self.post_message(self.Changed(self, self.value))

    @property
    def _place(self) -> int:
        return self.options.index(self.value) if self.value in self.options else 0

    # --- keys and mouse

    def action_turn(self, by: int) -> None:
        """The next option, or the one before, round the ends."""
        self.value = self.options[(self._place + by) % len(self.options)]

    def action_submit(self) -> None:
        """Enter."""
        self.post_message(self.Submitted())

    def on_key(self, event: events.Key) -> None:
        """A letter: the next option that begins so."""
        if event.character is None or not event.character.isalnum():
            return
        event.stop()
        later = (*self.options[self._place + 1 :], *self.options[: self._place + 1])
        wanted = fold(event.character)
        self.value = next((option for option in later if fold(option).startswith(wanted)), self.value)

    def on_click(self, event: events.Click) -> None:
        """The option that was clicked on."""
        offset = event.get_content_offset(self)
        if offset is not None:
            at = offset.x + self._hidden()
            found = (option for option, left, right in self._laid_out() if left <= at < right)
            self.value = next(found, self.value)

    # --- drawing

    def _laid_out(self) -> Iterator[tuple[str, int, int]]:
        """The options with the cells that they begin and end at."""
        left = 0
        for option in self.options:
            right = left + 2 + cell_width(option)
            yield option, left, right
            left = right + GAP

    def _hidden(self) -> int:
        """Cells that are out of sight on the left, so that the chosen option and its neighbours are in sight."""
        places = list(self._laid_out())
        width, whole = self.content_size.width, places[-1][2]
        if whole <= width:
            return 0
        _option, left, right = places[self._place]
        return max(0, min((left + right - width) // 2, whole - width))

    def render_line(self, y: int) -> Strip:
        """The part that is in sight; an angle where there is more."""
        places = list(self._laid_out())
        strip = self._palette.strip(self._pieces(places), places[-1][2])
        hidden, width = self._hidden(), self.content_size.width
        shown = strip.crop(hidden, hidden + width).adjust_cell_length(width, self._palette.style(""))
        left = self._palette.strip([Piece("‹ " if hidden else "", "muted")], 2 if hidden else 0)
        right = self._palette.strip([Piece(" ›", "muted")], 2 if places[-1][2] > hidden + width else 0)
        middle = shown.crop(left.cell_length, width - right.cell_length)
        return Strip.join([left, middle, right])

    def _pieces(self, places: Sequence[tuple[str, int, int]]) -> Iterator[Piece]:
        for option, left, _right in places:
            chosen = option == self.value
            yield Piece(" " * (GAP if left else 0))
            yield Piece(f"{'●' if chosen else '○'} {option}", "chosen" if chosen else "muted", chosen)

    def notify_style_update(self) -> None:
        """The theme or the focus has changed."""
        super().notify_style_update()
        self._palette.clear()
