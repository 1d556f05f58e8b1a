"""How the items of a document are drawn: rows of cells, only those in sight, each kept as long as it looks the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from minicrm_tui.domain.line_cells import Cell, shown_cell
from minicrm_tui.domain.lines import LineDraft
from minicrm_tui.widgets.cells import fit, wrap
from minicrm_tui.widgets.grid_columns import Column, columns_for, number_cells
from minicrm_tui.widgets.kept_lines import KeptLines
from minicrm_tui.widgets.steady import SteadyLook
from minicrm_tui.widgets.strips import Ground, Palette, Piece

_TONES = {Cell.SKU: "muted", Cell.UNIT: "muted", Cell.TAX: "muted", Cell.GROSS: "accent"}


class DrawnGrid(SteadyLook, ScrollView, inherit_bindings=False):
    """Lines, a row each, and a cursor in one cell of one row."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"line-grid--{name}" for name in ("cursor", "shared", "sign", "accent", "muted")
    }

    DEFAULT_CSS = """
    DrawnGrid {
        background: $surface;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-background: $surface;
        scrollbar-size-vertical: 1;
        & > .line-grid--cursor { background: $primary 45%; text-style: bold; }
        & > .line-grid--shared { background: $primary 15%; }
        & > .line-grid--sign { color: $primary; }
        & > .line-grid--accent { color: $text-accent; }
        & > .line-grid--muted { color: $text-muted; }
    }
    """

    class Laid(Message):
        """The columns have changed."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.columns: tuple[Column, ...] = ()
        self.row = 0
        self.cell = Cell.NAME
        self._lines: tuple[LineDraft, ...] = ()
        self._currency = ""
        self._empty = ""
        self._palette = Palette(self, "line-grid")
        self._kept = KeptLines()

    # --- contents

    @property
    def lines(self) -> tuple[LineDraft, ...]:
        """What is drawn."""
        return self._lines

    def show(self, lines: Sequence[LineDraft], currency: str, *, empty: str) -> None:
        """Draw these lines; `empty` is said where there are none. The cursor keeps its place."""
        if currency != self._currency:
            self._kept.clear()
        self._lines, self._currency, self._empty = tuple(lines), currency, empty
        self.row = self._within(self.row)
        self._lay()
        self._bring_in_sight()
        self.refresh()

    def redraw_line(self, row: int, line: LineDraft) -> None:
        """Draw another content in this row: what it would be, while one types."""
        self._lines = (*self._lines[:row], line, *self._lines[row + 1 :])
        self.refresh_line(row)

    def go_to(self, row: int, cell: Cell | None = None) -> None:
        """Put the cursor there, as far as there is such a place."""
        before, self.row = self.row, self._within(row)
        if cell is not None and any(column.cell is cell for column in self.columns):
            self.cell = cell
        self._bring_in_sight()
        self.refresh_line(before)
        self.refresh_line(self.row)

    def region_of(self, row: int, cell: Cell) -> Region:
        """Where the cell is drawn, from the grid's own corner."""
        column = next(column for column in self.columns if column.cell is cell)
        return Region(column.left, row - self.scroll_offset.y, column.width, 1)

    def _within(self, row: int) -> int:
        return max(0, min(row, len(self._lines) - 1))

    # --- the layout

    def _lay(self) -> None:
        """Share the width out: only a width that shows other columns makes any of them narrower."""
        width = self.scrollable_content_region.width
        self.virtual_size = Size(width, len(self._lines))
        if not width:
            return
        columns = columns_for(width, self._lines, self._currency, self.columns)
        if {column.cell for column in columns} != {column.cell for column in self.columns}:
            columns = columns_for(width, self._lines, self._currency)
        if columns != self.columns:
            self.columns = columns
            self._kept.clear()
            self.post_message(self.Laid())
        if all(column.cell is not self.cell for column in columns):
            self.cell = Cell.NAME

    def on_resize(self, _event: events.Resize) -> None:
        """The cursor stays in sight."""
        self._lay()
        self._bring_in_sight()

    def _bring_in_sight(self) -> None:
        height = self.size.height
        if height:
            top = max(0, min(self.scroll_offset.y, self.row), self.row - height + 1)
            if top != self.scroll_offset.y:
                self.scroll_to(y=top, animate=False, force=True, immediate=True)

    # --- drawing

    def notify_style_update(self) -> None:
        """The theme has changed."""
        super().notify_style_update()
        self._palette.clear()
        self._kept.clear()
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines as they are kept."""
        _base, background = self.background_colors
        self._kept.use(self.get_line_filters(), background)
        left, right = crop.column_span
        strips = [self.render_line(y) for y in crop.line_range]
        return [
            strip if (left, right) == (0, strip.cell_length) else strip.crop_extend(left, right, None)
            for strip in strips
        ]

    def render_line(self, y: int) -> Strip:
        """One line of the window."""
        row, width = self.scroll_offset.y + y, self.scrollable_content_region.width
        if row >= len(self._lines):
            said = "" if self._lines else self._empty
            return self._kept.line((said, y, width), lambda: self._beyond(said, y, width))
        cell, number = self.cell if row == self.row else None, number_cells(width, len(self._lines))
        look = self._lines[row], row if number else 0, number, cell, width
        return self._kept.line(look, lambda: self._draw(row, cell, width))

    def _beyond(self, said: str, y: int, width: int) -> Strip:
        """A line below the rows; where there are none, what is said there."""
        lines = wrap(said, max(1, width - 4)) if said else []
        text = lines[y - 1] if 0 < y <= len(lines) else ""
        return self._palette.strip([Piece(f"  {text}", "muted")], width)

    def _draw(self, row: int, cursor: Cell | None, width: int) -> Strip:
        ground = Ground.PLAIN if cursor is None else Ground.SHARED
        plain = self._palette.style("", ground)
        segments = [Segment(" " if cursor is None else "▌", self._palette.style("sign", ground))]
        number = number_cells(width, len(self._lines))
        if number:
            shown = fit(str(row + 1), number - 1, right=True)
            segments += [Segment(shown, self._palette.style("muted", ground)), Segment(" ", plain)]
        segments += self._cells(self._lines[row], cursor, ground)
        end = self.columns[-1]
        segments.append(Segment(" " * max(0, width - end.left - end.width - 1), plain))
        return Strip(segments).adjust_cell_length(width)

    def _cells(self, line: LineDraft, cursor: Cell | None, ground: Ground) -> Iterator[Segment]:
        for column in self.columns:
            text = fit(shown_cell(line, column.cell, self._currency), column.width, right=column.right)
            beneath = Ground.CURSOR if column.cell is cursor else ground
            yield Segment(text, self._palette.style(_TONES.get(column.cell, ""), beneath))
            yield Segment(" ", self._palette.style("", ground))
