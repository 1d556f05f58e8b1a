"""Sharing rows and cells between several that want more than there is, like water in connected vessels; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


def fill(room: int, wishes: Sequence[int]) -> list[int]:
    """What each gets: nobody more than they wish for, and nobody less than another who got more."""
    shares = [0] * len(wishes)
    thirsty = [position for position, wish in enumerate(wishes) if wish > 0]
    while room > 0 and thirsty:
        portion = max(1, room // len(thirsty))
        for position in thirsty:
            poured = min(portion, wishes[position] - shares[position], room)
            shares[position] += poured
            room -= poured
        thirsty = [position for position in thirsty if shares[position] < wishes[position]]
    return shares


def level(width: int, needs: Sequence[int]) -> list[int]:
    """Widths that add up to the whole: what each needs, and what is left over to the narrowest; less where it must."""
    shares = fill(width, needs)
    left = max(0, width - sum(shares))
    while left > 0 and shares:
        lowest = min(shares)
        narrowest = [position for position, share in enumerate(shares) if share == lowest]
        above = min((share for share in shares if share > lowest), default=lowest + left)
        portion = min(above - lowest, max(1, left // len(narrowest)))
        for position in narrowest:
            poured = min(portion, left)
            shares[position] += poured
            left -= poured
    return shares


@dataclass(frozen=True, slots=True)
class Shelf:
    """Columns side by side, of which not all need be in sight at once: what is in sight is whole."""

    widths: tuple[int, ...]
    stops: tuple[int, ...]
    """The columns that may stand at the left; from each of them on, whole columns fill the width."""
    width: int

    def left(self, column: int) -> int:
        """The cells left of a column."""
        return sum(self.widths[:column])

    def in_sight(self, stop: int) -> range:
        """The columns in sight when that one stands at the left."""
        last = stop
        while last < len(self.widths) and sum(self.widths[stop : last + 1]) <= self.width:
            last += 1
        return range(stop, last)

    def stop_for(self, column: int, stop: int) -> int:
        """Which column stands at the left so that `column` is in sight; `stop` where it may stay."""
        if stop in self.stops and column in self.in_sight(stop):
            return stop
        fitting = [other for other in self.stops if column in self.in_sight(other)]
        return min(fitting, key=lambda other: abs(other - stop), default=0)


def shelf(width: int, needs: Sequence[int]) -> Shelf:
    """As many columns as fit beside each other by their needs, at least one; the others beyond the edge."""
    together = max([count for count in range(1, len(needs) + 1) if sum(needs[:count]) <= width], default=1)
    widths = level(width, needs[:together])
    stops, first = [0], 0
    for at in range(together, len(needs)):
        while first < at and sum(widths[first:at]) + needs[at] > width:
            first += 1
        widths.append(width - sum(widths[first:at]))
        stops.append(first)
    return Shelf(tuple(widths), tuple(dict.fromkeys(stops)), width)
