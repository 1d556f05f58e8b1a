"""The marked cards of a module: single ones, and whole buckets as predicates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from minicrm_tui.domain.records import NO_TASK_KEY, CardId, CardRow, Place
from minicrm_tui.domain.text import fold
from minicrm_tui.domain.views import MarkedRange, Targets


@dataclass(frozen=True, slots=True)
class Marks:
    """What the next action is for. A bucket of any size is a range of due keys, never a list of ids."""

    cards: frozenset[CardId] = frozenset()
    ranges: tuple[MarkedRange, ...] = ()
    without: frozenset[CardId] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.cards or self.ranges)

    def covers(self, row: CardRow) -> bool:
        """Whether this card is marked."""
        if row.id in self.cards:
            return True
        return row.id not in self.without and self._in_a_range(row)

    def toggled(self, row: CardRow) -> Marks:
        """The card's mark set, or taken away."""
        if not self.covers(row):
            return self.adding([row.id]) if not self._in_a_range(row) else self._restoring(row.id)
        hidden = {row.id} if self._in_a_range(row) else set()
        return replace(self, cards=self.cards - {row.id}, without=self.without | hidden)

    def adding(self, cards: Iterable[CardId]) -> Marks:
        """These cards are marked too."""
        added = frozenset(cards)
        return replace(self, cards=self.cards | added, without=self.without - added)

    def removing(self, cards: Iterable[CardId]) -> Marks:
        """These cards are not marked any more."""
        return replace(self, cards=self.cards - frozenset(cards))

    def adding_range(self, marked: MarkedRange) -> Marks:
        """A whole bucket is marked, also those of its cards that were taken out before."""
        others = tuple(known for known in self.ranges if known != marked)
        return Marks(self.cards, (*others, marked), frozenset())

    def removing_range(self, marked: MarkedRange) -> Marks:
        """The bucket is not marked any more."""
        return replace(self, ranges=tuple(known for known in self.ranges if known != marked))

    def targets(self) -> Targets:
        """The marks as the store takes them."""
        return Targets(tuple(sorted(self.cards)), self.ranges, self.without)

    def _restoring(self, card: CardId) -> Marks:
        return replace(self, without=self.without - {card})

    def _in_a_range(self, row: CardRow) -> bool:
        return any(_holds(marked, row) for marked in self.ranges)


def _holds(marked: MarkedRange, row: CardRow) -> bool:
    view = marked.view
    return (
        row.module_id == view.module_id
        and view.status_id in (None, row.status_id)
        and _stands_in(marked, row)
        and _matches(row, view.text)
    )


def _stands_in(marked: MarkedRange, row: CardRow) -> bool:
    """Finished cards have sort keys below zero, which their rows do not tell."""
    if row.place is not Place.LISTED:
        return marked.high <= 0
    key = NO_TASK_KEY if row.task is None else row.task.due.key
    return marked.low <= key < marked.high


def _matches(row: CardRow, text: str) -> bool:
    """Whether a filter that was on when the bucket was marked lets this card through."""
    if not text:
        return True
    words = (row.name, row.company or "", row.person or "", row.task.text if row.task else "")
    haystack = fold(" ".join(words))
    return all(word in haystack for word in fold(text).split())
