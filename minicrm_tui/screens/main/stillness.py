"""One picture for one action: nothing is painted while an answer is turned into rows."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.screen import Screen


class Stillness:
    """A line that closes, rows that change and a line that opens are painted together: a layout is the dear part."""

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen
        self._held = ExitStack()
        self._is_held = False
        self._after: list[Callable[[], None]] = []

    def hold(self) -> None:
        """Paint nothing until `release`; held twice is held once."""
        if not self._is_held:
            self._is_held = True
            self._held.enter_context(self._screen.app.batch_update())

    def release(self) -> None:
        """Paint what has changed; harmless where nothing is held."""
        self._is_held = False
        self._held.close()
        after, self._after = self._after, []
        for callback in after:
            self._screen.call_after_refresh(callback)

    async def painted(self) -> None:
        """Paint what has changed, and wait until it can be seen."""
        seen = asyncio.Event()
        self.after_paint(seen.set)
        self.release()
        await seen.wait()

    def after_paint(self, callback: Callable[[], None]) -> None:
        """Call this once what has changed was painted: reading on meanwhile would slow the painting down."""
        if self._is_held:
            self._after.append(callback)
        else:
            self._screen.call_after_refresh(callback)
