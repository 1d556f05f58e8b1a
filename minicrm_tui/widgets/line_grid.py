"""The items of a document as a grid that is walked through, cell by cell, by keys and mouse."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from minicrm_tui.domain.line_cells import Cell
from minicrm_tui.i18n import N_
from minicrm_tui.widgets.drawn_grid import DrawnGrid

BEGINS = frozenset("0123456789-−+.,")
"""Characters that begin a new text in the cell under the cursor; letters are commands."""

FAR = 1_000_000
"""More rows than there are."""


class LineGrid(DrawnGrid, can_focus=True):
    """Tells which cell is to be typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", N_("Down"), id="grid.down", show=False, tooltip=N_("The next item")),
        Binding("up,k", "move(-1)", N_("Up"), id="grid.up", show=False, tooltip=N_("The item before")),
        Binding("right,l", "turn(1)", N_("Right"), id="grid.right", show=False, tooltip=N_("The cell to the right")),
        Binding("left,h", "turn(-1)", N_("Left"), id="grid.left", show=False, tooltip=N_("The cell to the left")),
        Binding("tab", "go_on(1)", N_("Next cell"), id="grid.next", show=False, tooltip=N_("The next cell")),
        Binding("shift+tab", "go_on(-1)", N_("Cell before"), id="grid.previous", show=False,
                tooltip=N_("The cell before")),
        Binding("home", "edge(-1)", N_("First cell"), id="grid.first", show=False, tooltip=N_("The row's first cell")),
        Binding("end", "edge(1)", N_("Last cell"), id="grid.last", show=False, tooltip=N_("The row's last cell")),
        Binding("ctrl+d,pagedown", "page(1)", N_("Page down"), id="grid.page_down", show=False,
                tooltip=N_("A page down")),
        Binding("ctrl+u,pageup", "page(-1)", N_("Page up"), id="grid.page_up", show=False, tooltip=N_("A page up")),
        Binding("ctrl+home,g", f"move({-FAR})", N_("Top"), id="grid.top", show=False, tooltip=N_("The first item")),
        Binding("ctrl+end,G", f"move({FAR})", N_("Bottom"), id="grid.bottom", show=False, tooltip=N_("The last item")),
        Binding("enter", "choose", N_("Change"), id="grid.choose", tooltip=N_("Type another value into the cell")),
    ]  # fmt: skip

    class CellChosen(Message):
        """The cell under the cursor is to be typed: `text` instead of what it holds, where that is not empty."""

        def __init__(self, text: str = "") -> None:
            super().__init__()
            self.text = text

    is_fixed = False
    """Whether its cells can't be typed; who tries is told why."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can't be typed is not offered."""
        return not (action == "choose" and self.is_fixed)

    @property
    def _typed(self) -> list[Cell]:
        return [column.cell for column in self.columns if column.is_typed]

    def beside(self, by: int) -> tuple[int, Cell]:
        """Row and cell that come next (1) or before (-1); the row may be one beyond the ends."""
        cells = self._typed
        at = cells.index(self.cell) + by
        if 0 <= at < len(cells):
            return self.row, cells[at]
        return self.row + by, cells[0 if by > 0 else -1]

    # --- keys

    def action_move(self, by: int) -> None:
        """Some rows down, or up."""
        self.go_to(self.row + by)

    def action_page(self, pages: int) -> None:
        """A page down, or up."""
        self.go_to(self.row + pages * max(1, self.size.height - 1))

    def action_turn(self, by: int) -> None:
        """The cell to the right, or to the left, in this row."""
        cells = self._typed
        self.go_to(self.row, cells[max(0, min(cells.index(self.cell) + by, len(cells) - 1))])

    def action_go_on(self, by: int) -> None:
        """The next cell, or the one before, over the ends of the rows."""
        row, cell = self.beside(by)
        if 0 <= row < len(self.lines):
            self.go_to(row, cell)

    def action_edge(self, direction: int) -> None:
        """The first or the last cell of the row."""
        self.go_to(self.row, self._typed[0 if direction < 0 else -1])

    def action_choose(self) -> None:
        """`enter`: the cell is typed."""
        self.post_message(self.CellChosen())

    def on_key(self, event: events.Key) -> None:
        """A digit begins a new value."""
        if self.is_fixed and event.key == "enter":
            event.stop()
            self.action_choose()
        elif event.character is not None and event.character in BEGINS:
            event.stop()
            self.post_message(self.CellChosen(event.character))

    # --- the mouse

    def on_click(self, event: events.Click) -> None:
        """One click goes to the cell, two type into it."""
        offset = event.get_content_offset(self)
        if offset is None or self.scroll_offset.y + offset.y >= len(self.lines):
            return
        event.stop()
        under = [column.cell for column in self.columns if column.is_typed and column.left <= offset.x]
        self.go_to(self.scroll_offset.y + offset.y, (under or self._typed[:1])[-1])
        if event.chain == 2:
            self.action_choose()
