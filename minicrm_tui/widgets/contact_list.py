"""The rows of the contacts: who, how to reach them, what is open and what it is worth."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import ClassVar

from textual.binding import Binding, BindingType

from minicrm_tui.domain.contacts import ContactRow
from minicrm_tui.domain.records import Channel, Money
from minicrm_tui.i18n import N_, _, format_number, short_money
from minicrm_tui.widgets.cells import cell_width, fit
from minicrm_tui.widgets.row_list import RowList
from minicrm_tui.widgets.sections import Section
from minicrm_tui.widgets.strips import Piece

_TASK_CELLS, _WORTH_CELLS, _PHONE_CELLS = 7, 12, 18
_WIDE, _WIDEST = 70, 100
"""From which width on the phone stands in the row, and the e-mail too."""


class ContactList(RowList[ContactRow]):
    """Companies and persons, each under their heading."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", N_("Open"), tooltip=N_("All about the contact, with its cards"), id="list.open"),
        Binding("home", "top", N_("Top"), show=False, tooltip=N_("The first contact"), id="list.top"),
    ]

    chosen: Callable[[], None] = staticmethod(lambda: None)
    is_marked: Callable[[ContactRow], bool] = staticmethod(lambda _row: False)

    @property
    def cursor_contact(self) -> ContactRow | None:
        """The contact under the cursor."""
        return self._item

    def use_marks(self, is_marked: Callable[[ContactRow], bool]) -> None:
        """Which rows are drawn as marked."""
        self._is_marked = lambda row, _section: is_marked(row)
        self.redraw()

    def item_chosen(self, item: ContactRow) -> None:
        """Enter opens it."""
        self.chosen()

    def heading_pieces(self, section: Section, folded: bool, width: int) -> Iterable[Piece]:
        """How many there are, and what the figures at the right are."""
        title = f"{section.title} {format_number(section.count)}"
        room = width - _TASK_CELLS - _WORTH_CELLS
        return [
            Piece(fit(title, room), "heading", True),
            Piece(fit(_("tasks"), _TASK_CELLS, right=True), "muted"),
            Piece(fit(_("worth"), _WORTH_CELLS - 1, right=True) + " ", "muted"),
        ]

    def item_pieces(self, row: ContactRow, section: Section, marked: bool, width: int) -> Iterable[Piece]:
        """Name, company, phone, e-mail, open tasks, worth."""
        room = width - _TASK_CELLS - _WORTH_CELLS - 2
        yield Piece("✓ " if marked else "  ", "accent", marked)
        yield from _who(row, room)
        tasks = format_number(row.open_tasks) if row.open_tasks else ""
        yield Piece(fit(tasks, _TASK_CELLS, right=True))
        yield Piece(fit(_worth(row.worth), _WORTH_CELLS - 1, right=True) + " ", "accent")


def _who(row: ContactRow, room: int) -> Iterator[Piece]:
    """Who it is and how to reach them, in so many cells."""
    phone_cells = _PHONE_CELLS if room >= _WIDE - _TASK_CELLS - _WORTH_CELLS else 0
    email_cells = max(24, room // 3) if room >= _WIDEST - _TASK_CELLS - _WORTH_CELLS else 0
    rest = room - phone_cells - email_cells
    beside = " · ".join(part for part in (row.company, row.job) if part)
    name = fit(row.name, rest // 2 if beside else rest)
    yield Piece(name)
    yield Piece(fit(f" {beside}", rest - cell_width(name)), "muted")
    yield from _channel(row.phone, phone_cells)
    yield from _channel(row.email, email_cells)


def _channel(channel: Channel | None, cells: int) -> Iterator[Piece]:
    """A phone or e-mail; what does not look right has a question mark."""
    if not cells:
        return
    value = "" if channel is None else channel.value + (" ?" if channel.doubtful else "")
    yield Piece(" " + fit(value, cells - 1), "warning" if channel is not None and channel.doubtful else "")


def _worth(sums: tuple[Money, ...]) -> str:
    """The largest sum with its currency; a plus where there are others."""
    if not sums:
        return ""
    return f"{short_money(sums[0])} {sums[0].currency}" + ("+" if len(sums) > 1 else "")
