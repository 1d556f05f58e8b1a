"""How a virtual list looks: lines drawn once, and painted as long as what they show is the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

from textual.geometry import Region
from textual.strip import Strip

from minicrm_tui.widgets.cells import cell_width, wrap
from minicrm_tui.widgets.kept_lines import KeptLines
from minicrm_tui.widgets.sections import Item, Row, RowKind, Section
from minicrm_tui.widgets.strips import Ground, Palette, Piece
from minicrm_tui.widgets.virtual_rows import VirtualRows


class DrawnRows(VirtualRows[Item]):
    """Draws headings, items and "more" from the pieces that a subclass says."""

    prefix = "row-list"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._is_marked: Callable[[Item, str], bool] = lambda _item, _section: False
        self._empty = ""
        self._palette = Palette(self, self.prefix)
        self._lines = KeptLines()

    # --- what a subclass draws

    def heading_pieces(self, section: Section, folded: bool, width: int) -> Iterable[Piece]:
        """A heading, without the cursor's cell."""
        raise NotImplementedError

    def item_pieces(self, item: Item, section: Section, marked: bool, width: int) -> Iterable[Piece]:
        """An item, without the cursor's cell."""
        raise NotImplementedError

    def more_pieces(self, section: Section, width: int) -> Iterable[Piece]:
        """The row that stands for the items beyond the limit."""
        raise NotImplementedError

    # --- drawing

    def redraw(self) -> None:
        """Draw every row anew."""
        self._lines.clear()
        self.refresh()

    def notify_style_update(self) -> None:
        """The theme has changed."""
        super().notify_style_update()
        self._palette.clear()
        self.redraw()

    def ground(self, index: int, _item: Item | None) -> Ground:
        """What a row lies on."""
        if index != self.place.cursor:
            return Ground.PLAIN
        return Ground.RESTING if self.resting else Ground.CURSOR

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines as they are kept: without border and padding, Textual's styling of each would add nothing."""
        _base, background = self.background_colors
        self._lines.use(self.get_line_filters(), background)
        left, right = crop.column_span
        top, width = self.scroll_offset.y, self.scrollable_content_region.width
        strips = [self._line(top + y, y, width) for y in crop.line_range]
        return [
            strip if (left, right) == (0, strip.cell_length) else strip.crop_extend(left, right, None)
            for strip in strips
        ]

    def render_line(self, y: int) -> Strip:
        """One line of the window."""
        return self._line(self.scroll_offset.y + y, y, self.scrollable_content_region.width)

    def _line(self, index: int, y: int, width: int) -> Strip:
        row = self.row_at(index)
        if row is None:
            sentence = "" if self.place.rows.total else self._empty
            return self._lines.line((sentence, y, width, self.size.height), lambda: self._around(sentence, y, width))
        item = self.item_at(index)
        ground = self.ground(index, item)
        if item is None:
            look: Hashable = row, row.section.key in self._folded
        else:
            look = item, row.section.key, row.section.tone, self._is_marked(item, row.section.key)
        return self._lines.line((look, ground, width), lambda: self._draw(row, index, ground, width))

    def _draw(self, row: Row, index: int, ground: Ground, width: int) -> Strip:
        sign = {Ground.CURSOR: "▌", Ground.RESTING: "▏"}.get(ground, " ")
        return self._palette.strip([Piece(sign, "sign"), *self._pieces(row, index, width - 1)], width, ground)

    def _pieces(self, row: Row, index: int, width: int) -> Iterable[Piece]:
        if row.kind is RowKind.HEADING:
            return self.heading_pieces(row.section, row.section.key in self.place.rows.folded, width)
        if row.kind is RowKind.MORE:
            return self.more_pieces(row.section, width)
        item = self.item_at(index)
        if item is None:
            # Another process took it away since the count; the next reading puts it right.
            return [Piece(" …", "muted")]
        return self.item_pieces(item, row.section, self._is_marked(item, row.section.key), width)

    def _around(self, sentence: str, y: int, width: int) -> Strip:
        """A line beyond the rows; in an empty list, the sentence in its middle."""
        return self._palette.strip(_in_the_middle(sentence, y, self.size.height, width), width)


def _in_the_middle(sentence: str, y: int, height: int, width: int) -> list[Piece]:
    """What of the sentence stands on line `y`."""
    lines = wrap(sentence, max(1, width - 4)) if sentence else []
    line = y - max(0, (height - len(lines)) // 2)
    if not 0 <= line < len(lines):
        return []
    return [Piece(" " * ((width - cell_width(lines[line])) // 2)), Piece(lines[line], "muted")]
