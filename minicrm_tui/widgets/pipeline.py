"""The pipeline: four columns of statuses, each with its cards."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from minicrm_tui.domain.records import CardId, CardRow, StatusId
from minicrm_tui.domain.views import Spot
from minicrm_tui.i18n import N_
from minicrm_tui.widgets.column import ColumnHeader, PipelineColumn
from minicrm_tui.widgets.columns import ColumnsInSight
from minicrm_tui.widgets.groups import GroupColumn, sums_of
from minicrm_tui.widgets.pages import Held
from minicrm_tui.widgets.placing import in_sight
from minicrm_tui.widgets.section_list import SectionList
from minicrm_tui.widgets.sections import Fetch


class PipelineBoard(ColumnsInSight):
    """The four columns; h, l, left and right go between them. Messages are the columns': a key is a status id."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "column(-1)", N_("Left"), id="board.left", show=False, tooltip=N_("The column to the left")),
        Binding(
            "right,l", "column(1)", N_("Right"), id="board.right", show=False, tooltip=N_("The column to the right")
        ),
    ]

    @property
    def cursor_card(self) -> CardRow | None:
        """The card under the active column's cursor."""
        return self.active.cursor_card

    # --- contents

    async def show(
        self,
        columns: Sequence[GroupColumn],
        fetch: Fetch[CardRow],
        *,
        now: datetime,
        spot: tuple[StatusId, int] | None = None,
        keep_scroll: bool = True,
        first: Held[CardRow] | None = None,
    ) -> None:
        """Swap the contents at once, after the pages in sight were fetched; fetch's section key is str(status id)."""
        self._columns = tuple(columns)
        if not keep_scroll:
            self._begin_anew()
        self.set_now(now)
        self.fit_widths()
        here = None if spot is None else Spot(str(spot[0]), spot[1])
        parts = zip(self._parts, self._columns, strict=False)
        await asyncio.gather(*(self._show_one(*part, group, fetch, here, keep_scroll, first) for part, group in parts))

    async def _show_one(
        self,
        header: ColumnHeader,
        column: PipelineColumn,
        group: GroupColumn,
        fetch: Fetch[CardRow],
        spot: Spot | None,
        keep_scroll: bool,
        first: Held[CardRow] | None,
    ) -> None:
        header.show(group.title, group.count, sums_of(group.sums))
        mine = spot if spot is not None and _holds(group, spot.section) else None
        if mine is not None:
            self.activate(column)
        held = {section.key: rows for section in group.statuses if (rows := (first or {}).get(section.key)) is not None}
        await column.show(group.statuses, fetch, spot=mine, keep_scroll=keep_scroll, first=held)

    def _begin_anew(self) -> None:
        for column in self.columns:
            column.unfolded.clear()
        if self.active.resting:
            self._active = next((at for at, group in enumerate(self._columns) if group.count), 0)

    async def go_to(self, status_id: StatusId, offset: int) -> None:
        """Put the cursor on a card by its place in its status."""
        spot = Spot(str(status_id), offset)
        for column, group in zip(self.columns, self._columns, strict=False):
            if _holds(group, spot.section):
                self.activate(column)
                await column.go_to(spot)

    def set_narrowed(self, status_id: StatusId | None) -> None:
        """The status that the list is narrowed to: its heading is marked."""
        for column in self.columns:
            column.set_narrowed(None if status_id is None else str(status_id))

    def set_marks(self, is_marked: Callable[[CardRow, str], bool]) -> None:
        """As SectionList.set_marks, for all columns."""
        for column in self.columns:
            column.set_marks(is_marked)

    def set_shared(self, card_id: CardId | None) -> None:
        """As SectionList.set_shared, for all columns."""
        for column in self.columns:
            column.set_shared(card_id)

    def set_now(self, now: datetime) -> None:
        """The moment that the task signs are told by."""
        for column in self.columns:
            column.set_now(now)

    # --- between the columns

    def action_column(self, by: int) -> None:
        """Go to the next column that has rows, on the same height."""
        self.active.after_moves(lambda: self._to_column(by))

    def _to_column(self, by: int) -> None:
        at = self._active + by
        while 0 <= at < len(self._parts) and not self.columns[at].place.rows.total:
            at += by
        if not 0 <= at < len(self._parts):
            return
        height = self.active.place.cursor - self.active.place.scroll
        column = self.columns[at]
        column.step(lambda: in_sight(replace(column.place, cursor=column.place.scroll + max(0, height)), column.window))
        column.focus(scroll_visible=False)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The column that has the focus is the active one."""
        if isinstance(event.widget, PipelineColumn):
            self._active = self.columns.index(event.widget)
            self.bring_in_sight()
            for column in self.columns:
                column.set_resting(column is not event.widget)

    def on_section_list_more_chosen(self, message: SectionList.MoreChosen) -> None:
        """Unfold that status."""
        message.stop()
        if isinstance(message.section_list, PipelineColumn):
            message.section_list.unfold(message.key)


def _holds(group: GroupColumn, key: str) -> bool:
    return any(section.key == key for section in group.statuses)
