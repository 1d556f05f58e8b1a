"""Lines that were drawn once and are painted again and again: a row that has only moved is not drawn anew."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from textual.color import Color
from textual.filter import LineFilter
from textual.strip import Strip

MOST = 1024


class KeptLines:
    """Strips by all that their look depends on, with the app's filters already applied."""

    def __init__(self) -> None:
        self._strips: dict[Hashable, Strip] = {}
        self._filters: tuple[LineFilter, ...] = ()
        self._background = Color(0, 0, 0)

    def clear(self) -> None:
        """Forget all: something that the looks do not tell has changed."""
        self._strips.clear()

    def use(self, filters: Sequence[LineFilter], background: Color) -> None:
        """From now on lines are drawn through these filters (none in most terminals, all colours gone in some)."""
        if (tuple(filters), background) != (self._filters, self._background):
            self._filters, self._background = tuple(filters), background
            self.clear()

    def line(self, look: Hashable, draw: Callable[[], Strip]) -> Strip:
        """The line of this look, drawn if it is not kept."""
        strip = self._strips.get(look)
        if strip is None:
            if len(self._strips) >= MOST:
                self.clear()
            strip = self._strips[look] = self._filtered(draw())
        return strip

    def _filtered(self, strip: Strip) -> Strip:
        for line_filter in self._filters:
            strip = strip.apply_filter(line_filter, self._background)
        return strip
