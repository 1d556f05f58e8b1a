"""The items of a document whole: the titles of the columns, the grid, and the field over the cell that is typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.containers import Container
from textual.geometry import Region

from minicrm_tui.domain.line_cells import cell_title
from minicrm_tui.widgets.cell_editor import CellEditor, CellNote
from minicrm_tui.widgets.cells import fit
from minicrm_tui.widgets.grid_columns import Column
from minicrm_tui.widgets.line_grid import LineGrid
from minicrm_tui.widgets.page_lines import PageLine
from minicrm_tui.widgets.strips import Piece


class ItemsPane(Container):
    """`grid` and `editor` are its parts."""

    DEFAULT_CSS = """
    ItemsPane {
        height: 1fr; layers: default edit; layout: vertical;
        & > LineGrid { height: 1fr; }
        & > #items-titles { background: $panel; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.grid = LineGrid()
        self.editor = CellEditor(compact=True, select_on_focus=False)
        self._note = CellNote("")
        self._titles = PageLine(id="items-titles")

    def compose(self) -> ComposeResult:
        """The titles over the grid; the field and its note lie over both."""
        yield self._titles
        yield self.grid
        yield self.editor
        yield self._note

    def on_drawn_grid_laid(self) -> None:
        """The titles stand over their columns."""
        self._titles.show(list(_titles(self.grid.columns)))

    def on_resize(self) -> None:
        """The field stays over its cell."""
        if self.editor.is_open:
            self.call_after_refresh(self._place)

    # --- typing

    def open(self, text: str, *, begun: bool) -> None:
        """Type into the cell under the cursor."""
        self.editor.open(text, begun=begun)
        self._place()
        self.say("")

    def say(self, sentence: str, *, wrong: bool = False) -> None:
        """Say this below the cell."""
        self._note.say(sentence, self._over, self.size, wrong=wrong)

    def offer(self, lines: Sequence[tuple[str, str]], chosen: int | None) -> None:
        """Offer these below the cell."""
        self._note.offer(lines, chosen, self._over, self.size)

    def close(self) -> None:
        """Nothing is typed any more: the grid has the focus."""
        self.editor.close()
        self._note.display = False
        self.screen.set_focus(self.grid, scroll_visible=False)

    def _place(self) -> None:
        numeric = next(column.right for column in self.grid.columns if column.cell is self.grid.cell)
        self.editor.place(self._over, right=numeric)

    @property
    def _over(self) -> Region:
        """Where the cell under the cursor is, from this pane's own corner."""
        return self.grid.region_of(self.grid.row, self.grid.cell).translate((0, 1))


def _titles(columns: Sequence[Column]) -> Iterator[Piece]:
    at = 0
    for column in columns:
        yield Piece(" " * (column.left - at))
        yield Piece(fit(cell_title(column.cell), column.width, right=column.right), "muted", True)
        at = column.left + column.width
