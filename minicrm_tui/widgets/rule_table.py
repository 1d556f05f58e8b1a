"""The rule of a fixed pipeline as a table: what leads to which status; the lines of one status stand out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from minicrm_tui.widgets.cells import cell_width, fit
from minicrm_tui.widgets.strips import Palette, Piece

_GAP = 2


class RuleTable(ScrollView, inherit_bindings=False):
    """Lines of cells under their names, scrolled by whoever holds the keys."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {"rule-table--muted", "rule-table--accent", "rule-table--sign"}

    DEFAULT_CSS = """
    RuleTable {
        background: $surface; color: $foreground; overflow-x: hidden; scrollbar-background: $surface;
        scrollbar-size-vertical: 1;
        & > .rule-table--muted { color: $text-muted; }
        & > .rule-table--accent { color: $text-accent; text-style: bold; }
        & > .rule-table--sign { color: $primary; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._heads: tuple[str, ...] = ()
        self._lines: tuple[tuple[str, ...], ...] = ()
        self._chosen: frozenset[int] = frozenset()
        self._palette = Palette(self, "rule-table")

    def show(self, heads: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
        """These lines; the last cell of each is what the others lead to."""
        self._heads = tuple(heads)
        self._lines = tuple(tuple(line) for line in lines)
        self.virtual_size = Size(self.scrollable_content_region.width, 1 + len(self._lines))
        self.refresh()

    def choose(self, lines: Sequence[int]) -> None:
        """These lines stand out, and the first of them comes in sight."""
        if frozenset(lines) == self._chosen:
            return
        self._chosen = frozenset(lines)
        if lines:
            self._bring_in_sight(lines[0], lines[-1])
        self.refresh()

    def scroll_page(self, pages: int) -> None:
        """A page down, or up; one line stays in sight."""
        self.scroll_relative(y=pages * max(1, self.size.height - 2), animate=False)

    def _bring_in_sight(self, first: int, last: int) -> None:
        # The names of the cells stay on the first line.
        height, top = self.size.height - 1, self.scroll_offset.y
        if height > 0 and not top <= first <= last < top + height:
            self.scroll_to(y=max(0, min(first, last - height + 1)), animate=False, force=True, immediate=True)

    def notify_style_update(self) -> None:
        """The theme has changed."""
        super().notify_style_update()
        self._palette.clear()

    def render_line(self, y: int) -> Strip:
        """One line of the window."""
        width, at = self.scrollable_content_region.width, self.scroll_offset.y + y - 1
        if not self._heads or at >= len(self._lines):
            return self._palette.strip((), width)
        if y == 0:
            return self._palette.strip([Piece(" "), *self._pieces(self._heads, "muted", " ")], width)
        chosen = at in self._chosen
        sign = Piece("▌" if chosen else " ", "sign")
        return self._palette.strip([sign, *self._pieces(self._lines[at], "accent" if chosen else "", "→")], width)

    def _pieces(self, cells: Sequence[str], tone: str, arrow: str) -> Iterator[Piece]:
        for cell, width in zip(cells[:-1], self._widths(), strict=False):
            yield Piece(fit(cell, width + _GAP), tone)
        yield Piece(f"{arrow} ", "muted")
        yield Piece(cells[-1], tone)

    def _widths(self) -> list[int]:
        return [max(map(cell_width, column)) for column in zip(self._heads, *self._lines, strict=True)]
