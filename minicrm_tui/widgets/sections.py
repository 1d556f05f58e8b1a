"""The row arithmetic of a sectioned list, pure: which row is what, without knowing any card."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

Item = TypeVar("Item")
"""What the rows of a list are about: cards in most, tasks and what has happened on a card's page."""

Fetch = Callable[[str, int, int], Awaitable[Sequence[Item]]]
"""(section key, offset, limit) → the items there; awaited before anything moves."""


@dataclass(frozen=True, slots=True)
class Section:
    """One heading and the cards under it; `limit` shows at most that many cards and a "… n more" row."""

    key: str
    title: str
    count: int
    tone: str = ""
    """One of error, warning, success, accent, primary, secondary, muted, or "" for plain."""
    detail: str = ""
    """Shown right of the count: a sum, for instance."""
    brief: str = ""
    """Shown instead of the detail where there is no room for that."""
    limit: int | None = None
    more: bool = True
    """Whether the cards beyond the limit get their "… n more" row; the heading's count tells of them anyway."""

    @property
    def shown(self) -> int:
        """How many of its cards are rows when it is not folded."""
        return self.count if self.limit is None else min(self.count, self.limit)


class RowKind(Enum):
    """What a row is."""

    HEADING = "heading"
    CARD = "card"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: of which section, and for a card its offset there."""

    kind: RowKind
    section: Section
    offset: int = -1


@dataclass(frozen=True, slots=True)
class Span:
    """A run of cards of one section: from `start` up to, not including, `stop`."""

    key: str
    start: int
    stop: int


class Rows:
    """The rows of some sections: a heading each, the cards that are shown, and "more" where some are not."""

    def __init__(self, sections: Sequence[Section] = (), folded: Collection[str] = ()) -> None:
        self.sections = tuple(sections)
        self.folded = frozenset(folded)
        self._starts: list[int] = []
        self._by_key = {section.key: position for position, section in enumerate(self.sections)}
        self.total = 0
        for section in self.sections:
            self._starts.append(self.total)
            self.total += 1 + self._cards(section) + self._has_more(section)

    def __len__(self) -> int:
        return self.total

    def _cards(self, section: Section) -> int:
        return 0 if section.key in self.folded else section.shown

    def _has_more(self, section: Section) -> bool:
        return section.more and section.key not in self.folded and section.shown < section.count

    def with_folded(self, folded: Collection[str]) -> Rows:
        """The same sections with these ones folded."""
        return Rows(self.sections, folded)

    def row(self, index: int) -> Row:
        """What the row is; IndexError outside of the list."""
        if not 0 <= index < self.total:
            raise IndexError(index)
        position = bisect_right(self._starts, index) - 1
        section, within = self.sections[position], index - self._starts[position] - 1
        if within < 0:
            return Row(RowKind.HEADING, section)
        if within < self._cards(section):
            return Row(RowKind.CARD, section, within)
        return Row(RowKind.MORE, section)

    def section(self, key: str) -> Section | None:
        """The section of that key."""
        position = self._by_key.get(key)
        return None if position is None else self.sections[position]

    def heading(self, key: str) -> int | None:
        """The row of a section's heading."""
        position = self._by_key.get(key)
        return None if position is None else self._starts[position]

    def card(self, key: str, offset: int) -> int | None:
        """The row of a card; None where it is folded away, beyond the limit or not there."""
        section, start = self.section(key), self.heading(key)
        if section is None or start is None or not 0 <= offset < self._cards(section):
            return None
        return start + 1 + offset

    def nearest(self, key: str, offset: int) -> int:
        """The row to stand on where a card was: the same place, the section's last card, or its heading."""
        section, start = self.section(key), self.heading(key)
        if section is None or start is None:
            return self.first_card()
        return start + min(offset + 1, self._cards(section))

    def first_card(self) -> int:
        """The row of the first card; of the first heading where no card is shown."""
        for section, start in zip(self.sections, self._starts, strict=True):
            if self._cards(section):
                return start + 1
        return 0

    def spans(self, start: int, stop: int) -> Iterator[Span]:
        """The cards on the rows from `start` up to, not including, `stop`."""
        first = max(0, bisect_right(self._starts, start) - 1)
        for section, heading in zip(self.sections[first:], self._starts[first:], strict=True):
            if heading >= stop:
                return
            low = max(0, start - heading - 1)
            high = min(self._cards(section), stop - heading - 1)
            if low < high:
                yield Span(section.key, low, high)
