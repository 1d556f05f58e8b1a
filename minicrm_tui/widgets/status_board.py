"""A pipeline as it is edited: its four groups side by side, the statuses in them, and a cursor that stands on one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from minicrm_tui.domain.records import Group, Status, StatusId
from minicrm_tui.domain.status_drafts import COLORS
from minicrm_tui.i18n import N_, _, format_number
from minicrm_tui.widgets.cells import cell_width, cut, fit
from minicrm_tui.widgets.groups import GroupColumn, some_of, sums_of
from minicrm_tui.widgets.row_marks import ROTTING
from minicrm_tui.widgets.sections import Section
from minicrm_tui.widgets.steady import SteadyLook
from minicrm_tui.widgets.strips import Ground, Palette, Piece

HEADER = 2
"""Lines of a group's heading: its name with the count, and its sums."""

HEADING = -1
"""The row of a group's heading."""

FOLLOWS = "→"
"""A status that proposes the next task."""

_SUM_CELLS = 24
"""A column from this width on has room for what a status is worth."""

_ROOMY = 3
"""Lines of a status where there is room for all: its name, its rule, and a line between it and the next."""


class StatusBoard(SteadyLook, Widget, can_focus=True):
    """Tells where the cursor goes, and what is chosen. A status has one line, or three where there is room."""

    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", N_("Down"), id="board.down", show=False, tooltip=N_("The next status")),
        Binding("up,k", "move(-1)", N_("Up"), id="board.up", show=False, tooltip=N_("The status before")),
        Binding("left,h", "turn(-1)", N_("Left"), id="board.left", show=False, tooltip=N_("The column to the left")),
        Binding("right,l", "turn(1)", N_("Right"), id="board.right", show=False,
                tooltip=N_("The column to the right")),
        Binding("home", "move(-1000)", N_("Top"), id="board.top", show=False, tooltip=N_("The group's heading")),
        Binding("end,G", "move(1000)", N_("Bottom"), id="board.bottom", show=False,
                tooltip=N_("The group's last status")),
        Binding("enter,e", "choose", N_("Change"), id="status.edit",
                tooltip=N_("Name, colour, rotting and rule; on a heading, its name")),
    ]  # fmt: skip

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"status-board--{name}" for name in ("cursor", "sign", "heading", "muted", "strong")),
        *(f"status-board--{name}" for name in COLORS),
    }

    DEFAULT_CSS = """
    StatusBoard {
        background: $surface;
        color: $foreground;
        & > .status-board--cursor { background: $primary 45%; text-style: bold; }
        & > .status-board--sign { color: $primary; }
        & > .status-board--heading { color: $text-primary; text-style: bold; }
        & > .status-board--muted { color: $text-muted; }
        & > .status-board--strong { text-style: bold; }
        & > .status-board--primary { color: $text-primary; }
        & > .status-board--secondary { color: $text-secondary; }
        & > .status-board--accent { color: $text-accent; }
        & > .status-board--success { color: $text-success; }
        & > .status-board--warning { color: $text-warning; }
        & > .status-board--error { color: $text-error; }
    }
    """

    class Moved(Message):
        """The cursor stands elsewhere."""

    class Chosen(Message):
        """What is under the cursor is to be changed."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._columns: tuple[GroupColumn, ...] = ()
        self._statuses: Mapping[str, Status] = {}
        self._column, self._row, self._top, self._lines = 0, 0, 0, 1
        self._palette = Palette(self, "status-board")

    # --- contents

    @property
    def group(self) -> Group:
        """The group where the cursor is."""
        return tuple(Group)[self._column]

    @property
    def section(self) -> Section | None:
        """What the status under the cursor has; None on a heading."""
        rows = self._rows(self._column)
        return rows[self._row] if 0 <= self._row < len(rows) else None

    @property
    def status(self) -> Status | None:
        """The status under the cursor."""
        return None if self.section is None else self._statuses.get(self.section.key)

    @property
    def column(self) -> GroupColumn | None:
        """What the group under the cursor has."""
        return self._columns[self._column] if self._columns else None

    @property
    def height_needed(self) -> int:
        """Lines for all that there is."""
        return HEADER + max((len(column.statuses) for column in self._columns), default=0)

    def show(self, columns: Sequence[GroupColumn], statuses: Sequence[Status], cursor: StatusId | None = None) -> None:
        """Draw this pipeline. The cursor goes to this status, or keeps its own, or else its place."""
        kept = cursor if cursor is not None else None if self.status is None else self.status.id
        self._columns = tuple(columns)
        self._statuses = {str(status.id): status for status in statuses}
        if not self._find(kept):
            self._row = min(self._row, len(self._rows(self._column)) - 1)
        self._share_out()
        self.refresh()
        self.post_message(self.Moved())

    def _find(self, status_id: StatusId | None) -> bool:
        for at, column in enumerate(self._columns):
            for row, section in enumerate(column.statuses):
                if section.key == str(status_id):
                    self._column, self._row = at, row
                    return True
        return False

    def _rows(self, column: int) -> Sequence[Section]:
        return self._columns[column].statuses if self._columns else ()

    # --- keys and mouse

    def action_move(self, by: int) -> None:
        """Some rows down, or up to the heading."""
        self._go(self._column, self._row + by)

    def action_turn(self, by: int) -> None:
        """The next column, on the same height."""
        self._go(self._column + by, self._row)

    def action_choose(self) -> None:
        """`enter`."""
        self.post_message(self.Chosen())

    def on_click(self, event: events.Click) -> None:
        """One click goes there, two choose."""
        offset = event.get_content_offset(self)
        if offset is None or not self._columns:
            return
        column = next((at for at in range(len(Group)) if offset.x < self._left(at + 1)), len(Group) - 1)
        row = HEADING if offset.y < HEADER else self._top + (offset.y - HEADER) // self._lines
        if row < len(self._rows(column)):
            self._go(column, row)
            if event.chain == 2:
                self.action_choose()

    def _go(self, column: int, row: int) -> None:
        column = max(0, min(column, len(self._columns) - 1))
        row = max(HEADING, min(row, len(self._rows(column)) - 1))
        if (column, row) == (self._column, self._row):
            return
        before, top = self._row, self._top
        self._column, self._row = column, row
        self._bring_in_sight()
        if top == self._top:
            self._redraw_row(before)
            self._redraw_row(row)
        else:
            self.refresh()
        self.post_message(self.Moved())

    def _redraw_row(self, row: int) -> None:
        line = 0 if row == HEADING else HEADER + (row - self._top) * self._lines
        self.refresh(Region(0, line, self.size.width, self._lines))

    def _share_out(self) -> None:
        """As many lines for each status as all of them leave; the cursor stays in sight."""
        rows = self.height_needed - HEADER
        self._lines = _ROOMY if HEADER + rows * _ROOMY <= self.size.height else 1
        self._bring_in_sight()

    def _bring_in_sight(self) -> None:
        room = (self.size.height - HEADER) // self._lines
        if room > 0 and self._row >= 0:
            self._top = max(0, min(self._top, self._row), self._row - room + 1)

    def on_resize(self, _event: events.Resize) -> None:
        """The room is another."""
        self._share_out()
        self.refresh()

    # --- drawing

    def notify_style_update(self) -> None:
        """The theme has changed."""
        super().notify_style_update()
        self._palette.clear()

    def _left(self, column: int) -> int:
        """Where a column begins; that after the last ends the width."""
        return self.size.width * column // len(Group)

    def render_line(self, y: int) -> Strip:
        """One line over all columns."""
        strips = [self._cell(at, y, self._left(at + 1) - self._left(at)) for at in range(len(self._columns))]
        return Strip.join(strips) if strips else self._palette.strip((), self.size.width)

    def _cell(self, at: int, y: int, width: int) -> Strip:
        column = self._columns[at]
        if y == 0:
            return self._line(self._title(column, width - 2), at, HEADING, width)
        if y == 1:
            return self._palette.strip([Piece(" " + _worth(column, width - 2), "muted")], width)
        row, part = divmod(y - HEADER, self._lines)
        row += self._top
        if row >= len(column.statuses):
            return self._palette.strip((), width)
        if part:
            rule = self._rule(column.statuses[row]) if part == 1 else ""
            return self._palette.strip([Piece(f"   {cut(rule, width - 4)}", "muted")], width)
        hidden = len(column.statuses) - row
        if y == self.size.height - 1 and hidden > 1 and (at, row) != (self._column, self._row):
            return self._palette.strip([Piece(f"   ↓ {format_number(hidden)}", "muted")], width)
        return self._line(self._status_pieces(column.statuses[row], width - 2), at, row, width)

    def _line(self, pieces: Iterable[Piece], at: int, row: int, width: int) -> Strip:
        here = (at, row) == (self._column, self._row)
        ground = Ground.CURSOR if here else Ground.PLAIN
        cell = self._palette.strip([Piece("▌" if here else " ", "sign"), *pieces], width - 1, ground)
        return Strip.join([cell, self._palette.strip((), 1)])

    @staticmethod
    def _title(column: GroupColumn, width: int) -> Iterable[Piece]:
        count = f" {format_number(column.count)}"
        return [Piece(fit(column.title, width - cell_width(count)) + count, "heading", True)]

    def _rule(self, section: Section) -> str:
        """What a status proposes, and when its cards rot."""
        status = self._statuses[section.key]
        rots = _("{sign}{n}d").format(sign=ROTTING, n=format_number(status.rot_days)) if status.rot_days else ""
        return "  ".join(filter(None, (rots, f"{FOLLOWS} {status.follow_up.text}" if status.follow_up else "")))

    def _status_pieces(self, section: Section, width: int) -> Iterable[Piece]:
        """A square in its colour, its name, signs of a rule and of rotting, its worth where it fits, its count."""
        status = self._statuses[section.key]
        count = f" {format_number(section.count)}"
        signs = (f" {ROTTING}" if status.rot_days else "") + (f" {FOLLOWS}" if status.follow_up else "")
        if self._lines > 1:
            signs = ""
        worth = f"  {section.brief}" if section.brief and width >= _SUM_CELLS else ""
        room = width - 2 - sum(map(cell_width, (count, signs)))
        if cell_width(section.title) + cell_width(worth) > room:
            worth = ""
        name = cut(section.title, room)
        gap = " " * (room - cell_width(name) - cell_width(worth))
        return [
            Piece("■ " if status.color else "· ", status.color or "muted"),
            Piece(name, status.color, bool(section.count)),
            Piece(signs, "muted"),
            Piece(gap + worth, "muted"),
            Piece(count, "" if section.count else "muted"),
        ]


def _worth(column: GroupColumn, width: int) -> str:
    sums = sums_of(column.sums)
    ways = (some_of(sums[:most], sums) for most in range(len(sums), 0, -1))
    return next((way for way in ways if cell_width(way) <= width), "")
