"""The pipeline: four columns of statuses, each with its cards."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical

from minicrm_tui.domain.records import CardId, CardRow, Group, Money, Outline, Spot, Status, StatusId
from minicrm_tui.i18n import N_, format_number, short_money, short_number
from minicrm_tui.widgets.beyond import Beyond
from minicrm_tui.widgets.column import GAP, HEADER, ColumnHeader, Count, PipelineColumn, heading_cells
from minicrm_tui.widgets.pages import Held
from minicrm_tui.widgets.placing import in_sight
from minicrm_tui.widgets.section_list import SectionList
from minicrm_tui.widgets.sections import Fetch, Section
from minicrm_tui.widgets.sharing import Shelf, shelf

ROOMY, TIGHT = 19, 16
"""Cells of a column that has room for a name and a value, and of one where both are short."""
LAYOUTS: tuple[tuple[int, Count], ...] = ((ROOMY, format_number), (TIGHT, format_number), (TIGHT, short_number))
"""Ways to lay the columns out, the best first: the first that shows enough of them is taken."""
FEW = 3
"""Columns that should be in sight together."""


@dataclass(frozen=True, slots=True)
class GroupColumn:
    """What one column shows: the group's heading, count and sums; its statuses as sections, key = str(status id)."""

    group: Group
    title: str
    count: int
    sums: tuple[Money, ...]
    statuses: tuple[Section, ...]


def group_columns(
    statuses: Sequence[Status],
    outline: Outline,
    group_title: Callable[[Group], str],
) -> tuple[GroupColumn, ...]:
    """The four columns for an outline, in pipeline order."""
    return tuple(_group_column(group, statuses, outline, group_title(group)) for group in Group)


def _group_column(group: Group, statuses: Sequence[Status], outline: Outline, title: str) -> GroupColumn:
    own = [status for status in sorted(statuses, key=lambda status: status.position) if status.group == group]
    tallies = [outline.statuses[status.id] for status in own if status.id in outline.statuses]
    sections = tuple(_status_section(status, outline) for status in own)
    sums: dict[str, int] = {}
    for money in (money for tally in tallies for money in tally.sums):
        sums[money.currency] = sums.get(money.currency, 0) + money.minor
    return GroupColumn(
        group,
        title,
        sum(tally.cards for tally in tallies),
        tuple(Money(minor, currency) for currency, minor in sums.items()),
        sections,
    )


def _status_section(status: Status, outline: Outline) -> Section:
    tally = outline.statuses.get(status.id)
    if tally is None:
        return Section(str(status.id), status.name, 0)
    return Section(str(status.id), status.name, tally.cards, detail=" ".join(sums_of(tally.sums)))


def sums_of(sums: Sequence[Money]) -> tuple[str, ...]:
    """Short sums, each with its currency: 120k EUR."""
    return tuple(f"{short_money(money)} {money.currency}" for money in sums if money.minor)


