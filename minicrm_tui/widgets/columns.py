"""Columns side by side: where all would be too narrow to be read, some lie beyond the edges and come when needed."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from minicrm_tui.domain.records import Group
from minicrm_tui.i18n import format_number, short_number
from minicrm_tui.widgets.beyond import Beyond
from minicrm_tui.widgets.column import GAP, HEADER, ColumnHeader, Count, PipelineColumn, heading_cells
from minicrm_tui.widgets.groups import GroupColumn
from minicrm_tui.widgets.sharing import Shelf, shelf

ROOMY, TIGHT = 19, 16
"""Cells of a column that has room for a name and a value, and of one where both are short."""
LAYOUTS: tuple[tuple[int, Count], ...] = ((ROOMY, format_number), (TIGHT, format_number), (TIGHT, short_number))
"""Ways to lay the columns out, the best first: the first that shows enough of them is taken."""
FEW = 3
"""Columns that should be in sight together."""


class ColumnsInSight(Horizontal):
    """The four columns, the active one always in sight; a heading is cut only where not even one column is whole."""

    DEFAULT_CSS = """
    ColumnsInSight > .board--column { width: 1fr; height: 1fr; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._parts = tuple((ColumnHeader(), PipelineColumn()) for _group in Group)
        self._active = 0
        self._columns: tuple[GroupColumn, ...] = ()
        self._shelf = Shelf((), (), 0)
        self._stop = 0
        self._beyond = Beyond()

    def compose(self) -> ComposeResult:
        """Four columns, each under its header."""
        for header, column in self._parts:
            with Vertical(classes="board--column"):
                yield header
                yield column
        yield self._beyond

    @property
    def columns(self) -> tuple[PipelineColumn, ...]:
        """The four columns."""
        return tuple(column for _header, column in self._parts)

    @property
    def active(self) -> PipelineColumn:
        """The column that has, or last had, the focus."""
        return self.columns[self._active]

    def activate(self, column: PipelineColumn) -> None:
        """This column is the active one now; the focus goes with it."""
        was_focused = self.active.has_focus
        self._active = self.columns.index(column)
        self.bring_in_sight()
        if was_focused:
            column.focus(scroll_visible=False)

    def on_resize(self, _event: events.Resize) -> None:
        """Share the new width out."""
        self.fit_widths()

    def fit_widths(self) -> None:
        """Lay the columns out for their headings; call when those have changed."""
        if not self.size.width or not self._columns:
            return
        tried = [(shelf(self.size.width, self._needs(least, write)), write) for least, write in LAYOUTS]
        self._shelf, write = max(tried, key=lambda each: min(FEW, len(each[0].in_sight(0))))
        for (header, column), width in zip(self._parts, self._shelf.widths, strict=False):
            header.write_counts(write)
            column.write_counts(write)
            if column.parent is not None and isinstance(column.parent, Vertical):
                column.parent.styles.width = width
        self.bring_in_sight()
        if not self._is_in_place:
            # The new widths must be laid out before the board can be moved along them.
            self.call_after_refresh(self._move_along)

    def _needs(self, least: int, write: Count) -> list[int]:
        return [min(max(_needed(group, write), least) + GAP, self.size.width) for group in self._columns]

    def bring_in_sight(self) -> None:
        """The active column is whole on the board; what is beyond the edges is named."""
        if not self._shelf.widths:
            return
        self._stop = self._shelf.stop_for(self._active, self._stop)
        seen = self._shelf.in_sight(self._stop)
        self._beyond.show(_named(self._columns[: seen.start]), _named(self._columns[seen.stop :]))
        for column in self.columns:
            column.set_height(self.size.height - HEADER - self._beyond.display)
        self._move_along()

    @property
    def _is_in_place(self) -> bool:
        return self._shelf.left(self._stop) == self.scroll_offset.x

    def _move_along(self) -> None:
        if not self._is_in_place:
            self.scroll_to(x=self._shelf.left(self._stop), animate=False, force=True, immediate=True)

    def on_beyond_wished(self, message: Beyond.Wished) -> None:
        """Go to the column beyond that edge."""
        message.stop()
        seen = self._shelf.in_sight(self._stop)
        at = seen.start - 1 if message.by < 0 else seen.stop
        self.activate(self.columns[at])
        self.active.focus(scroll_visible=False)


def _named(columns: Sequence[GroupColumn]) -> str:
    return " · ".join(f"{column.title} {format_number(column.count)}" for column in columns)


def _needed(group: GroupColumn, write: Count) -> int:
    headings = [(group.title, group.count), *((section.title, section.count) for section in group.statuses)]
    return max(heading_cells(title, count, write) for title, count in headings)
