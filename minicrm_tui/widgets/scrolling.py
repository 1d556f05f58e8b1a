"""Wheel and scrollbar over a virtual list: they too wait until what comes in sight is there."""

from __future__ import annotations

from textual import events
from textual.scrollbar import ScrollDown, ScrollTo, ScrollUp

from minicrm_tui.widgets.drawn_rows import DrawnRows
from minicrm_tui.widgets.placing import scrolled
from minicrm_tui.widgets.sections import Item

WHEEL = 3
"""Rows that one notch of the wheel scrolls."""


class ScrolledRows(DrawnRows[Item]):
    """Scrolls without moving the cursor."""

    def _scroll(self, to: int) -> None:
        self.step(lambda: scrolled(self.place, to, self.window))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls; the cursor stays."""
        event.stop().prevent_default()
        self._scroll(self.place.scroll + WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls; the cursor stays."""
        event.stop().prevent_default()
        self._scroll(self.place.scroll - WHEEL)

    def on_scroll_to(self, message: ScrollTo) -> None:
        """The scrollbar is dragged."""
        message.stop().prevent_default()
        if message.y is not None:
            self._scroll(round(message.y))

    def on_scroll_down(self, message: ScrollDown) -> None:
        """A click below the scrollbar's handle."""
        message.stop().prevent_default()
        self._scroll(self.place.scroll + self.window)

    def on_scroll_up(self, message: ScrollUp) -> None:
        """A click above the scrollbar's handle."""
        message.stop().prevent_default()
        self._scroll(self.place.scroll - self.window)
