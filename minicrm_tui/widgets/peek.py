"""The card under the cursor in a few lines: enough to make the call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import ClassVar

from textual.strip import Strip
from textual.widget import Widget

from minicrm_tui.domain.checklists import done_of
from minicrm_tui.domain.records import CardDetails, CardRow, Group, HistoryEntry, Task, moment_key
from minicrm_tui.i18n import _, format_due, format_money, format_short_day, ngettext
from minicrm_tui.widgets.card_columns import parts_of
from minicrm_tui.widgets.cells import cell_width, cut, wrap
from minicrm_tui.widgets.row_marks import mark_of
from minicrm_tui.widgets.strips import Palette, Piece
from minicrm_tui.wording import event

Line = list[Piece]
SOON, DAY_AND_TIME = 5, 9
"""Cells that a row's time takes until tomorrow, and usually at most; the room that is left, the task's text has."""


class Peek(Widget):
    """Client and channels, status, value and closing date, fields of its module, the last of the history."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"peek--{name}" for name in ("muted", "accent", "strong", "error", "warning")
    }

    DEFAULT_CSS = """
    Peek {
        height: 4;
        background: $surface;
        color: $foreground;
        & > .peek--muted { color: $text-muted; }
        & > .peek--accent { color: $text-accent; }
        & > .peek--strong { text-style: bold; }
        & > .peek--error { color: $text-error; }
        & > .peek--warning { color: $text-warning; }
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._details: CardDetails | None = None
        self._now: datetime | None = None
        self._lines: list[Line] | None = None
        self._palette = Palette(self, "peek")

    def show(self, details: CardDetails | None, now: datetime) -> None:
        """Draw this card, or nothing."""
        # A mark may come with the minute: a card rots once its last task has expired.
        if details != self._details or self._now is None or moment_key(now) != moment_key(self._now):
            self._details, self._now, self._lines = details, now, None
            self.refresh()

    def notify_style_update(self) -> None:
        """The theme has changed."""
        super().notify_style_update()
        self._palette.clear()

    def on_resize(self) -> None:
        """Lay the lines out anew."""
        self._lines = None

    def render_line(self, y: int) -> Strip:
        """One line of the card."""
        width = self.size.width
        if self._lines is None:
            details, now = self._details, self._now
            self._lines = [] if details is None or now is None else lines(details, now, width - 2, self.size.height)
        line = self._lines[y] if y < len(self._lines) else []
        return self._palette.strip([Piece(" "), *line], width)


def lines(details: CardDetails, now: datetime, width: int, height: int = 99) -> list[Line]:
    """The card in lines of that width, what matters most first; in few lines briefly, so that the last note is seen."""
    own = [Piece(cut(f"{name}: {value}", width)) for name, value in details.shown]
    head = [*_flowing(_contact(details), width), *_flowing(_facts(details, now), width), *_flowing(own, width)]
    below = [*_tasks(details.row, details.tasks, now, width), *(_event(entry, now, width) for entry in details.history)]
    if below and len(head) >= height:
        head = list(_flowing([*_contact(details, most=1), *_facts(details, now), *own], width))
    return head + below


def _flowing(items: Sequence[Piece], width: int) -> Iterator[Line]:
    """The items one after the other, broken between them: a phone number is never cut."""
    line: Line = []
    left = width
    for item in items:
        between = " · " if line else ""
        if line and cell_width(between + item.text) > left:
            yield line
            line, left, between = [], width, ""
        line += [Piece(between, "muted"), item] if between else [item]
        left -= cell_width(between + item.text)
    if line:
        yield line


def _contact(details: CardDetails, most: int = 99) -> list[Piece]:
    """Card and client, and at most so many phones and e-mails; how many more there are is said."""
    company, person = details.company, details.person
    items = [Piece(details.row.name, "strong")]
    if company is not None and company.name != details.row.name:
        items.append(Piece(company.name))
    if person is not None and person.name != details.row.name:
        items.append(Piece(person.name))
    clients = [client for client in (person, company) if client is not None]
    phones = list(dict.fromkeys(channel.value for client in clients for channel in client.phones))
    emails = list(dict.fromkeys(channel.value for client in clients for channel in client.emails))
    shown = [*phones[:most], *emails[:most]]
    more = len(phones) + len(emails) - len(shown)
    return items + [Piece(value, "accent") for value in shown] + ([Piece(f"+{more}", "muted")] if more else [])


def _facts(details: CardDetails, now: datetime) -> list[Piece]:
    row, today = details.row, now.date()
    is_won = details.status.group is Group.SUCCESS
    step = details.customer_step if is_won else details.sales_step
    facts = [details.status.name, row.number, step, details.loss_reason]
    if row.value is not None:
        facts.append(format_money(row.value))
    if details.expected_close is not None:
        facts.append(_("closes {day}").format(day=format_short_day(details.expected_close, today)))
    mark = mark_of(row, now)
    if row.payment_due is not None and not row.days_overdue(today):
        facts.append(_("payable {day}").format(day=format_short_day(row.payment_due, today)))
    shown = [Piece(fact) for fact in facts if fact]
    return [shown[0], mark, *shown[1:]] if mark is not None else shown


def _tasks(row: CardRow, tasks: Sequence[Task], now: datetime, width: int) -> Iterator[Line]:
    # A text that is cut in the row is shown whole here.
    soon = row.task is not None and (row.task.due.day - now.date()).days <= 1
    # The list's scrollbar takes a cell.
    in_row = parts_of(row, width - 1, SOON if soon else DAY_AND_TIME, now).cells.task
    whole_in_row = all(cell_width(task.text) <= in_row for task in tasks)
    if len(tasks) == 1 and whole_in_row and not tasks[0].postponed and not tasks[0].checks:
        return
    for task in tasks:
        when = " · ".join(said for said in (format_due(task.due, now.date()), done_of(task.checks)) if said)
        if task.postponed:
            when += " · " + ngettext("postponed once", "postponed {n} times", task.postponed).format(n=task.postponed)
        for number, text in enumerate(wrap(f"{when}  {task.text}", width)):
            head = cell_width(when) if number == 0 and text.startswith(when) else 0
            yield [Piece(text[:head], "muted"), Piece(text[head:])] if head else [Piece(text)]


def _event(entry: HistoryEntry, now: datetime, width: int) -> Line:
    day = format_short_day(entry.at.astimezone(now.tzinfo).date(), now.date())
    return [Piece(f"{day}  ", "muted"), Piece(cut(event(entry), width - cell_width(day) - 2))]
