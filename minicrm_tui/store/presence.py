"""Whether the open file is still the one under its name: what is written to another one would be lost.

A file that was moved, deleted or replaced under the program stays whole in its hands until it ends: it is saved then.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from minicrm_tui.domain.backups import Reason
from minicrm_tui.domain.errors import CrmError, StoreFailed
from minicrm_tui.i18n import _
from minicrm_tui.store.engine import driver

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from minicrm_tui.store.backups.safe import Safe


class Presence:
    """The file by its place on the disk, as it was when it was opened."""

    def __init__(self, path: Path, safe: Safe | None, opened_at: datetime) -> None:
        self._path = path
        self._safe = safe
        self._opened_at = opened_at
        self._place = self._found()
        self._rescued: Path | None = None
        self._is_told = False

    def notice(self, conn: Connection) -> None:
        """As `refuse_lost`, once: for who only looks."""
        if not self._is_told:
            self.refuse_lost(conn)

    def refuse_lost(self, conn: Connection) -> None:
        """Raise StoreFailed where the open file is no longer under its name; it is saved first, once."""
        if self._found() == self._place:
            return
        self._is_told = True
        what = _("The data file was moved, deleted or replaced by another program; nothing was changed.")
        saved = self._rescue(conn)
        if saved is None:
            raise StoreFailed(what, _("Put it back in its place: {path}.").format(path=self._path))
        raise StoreFailed(what, _("All that you had is saved in {path}.").format(path=saved))

    def _found(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self._path)
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _rescue(self, conn: Connection) -> Path | None:
        if self._rescued is None and self._safe is not None:
            from minicrm_tui.store.backups.copying import copy_of
            from minicrm_tui.store.backups.folder import path_for

            path = path_for(self._safe.folder, self._opened_at, Reason.RESCUE)
            try:
                copy_of(driver(conn), path)
            except CrmError:
                return None
            self._rescued = path
        return self._rescued
