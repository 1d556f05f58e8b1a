"""Chance, from one seed."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """What the made-up data asks of chance; several times faster than `Random`'s own methods."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.throw = self.random.random

    def pick(self, choices: Sequence[T]) -> T:
        """One of them."""
        return choices[int(self.throw() * len(choices))]

    def happens(self, percent: int) -> bool:
        """True so many times in a hundred."""
        return self.throw() * 100 < percent

    def between(self, low: int, high: int) -> int:
        """A whole number from low on, below high; low where there is nothing between them."""
        return low + int(self.throw() * (high - low))
