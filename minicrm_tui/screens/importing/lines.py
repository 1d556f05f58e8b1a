"""The rows of a step: what each is about, and what it says; enter changes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from minicrm_tui.domain.views import Spot
from minicrm_tui.i18n import N_, format_number
from minicrm_tui.widgets.cells import cell_width, fit
from minicrm_tui.widgets.row_list import RowList
from minicrm_tui.widgets.sections import Section
from minicrm_tui.widgets.strips import Piece

_GAP = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One row. `key` is what enter changes there; `whole` is said below the list, where a row has no room for it."""

    label: str
    value: str = ""
    detail: str = ""
    tone: str = ""
    key: str = ""
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows under a heading; `count` where their number says something."""

    title: str
    lines: Sequence[Line]
    tone: str = ""
    count: bool = False


class StepList(RowList[Line]):
    """The rows of the step that is shown, in up to three columns."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,e", "choose", N_("Change"), tooltip=N_("Choose something else here"), id="import.change"),
        Binding("home", "top", N_("Top"), show=False, tooltip=N_("The first row"), id="list.top"),
    ]

    class Chosen(Message):
        """Enter on a row; on a heading there is none."""

        def __init__(self, line: Line | None) -> None:
            super().__init__()
            self.line = line

    class Highlighted(Message):
        """The cursor stands on another row."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.is_locked = False
        """Whether something runs that the rows are for: enter does nothing then."""
        self._label = self._value = 0
        self._has_details = False
        self._counted: frozenset[str] = frozenset()

    @property
    def line(self) -> Line | None:
        """The row under the cursor."""
        return self._item

    async def show_parts(self, parts: Sequence[Part], *, anew: bool) -> None:
        """These rows; `anew`: of another step, with the cursor on the first of them."""
        lines = [line for part in parts for line in part.lines if line.value or line.detail]
        self._label = max((cell_width(line.label) for line in lines), default=0)
        self._value = max((cell_width(line.value) for line in lines), default=0)
        self._has_details = any(line.detail for line in lines)
        self._counted = frozenset(part.title for part in parts if part.count)
        held = {part.title: part.lines for part in parts}
        sections = [Section(part.title, part.title, len(part.lines), part.tone) for part in parts]

        async def fetch(section: str, offset: int, limit: int) -> Sequence[Line]:
            return held[section][offset : offset + limit]

        spot = Spot(sections[0].key, 0) if anew and sections else None
        await self.show(sections, fetch, spot=spot, keep_scroll=not anew)
        self.redraw()

    # --- wishes

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A locked list is only looked at."""
        return not self.is_locked if action == "choose" else super().check_action(action, parameters)

    def item_chosen(self, item: Line) -> None:
        """Enter on a row."""
        self.post_message(self.Chosen(item))

    def heading_chosen(self, section: Section) -> None:
        """Enter on a heading."""
        self.post_message(self.Chosen(None))

    def cursor_moved(self) -> None:
        """What does not fit is said below."""
        self.post_message(self.Highlighted())

    # --- drawing

    def heading_pieces(self, section: Section, folded: bool, width: int) -> Iterable[Piece]:
        """The title."""
        count = f" {format_number(section.count)}" if section.key in self._counted else ""
        return [Piece(section.title, section.tone or "heading", True), Piece(count, "muted")]

    def item_pieces(self, line: Line, section: Section, marked: bool, width: int) -> Iterable[Piece]:
        """Its columns, each as wide as the widest, if there is room."""
        if not (line.value or line.detail):
            yield Piece(f" {fit(line.label, width - 1)}", line.tone)
            return
        room = width - 2
        label = min(self._label, room * 2 // 5)
        value = room - label - _GAP
        if self._has_details:
            value = min(self._value, value * 3 // 5)
        yield Piece(f" {fit(line.label, label)}" + " " * _GAP)
        yield Piece(fit(line.value, value), line.tone or "accent")
        rest = width - 1 - label - _GAP - value - _GAP
        if self._has_details and rest > 0:
            yield Piece(" " * _GAP + fit(line.detail, rest), "muted")