class PipelineBoard(Horizontal):
    """The four columns; h, l, left and right go between them. Messages are the columns': a key is a status id.

    Where four would be too narrow to be read, fewer are in sight: the others come when the cursor goes to them.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "column(-1)", N_("Left"), id="board.left", show=False, tooltip=N_("The column to the left")),
        Binding(
            "right,l", "column(1)", N_("Right"), id="board.right", show=False, tooltip=N_("The column to the right")
        ),
    ]

    DEFAULT_CSS = """
    PipelineBoard > .board--column { width: 1fr; height: 1fr; }
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

    @property
    def cursor_card(self) -> CardRow | None:
        """The card under the active column's cursor."""
        return self.active.cursor_card

    # --- contents

    async def show(
        self,
        columns: Sequence[GroupColumn],
        fetch: Fetch,
        *,
        now: datetime,
        spot: tuple[StatusId, int] | None = None,
        keep_scroll: bool = True,
        first: Held | None = None,
    ) -> None:
        """Swap the contents at once, after the pages in sight were fetched; fetch's section key is str(status id)."""
        self._columns = tuple(columns)
        if not keep_scroll:
            self._begin_anew()
        self.set_now(now)
        self._fit_widths()
        here = None if spot is None else Spot(str(spot[0]), spot[1])
        parts = zip(self._parts, self._columns, strict=False)
        await asyncio.gather(*(self._show_one(*part, group, fetch, here, keep_scroll, first) for part, group in parts))

    async def _show_one(
        self,
        header: ColumnHeader,
        column: PipelineColumn,
        group: GroupColumn,
        fetch: Fetch,
        spot: Spot | None,
        keep_scroll: bool,
        first: Held | None,
    ) -> None:
        header.show(group.title, group.count, sums_of(group.sums))
        mine = spot if spot is not None and _holds(group, spot.section) else None
        if mine is not None:
            self._activate(column)
        held = {section.key: rows for section in group.statuses if (rows := (first or {}).get(section.key)) is not None}
        await column.show(group.statuses, fetch, spot=mine, keep_scroll=keep_scroll, first=held)

    def _begin_anew(self) -> None:
        for column in self.columns:
            column.unfolded.clear()
        if self.active.resting:
            self._active = next((at for at, group in enumerate(self._columns) if group.count), 0)

    def _activate(self, column: PipelineColumn) -> None:
        was_focused = self.active.has_focus
        self._active = self.columns.index(column)
        self._bring_in_sight()
        if was_focused:
            column.focus(scroll_visible=False)

    async def go_to(self, status_id: StatusId, offset: int) -> None:
        """Put the cursor on a card by its place in its status."""
        spot = Spot(str(status_id), offset)
        for column, group in zip(self.columns, self._columns, strict=False):
            if _holds(group, spot.section):
                self._activate(column)
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

    # --- widths: a heading is cut only where not even one column can be whole

    def on_resize(self, _event: events.Resize) -> None:
        """Share the new width out."""
        self._fit_widths()

    def _fit_widths(self) -> None:
        if not self.size.width or not self._columns:
            return
        tried = [(shelf(self.size.width, self._needs(least, write)), write) for least, write in LAYOUTS]
        self._shelf, write = max(tried, key=lambda each: min(FEW, len(each[0].in_sight(0))))
        for (header, column), width in zip(self._parts, self._shelf.widths, strict=False):
            header.write_counts(write)
            column.write_counts(write)
            if column.parent is not None and isinstance(column.parent, Vertical):
                column.parent.styles.width = width
        self._bring_in_sight()
        # The new widths must be laid out before the board can be moved along them.
        self.call_after_refresh(self._move_along)

    def _needs(self, least: int, write: Count) -> list[int]:
        return [min(max(_needed(group, write), least) + GAP, self.size.width) for group in self._columns]

    def _bring_in_sight(self) -> None:
        """The active column is whole on the board; what is beyond the edges is named."""
        if not self._shelf.widths:
            return
        self._stop = self._shelf.stop_for(self._active, self._stop)
        seen = self._shelf.in_sight(self._stop)
        self._beyond.show(_named(self._columns[: seen.start]), _named(self._columns[seen.stop :]))
        for column in self.columns:
            column.set_height(self.size.height - HEADER - self._beyond.display)
        self._move_along()

    def _move_along(self) -> None:
        left = self._shelf.left(self._stop)
        if left != self.scroll_offset.x:
            self.scroll_to(x=left, animate=False, force=True, immediate=True)

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

    def on_beyond_wished(self, message: Beyond.Wished) -> None:
        """Go to the column beyond that edge."""
        message.stop()
        seen = self._shelf.in_sight(self._stop)
        at = seen.start - 1 if message.by < 0 else seen.stop
        self._activate(self.columns[at])
        self.active.focus(scroll_visible=False)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The column that has the focus is the active one."""
        if isinstance(event.widget, PipelineColumn):
            self._active = self.columns.index(event.widget)
            self._bring_in_sight()
            for column in self.columns:
                column.set_resting(column is not event.widget)

    def on_section_list_more_chosen(self, message: SectionList.MoreChosen) -> None:
        """Unfold that status."""
        message.stop()
        if isinstance(message.section_list, PipelineColumn):
            message.section_list.unfold(message.key)


def _holds(group: GroupColumn, key: str) -> bool:
    return any(section.key == key for section in group.statuses)


def _named(columns: Sequence[GroupColumn]) -> str:
    return " · ".join(f"{column.title} {format_number(column.count)}" for column in columns)


def _needed(group: GroupColumn, write: Count) -> int:
    headings = [(group.title, group.count), *((section.title, section.count) for section in group.statuses)]
    return max(heading_cells(title, count, write) for title, count in headings)
