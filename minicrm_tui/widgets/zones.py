"""The three zones of a card's page: lists of lines, with a cursor each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from textual.message import Message
from textual.widget import Widget

from minicrm_tui.domain.checklists import Check, done_of, sign
from minicrm_tui.domain.errors import CrmError
from minicrm_tui.domain.pages import HistoryKind
from minicrm_tui.domain.records import HistoryEntry, Task, moment_key
from minicrm_tui.domain.repeating import every_words
from minicrm_tui.domain.tasks import shown_minutes
from minicrm_tui.domain.views import Spot
from minicrm_tui.i18n import _, format_due, format_number, format_short_day, ngettext
from minicrm_tui.widgets.cells import cell_width, cut, fit
from minicrm_tui.widgets.pages import Held
from minicrm_tui.widgets.placing import Place, in_sight, moved, paged
from minicrm_tui.widgets.row_list import RowList
from minicrm_tui.widgets.sections import Fetch, Item, RowKind, Section
from minicrm_tui.widgets.strips import Piece
from minicrm_tui.wording import event


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A line of an open task's checklist: a row under the task."""

    task: Task
    place: int

    @property
    def check(self) -> Check:
        """What is to tick."""
        return self.task.checks[self.place]


Happening = Task | CheckLine | HistoryEntry
"""A row of the tasks and the history."""


def with_checks(tasks: Iterable[Task]) -> list[Happening]:
    """The rows of these tasks, each with its checklist under it."""
    rows: list[Happening] = []
    for task in tasks:
        rows += [task, *(CheckLine(task, place) for place in range(len(task.checks)))]
    return rows


OPEN_TASKS, HAPPENED = "tasks", "history"
"""The sections of the zone in the middle."""

DRAWN = 1000
"""Characters of an entry that are looked at for its row: a note may be very long."""

LABEL_CELLS = 14
"""Cells that the labels of a zone take at least, the space after them included."""

IN_COLUMNS = 56
"""Cells of a row from which on the deadlines of tasks have a column; in fewer, the text needs the room."""

TEXT_CELLS = 15
"""Cells that longer labels leave for the text."""


@dataclass(frozen=True, slots=True)
class ZoneLine:
    """A line of a zone: what it is about (`key`, the screen's own), its label, its text and something beside it."""

    key: str
    text: str
    label: str = ""
    beside: str = ""
    tone: str = ""
    sign: str = ""
    sign_tone: str = ""
    """Before the text: when its next task is due."""
    heading: str = ""
    whole: str = ""
    """What is said of it where there is room; without one, label and text."""


