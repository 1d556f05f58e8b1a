"""The open file on its one thread: a read or a write is one transaction, SQLite's errors become sentences."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from minicrm_tui.domain.errors import Refused
from minicrm_tui.i18n import _
from minicrm_tui.store import rooms
from minicrm_tui.store.calendar import Calendar
from minicrm_tui.store.faults import fault, primary_code
from minicrm_tui.store.worker import Interrupted, Worker

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from minicrm_tui.domain.errors import CrmError
    from minicrm_tui.domain.records import Kind
    from minicrm_tui.store.backups.folder import Backup
    from minicrm_tui.store.backups.safe import Safe
    from minicrm_tui.store.hit_cache import HitCache
    from minicrm_tui.store.presence import Presence
    from minicrm_tui.store.search import Finder
    from minicrm_tui.store.sorting import Sorted

T = TypeVar("T")
Work = Callable[["Connection"], T]
"""A plain function of the store, but for its connection."""
Progress = Callable[[int, int], None]
"""Told how many cards are done, of how many; called from the store's thread."""


class Access:
    """What the store's methods are made of. Nothing here may be used from the store's own thread."""

    def __init__(
        self,
        *,
        week_start: int,
        working_days: frozenset[int],
        default_currency: str,
        country: str = "",
        vat: int = 0,
        safe: Safe | None = None,
    ) -> None:
        """`vat`: the rate of what is typed as an amount on orders and documents, in hundredths of a percent."""
        self.week_start = week_start
        self.working_days = working_days
        self.default_currency = default_currency
        self.country = country
        self.vat = vat
        self._worker = Worker()
        self._is_closed = False
        self._path: Path | None = None
        self._conn: Connection | None = None
        self._hits: HitCache | None = None
        self._sorted: Sorted | None = None
        self._is_watching = False
        self._finder: Finder | None = None
        self._safe = safe
        self._presence: Presence | None = None
        self.backup_failed: Callable[[CrmError], None] | None = None
        """Hears of backups that failed and that nobody waits for."""
        self._copies: set[asyncio.Future[Backup]] = set()
        self._ending = Event()

    async def _open(self, path: Path, now: datetime, install: Sequence[Kind]) -> None:
        await self._worker.write(lambda: self._translating(lambda: self._open_here(path, now, install)))

    async def close(self) -> None:
        """Wait for the writes, then let go of the file. A second time does nothing."""
        if not self._is_closed:
            self._is_closed = True
            self._ending.set()
            await asyncio.gather(*self._copies, return_exceptions=True)
            await self._worker.write(self._close_here)
            await self._worker.close()

    def refuse_own(self, path: Path) -> None:
        """Raise Refused for the open file itself, under any name: it is neither read nor written as another one.

        Whoever opens and closes it beside SQLite takes SQLite's locks away from this whole process.
        """
        if self._path is None:
            return
        for suffix in ("", "-wal", "-shm"):
            own = self._path.with_name(self._path.name + suffix)
            with suppress(OSError):
                if own.samefile(path):
                    raise Refused(_("{path} is the data file itself.").format(path=path), _("Choose another file."))

    async def warm_up(self) -> None:
        """Make the first write as fast as the next one; to be called when the first rows stand."""
        from minicrm_tui.store import warming

        for piece in warming.PIECES:
            if self._is_closed:
                return
            await self._worker.read(piece)

    async def _read(self, work: Work[T], group: str = "") -> T:
        """`group`: a newer read of the same one goes before this. Once the store closes, whoever reads is cancelled."""
        if self._is_closed:
            raise asyncio.CancelledError
        try:
            return await self._worker.read(
                lambda: self._translating(lambda: self._inside(rooms.engine.reading, work)), group
            )
        except RuntimeError:
            # Put off by the last write, it came back when the file was closed already: nobody looks any more.
            if self._is_closed:
                raise asyncio.CancelledError from None
            raise

    async def _write(self, work: Work[T]) -> T:
        return await self._worker.write(lambda: self._translating(lambda: self._inside(self._writing, work)))

    async def _act(self, work: Callable[[Connection], T]) -> T:
        """One action: what `work` writes under its undo step, which ends with the transaction."""

        def acted(conn: Connection) -> T:
            result = work(conn)
            rooms.journal.finish(conn)
            return result

        return await self._write(acted)

    def _typed(self) -> HitCache:
        if self._hits is None:
            raise RuntimeError("the store is not open")
        return self._hits

    def _calendar(self, now: datetime) -> Calendar:
        return Calendar(now, self.week_start)

    # --- on the store's thread

    def _open_here(self, path: Path, now: datetime, install: Sequence[Kind]) -> None:
        self._conn = rooms.opening.open_file(path, now, install, safe=self._safe)
        self._presence = rooms.presence.Presence(path, self._safe, now)
        self._path = path
        self._hits = rooms.hit_cache.HitCache()
        self._worker.interrupts(rooms.engine.driver(self._conn))

    def _named(self) -> Finder:
        if self._finder is None:
            self._finder = rooms.search.Finder()
        return self._finder

    def _in_order(self) -> Sorted:
        if self._sorted is None:
            self._sorted = rooms.sorting.Sorted()
        return self._sorted

    def _close_here(self) -> None:
        if self._conn is not None:
            conn, self._conn = self._conn, None
            rooms.engine.close(conn)

    def _inside(self, transaction: Callable[[Connection], AbstractContextManager[Connection]], work: Work[T]) -> T:
        if self._conn is None:
            raise RuntimeError("the store is closed")
        with transaction(self._conn) as conn:
            return work(conn)

    @contextmanager
    def _writing(self, conn: Connection) -> Iterator[Connection]:
        """A transaction of the file that is in its place still."""
        if self._presence is not None:
            self._presence.refuse_lost(conn)
        with rooms.engine.writing(conn):
            yield conn

    @staticmethod
    def _translating(work: Callable[[], T]) -> T:
        try:
            return work()
        except Exception as error:
            told = _told(error)
            if told is error:
                raise
            raise told from error


def _told(error: Exception) -> Exception:
    """What the caller hears of an error: a sentence where it is the file's fault, else the error itself."""
    said = error if isinstance(error, sqlite3.Error) else getattr(error, "orig", None)
    if not isinstance(said, sqlite3.Error):
        return error
    if primary_code(said) == sqlite3.SQLITE_INTERRUPT:
        return Interrupted()
    return fault(said) or error
