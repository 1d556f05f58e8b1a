"""Bringing a backup back in the data file's place. What stood there is kept aside; nothing is overwritten."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import quote

from minicrm_tui.domain.errors import CannotStart, NotFound, Refused, StoreFailed
from minicrm_tui.i18n import _
from minicrm_tui.store import preflight
from minicrm_tui.store.backups.copying import Snapshot
from minicrm_tui.store.faults import damaged, is_busy
from minicrm_tui.store.preflight import FileState
from minicrm_tui.system_errors import reason

_BESIDE: Final = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file; of another file's past, it must never be taken for the new one's."""


def restore(backup: Path, database: Path, now: datetime) -> Path | None:
    """Put this backup in the data file's place; says where what stood there is now, None where nothing did.

    Raises NotFound, CannotStart for a file that is no backup of ours or damaged, Refused while another program has the
    data file open, StoreFailed; then the data file is as it was.
    """
    if not backup.exists():
        raise NotFound(_("There is no file {path}.").format(path=backup))
    if database.exists() and backup.samefile(database):
        raise Refused(_("This is the data file itself."), _("Name a backup: minicrm backups lists them."))
    ready = database.with_name(f".{database.name}.restoring")
    try:
        _copy(backup, ready)
        refuse_in_use(database)
        return _swap(ready, database, _aside(database, now))
    except OSError as error:
        what = _("The backup could not be restored: {why}.").format(why=reason(error))
        raise StoreFailed(what, _("Your data is as it was.")) from error
    finally:
        ready.unlink(missing_ok=True)


def _copy(backup: Path, ready: Path) -> None:
    """The backup, verified, beside the data file. What is refused is said of the backup, which is not the data file."""
    try:
        preflight.check(backup, for_writing=False, in_use=False)
        with Snapshot(backup) as source:
            source.copy_to(ready, overwrite=True)
        if preflight.check(ready, for_writing=False) is FileState.NEW:
            raise CannotStart(_("{path} holds no data.").format(path=backup))
    except (CannotStart, StoreFailed) as error:
        another = _("Name another backup: minicrm backups lists them.")
        if error.message == damaged()[0]:
            raise CannotStart(_("{path} is damaged.").format(path=backup), another) from error
        if isinstance(error, CannotStart):
            raise CannotStart(error.message, another) from error
        raise


def refuse_in_use(database: Path) -> None:
    """Refused where any other program has the file open; its log is folded in. A damaged file is nobody's."""
    if not database.exists() or _is_beyond_reading(database):
        return
    conn = sqlite3.connect(_address(database, "mode=rw"), uri=True, timeout=0.5, isolation_level=None)
    try:
        # Leaving the write-ahead log takes the file for oneself alone: SQLite's own way to know.
        conn.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.Error as error:
        if is_busy(error):
            raise Refused(
                _("The data file is open in another window or program."), _("Close it there, then try again.")
            ) from error
    finally:
        conn.close()


def _is_beyond_reading(database: Path) -> bool:
    """Asked without its log: SQLite would clear away what it can't read."""
    conn = sqlite3.connect(_address(database, "mode=ro&immutable=1"), uri=True)
    try:
        conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        return True
    finally:
        conn.close()
    return False


def _address(file: Path, options: str) -> str:
    return f"file:{quote(str(file.absolute()))}?{options}"


def _aside(database: Path, now: datetime) -> Path:
    return database.with_name(f"{database.stem}.before-restore-{now:%Y%m%d-%H%M%S}{database.suffix}")


def _swap(ready: Path, database: Path, aside: Path) -> Path | None:
    """The one moment in which the file becomes another: it is the old one or the new one, never neither."""
    if not database.exists():
        ready.replace(database)
        return None
    _keep(database, aside)
    # A damaged file may have left a log that could not be folded in: it goes along with the file it belongs to.
    for suffix in _BESIDE:
        with suppress(FileNotFoundError):
            _named(database, suffix).replace(_named(aside, suffix))
    ready.replace(database)
    return aside


def _keep(database: Path, aside: Path) -> None:
    """A second name for the file that is there; where the file system knows no such thing, the name moves."""
    try:
        aside.hardlink_to(database)
    except FileExistsError:
        raise
    except OSError:
        os.rename(database, aside)


def _named(file: Path, suffix: str) -> Path:
    return file.with_name(file.name + suffix)