class Zone(RowList[Item]):
    """A list of a card's page. Its cursor is drawn faintly while another zone has the focus."""

    class ZoneMessage(Message):
        """Something that happened in a zone; `control` is the zone."""

        def __init__(self, zone: Widget) -> None:
            super().__init__()
            self.zone = zone

        @property
        def control(self) -> Widget:
            """The zone it happened in."""
            return self.zone

    class Chosen(ZoneMessage):
        """Enter, or a double click, on a line."""

    class Highlighted(ZoneMessage):
        """The cursor stands on another line, or that line has changed."""

    class FetchFailed(ZoneMessage):
        """A page could not be read: the cursor stayed where it was."""

        def __init__(self, zone: Widget, error: CrmError) -> None:
            super().__init__(zone)
            self.error = error

    @property
    def cursor_item(self) -> Item | None:
        """What the cursor stands on; None on a heading or in an empty zone."""
        return self._item

    # --- the cursor stands on lines, never on headings

    async def show(
        self,
        sections: Sequence[Section],
        fetch: Fetch[Item],
        *,
        spot: Spot | None = None,
        keep_scroll: bool = True,
        first: Held[Item] | None = None,
    ) -> None:
        """As of every list; a cursor that is left on a heading goes on to the next line."""
        await super().show(sections, fetch, spot=spot, keep_scroll=keep_scroll, first=first)
        self.step(lambda: self._off_headings(self.place, 1))

    def action_move(self, by: int) -> None:
        """Some lines down, or up."""
        self.step(lambda: self._off_headings(moved(self.place, by, self.window), by))

    def action_page(self, pages: int) -> None:
        """A page down, or up."""
        self.step(lambda: self._off_headings(paged(self.place, pages, self.window), pages))

    def _off_headings(self, place: Place, direction: int) -> Place | None:
        """The nearest line in that direction, else in the other; None where there is no line at all."""
        rows = place.rows
        onward = range(place.cursor, rows.total) if direction > 0 else range(place.cursor, -1, -1)
        back = range(place.cursor, -1, -1) if direction > 0 else range(place.cursor, rows.total)
        lines = (row for row in (*onward, *back) if rows.row(row).kind is not RowKind.HEADING)
        line = next(lines, None)
        return None if line is None else in_sight(replace(place, cursor=line), self.window)

    # --- what it tells

    def item_chosen(self, item: Item) -> None:
        """Tell that it is wanted."""
        self.post_message(self.Chosen(self))

    def cursor_moved(self) -> None:
        """Tell what the cursor stands on."""
        self.post_message(self.Highlighted(self))

    def fetch_failed(self, error: CrmError) -> None:
        """Tell why the cursor did not move."""
        self.post_message(self.FetchFailed(self, error))

    def heading_pieces(self, section: Section, folded: bool, width: int) -> Iterable[Piece]:
        """The title, a remark, and the count at the right."""
        count = format_number(section.count) if section.count else ""
        room = width - cell_width(count) - 1
        title = cut(section.title, room)
        remark = f"  {section.detail}" if section.detail else ""
        return [
            Piece(title, "heading", True),
            Piece(fit(remark, room - cell_width(title)), "muted"),
            Piece(count, "muted"),
        ]


