"""A text of many lines that is scrolled through; only what is in sight is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from minicrm_tui.i18n import N_
from minicrm_tui.widgets.strips import Palette, Piece

FAR = 1_000_000
"""More lines than there are."""


class TextLines(ScrollView, can_focus=True, inherit_bindings=False):
    """Lines in the middle of the width, each cut where it is too long."""

    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll(1)", N_("Down"), show=False, tooltip=N_("The next line"), id="paper.down"),
        Binding("up,k", "scroll(-1)", N_("Up"), show=False, tooltip=N_("The line before"), id="paper.up"),
        Binding("ctrl+d,pagedown,space", "page(1)", N_("Page down"), show=False, tooltip=N_("A page down"),
                id="paper.page_down"),
        Binding("ctrl+u,pageup", "page(-1)", N_("Page up"), show=False, tooltip=N_("A page up"), id="paper.page_up"),
        Binding("home,g", f"scroll({-FAR})", N_("Top"), show=False, tooltip=N_("The first line"), id="paper.top"),
        Binding("end,G", f"scroll({FAR})", N_("Bottom"), show=False, tooltip=N_("The last line"), id="paper.bottom"),
    ]  # fmt: skip

    COMPONENT_CLASSES: ClassVar[set[str]] = {"text-lines--paper"}

    DEFAULT_CSS = """
    TextLines {
        background: $surface; color: $foreground; overflow-x: hidden; scrollbar-size-vertical: 1;
        & > .text-lines--paper { background: $panel; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: tuple[str, ...] = ()
        self._cells = 0
        self._palette = Palette(self, "text-lines")

    def show(self, lines: Sequence[str], cells: int) -> None:
        """These, on a paper of so many cells."""
        self._lines, self._cells = tuple(lines), cells
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._lines))
        self.refresh()

    def action_scroll(self, by: int) -> None:
        """Some lines down, or up."""
        self.scroll_relative(y=by, animate=False)

    def action_page(self, pages: int) -> None:
        """A page down, or up; one line stays in sight."""
        self.scroll_relative(y=pages * max(1, self.size.height - 1), animate=False)

    def notify_style_update(self) -> None:
        """The theme has changed."""
        super().notify_style_update()
        self._palette.clear()

    def render_line(self, y: int) -> Strip:
        """One line of the window."""
        width, at = self.scrollable_content_region.width, self.scroll_offset.y + y
        margin = max(0, (width - self._cells - 4) // 2)
        if at >= len(self._lines):
            return self._palette.strip((), width)
        text = f"  {self._lines[at]}"
        paper = Piece(text + " " * max(0, self._cells + 4 - len(text)), "paper")
        return self._palette.strip([Piece(" " * margin), paper], width)
