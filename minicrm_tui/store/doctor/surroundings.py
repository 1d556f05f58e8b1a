"""Around the file: who may read it, and how old its last backup is."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from minicrm_tui.i18n import _, ngettext
from minicrm_tui.store.backups.safe import Safe
from minicrm_tui.store.doctor.findings import Finding, Mending

OLD: Final = timedelta(days=7)
"""From when on a backup is too old to rely on."""

_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def files_of(database: Path) -> Iterator[Path]:
    """The data file and what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        file = database.with_name(database.name + suffix)
        if file.exists():
            yield file


def rights(database: Path) -> Iterator[Finding]:
    """Nobody but its owner may read or write the file."""
    open_to = [file for file in files_of(database) if stat.S_IMODE(file.stat().st_mode) & _OTHERS]
    if open_to:
        what = _("Others may read {path}.").format(path=open_to[0])
        yield Finding("rights", what, _("It holds your clients' data."), Mending.RIGHTS, serious=False)


def make_private(database: Path) -> None:
    """Take the rights of others away."""
    for file in files_of(database):
        os.chmod(file, stat.S_IMODE(file.stat().st_mode) & ~_OTHERS)


def backups(safe: Safe, now: datetime) -> Iterator[Finding]:
    """There is a backup, and it is not too old."""
    found = safe.backups(now)
    hint = _("minicrm backup makes one; the program makes one a day.")
    if not found:
        yield Finding("backup", _("There is no backup."), hint, Mending.BACKUP, serious=False)
    elif now - found[0].at > OLD:
        days = (now - found[0].at).days
        what = ngettext("The last backup is {n} day old.", "The last backup is {n} days old.", days).format(n=days)
        yield Finding("backup", what, hint, Mending.BACKUP, serious=False)
