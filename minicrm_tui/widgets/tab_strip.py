"""The blue bar on top: the installed modules as tabs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from minicrm_tui.widgets.cells import ELLIPSIS, cell_width, cut, safe
from minicrm_tui.widgets.strips import Palette, Piece

BRAND = " MiniCRM "

NUMBERED = 9
"""So many tabs have a number, which is their key. More of them don't all fit: the bar scrolls then."""

_SIGN_CELLS = 2


@dataclass(frozen=True, slots=True)
class Tab:
    """One module in the bar."""

    name: str
    expired: int = 0


@dataclass(frozen=True, slots=True)
class Label:
    """One tab as it is drawn: its number, what is left of its name, its expired cards."""

    number: str
    name: str
    expired: str

    @property
    def cells(self) -> int:
        """Its width, with a space on both sides."""
        return 2 + sum(cell_width(part) for part in self._parts()) + len(self._parts()) - 1

    def _parts(self) -> list[str]:
        return [part for part in (self.number, self.name, self.expired) if part]


def labels(tabs: Sequence[Tab], active: int, width: int) -> list[Label]:
    """The tabs in that many cells: those near the active one keep their names, the others have their numbers.

    No name is cut within a word but an active one that is too long. How many cards are expired says more than a name:
    it stands beside the number as long as it can.
    """
    for sign in ("•{expired}", "•"):
        shown = [
            _named(at, tab, tab.name) if at == active else _number_alone(at, tab, sign) for at, tab in enumerate(tabs)
        ]
        if _cells(shown) <= width:
            return _with_names(shown, tabs, active, width)
    room = width - _cells(shown) + cell_width(tabs[active].name)
    shown[active] = _named(active, tabs[active], at_a_word(tabs[active].name, room) or cut(tabs[active].name, room))
    return shown


def _with_names(shown: list[Label], tabs: Sequence[Tab], active: int, width: int) -> list[Label]:
    """Give the tabs their names as far as there is room, the nearest to the active one first."""
    for at in sorted(range(len(tabs)), key=lambda at: (abs(at - active), at)):
        tab, spare = tabs[at], width - _cells(shown)
        room = spare + shown[at].cells - _named(at, tab, "").cells - 1
        name = at_a_word(tab.name, room) if at != active else ""
        if name:
            shown[at] = _named(at, tab, name)
    return shown


def at_a_word(name: str, cells: int) -> str:
    """The name in at most that many cells: whole, or cut after a word; empty where no word fits."""
    name = safe(name)
    if cell_width(name) <= cells:
        return name
    words = name.split(" ")
    shorter = (" ".join(words[:count]) + ELLIPSIS for count in range(len(words) - 1, 0, -1) if words[count - 1])
    return next((text for text in shorter if cell_width(text) <= cells), "")


@dataclass(frozen=True, slots=True)
class Stretch:
    """The tabs in sight where not all are: the first of them, and signs that there are more, with • for expired."""

    first: int
    labels: tuple[Label, ...]
    before: str = ""
    after: str = ""


def stretch(tabs: Sequence[Tab], active: int, first: int, width: int) -> Stretch:
    """The tabs in that many cells, with their whole names, the active one among them.

    `first` is where the bar stood before: it moves only as far as it must, and leaves no room at its end.
    """
    whole = [_named(at, tab, tab.name) for at, tab in enumerate(tabs)]
    first = min(first, active)
    while first < active and _end(whole, first, width) <= active:
        first += 1
    while first and _end(whole, first - 1, width) == len(whole):
        first -= 1
    end = _end(whole, first, width)
    shown = whole[first:end]
    before, after = _more(tabs[:first], "‹{late}"), _more(tabs[end:], "{late}›")
    room = width - len(before) - len(after)
    if _cells(shown) > room:
        # The active one alone, and longer than the bar.
        spare = room - _named(first, tabs[first], "").cells - 1
        shown = [_named(first, tabs[first], at_a_word(tabs[first].name, spare) or cut(tabs[first].name, spare))]
    return Stretch(first, tuple(shown), before, after)


def _end(whole: Sequence[Label], first: int, width: int) -> int:
    """Behind the last tab that fits when the bar begins with `first`: one is shown at least."""
    room = width - (_SIGN_CELLS if first else 0)
    at, used = first, 0
    while at < len(whole):
        sign = _SIGN_CELLS if at + 1 < len(whole) else 0
        if used + whole[at].cells + sign > room:
            break
        used, at = used + whole[at].cells, at + 1
    return max(at, first + 1)


def _more(hidden: Sequence[Tab], sign: str) -> str:
    return sign.format(late="•" if any(tab.expired for tab in hidden) else " ") if hidden else ""


