"""What lies beyond the edges of the pipeline, on one line; a click goes there."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from minicrm_tui.widgets.cells import cell_width, cut
from minicrm_tui.widgets.strips import Palette, Piece


class Beyond(Widget):
    """The groups left and right of those in sight; not there when all are."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {"beyond--muted"}

    DEFAULT_CSS = """
    Beyond {
        height: 1;
        dock: bottom;
        display: none;
        background: $surface;
        & > .beyond--muted { color: $text-muted; }
    }
    """

    class Wished(Message):
        """A click: -1 for what lies to the left, 1 for what lies to the right."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    def __init__(self) -> None:
        super().__init__()
        self._sides = ("", "")
        self._palette = Palette(self, "beyond")

    def show(self, left: str, right: str) -> None:
        """Name what is beyond the edges; an empty text where there is nothing."""
        if (left, right) != self._sides:
            self._sides = left, right
            self.display = bool(left or right)
            self.refresh()

    def notify_style_update(self) -> None:
        """The theme has changed."""
        super().notify_style_update()
        self._palette.clear()

    def render_line(self, y: int) -> Strip:
        """One at each end."""
        width = self.size.width - 2
        before = f"‹ {self._sides[0]}" if self._sides[0] else ""
        after = f"{self._sides[1]} ›" if self._sides[1] else ""
        before = cut(before, width - cell_width(after) - 2 if after else width)
        after = cut(after, width)
        between = " " * (width - cell_width(before) - cell_width(after))
        return self._palette.strip([Piece(f" {before}{between}{after} ", "muted")], self.size.width)

    def on_click(self, event: events.Click) -> None:
        """Go there."""
        left, right = self._sides
        here = right if event.x * 2 >= self.size.width or not left else left
        if here:
            self.post_message(self.Wished(1 if here is right else -1))
