"""A long write over many marked cards: how far it is, and its cancelling."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

from minicrm_tui.i18n import _, format_number

MANY = 2000
"""From so many cards on a write may be felt; fewer are done before a person could read a line about it."""


class Bulk:
    """The progress of one write; `progress` is called from the store's thread."""

    def __init__(self, title: str, shown: Callable[[str], None]) -> None:
        self.stop = threading.Event()
        self._title = title
        self._shown = shown
        self._loop = asyncio.get_running_loop()

    def progress(self, done: int, total: int) -> None:
        """So many of so many cards are done."""
        self._loop.call_soon_threadsafe(self._shown, self._sentence(done, total))

    def _sentence(self, done: int, total: int) -> str:
        if self.stop.is_set():
            return _("Cancelling …")
        share = 10 * done // max(total, 1)
        return _("{title}  {bar}  {done} of {total} · esc cancels").format(
            title=self._title,
            bar="█" * share + "░" * (10 - share),
            done=format_number(done),
            total=format_number(total),
        )
