"""The store's one thread: reads that can be stopped half way, and writes that never are.

A read is stopped when its caller is cancelled. One that only stands in the way, of a write or of a newer read of its
group, is stopped too, and done again after it.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import Final, TypeVar

T = TypeVar("T")


class Interrupted(Exception):
    """A read was stopped."""


_STEPS_BETWEEN_LOOKS: Final = 100_000
"""How many steps of SQLite's machine, some milliseconds, pass between two looks at whether a read is still wanted."""


@dataclass(eq=False, slots=True)
class _Read:
    """A read on its way; newer ones of the same group go before it."""

    group: str
    stopped: bool = False


class Worker:
    """Runs plain functions on the one thread that the file belongs to."""

    def __init__(self) -> None:
        """Start no thread yet: the first work does."""
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._file: sqlite3.Connection | None = None
        self._running: _Read | None = None
        self._lock = Lock()

    def interrupts(self, file: sqlite3.Connection) -> None:
        """The connection on which a running read is stopped."""
        self._file = file
        # An interrupt between two statements is lost; this is not.
        file.set_progress_handler(self._is_stopped, _STEPS_BETWEEN_LOOKS)

    async def write(self, work: Callable[[], T]) -> T:
        """Run this to its end, even if the caller is cancelled meanwhile; a running read is put off."""
        future = asyncio.wrap_future(self._pool.submit(work))
        # Nobody may be left to hear of its failure.
        future.add_done_callback(lambda done: done.cancelled() or done.exception())
        self._stop(lambda _read: True)
        return await asyncio.shield(future)

    async def read(self, work: Callable[[], T], group: str = "") -> T:
        """Run this until it is done or the caller is cancelled. `work` raises Interrupted when it was stopped."""
        read = _Read(group)
        if group:
            self._stop(lambda running: running.group == group)
        while True:
            try:
                return await asyncio.wrap_future(self._pool.submit(self._guarded, read, work))
            except asyncio.CancelledError:
                self._stop(lambda running: running is read)
                raise
            except Interrupted:
                read.stopped = False

    async def close(self) -> None:
        """Wait for all that was begun, and end the thread."""
        await asyncio.to_thread(self._pool.shutdown, wait=True)

    def _guarded(self, read: _Read, work: Callable[[], T]) -> T:
        with self._lock:
            self._running = read
        try:
            return work()
        finally:
            # From here on, an interrupt that was meant for this read can't reach the work after it.
            with self._lock:
                self._running = None

    def _is_stopped(self) -> bool:
        return self._running is not None and self._running.stopped

    def _stop(self, is_meant: Callable[[_Read], bool]) -> None:
        with self._lock:
            if self._file is not None and self._running is not None and is_meant(self._running):
                self._running.stopped = True
                self._file.interrupt()