def _cells(shown: Sequence[Label]) -> int:
    return sum(label.cells for label in shown)


def _named(at: int, tab: Tab, name: str) -> Label:
    return Label(str(at + 1) if at < NUMBERED else "", name, str(tab.expired or ""))


def _number_alone(at: int, tab: Tab, sign: str) -> Label:
    return Label(f"{at + 1}{sign.format(expired=tab.expired)}" if tab.expired else str(at + 1), "", "")


class TabStrip(Widget):
    """The modules with their numbers and expired cards; the active one inverted; the date at the right."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {"tab-strip--active", "tab-strip--expired", "tab-strip--quiet"}

    DEFAULT_CSS = """
    TabStrip {
        height: 1;
        background: $primary;
        color: auto 90%;
        & > .tab-strip--active { background: $foreground; color: $background; }
        & > .tab-strip--expired { text-style: bold; }
        & > .tab-strip--quiet { text-style: none; }
    }
    """

    class ModuleChosen(Message):
        """A click on a tab: `index` counts from 0."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._tabs: tuple[Tab, ...] = ()
        self._active = 0
        self._date = ""
        self._palette = Palette(self, "tab-strip")
        self._first = 0
        self._ends: list[int] = []
        self._after = range(0)
        """The cells of the sign that there are more behind."""

    def show(self, tabs: Sequence[Tab], active: int, date: str) -> None:
        """Draw these tabs, the active one (from 0), and the date as it is to be read."""
        wanted = (tuple(tabs), active, date)
        if wanted != (self._tabs, self._active, self._date):
            self._tabs, self._active, self._date = wanted
            self.refresh()

    def notify_style_update(self) -> None:
        """The theme has changed."""
        super().notify_style_update()
        self._palette.clear()

    def render_line(self, y: int) -> Strip:
        """The brand and the date where there is room beside the whole names, and the tabs."""
        width = self.size.width
        whole = _cells([_named(at, tab, tab.name) for at, tab in enumerate(self._tabs)])
        date = f" {self._date} " if self._date else ""
        if len(self._tabs) > NUMBERED and whole + cell_width(date) > width:
            return self._scrolled(date, width)
        self._first, self._after = 0, range(0)
        # Where nothing else gives way any more, the brand does, not the date.
        beside = whole + (cell_width(date) if len(self._tabs) > NUMBERED else 0)
        brand = BRAND + " " if beside + cell_width(BRAND) + 1 <= width else ""
        left = width - cell_width(brand)
        date = date if whole + cell_width(date) <= left else ""
        pieces = [Piece(brand, "", True)]
        self._ends = [cell_width(brand)]
        for at, label in enumerate(labels(self._tabs, self._active, left - cell_width(date))):
            pieces += self._tab(label, active=at == self._active)
            self._ends.append(self._ends[-1] + label.cells)
        return self._palette.strip(
            [*pieces, Piece(" " * (width - self._ends[-1] - cell_width(date))), Piece(date)], width
        )

    def _scrolled(self, date: str, width: int) -> Strip:
        """As many tabs as there is room for beside the date, and signs where there are more."""
        room = width - cell_width(date)
        seen = stretch(self._tabs, self._active, self._first, room)
        self._first = seen.first
        pieces = [Piece(seen.before, "expired", True)]
        self._ends = [cell_width(seen.before)]
        for at, label in enumerate(seen.labels, seen.first):
            pieces += self._tab(label, active=at == self._active)
            self._ends.append(self._ends[-1] + label.cells)
        self._after = range(room - cell_width(seen.after), room)
        gap = Piece(" " * (self._after.start - self._ends[-1]))
        return self._palette.strip([*pieces, gap, Piece(seen.after, "expired", True), Piece(date)], width)

    def _tab(self, label: Label, *, active: bool) -> list[Piece]:
        tone = "active" if active else ""
        said = " ".join(part for part in (label.number, label.name) if part)
        late = [Piece(f" {label.expired}", tone or "expired", True)] if label.expired else []
        return [Piece(f" {said}", tone, active), *late, Piece(" ", tone)]

    def on_click(self, event: events.Click) -> None:
        """Choose the tab that was clicked on; a sign that there are more is the next one there."""
        for at, (start, end) in enumerate(zip(self._ends, self._ends[1:], strict=False), self._first):
            if start <= event.x < end:
                self.post_message(self.ModuleChosen(at))
        if event.x < self._ends[0] and self._first:
            self.post_message(self.ModuleChosen(self._first - 1))
        behind = self._first + len(self._ends) - 1
        if event.x in self._after and behind < len(self._tabs):
            self.post_message(self.ModuleChosen(behind))


ModuleTabs = TabStrip
