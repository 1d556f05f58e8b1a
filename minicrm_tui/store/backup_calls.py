"""Backups of the open file: each of one moment, written beside the work, on a thread of its own."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from threading import Event
from typing import TYPE_CHECKING, Final

from minicrm_tui.domain.backups import Reason
from minicrm_tui.domain.errors import CrmError, Refused
from minicrm_tui.store.access import Access, Progress

if TYPE_CHECKING:
    from minicrm_tui.store.backups.copying import Snapshot
    from minicrm_tui.store.backups.folder import Backup
    from minicrm_tui.store.backups.safe import Safe

RECENT: Final = timedelta(minutes=10)
"""What was copied so lately need not be copied again before a merge: undo has the rest."""


class BackupCalls(Access):
    """What the app and the commands ask for; without a safe (a file that is thrown away) there are no backups."""

    async def backups(self, now: datetime) -> tuple[Backup, ...]:
        """Those that there are, newest first."""
        return () if self._safe is None else await asyncio.to_thread(self._safe.backups, now)

    async def back_up(
        self, reason: Reason, now: datetime, *, progress: Progress | None = None, stop: Event | None = None
    ) -> Backup | None:
        """A backup of now, and wait for it. Raises StoreFailed, Busy, and Refused once `stop` is set."""
        if self._safe is None:
            return None
        return await asyncio.to_thread(self._safe.take, reason, now, progress=progress, stop=stop)

    async def back_up_daily(self, now: datetime) -> None:
        """The day's first one, unhurried; ends early, with nothing, when the store is closed meanwhile."""
        safe = self._safe
        if safe is not None and await asyncio.to_thread(safe.is_due, now):
            self._write_beside(safe, Reason.DAILY, now, await asyncio.to_thread(safe.snapshot), self._ending)

    async def _back_up_before(self, reason: Reason, now: datetime) -> None:
        """Note the file as it is; it is copied while the work goes on. Raises StoreFailed, Busy."""
        safe = self._safe
        if safe is None:
            return
        newest = next(iter(await asyncio.to_thread(safe.backups, now)), None)
        if newest is None or now - newest.at > RECENT:
            self._write_beside(safe, reason, now, await asyncio.to_thread(safe.snapshot), None)

    def _write_beside(self, safe: Safe, reason: Reason, now: datetime, snapshot: Snapshot, stop: Event | None) -> None:
        from minicrm_tui.store.backups.copying import BETWEEN

        copy = asyncio.ensure_future(
            asyncio.to_thread(safe.take, reason, now, snapshot=snapshot, rest=BETWEEN, stop=stop)
        )
        self._copies.add(copy)
        copy.add_done_callback(self._copied)

    def _copied(self, copy: asyncio.Future[Backup]) -> None:
        self._copies.discard(copy)
        error = None if copy.cancelled() else copy.exception()
        if isinstance(error, CrmError):
            if self.backup_failed is not None and not isinstance(error, Refused):
                self.backup_failed(error)
        elif error is not None:
            raise error
