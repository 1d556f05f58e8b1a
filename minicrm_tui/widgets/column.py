"""One column of the pipeline: the group's header, and its statuses that share the height."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from textual import events
from textual.strip import Strip
from textual.widget import Widget

from minicrm_tui.domain.records import CardRow, moment_key
from minicrm_tui.domain.views import Spot
from minicrm_tui.i18n import format_number, short_money
from minicrm_tui.widgets.cells import cell_width, cut, fit
from minicrm_tui.widgets.groups import some_of
from minicrm_tui.widgets.placing import Place, renewed
from minicrm_tui.widgets.row_marks import brief_mark
from minicrm_tui.widgets.section_list import SectionList
from minicrm_tui.widgets.sections import Rows, Section
from minicrm_tui.widgets.sharing import fill
from minicrm_tui.widgets.strips import Ground, Palette, Piece

GAP = 1
"""Cells between a column and the next."""
HEADER = 2
"""Lines of a column's header."""
_NAME_CELLS = 9
"""A value is shown where the name keeps at least so many."""


def task_sign(card: CardRow, now: datetime) -> Piece:
    """● expired, ◉ today, ○ planned, ◌ no task."""
    if card.task is None:
        return Piece("◌ ", "warning")
    if card.task.due.key < moment_key(now):
        return Piece("● ", "error")
    return Piece("◉ ", "success") if card.task.due.day == now.date() else Piece("○ ", "muted")


Count = Callable[[int], str]
"""How a count is written: format_number, or short_number where there is little room."""


def heading_cells(title: str, count: int, write: Count) -> int:
    """The cells that a group's or a status's heading needs, the cursor's included."""
    return 2 + cell_width(title) + cell_width(write(count))


