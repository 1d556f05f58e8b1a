"""What stands around the zones of a card's page: its title, the zones' names, and a text that is shown whole."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import ClassVar

from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from minicrm_tui.widgets.cells import cell_width, cut, wrap
from minicrm_tui.widgets.strips import Palette, Piece

WHOLE = 4000
"""Characters of a text that the lines for it could show; enter shows all of it."""


class PageLine(Widget):
    """Pieces on one line; drawn without a layout."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "page-line--muted",
        "page-line--accent",
        "page-line--strong",
        "page-line--chosen",
        "page-line--error",
        "page-line--warning",
    }

    DEFAULT_CSS = """
    PageLine {
        height: 1;
        background: $surface;
        color: $foreground;
        & > .page-line--muted { color: $text-muted; }
        & > .page-line--accent { color: $text-accent; }
        & > .page-line--strong { text-style: bold; }
        & > .page-line--error { color: $text-error; }
        & > .page-line--warning { color: $text-warning; }
        & > .page-line--chosen { background: $primary; color: $text; text-style: bold; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._pieces: tuple[Piece, ...] = ()
        self._palette = Palette(self, "page-line")

    def show(self, pieces: Sequence[Piece]) -> None:
        """Draw these."""
        if tuple(pieces) != self._pieces:
            self._pieces = tuple(pieces)
            self.refresh()

    def notify_style_update(self) -> None:
        """The theme has changed."""
        super().notify_style_update()
        self._palette.clear()

    def render_line(self, y: int) -> Strip:
        """The pieces."""
        return self._palette.strip(self._pieces, self.size.width)


class PageTitle(PageLine):
    """The first piece is cut where there is no room for all: where the card stands is always said."""

    def render_line(self, y: int) -> Strip:
        """The name, and what is said of the card."""
        if not self._pieces:
            return super().render_line(y)
        name, *said = self._pieces
        room = self.size.width - sum(cell_width(piece.text) for piece in said)
        name = name._replace(text=cut(name.text, max(room, self.size.width // 3)))
        return self._palette.strip([name, *said], self.size.width)


class Whole(PageLine):
    """A text under its heading, on as many lines as there are."""

    DEFAULT_CSS = "Whole { padding: 0 1; }"

    def show_text(self, heading: str, text: str) -> None:
        """Draw this text, line breaks and all."""
        self.show([Piece(heading, "strong"), Piece(text[:WHOLE])])

    def render_line(self, y: int) -> Strip:
        """One of the lines, broken at spaces; the last one says where there is more."""
        width, height = max(1, self.size.width), self.size.height
        heading, text = self._pieces or (Piece(""), Piece(""))
        if heading.text and y == 0:
            return self._palette.strip([heading], width)
        lines = _broken(text.text, width)
        shown, last = (y - 1, height - 2) if heading.text else (y, height - 1)
        line = lines[shown] if shown < len(lines) else ""
        if shown == last and len(lines) > last + 1:
            line = cut(line, width - 2).removesuffix("…") + " …"
        return self._palette.strip([Piece(line, "muted")], width)


@lru_cache(maxsize=8)
def _broken(text: str, width: int) -> tuple[str, ...]:
    """The text on lines: its own, each broken at spaces, and a word that is longer than a line anywhere."""
    return tuple(line for part in text.split("\n") for line in wrap(part, width, whole=True) or [""])


class ZoneStrip(PageLine):
    """The names of the three zones in a narrow terminal; a click shows one."""

    class Clicked(Message):
        """The name of a zone was clicked on."""

        def __init__(self, zone: int) -> None:
            super().__init__()
            self.zone = zone

    def show_names(self, names: Sequence[str], chosen: int) -> None:
        """The names, the chosen one on the bar's colour."""
        self.show([Piece(f" {name} ", "chosen" if at == chosen else "muted") for at, name in enumerate(names)])

    def on_click(self, event: events.Click) -> None:
        """Tell which name it was."""
        left = 0
        for at, piece in enumerate(self._pieces):
            left += cell_width(piece.text)
            if event.x < left:
                self.post_message(self.Clicked(at))
                return
