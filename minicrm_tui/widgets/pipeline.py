"""The pipeline: four columns of statuses, each with its cards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from textual.containers import Horizontal

from minicrm_tui.domain.records import CardId, CardRow, Group, Money, Outline, Status, StatusId
from minicrm_tui.widgets.section_list import SectionList
from minicrm_tui.widgets.sections import Fetch, Section


@dataclass(frozen=True, slots=True)
class GroupColumn:
    """What one column shows: the group's heading, count and sums, and its statuses as sections (key = str(status id))."""

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
    raise NotImplementedError


class PipelineColumn(SectionList):
    """One group: its statuses share the column's height so that each can be seen."""


class PipelineBoard(Horizontal):
    """The four columns; h, l, left and right go between them. Messages are the columns' (SectionChosen.key = status id)."""

    @property
    def cursor_card(self) -> CardRow | None:
        """The card under the active column's cursor."""
        raise NotImplementedError

    @property
    def active(self) -> PipelineColumn:
        """The column that has, or last had, the focus."""
        raise NotImplementedError

    async def show(
        self,
        columns: Sequence[GroupColumn],
        fetch: Fetch,
        *,
        now: datetime,
        spot: tuple[StatusId, int] | None = None,
        keep_scroll: bool = True,
    ) -> None:
        """Swap the contents at once, after the pages in sight were fetched; fetch's section key is str(status id)."""
        raise NotImplementedError

    async def go_to(self, status_id: StatusId, offset: int) -> None:
        """Put the cursor on a card by its place in its status."""
        raise NotImplementedError

    def set_narrowed(self, status_id: StatusId | None) -> None:
        """The status that the list is narrowed to: its heading is marked."""
        raise NotImplementedError

    def set_marks(self, is_marked: Callable[[CardRow, str], bool]) -> None:
        """As SectionList.set_marks, for all columns."""
        raise NotImplementedError

    def set_shared(self, card_id: CardId | None) -> None:
        """As SectionList.set_shared, for all columns."""
        raise NotImplementedError

    def set_now(self, now: datetime) -> None:
        """The moment that the task signs are told by."""
        raise NotImplementedError
