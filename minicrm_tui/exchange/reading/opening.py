"""Opening a file that somebody named: only a plain one, of a size that is allowed, and the same to the end."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from minicrm_tui.exchange.reading.tables import Limits, refuse
from minicrm_tui.i18n import _, format_number
from minicrm_tui.system_errors import reason


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as it was when it was first looked at."""

    path: Path
    size: int
    changed: int
    node: int

    def open(self) -> BinaryIO:
        """Its bytes from the beginning. Refused where it can't be read, or is no longer the same."""
        try:
            handle = os.open(self.path, os.O_RDONLY | os.O_NONBLOCK)
            self._compare(os.fstat(handle))
            return os.fdopen(handle, "rb")
        except OSError as error:
            raise refuse(self.path, _("it can't be read ({why}).").format(why=reason(error))) from error

    def check_unchanged(self) -> None:
        """Raise Refused where the file was changed, replaced or taken away since."""
        try:
            self._compare(os.stat(self.path))
        except OSError as error:
            raise refuse(self.path, _("it went away while it was read.")) from error

    def _compare(self, now: os.stat_result) -> None:
        if (now.st_size, now.st_mtime_ns, now.st_ino) != (self.size, self.changed, self.node):
            raise refuse(self.path, _("it was changed while it was read; nothing was imported."), _("Import it again."))


def look_at(path: Path, limits: Limits) -> Opened:
    """The file, before a byte of it is read. Refused for what is no file, empty, or larger than allowed."""
    try:
        found = os.stat(path)
    except OSError as error:
        raise refuse(path, _("it can't be read ({why}).").format(why=reason(error))) from error
    if stat.S_ISDIR(found.st_mode):
        raise refuse(path, _("this is a folder."), _("Name a file in it."))
    if not stat.S_ISREG(found.st_mode):
        raise refuse(path, _("this is not a plain file (a pipe or a device)."), _("Save it as a file first."))
    if not found.st_size:
        raise refuse(path, _("the file is empty."))
    if found.st_size > limits.bytes:
        raise refuse(
            path,
            _("the file has {n} MB; {most} MB at most are read.").format(
                n=format_number(found.st_size // 1_000_000), most=format_number(limits.megabytes)
            ),
            _("Split it, or raise “{key}” in the settings.").format(key="import_megabytes"),
        )
    return Opened(path, found.st_size, found.st_mtime_ns, found.st_ino)
