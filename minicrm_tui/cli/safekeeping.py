"""Backups and the doctor: commands on the data file as a file, which don't open it as the program does."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from minicrm_tui.domain.backups import Reason, why
from minicrm_tui.domain.errors import CannotStart, Refused
from minicrm_tui.i18n import _, format_number, format_size, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from minicrm_tui.settings import Settings
    from minicrm_tui.store.backups.folder import Backup
    from minicrm_tui.store.backups.safe import Safe
    from minicrm_tui.store.doctor.findings import Finding

    Bar = Callable[[str], AbstractContextManager[Callable[[int, int], None]]]


@dataclass(frozen=True, slots=True)
class Vault:
    """What these commands have to work with."""

    safe: Safe
    settings: Settings
    now: datetime
    write: Callable[[str], None]
    bar: Bar


class FileCommand(ABC):
    """Something to be done with the data file as a file."""

    @abstractmethod
    def run(self, at: Vault) -> None:
        """Do it; raises CrmError, having changed nothing."""


@dataclass(frozen=True, slots=True)
class MakeBackup(FileCommand):
    """`minicrm backup [FILE]`"""

    target: Path | None

    def run(self, at: Vault) -> None:
        """A copy, verified, in the folder of backups or where it was asked for."""
        _refuse_no_data(at.safe.database)
        with at.bar(_("Making the backup")) as progress:
            if self.target is None:
                path = at.safe.take(Reason.BY_HAND, at.now, progress=progress).path
            else:
                path = self.target.absolute()
                with at.safe.snapshot() as source:
                    source.copy_to(path, progress=progress)
        at.write(_("Written: {path}").format(path=path) + "\n")


@dataclass(frozen=True, slots=True)
class ListBackups(FileCommand):
    """`minicrm backups`"""

    json: bool

    def run(self, at: Vault) -> None:
        """A line a backup, newest first."""
        found = at.safe.backups(at.now)
        if self.json:
            at.write(_backups_json(found) + "\n")
        elif found:
            at.write("".join(line + "\n" for line in _backup_lines(found)))
        else:
            at.write(_("There is no backup in {path}.").format(path=at.safe.folder) + "\n")


@dataclass(frozen=True, slots=True)
class RestoreBackup(FileCommand):
    """`minicrm restore FILE`"""

    backup: Path

    def run(self, at: Vault) -> None:
        """The backup in the data file's place; the present file beside it."""
        from minicrm_tui.store.backups.restoring import restore

        aside = restore(self._found(at), at.safe.database, at.now)
        at.write(_("Restored: {path}").format(path=at.safe.database) + "\n")
        if aside is not None:
            at.write(_("What was there is kept as {path}").format(path=aside) + "\n")

    def _found(self, at: Vault) -> Path:
        """A file by its path, or a backup by its name in the list."""
        named = at.safe.folder / self.backup
        return named if not self.backup.exists() and named.exists() else self.backup


@dataclass(frozen=True, slots=True)
class Examine(FileCommand):
    """`minicrm doctor`"""

    fix: bool
    json: bool

    def run(self, at: Vault) -> None:
        """What is wrong, in words; mended where it was asked for. Refused while something serious stays wrong."""
        from minicrm_tui.store.doctor.examining import mend

        _refuse_no_data(at.safe.database)
        found = _examined(at)
        mended: Sequence[Finding] = ()
        if self.fix:
            mended = mend(at.safe, found, at.now)
            if mended:
                found = _examined(at)
        at.write(_report_json(found, mended) if self.json else _report(found, mended))
        serious = sum(finding.serious for finding in found)
        if serious:
            what = ngettext("{n} thing is wrong.", "{n} things are wrong.", serious).format(n=format_number(serious))
            can_mend = any(finding.mending for finding in found)
            raise Refused(what, _("minicrm doctor --fix mends what has one right answer.") if can_mend else "")


def _examined(at: Vault) -> Sequence[Finding]:
    from minicrm_tui.store.doctor.examining import examine

    with at.bar(_("Examining the file")):
        return examine(at.safe, at.now)


def _refuse_no_data(database: Path) -> None:
    if not database.exists():
        raise CannotStart(_("There is no data file {path}.").format(path=database), _("Choose one with --db."))


def _backup_lines(found: Sequence[Backup]) -> list[str]:
    from minicrm_tui.cli.columns import aligned

    return aligned([(each.path.name, format_size(each.size), why(each.reason)) for each in found], right=(1,))


def _backups_json(found: Sequence[Backup]) -> str:
    backups = [
        {"path": str(each.path), "at": each.at.isoformat(), "bytes": each.size, "reason": each.reason.value}
        for each in found
    ]
    return json.dumps({"backups": backups}, ensure_ascii=False)


def _report(found: Sequence[Finding], mended: Sequence[Finding]) -> str:
    lines = [_("mended: {what}").format(what=finding.what) for finding in mended]
    lines += [f"{finding.what} {finding.hint}" for finding in found]
    if not found:
        lines.append(_("Everything is in order."))
    return "".join(line + "\n" for line in lines)


def _report_json(found: Sequence[Finding], mended: Sequence[Finding]) -> str:
    def shown(finding: Finding) -> dict[str, object]:
        return {
            "key": finding.key,
            "what": finding.what,
            "hint": finding.hint,
            "serious": finding.serious,
            "mendable": finding.mending is not None,
        }

    report = {"ok": not found, "findings": [*map(shown, found)], "mended": [*map(shown, mended)]}
    return json.dumps(report, ensure_ascii=False) + "\n"
