"""A few lines of pieces, drawn without a layout; as high as there are lines."""

from __future__ import annotations

from collections.abc import Sequence

from textual.strip import Strip

from minicrm_tui.widgets.page_lines import PageLine
from minicrm_tui.widgets.strips import Piece


class PieceLines(PageLine):
    """Lines under each other."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: tuple[tuple[Piece, ...], ...] = ()

    def show_lines(self, lines: Sequence[Sequence[Piece]]) -> None:
        """Draw these."""
        shown = tuple(tuple(line) for line in lines)
        if len(shown) != len(self._lines):
            self.styles.height = len(shown)
        if shown != self._lines:
            self._lines = shown
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One of them."""
        return self._palette.strip(self._lines[y] if y < len(self._lines) else (), self.size.width)
