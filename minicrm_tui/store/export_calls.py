"""The file read out and taken in whole, as it is asked of the store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from minicrm_tui.domain.records import Bucket, ModuleId
from minicrm_tui.domain.views import Targets, View
from minicrm_tui.domain.whole import Record, Taken
from minicrm_tui.store import rooms
from minicrm_tui.store.access import Access, Progress

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from minicrm_tui.store.exports.reading import Reading

T = TypeVar("T")


class ExportCalls(Access):
    """What goes out of the file, and the whole of one coming in."""

    async def read_out(self, work: Callable[[Reading], T], *, stop: Event | None = None) -> T:
        """Run this over one moment of the file, on a thread of its own: the store goes on meanwhile.

        `stop` is set when the caller is cancelled: `work` should look at it. Raises Busy, StoreFailed.
        """
        path = self._file()
        try:
            return await asyncio.to_thread(_reading, path, work)
        except asyncio.CancelledError:
            if stop is not None:
                stop.set()
            raise

    async def take_whole(
        self,
        records: Iterable[Record],
        expected: int,
        *,
        progress: Progress | None = None,
        stop: Event | None = None,
    ) -> Taken:
        """Fill an empty file with the whole of another; see `exports.taking`. Raises Refused, having done nothing."""

        def taken(conn: Connection) -> Taken:
            from minicrm_tui.store.exports.taking import take

            return take(conn, records, expected, progress=progress, stop=stop)

        return await self._write(taken)

    def cards_of(self, modules: Iterable[ModuleId], now: datetime, bucket: Bucket | None = None) -> Targets:
        """All cards of these modules, or those of a bucket."""
        from minicrm_tui.store.exports.chosen import in_bucket, of_modules

        if bucket is None:
            return of_modules(modules)
        return in_bucket(modules, self._calendar(now).bounds(bucket))

    def cards_in(self, view: View) -> Targets:
        """All cards that a view shows, finished ones too."""
        from minicrm_tui.store.exports.chosen import whole_view

        return whole_view(view)

    async def changes(self) -> tuple[int, int]:
        """Two numbers, of which one changes when anybody has written to the file: another program, or this one."""
        return await self._read(rooms.changes.changes)

    def _file(self) -> Path:
        if self._path is None:
            raise RuntimeError("the store is not open")
        return self._path


def _reading(path: Path, work: Callable[[Reading], T]) -> T:
    from minicrm_tui.store.exports.reading import Reading
    from minicrm_tui.store.exports.snapshot import snapshot

    with snapshot(path) as conn:
        return work(Reading(conn))
