"""An order or a document on the screen: what it says, its items in a grid, its totals; typed cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from minicrm_tui.domain.documents import Document, refuse_frozen
from minicrm_tui.domain.errors import NotFound, Refused
from minicrm_tui.domain.line_cells import Cell
from minicrm_tui.domain.lines import Line, Totals
from minicrm_tui.i18n import N_, _
from minicrm_tui.screens.document.editing import Editing
from minicrm_tui.screens.document.head import changed_row, head_lines, title, total_lines
from minicrm_tui.screens.listing import ListScreen
from minicrm_tui.widgets.cell_editor import CellEditor
from minicrm_tui.widgets.items_pane import ItemsPane
from minicrm_tui.widgets.line_grid import LineGrid
from minicrm_tui.widgets.piece_lines import PieceLines

if TYPE_CHECKING:
    from minicrm_tui.domain.records import CardId
    from minicrm_tui.screens.main.workbench import Workbench
    from minicrm_tui.settings import Settings

SHORT = 30
"""Lines below which fewer rates of VAT are shown."""

ORDER = ("document.add_line", "grid.choose", "document.header", "document.preview", "document.pdf")
"""Commands in the footer's order."""

CHANGES = frozenset({"add", "remove", "shift", "header"})
"""What can be done with a draft only."""


class DocumentScreen(ListScreen):
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

    DEFAULT_CSS = """
    DocumentScreen {
        & > #document-head { height: auto; }
        & > #document-told { height: auto; max-height: 2; padding: 0 1; color: $text-warning; display: none; }
        & > #document-told.-told { display: block; }
        & > #document-totals { height: auto; box-sizing: content-box; border-top: solid $foreground 20%; }
    }
    """

    def __init__(self, bench: Workbench, card_id: CardId) -> None:
        super().__init__("", bench.store, bench.clock, ORDER)
        self.bench = bench
        self.card_id = card_id
        self.pane = ItemsPane()
        self._head = PieceLines(id="document-head")
        self._told = Static("", id="document-told")
        self._totals = PieceLines(id="document-totals")
        self._editing = Editing(self)
        self._document: Document | None = None
        self._next: tuple[int, Cell, bool] | None = None

    @property
    def document(self) -> Document:
        """As it was last read."""
        assert self._document is not None, "keys wait until it is read"
        return self._document

    @property
    def settings(self) -> Settings:
        """As they are by now."""
        return self.bench.settings

    def listed(self) -> Sequence[Widget]:
        """What it says, its items, why they can't be changed, its totals."""
        return (self._head, self.pane, self._told, self._totals)

    def focus_list(self) -> None:
        """The keys are the grid's."""
        self.set_focus(self.pane.grid)

    # --- reading and showing

    async def load(self) -> None:
        """The document as it is by now; one that is gone leaves the screen. A cell that is typed stays open."""
        if self._editing.is_open:
            return
        try:
            document = await self.store.document(self.card_id)
        except NotFound as error:
            self.say(error.sentence())
            self.action_close()
            return
        before = self._document.lines if self._document is not None else None
        self._document = document
        self._show()
        self._place(before)
        self.refresh_bindings()

    def _show(self) -> None:
        document = self.document
        self.query_one("#screen-title", Static).update(Content(title(document)))
        why = _why_frozen(document)
        self._told.update(Content(why))
        self._told.set_class(bool(why), "-told")
        self._lay()
        self.show_lines()

    def _lay(self) -> None:
        """What is shared out by the width."""
        today, days = self.clock().date(), self.settings.payment_days
        self._head.show_lines(head_lines(self.document, today, days, self.size.width))
        self.show_totals(self.document.totals)

    def show_lines(self) -> None:
        """The items, and their totals, as they are in the file."""
        document = self.document
        empty = _("No items yet: n adds the first one.") if document.is_draft else _("No items.")
        self.pane.grid.show(document.lines, document.currency, empty=empty)
        self.show_totals(document.totals)

    def show_totals(self, sums: Totals) -> None:
        """The sums, also those that would be."""
        width, short = self.size.width, self.size.height < SHORT
        self._totals.show_lines(total_lines(sums, self.document.currency, width, short=short))

    def on_resize(self, _event: events.Resize) -> None:
        """Share the width out anew."""
        if self._document is not None:
            self._lay()

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
        why = _why_frozen(self.document)
        if why:
            self.say(why)
        elif self.document.lines:
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


def _why_frozen(document: Document) -> str:
    """Why its content can't be changed; nothing for a draft."""
    try:
        refuse_frozen(document)
    except Refused as error:
        return error.sentence()
    return ""
