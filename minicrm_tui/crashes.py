"""The log of crashes: what a person can send along when they report one."""

from __future__ import annotations

import os
import platform
import traceback
from datetime import UTC, datetime
from pathlib import Path

from minicrm_tui import __version__


def write_crash(log: Path, error: Exception, now: datetime) -> bool:
    """Add the error to the log, readable by its owner alone; False where that is not possible."""
    try:
        _make_folders(log.parent)
        handle = os.open(log, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        with open(handle, "a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(_entry(error, now))
    except OSError:
        return False
    return True


def _make_folders(folder: Path) -> None:
    """Each new one for its owner alone: `mkdir(parents=True)` would open those above to all."""
    if not folder.is_dir():
        _make_folders(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def _entry(error: Exception, now: datetime) -> str:
    """The moment, the versions and the traceback; without the values of variables, which may be a customer's data."""
    versions = f"minicrm {__version__}, Python {platform.python_version()}, {platform.platform()}"
    moment = now.astimezone(UTC).isoformat(timespec="seconds")
    return f"{moment} {versions}\n{''.join(traceback.format_exception(error))}\n"
