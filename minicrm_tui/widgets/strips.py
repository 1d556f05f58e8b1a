"""Drawing one row: pieces of text with a tone, on the ground of the row's state, as one cached strip."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from minicrm_tui.widgets.cells import cell_width, cut


class Piece(NamedTuple):
    """A run of text in one tone: error, warning, success, accent, muted, heading, or "" for plain."""

    text: str
    tone: str = ""
    bold: bool = False


class Ground(Enum):
    """What a row lies on."""

    PLAIN = "plain"
    CURSOR = "cursor"
    RESTING = "resting"
    """The cursor of a pane that is not the active one."""
    SHARED = "shared"
    MARKED = "marked"


class Palette:
    """The theme's styles of a widget's component classes `<prefix>--<tone>`, resolved once until the theme changes."""

    def __init__(self, widget: Widget, prefix: str) -> None:
        self._widget = widget
        self._prefix = prefix
        self._styles: dict[tuple[str, str, bool], Style] = {}

    def clear(self) -> None:
        """Forget all: the theme or the pseudo-classes have changed."""
        self._styles.clear()

    def style(self, tone: str, ground: Ground = Ground.PLAIN, bold: bool = False) -> Style:
        """The style of a tone on a ground."""
        key = (tone, ground.value, bold)
        style = self._styles.get(key)
        if style is None:
            names = [f"{self._prefix}--{name}" for name in (ground.value, tone) if name and name != "plain"]
            style = self._widget.get_visual_style(*names).rich_style
            style = self._styles[key] = style + Style(bold=True) if bold else style
        return style

    def strip(self, pieces: Iterable[Piece], width: int, ground: Ground = Ground.PLAIN) -> Strip:
        """The pieces on one line of exactly that many cells."""
        segments: list[Segment] = []
        left = width
        for piece in pieces:
            text = cut(piece.text, left)
            if text:
                segments.append(Segment(text, self.style(piece.tone, ground, piece.bold)))
                left -= cell_width(text)
        if left > 0:
            segments.append(Segment(" " * left, self.style("", ground)))
        return Strip(segments, width)