class ColumnHeader(Widget):
    """A group's name and count, and on a second line as many of its sums as fit whole, with a sign for the others."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"column-header--muted"}

    DEFAULT_CSS = """
    ColumnHeader {
        height: 2;
        background: $surface;
        color: $foreground;
        & > .column-header--muted { color: $text-muted; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._title = ""
        self._count = 0
        self._write: Count = format_number
        self._sums: tuple[str, ...] = ()
        self._palette = Palette(self, "column-header")

    def show(self, title: str, count: int, sums: Sequence[str]) -> None:
        """Draw the group's name, how many cards it has, and what they are worth."""
        wanted = title, count, tuple(sums)
        if wanted != (self._title, self._count, self._sums):
            self._title, self._count, self._sums = wanted
            self.refresh()

    def write_counts(self, write: Count) -> None:
        """How the count is written from now on."""
        if write is not self._write:
            self._write = write
            self.refresh()

    def notify_style_update(self) -> None:
        """The theme has changed."""
        super().notify_style_update()
        self._palette.clear()

    def render_line(self, y: int) -> Strip:
        """The name, then the sums."""
        if y == 0:
            count = f" {self._write(self._count)}"
            title = cut(self._title, self.size.width - 1 - cell_width(count))
            return self._palette.strip([Piece(f" {title}{count}", "", True)], self.size.width)
        return self._palette.strip([Piece(" " + self._fitting(self.size.width - 1), "muted")], self.size.width)

    def _fitting(self, cells: int) -> str:
        ways = (some_of(self._sums[:most], self._sums) for most in range(len(self._sums), 0, -1))
        return next((way for way in ways if cell_width(way) <= cells), "")


class PipelineColumn(SectionList):
    """One group: its statuses share the column's height so that each can be seen."""

    page_size = 16

    def __init__(self) -> None:
        super().__init__()
        self.unfolded: set[str] = set()
        self._all: tuple[Section, ...] = ()
        self._narrowed: str | None = None
        self._now: datetime | None = None
        self._height = 0
        self._write: Count = format_number

    @property
    def window(self) -> int:
        """Rows in sight, as the board has told: it knows before they are laid out."""
        return self._height or super().window

    def set_height(self, height: int) -> None:
        """The height that the column has, or will have when it is in sight."""
        if height > 0 and height != self._height:
            self._height = height
            self.step(self._shared_out)

    # --- contents

    def present(self, sections: Sequence[Section], spot: Spot | None = None) -> Sequence[Section]:
        """Each status with its share of the height; a spot beyond it unfolds the status in the active pane."""
        self._all = tuple(sections)
        if spot is not None and not self.resting:
            self._unfold_for(spot, self._limited_to_shares(sections))
        return self._limited_to_shares(sections)

    def _limited_to_shares(self, sections: Sequence[Section]) -> Sequence[Section]:
        shares = fill(self.window - len(sections), [section.count for section in sections])
        return [self._limited(section, rows) for section, rows in zip(sections, shares, strict=True)]

    def _limited(self, section: Section, rows: int) -> Section:
        if section.key in self.unfolded or rows >= section.count:
            return section
        return replace(section, limit=rows - 1) if rows > 1 else replace(section, limit=rows, more=False)

    def _unfold_for(self, spot: Spot, shown: Sequence[Section]) -> None:
        if any(section.key == spot.section and spot.offset >= section.shown for section in shown):
            self.unfolded.add(spot.section)

    def unfold(self, key: str) -> None:
        """Show all cards of a status; the column scrolls then. The cursor takes the first of those that were hidden."""

        def unfolding() -> Place:
            section = self.place.rows.section(key)
            self.unfolded.add(key)
            spot = None if section is None else Spot(key, section.shown)
            return self._shared_out(spot)

        self.step(unfolding)

    async def go_to(self, spot: Spot) -> None:
        """Put the cursor on a card; its status is unfolded where the share hides it."""

        def going() -> Place:
            self._unfold_for(spot, self.place.rows.sections)
            return self._shared_out(spot)

        self.step(going)
        await self.settled()

    def _shared_out(self, spot: Spot | None = None) -> Place:
        return renewed(self.place, Rows(self.present(self._all)), spot, self.window, keep_scroll=True)

    def on_resize(self, event: events.Resize) -> None:
        """Nothing: the board tells the height (see `set_height`)."""
        event.prevent_default()

    # --- what the board tells

    def set_now(self, now: datetime) -> None:
        """The moment that the task signs are told by."""
        if self._now is None or moment_key(self._now) != moment_key(now):
            self._now = now
            self.redraw()

    def write_counts(self, write: Count) -> None:
        """How the counts are written from now on."""
        if write is not self._write:
            self._write = write
            self.redraw()

    def set_narrowed(self, key: str | None) -> None:
        """The status that the list is narrowed to."""
        if self._narrowed != key:
            self._narrowed = key
            self.redraw()

    # --- drawing

    def ground(self, index: int, card: CardRow | None) -> Ground:
        """A resting column shows no cursor: four of them would be noise."""
        ground = super().ground(index, card)
        return Ground.PLAIN if ground is Ground.RESTING else ground

    def heading_pieces(self, section: Section, folded: bool, width: int) -> Iterable[Piece]:
        """The status, in its colour, and its count; a sign where the list is narrowed to it, the sum where it fits."""
        narrowed = section.key == self._narrowed
        tone = "accent" if narrowed else section.tone or ("heading" if section.count else "muted")
        count = f" {self._write(section.count)}"
        if narrowed:
            # Without room for a space, the sign takes the gap to the next column.
            count += "◂" if cell_width(section.title + count) + 2 > width else " ◂"
        title = cut(section.title, width - cell_width(count))
        room = width - cell_width(title) - cell_width(count) - 1
        detail = next((said for said in (section.detail, section.brief) if cell_width(said) < room), "")
        return [Piece(title + count, tone, bool(section.count)), Piece(fit(detail, room, right=True), "muted")]

    def item_pieces(self, card: CardRow, section: Section, marked: bool, width: int) -> Iterable[Piece]:
        """Mark or task sign, a sign of what is overdue, rots or is forgotten, name, value where there is room."""
        sign = Piece("  ") if self._now is None else task_sign(card, self._now)
        value = f" {short_money(card.value)}" if card.value is not None else ""
        room = width - cell_width("● ") - GAP
        if room - cell_width(value) < _NAME_CELLS:
            value = ""
        room -= cell_width(value)
        mark = None if self._now is None else brief_mark(card, self._now, room)
        before = [] if mark is None else [mark] if cell_width(mark.text) == 1 else [mark, Piece(" ")]
        return [
            Piece("✓ ", "accent", True) if marked else sign,
            *before,
            Piece(fit(card.name, room - sum(cell_width(piece.text) for piece in before))),
            Piece(value, "accent"),
            Piece(" " * GAP),
        ]
