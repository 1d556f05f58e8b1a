"""Sharing rows and cells between several that want more than there is, like water in connected vessels; pure."""

from __future__ import annotations

from collections.abc import Sequence


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


def spread(width: int, needs: Sequence[int]) -> list[int]:
    """Widths that add up to the whole: what each needs, and what is left over in equal parts."""
    shares = fill(width, needs)
    left, count = max(0, width - sum(shares)), len(shares)
    return [share + (left + position) // count for position, share in enumerate(shares)]