class LineZone(Zone[ZoneLine]):
    """Lines of a label, a text and what stands beside it: the profile, the client."""

    _widest_label = 0

    async def show_lines(
        self, groups: Sequence[tuple[str, str, Sequence[ZoneLine]]], spot: Spot | None = None, *, keep: bool = True
    ) -> None:
        """The lines under their headings (key, title, lines); the cursor goes to the spot, or keeps its place."""
        lines = {key: tuple(group) for key, _title, group in groups}
        widest = max((cell_width(line.label) for group in lines.values() for line in group), default=0)
        if widest != self._widest_label:
            self._widest_label = widest
            self.redraw()

        async def fetch(key: str, offset: int, limit: int) -> Sequence[ZoneLine]:
            return lines[key][offset : offset + limit]

        sections = [Section(key, title, len(group)) for key, title, group in groups if group]
        await self.show(sections, fetch, spot=spot, keep_scroll=keep, first=lines)

    @property
    def text_begins(self) -> int:
        """The cell in which the text of a labelled line begins: labels have the room they need, and leave some."""
        room = self.scrollable_content_region.width - 2 - TEXT_CELLS
        return 2 + max(LABEL_CELLS, min(self._widest_label + 1, room))

    def heading_pieces(self, section: Section, folded: bool, width: int) -> Iterable[Piece]:
        """The title alone: the lines under it are all in sight."""
        return [Piece(cut(section.title, width), "heading", True)]

    def item_pieces(self, line: ZoneLine, section: Section, marked: bool, width: int) -> Iterable[Piece]:
        """Label, text, and at the right what stands beside it."""
        label = fit(line.label, self.text_begins - 3) + " " if line.label else ""
        sign = f"{line.sign} " if line.sign else ""
        beside = cut(f" {line.beside}", width // 2) + " " if line.beside else ""
        room = width - 1 - cell_width(label) - cell_width(sign) - cell_width(beside)
        return [
            Piece(f" {label}", "muted"),
            Piece(sign, line.sign_tone),
            Piece(fit(line.text, room), line.tone),
            Piece(beside, "muted"),
        ]


class ProfileZone(LineZone):
    """The fields of the card."""


class ClientZone(LineZone):
    """Company and persons, how they are reached, and the other cards."""


class HistoryZone(Zone[Happening]):
    """The open tasks, then what has happened, newest first, however much that is."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set()

    _now: datetime | None = None
    _when_cells = 0
    _tasks = 0

    def set_now(self, now: datetime, tasks: Sequence[Task]) -> None:
        """The moment that lateness and days are told by, and the tasks whose days stand in a column; before `show`."""
        self._tasks = len(tasks)
        cells = max((cell_width(format_due(task.due, now.date())) for task in tasks), default=0)
        if self._now is None or (moment_key(self._now), self._when_cells) != (moment_key(now), cells):
            self._now, self._when_cells = now, cells
            self.redraw()

    @property
    def cursor_task(self) -> Task | None:
        """The open task under the cursor, or that of the line of a checklist there."""
        if isinstance(self._item, CheckLine):
            return self._item.task
        return self._item if isinstance(self._item, Task) else None

    def heading_pieces(self, section: Section, folded: bool, width: int) -> Iterable[Piece]:
        """Of the open tasks, tasks are counted, not what there is to tick."""
        counted = replace(section, count=self._tasks) if section.key == OPEN_TASKS else section
        return super().heading_pieces(counted, folded, width)

    def item_pieces(self, item: Happening, section: Section, marked: bool, width: int) -> Iterable[Piece]:
        """A task by its deadline, what has happened by its day."""
        if self._now is None:
            return []
        if isinstance(item, Task):
            return _task(item, self._now, self._when_cells, width)
        if isinstance(item, CheckLine):
            return _check(item.check, width)
        return _entry(item, self._now, width)


def history_title(kind: HistoryKind | None) -> str:
    """What the history shows, as its heading says it."""
    return _("History") if kind is None else f"{_('History')} · {kind_name(kind)}"


def kind_name(kind: HistoryKind) -> str:
    """A kind of history entries, in words."""
    return {
        HistoryKind.TASK: _("closed tasks"),
        HistoryKind.STATUS: _("status changes"),
        HistoryKind.FIELD: _("field changes"),
        HistoryKind.NOTE: _("notes"),
        HistoryKind.DOCUMENT: _("documents"),
    }[kind]


def _task(task: Task, now: datetime, when_cells: int, width: int) -> list[Piece]:
    expired, today = task.due.key < moment_key(now), task.due.day == now.date()
    dot, tone = ("●", "error") if expired else ("◉", "success") if today else ("○", "muted")
    when = format_due(task.due, now.date())
    if width >= IN_COLUMNS:
        when = fit(when, when_cells)
    left = width - cell_width(when) - 6
    beside = _beside(task)
    if left - cell_width(beside) < width // 3:
        # Cut, the text says more than what stands beside it.
        beside = " ↻" if task.rule is not None else ""
    return [
        Piece(f" {dot} ", tone),
        Piece(when, tone if expired or today else "muted"),
        Piece("  " + fit(task.text, left - cell_width(beside))),
        Piece(beside, "muted"),
    ]


def _check(check: Check, width: int) -> list[Piece]:
    before = f"     {sign(check)} "
    return [
        Piece(before, "success" if check.done else "muted"),
        Piece(cut(check.text, width - cell_width(before)), "muted" if check.done else ""),
    ]


def _beside(task: Task) -> str:
    """How much is ticked, how long it takes, how it comes back, how often it was postponed."""
    said = [done_of(task.checks)] if task.checks else []
    if task.minutes is not None:
        said.append(shown_minutes(task.minutes))
    if task.rule is not None:
        said.append(f"↻ {every_words(task.rule)}")
    if task.postponed:
        said.append(ngettext("postponed once", "postponed {n} times", task.postponed).format(n=task.postponed))
    return "  " + " · ".join(said) if said else ""


def _entry(entry: HistoryEntry, now: datetime, width: int) -> list[Piece]:
    day = format_short_day(entry.at.astimezone(now.tzinfo).date(), now.date()).rjust(len("23 Nov"))
    kind = {"task": "✓", "status": "→", "field": "·", "note": "✎", "document": "▤"}.get(entry.kind, " ")
    return [
        Piece(f" {kind} ", "accent" if entry.kind == "note" else "muted"),
        Piece(f"{day}  ", "muted"),
        Piece(cut(event(entry)[:DRAWN], width - cell_width(day) - 6)),
    ]
