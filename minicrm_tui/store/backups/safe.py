"""The backups of one data file: when one is due, taking it, and letting the old ones go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from minicrm_tui.domain.backups import Reason
from minicrm_tui.domain.retention import Keep
from minicrm_tui.store.backups.folder import Backup, backups_in, path_for, prune

if TYPE_CHECKING:
    from minicrm_tui.store.backups.copying import Progress, Snapshot


@dataclass(frozen=True, slots=True)
class Safe:
    """Where the backups of a data file are, and how many are kept. Works beside the open file, on any thread."""

    database: Path
    folder: Path
    keep: Keep

    def backups(self, now: datetime) -> tuple[Backup, ...]:
        """Those that there are, newest first."""
        return backups_in(self.folder, now)

    def is_due(self, now: datetime) -> bool:
        """Whether this local day has no backup yet."""
        return not any(backup.at.date() == now.date() for backup in self.backups(now))

    def snapshot(self) -> Snapshot:
        """The file as it is now, to be kept by `take`. Raises StoreFailed, Busy."""
        # Where the program starts, a safe is made, and nothing is copied yet.
        from minicrm_tui.store.backups.copying import Snapshot

        return Snapshot(self.database)

    def take(
        self,
        reason: Reason,
        now: datetime,
        *,
        snapshot: Snapshot | None = None,
        rest: float = 0.0,
        progress: Progress | None = None,
        stop: Event | None = None,
    ) -> Backup:
        """A new backup, of this snapshot or of the file as it is now; then those that are too old go.

        Raises StoreFailed, Busy, and Refused once `stop` is set; then there is no new backup, and none has gone.
        """
        path = path_for(self.folder, now, reason)
        with snapshot or self.snapshot() as source:
            # A second one of the same second and reason says the same.
            source.copy_to(path, overwrite=True, rest=rest, progress=progress, stop=stop)
        prune(self.folder, self.keep, now)
        return Backup(path, now, reason, path.stat().st_size)
