"""Is the file ours, and can it be used? Asked with the standard library alone, before the screen is taken."""

from __future__ import annotations

import errno
import os
import sqlite3
from enum import Enum
from pathlib import Path
from urllib.parse import quote

from minicrm_tui.domain.errors import CannotStart
from minicrm_tui.i18n import _
from minicrm_tui.store.faults import damaged, fault, is_busy, is_full, primary_code
from minicrm_tui.store.migrations import HEAD, REVISIONS
from minicrm_tui.system_errors import reason

APPLICATION_ID = 0x4D435243
"""What our files carry in their header: "MCRC"."""

OLDEST_SQLITE = (3, 35, 0)
BUSY_SECONDS = 5.0
"""How long another process is waited for."""


class FileState(Enum):
    """What is to be done with the file before it can be used."""

    NEW = "new"
    CURRENT = "current"
    BEHIND = "behind"


def check(path: Path, *, for_writing: bool = True, in_use: bool = True) -> FileState:
    """Whether this file can be opened; raises CannotStart, or Busy when another process holds it for 5 s.

    Makes nothing. `for_writing=False` doesn't ask whether another process is writing. `in_use=False`: it is only copied
    from, and need not be writable.
    """
    _refuse_old_sqlite()
    try:
        if not path.exists():
            _refuse_hopeless_folder(_behind_links(path))
            return FileState.NEW
        _refuse_unusable(path, in_use)
        return FileState.NEW if path.stat().st_size == 0 else _look_inside(path, for_writing)
    except OSError as error:
        raise _cannot_use(path, reason(error)) from error


def make_room(path: Path) -> bool:
    """Make the folder (0700) and the empty file (0600), whatever the umask; False when the file was there."""
    try:
        place = _behind_links(path)
        make_folders(place.parent)
        handle = os.open(place, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    except FileExistsError:
        return False
    except OSError as error:
        raise _cannot_use(path, reason(error)) from error
    os.fchmod(handle, 0o600)
    os.close(handle)
    return True


def _behind_links(path: Path) -> Path:
    """Where a link to a file that is not there yet leads; OSError where it leads nowhere."""
    if not path.is_symlink():
        return path
    place = Path(os.path.realpath(path))
    if place.is_symlink():
        raise OSError(errno.ELOOP, "a link that leads nowhere")
    return place


def make_folders(folder: Path) -> None:
    """The folder and those above it that are missing, each its owner's alone."""
    if folder.is_dir():
        return
    make_folders(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)


def _refuse_old_sqlite() -> None:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise CannotStart(
            _("SQLite {version} is too old.").format(version=sqlite3.sqlite_version),
            _("Python needs one from 3.35 on."),
        )


def _refuse_hopeless_folder(path: Path) -> None:
    """The nearest folder that exists must let us make the rest."""
    nearest = next(folder for folder in path.absolute().parents if folder.exists())
    if not nearest.is_dir():
        raise _cannot_use(path, _("{name} is not a folder").format(name=nearest))
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise _cannot_use(path, _("no permission to write in {name}").format(name=nearest))


def _refuse_unusable(path: Path, in_use: bool) -> None:
    if path.is_dir():
        raise CannotStart(_("{path} is a folder, not a data file.").format(path=path), _("Name a file in it."))
    if not path.is_file():
        raise CannotStart(_("{path} is not a file.").format(path=path), _("Choose another one with --db."))
    if not os.access(path, os.R_OK):
        raise _cannot_use(path, _("no permission to read it"))
    # SQLite puts two files of its own beside it.
    if in_use and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK | os.X_OK)):
        raise _cannot_use(path, _("no permission to write it"))


def _look_inside(path: Path, for_writing: bool) -> FileState:
    """By SQLite alone: a file that is opened and closed beside it loses the locks that this process has on it."""
    try:
        return _read_stamp(path, for_writing)
    except sqlite3.Error as error:
        raise _refusal(path, error) from error


def _read_stamp(path: Path, for_writing: bool) -> FileState:
    address = f"file:{quote(str(path.absolute()))}?mode=rw"
    conn = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        if for_writing:
            conn.execute("BEGIN IMMEDIATE").close()
        return _state(conn, path)
    finally:
        if conn.in_transaction:
            conn.execute("ROLLBACK").close()
        conn.close()


def _state(conn: sqlite3.Connection, path: Path) -> FileState:
    (tables,) = conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if not tables:
        return FileState.NEW
    (application,) = conn.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        raise _not_ours(path)
    revision = _revision(conn)
    if revision is None:
        raise CannotStart(*damaged())
    if revision not in REVISIONS:
        raise CannotStart(
            _("{path} was made by a newer version of this program.").format(path=path),
            _("Update the program, or choose another file with --db."),
        )
    return FileState.CURRENT if revision == HEAD else FileState.BEHIND


def _revision(conn: sqlite3.Connection) -> str | None:
    stamp = conn.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'").fetchone()
    found = conn.execute("SELECT version_num FROM alembic_version").fetchone() if stamp else None
    return None if found is None else str(found[0])


def _refusal(path: Path, error: sqlite3.Error) -> Exception:
    if primary_code(error) == sqlite3.SQLITE_NOTADB:
        return _not_ours(path)
    known = fault(error)
    if known is None:
        return _cannot_use(path, str(error))
    # Nothing is wrong with the file itself: a moment later it may do.
    passing = is_busy(error) or is_full(error)
    return known if passing else CannotStart(known.message, known.hint)


def _not_ours(path: Path) -> CannotStart:
    return CannotStart(
        _("{path} is not a data file of this program.").format(path=path), _("Choose another one with --db.")
    )


def _cannot_use(path: Path, why: str) -> CannotStart:
    return CannotStart(
        _("{path} can't be used: {why}.").format(path=path, why=why), _("Choose another place with --db.")
    )
