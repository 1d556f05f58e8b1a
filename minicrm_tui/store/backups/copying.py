"""A copy of the file by SQLite's backup API: whole, verified, its owner's alone; the file may be in use meanwhile.

The copy is of the moment when its `Snapshot` was taken: what is written after that is not in it, and does not disturb
it. Standard library only, on a connection of its own, so that it can run beside the store's thread.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import Final, Self
from urllib.parse import quote

from minicrm_tui.domain.errors import Refused, StoreFailed
from minicrm_tui.i18n import _
from minicrm_tui.store import preflight
from minicrm_tui.store.faults import damaged, fault
from minicrm_tui.system_errors import reason

Progress = Callable[[int, int], None]
"""Told how many pages are copied, of how many."""

PAGES: Final = 128
"""Copied at a time: half a megabyte."""

PRIVATE: Final = 0o600

BETWEEN: Final = 0.01
"""Seconds of rest between two portions while somebody works: their writes get to the disk before the next one."""

_FLUSHED_AT_ONCE: Final = 32
"""Portions after which what is written goes to the disk: one flush of everything would hold up all other writes."""


class Snapshot:
    """The file as it is now, until this is closed. Used by one thread at a time."""

    def __init__(self, file: Path) -> None:
        """Raises StoreFailed or Busy where the file can't be read."""
        address = f"file:{quote(str(file.absolute()))}?mode=rw"
        try:
            self._source = sqlite3.connect(
                address, uri=True, timeout=preflight.BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            try:
                self._source.execute("BEGIN").close()
                self._source.execute("SELECT count(*) FROM sqlite_master").fetchone()
            except sqlite3.Error:
                self._source.close()
                raise
        except sqlite3.Error as error:
            raise fault(error) or _failed(str(error)) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._source.close()

    def copy_to(
        self,
        target: Path,
        *,
        overwrite: bool = False,
        rest: float = 0.0,
        progress: Progress | None = None,
        stop: Event | None = None,
    ) -> None:
        """Write the copy; nothing of it is there until it is whole and verified.

        `rest`: seconds between two portions. Raises StoreFailed, and Refused once `stop` is set.
        """
        if not overwrite and target.exists():
            raise StoreFailed(_("{path} is there already.").format(path=target), _("Choose another name."))
        copy_of(self._source, target, _Pace(rest, progress, stop))


def copy_of(source: sqlite3.Connection, target: Path, pace: _Pace | None = None) -> None:
    """Write what this connection sees to a file, in the place of one that is there. Raises StoreFailed, Refused."""
    try:
        _write(source, target, pace or _Pace(0.0, None, None))
    except OSError as error:
        raise _failed(reason(error)) from error
    except sqlite3.Error as error:
        known = fault(error)
        raise _failed(known.message.rstrip(".") if known else str(error)) from error


def _write(source: sqlite3.Connection, target: Path, pace: _Pace) -> None:
    preflight.make_folders(target.parent)
    handle, name = tempfile.mkstemp(prefix=".", suffix=".unfinished", dir=target.parent)
    unfinished = Path(name)
    try:
        os.fchmod(handle, PRIVATE)
        pace.flush = lambda: os.fdatasync(handle)
        _fill(source, unfinished, pace)
        os.fsync(handle)
        verify(unfinished)
        unfinished.replace(target)
    finally:
        os.close(handle)
        for suffix in ("", "-journal"):
            with suppress(OSError):
                unfinished.with_name(unfinished.name + suffix).unlink(missing_ok=True)


def _fill(source: sqlite3.Connection, unfinished: Path, pace: _Pace) -> None:
    copy = sqlite3.connect(unfinished, isolation_level=None)
    try:
        # Flushed by hand, a little at a time; a copy that is not finished is thrown away.
        copy.execute("PRAGMA synchronous = OFF").close()
        source.backup(copy, pages=PAGES, progress=pace.portion, sleep=0)
        # It leaves as one file, as any program expects it.
        copy.execute("PRAGMA journal_mode = DELETE").close()
    finally:
        copy.close()


class _Pace:
    """How fast a copy is made, who hears of it, and who may stop it."""

    def __init__(self, rest: float, progress: Progress | None, stop: Event | None) -> None:
        self._rest = rest
        self._progress = progress
        self._stop = stop
        self._idle = Event()
        self._portions = 0
        self.flush: Callable[[], None] = lambda: None

    def portion(self, _status: int, remaining: int, total: int) -> None:
        """One portion is copied."""
        if self._stop is not None and self._stop.is_set():
            raise Refused(_("Stopped; there is no new backup."))
        self._portions += 1
        if self._portions % _FLUSHED_AT_ONCE == 0:
            self.flush()
        if self._progress is not None:
            self._progress(total - remaining, total)
        if self._rest and remaining:
            self._idle.wait(self._rest)


def verify(copy: Path) -> None:
    """Raise StoreFailed for a copy that SQLite finds fault with, or whose rows belong to nothing."""
    conn = sqlite3.connect(f"file:{quote(str(copy.absolute()))}?mode=ro&immutable=1", uri=True)
    try:
        (found,) = conn.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise StoreFailed(*damaged())
    finally:
        conn.close()


def _failed(why: str) -> StoreFailed:
    return StoreFailed(_("The backup could not be made: {why}.").format(why=why), _("Your data is as it was."))
