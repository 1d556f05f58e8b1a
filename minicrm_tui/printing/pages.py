"""How the items of a document fall on pages, and what is carried from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from minicrm_tui.printing.paper import Sums

NOTHING: Final = Sums()


@dataclass(frozen=True, slots=True)
class Room:
    """What a page has room for, in millimetres: rows, without the table's head; and what else has to find its place.

    `first` and `other`: the room of the first page and of the others. `carried`: the height of the row that carries a
    sum, at either end. `closing`: what follows the last item and stays in one piece with it.
    """

    first: float
    other: float
    carried: float
    closing: float


@dataclass(frozen=True, slots=True)
class Page:
    """The items of one page: from `begin` to before `end`; what was brought from before it, and is carried on."""

    begin: int
    end: int
    brought: Sums | None
    carried: Sums | None


def paged(heights: Sequence[float], sums: Sequence[Sums], room: Room) -> tuple[Page, ...]:
    """The pages of items so high; at least one. The closing part fits under the items of the last one."""
    ends = _ends(heights, room)
    after = list(accumulate(sums, initial=NOTHING))
    carried = [None, *(after[end] for end in ends[:-1]), None]
    return tuple(map(Page, [0, *ends[:-1]], ends, carried, carried[1:]))


def _ends(heights: Sequence[float], room: Room) -> list[int]:
    ends: list[int] = []
    begin = 0
    while True:
        free = room.first if not begin else room.other - room.carried
        if sum(heights[begin:]) + room.closing <= free:
            return [*ends, len(heights)]
        end = _filled(heights, begin, free - room.carried)
        # The last item goes on with the closing part, which never stands alone.
        begin = max(begin + 1, min(end, len(heights) - 1))
        ends.append(begin)


def _filled(heights: Sequence[float], begin: int, free: float) -> int:
    """The end of as many items as fit, one at least."""
    end = begin + 1
    free -= heights[begin] if begin < len(heights) else 0
    while end < len(heights) and heights[end] <= free:
        free -= heights[end]
        end += 1
    return end
