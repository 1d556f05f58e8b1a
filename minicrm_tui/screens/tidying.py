"""Python's garbage is collected when nobody types: a full collection in the middle of an answer takes up to 50 ms."""

from __future__ import annotations

import gc
from time import monotonic
from typing import Final

PULSE: Final = 1.0
"""Seconds between two looks."""

_AT_REST: Final = 2.0
"""Seconds without a key after which the next one is not near."""

_WORTH: Final = 3_000
"""Objects made since the last collection, below which there is nothing to look for."""

_AT_MOST: Final = 100_000
"""Objects made after which Python collects by itself, whatever the person does."""


class Tidying:
    """Knows when the last key came, and collects between keys."""

    def __init__(self) -> None:
        self._latest = monotonic()

    def begin(self) -> None:
        """What was made so far stays: the collector never has to look at it again."""
        gc.set_threshold(_AT_MOST)
        gc.enable()
        gc.freeze()

    def key_pressed(self) -> None:
        """Somebody types."""
        self._latest = monotonic()

    def look(self) -> None:
        """Collect, if nobody types and there is something."""
        if monotonic() - self._latest > _AT_REST and gc.get_count()[0] > _WORTH:
            gc.collect()
