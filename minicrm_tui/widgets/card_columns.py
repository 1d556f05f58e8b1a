"""How the cells of a card's row in the list are shared: when, name, mark, task, fields of its own, value."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from minicrm_tui.domain.checklists import done_of
from minicrm_tui.domain.records import CardRow
from minicrm_tui.i18n import short_money
from minicrm_tui.widgets.cells import cell_width, cut
from minicrm_tui.widgets.row_marks import brief_mark
from minicrm_tui.widgets.strips import Piece

_VALUE_CELLS = 6
_NAME_CELLS = 17
_ROOM_FOR_VALUE = 36
"""Cells that name, task and value need together; with fewer, the name matters more."""
_TASK_CELLS = 12
"""Cells that the fields of its own leave to a task at least."""
_WORTH_CUTTING = 6
"""Cells in which the beginning of a value still says something; in fewer, it is left out."""


class Columns(NamedTuple):
    """How many cells the parts of a row get."""

    when: int
    name: int
    task: int
    value: int

    def with_value(self, cells: int) -> Columns:
        """The task takes what the value leaves."""
        return self._replace(task=self.task + self.value - cells, value=cells)

    def without_task(self) -> Columns:
        """The name takes the room of the task that is not there."""
        return self._replace(name=self.name + self.task, task=0)


def columns(width: int, when: int) -> Columns:
    """The parts of a row of that width: the name takes two fifths of what when and value leave, the task the rest.

    In a narrow list the name has the half, up to what most firms' names need.
    """
    value = _VALUE_CELLS if width - when >= _ROOM_FOR_VALUE else 0
    rest = width - when - value - 4
    name = max(min(rest, 10), rest * 2 // 5, min(_NAME_CELLS, rest // 2))
    return Columns(when, name, max(0, rest - name - 1), value)


def columns_of(card: CardRow, width: int, when: int) -> Columns:
    """The parts of this card's row: a value takes its own cells, a task that is not there none."""
    cells = columns(width, when)
    value = min(cells.value, cell_width(short_money(card.value)) + 1 if card.value else 0)
    cells = cells.with_value(value)
    return cells if card.task is not None else cells.without_task()


class Parts(NamedTuple):
    """The cells of a row, and what stands before and after its task. Without a task, the name stands for it."""

    cells: Columns
    mark: tuple[Piece, ...]
    own: str

    def _less(self, cells: int) -> Columns:
        """The cells with so many taken from the task, or from the name where there is none."""
        if self.cells.task:
            return self.cells._replace(task=self.cells.task - cells)
        return self.cells._replace(name=self.cells.name - cells)

    def marked(self, mark: Piece) -> Parts:
        """With a mark before the task."""
        pieces = (mark, Piece(" "))
        return self._replace(mark=pieces, cells=self._less(cell_width(mark.text) + 1))

    def with_own(self, values: Sequence[str], text: str, kept: int) -> Parts:
        """With as many of the values behind this text as leave it so many cells, or the fewer that it needs."""
        room = self.cells.task or self.cells.name
        own = fitting(values, room - min(cell_width(text), kept) - 1)
        return self._replace(own=f" {own}", cells=self._less(cell_width(own) + 1)) if own else self


def parts_of(card: CardRow, width: int, when: int, now: datetime | None) -> Parts:
    """The row of this card in so many cells. A mark goes before its own fields.

    These leave a task half of its room, and a name that stands for it two thirds.
    """
    parts = Parts(columns_of(card, width, when), (), "")
    mark = None if now is None else brief_mark(card, now, parts.cells.task or parts.cells.name)
    if mark is not None:
        parts = parts.marked(mark)
    if not card.shown:
        return parts
    if card.task is None:
        least = columns(width, when).name
        return parts.with_own(card.shown, card.name, max(least, parts.cells.name * 2 // 3))
    return parts.with_own(card.shown, task_text(card), max(_TASK_CELLS, parts.cells.task // 2))


def task_text(card: CardRow, cells: int = 1 << 16) -> str:
    """The next task in at most so many cells, how much of it is ticked where there is room, how many more there are."""
    text, done = (card.task.text, done_of(card.task.checks)) if card.task else ("", "")
    more = f" +{card.open_tasks - 1}" if card.open_tasks > 1 else ""
    ticked = f"{text} {done}" if done else text
    if cell_width(ticked + more) <= cells:
        return ticked + more
    return cut(text, cells - cell_width(more)) + more


def fitting(values: Sequence[str], cells: int) -> str:
    """As many of the values as so many cells hold; one that is too long is cut where that still says something."""
    shown = ""
    for value in values:
        between = " · " if shown else ""
        left = cells - cell_width(shown + between)
        if cell_width(value) > left:
            return f"{shown}{between}{cut(value, left)}" if left >= _WORTH_CUTTING else shown
        shown += between + value
    return shown
