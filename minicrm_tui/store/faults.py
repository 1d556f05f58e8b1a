"""What SQLite says when it can't → what a person can do about it. Standard library only."""

from __future__ import annotations

import sqlite3

from minicrm_tui.domain.errors import Busy, CrmError, StoreFailed
from minicrm_tui.i18n import _

_PRIMARY_CODE = 0xFF
_NO_ROOM_TO_OPEN = sqlite3.SQLITE_IOERR_SHMSIZE
"""Not a byte is left on the disk: even reading needs a small file beside the data."""


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's own number of the error, without its details; 0 where the driver itself complains."""
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE


def fault(error: sqlite3.Error) -> CrmError | None:
    """The sentence for an error that the program did not cause; None for a bug."""
    if is_full(error):
        return StoreFailed(_("The disk is full; nothing was changed."), _("Free some space and try again."))
    match primary_code(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return busy()
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return StoreFailed(_("The data file can't be written; nothing was changed."), _("Check its permissions."))
        case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_CANTOPEN:
            return StoreFailed(
                _("The data file can't be reached; nothing was changed."), _("Check the disk that it is on.")
            )
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return StoreFailed(*damaged())
        case _:
            return None


def is_full(error: sqlite3.Error) -> bool:
    """Whether the disk is."""
    code = getattr(error, "sqlite_errorcode", 0)
    return code == _NO_ROOM_TO_OPEN or primary_code(error) == sqlite3.SQLITE_FULL


def is_busy(error: BaseException) -> bool:
    """Whether another process holds the file, said by the driver or by SQLAlchemy's error over it."""
    said = getattr(error, "orig", error)
    return isinstance(said, sqlite3.Error) and primary_code(said) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def leaves_orphans(error: BaseException) -> bool:
    """Whether the driver refused, under SQLAlchemy's error or its own, because a row would belong to nothing."""
    said = getattr(error, "orig", error)
    return getattr(said, "sqlite_errorcode", 0) == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY


def damaged() -> tuple[str, str]:
    """What is said of a file that can't be made sense of, and what to do."""
    return _("The data file is damaged."), _("Close the program and restore a backup: minicrm backups lists them.")


def busy() -> Busy:
    """Another process did not let go of the file in time."""
    return Busy(_("Another program is using the data file; nothing was changed."), _("Try again in a moment."))
