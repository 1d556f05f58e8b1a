"""An order or a document whose items are typed cell by cell, while it is a draft."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from minicrm_tui.domain.line_cells import Cell
from minicrm_tui.domain.lines import Line
from minicrm_tui.i18n import N_, _
from minicrm_tui.screens.document.editing import Editing
from minicrm_tui.screens.document.head import changed_row
from minicrm_tui.screens.document.looking import DocumentLook, why_frozen
from minicrm_tui.widgets.cell_editor import CellEditor
from minicrm_tui.widgets.line_grid import LineGrid

if TYPE_CHECKING:
    from minicrm_tui.domain.records import CardId
    from minicrm_tui.screens.main.workbench import Workbench

CHANGES = frozenset({"add", "remove", "shift"})
"""What can be done with a draft only."""


class DocumentScreen(DocumentLook):
    """The document of one card."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,i", "add", N_("New item"), tooltip=N_("A new item after this one"), id="document.add_line"),
        Binding("delete,number_sign", "remove", N_("Take off"), show=False, tooltip=N_("Take the item off"),
                id="document.remove_line"),
        Binding("J", "shift(1)", N_("Item down"), show=False, tooltip=N_("The item one place down"),
                id="document.line_down"),
        Binding("K", "shift(-1)", N_("Item up"), show=False, tooltip=N_("The item one place up"),
                id="document.line_up"),
    ]  # fmt: skip

    def __init__(self, bench: Workbench, card_id: CardId) -> None:
        super().__init__(bench, card_id)
        self._editing = Editing(self)
        self._next: tuple[int, Cell, bool] | None = None

    async def load(self) -> None:
        """As it is by now; a cell that is typed stays open."""
        if self._editing.is_open:
            return
        before = None if self._document is None else self._document.lines
        await super().load()
        if self._document is not None:
            self._place(before)

    def _place(self, before: Sequence[Line] | None) -> None:
        """The cursor goes on to what comes next, or to what has changed."""
        following, self._next = self._next, None
        grid = self.pane.grid
        if following is None:
            changed = None if before is None else changed_row(before, self.document.lines)
            if changed is not None:
                grid.go_to(changed)
            return
        row, cell, typed = following
        if typed and row >= len(grid.lines):
            self._editing.open_new(len(grid.lines))
            return
        grid.go_to(row, cell)
        if typed and row >= 0:
            self._editing.open()

    def go_to_after(self, row: int, cell: Cell, *, typed: bool) -> None:
        """Where the cursor goes once the document is read again; `typed`: and that cell is typed."""
        self._next = row, cell, typed

    # --- typing

    @on(LineGrid.CellChosen)
    def _cell_chosen(self, event: LineGrid.CellChosen) -> None:
        if self._document is None:
            return
        why = why_frozen(self._document)
        if why:
            self.say(why)
        elif self._document.lines:
            self._editing.open(event.text)
        else:
            self._editing.open_new(0)

    @on(CellEditor.Typed)
    def _cell_typed(self, event: CellEditor.Typed) -> None:
        self._editing.read(event.text)

    @on(CellEditor.Stepped)
    def _stepped(self, event: CellEditor.Stepped) -> None:
        self.work(partial(self._editing.step, event.by))

    @on(CellEditor.Saved)
    def _cell_saved(self, event: CellEditor.Saved) -> None:
        self.work(partial(self._editing.save, event.text, event.turn))

    @on(CellEditor.Left)
    def _cell_left(self) -> None:
        self._editing.leave()

    # --- items

    @property
    def _line(self) -> Line | None:
        """The item under the cursor."""
        lines = self.document.lines
        return lines[self.pane.grid.row] if lines else None

    def action_add(self) -> None:
        """`n`: a new item after this one, its name first."""
        self._editing.open_new(self.pane.grid.row + 1 if self.document.lines else 0)

    def action_remove(self) -> None:
        """`delete`: the item under the cursor goes."""
        if self._line is not None:
            self.work(partial(self._remove, self._line))

    async def _remove(self, line: Line) -> str:
        await self.store.delete_line(self.card_id, line.id, self.clock())
        return _("{item} is off · u brings it back").format(item=line.name)

    def action_shift(self, by: int) -> None:
        """`J` `K`: one place down, or up."""
        if self._line is not None:
            self.work(partial(self._shift, self._line, by))

    async def _shift(self, line: Line, by: int) -> None:
        row = self.pane.grid.row
        await self.store.move_line(self.card_id, line.id, by, self.clock())
        self.go_to_after(row + by, self.pane.grid.cell, typed=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a cell is typed, keys are its; the items of what is no draft stay as they are."""
        if self._editing.is_open:
            return False
        if action in CHANGES:
            return self._document is not None and self._document.is_draft
        return super().check_action(action, parameters)
