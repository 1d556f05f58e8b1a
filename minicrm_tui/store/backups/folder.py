"""The folder of backups of one data file: their names, which there are, and which are old enough to go."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from minicrm_tui.domain.backups import Reason
from minicrm_tui.domain.retention import Keep, kept

_NAME: Final = re.compile(r"(\d{4}-\d{2}-\d{2}) (\d{2})\.(\d{2})\.(\d{2}) ([a-z-]+)\.db")


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the data file. `at` is local, `size` in bytes."""

    path: Path
    at: datetime
    reason: Reason
    size: int


def folder_of(database: Path, backups: Path) -> Path:
    """Where the backups of this data file are: files of one name in different places don't mix."""
    place = zlib.crc32(str(database.resolve()).encode("utf-8", "surrogateescape"))
    return backups / f"{database.stem}-{place:08x}"


def path_for(folder: Path, at: datetime, reason: Reason) -> Path:
    """The name of a backup, by the local moment and its reason."""
    return folder / f"{at:%Y-%m-%d %H.%M.%S} {reason.value}.db"


def backups_in(folder: Path, now: datetime) -> tuple[Backup, ...]:
    """The backups in this folder, newest first; their moments in the zone of `now`. What is none is left alone."""
    try:
        files = list(folder.iterdir())
    except OSError:
        return ()
    return tuple(sorted(_known(files, now), key=lambda backup: (backup.at, backup.path.name), reverse=True))


def _known(files: list[Path], now: datetime) -> Iterator[Backup]:
    for file in files:
        found = _NAME.fullmatch(file.name)
        if found is None or found[5] not in tuple(Reason):
            continue
        with suppress(OSError, ValueError):
            at = datetime.fromisoformat(f"{found[1]}T{found[2]}:{found[3]}:{found[4]}").replace(tzinfo=now.tzinfo)
            yield Backup(file, at, Reason(found[5]), file.stat().st_size)


def prune(folder: Path, keep: Keep, now: datetime) -> tuple[Backup, ...]:
    """Delete what is old enough; says what went. What can't be deleted stays until the next time."""
    found = backups_in(folder, now)
    wanted = kept((backup.at for backup in found), keep, now)
    gone = []
    for backup in found:
        if backup.at not in wanted:
            with suppress(OSError):
                backup.path.unlink()
                gone.append(backup)
    return tuple(gone)
