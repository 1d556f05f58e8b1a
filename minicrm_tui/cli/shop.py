"""`minicrm modules export`, `minicrm modules import`: set-ups of modules as a file, to be shared."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from minicrm_tui.cli.commands import Command
from minicrm_tui.cli.modules import find_module
from minicrm_tui.domain.errors import Refused, StoreFailed
from minicrm_tui.i18n import _
from minicrm_tui.system_errors import reason

if TYPE_CHECKING:
    from minicrm_tui.cli.commands import Counter, Read
    from minicrm_tui.domain.records import Kind
    from minicrm_tui.domain.shop_file.differences import ModuleChange
    from minicrm_tui.domain.shop_file.records import ShopModule

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class ExportModules(Command):
    """`minicrm modules export`"""

    names: tuple[str, ...]
    out: Path | None
    force: bool

    async def run(self, at: Counter) -> None:
        """The modules of these names, or all of them; to a file, whose path is printed, or as they are."""
        from minicrm_tui.domain.shop_file.writing import write_shop

        installed = await at.store.modules(at.now)
        chosen = [find_module(installed, name) for name in self.names] or installed
        ids = dict.fromkeys(summary.module.id for summary in chosen)
        text = write_shop(await at.store.shop_modules(tuple(ids)))
        if self.out is None:
            at.write(text)
        else:
            _write_file(self.out, text, overwrite=self.force)
            at.write(f"{self.out}\n")


def _write_file(path: Path, text: str, *, overwrite: bool) -> None:
    from minicrm_tui.files import write_whole

    try:
        write_whole(path, text.encode(), overwrite=overwrite)
    except FileExistsError as error:
        raise Refused(_("{path} is already there.").format(path=path), _("--force overwrites it.")) from error
    except OSError as error:
        raise StoreFailed(
            _("{path} can't be written: {why}.").format(path=path, why=reason(error)), _("Nothing was changed.")
        ) from error


@dataclass(frozen=True, slots=True)
class ImportModules(Command):
    """`minicrm modules import`"""

    file: str
    dry_run: bool
    maps: tuple[str, ...]
    json: bool
    shop: tuple[ShopModule, ...] = ()

    first_modules: ClassVar[Sequence[Kind]] = ()

    def fed(self, read: Read) -> Command:
        """With what the file says: it is read and checked whole before the data file is opened."""
        from minicrm_tui.domain.shop_file.reading import read_shop

        text = _from_input(read) if self.file == STANDARD_INPUT else _from_file(Path(self.file))
        return replace(self, shop=read_shop(text))

    async def run(self, at: Counter) -> None:
        """What becomes of each module; with --dry-run, what would."""
        from minicrm_tui.cli.progress import progress_bar
        from minicrm_tui.domain.shop_file.status_maps import read_status_map

        maps = tuple(read_status_map(typed) for typed in self.maps)
        if self.dry_run:
            changes = await at.store.try_shop(self.shop, maps, at.now)
        else:
            with progress_bar(_("Taking over the set-up")) as progress:
                changes = await at.store.import_shop(self.shop, maps, at.now, progress=progress)
        if self.json:
            at.write(json.dumps(_as_json(changes, dry_run=self.dry_run), ensure_ascii=False) + "\n")
        else:
            at.write("".join(f"{line}\n" for line in _in_words(changes, dry_run=self.dry_run)))


# --- reading the file


def _from_input(read: Read) -> str:
    """Bytes that are no text come as lone surrogates."""
    from minicrm_tui.domain.shop_file.records import LONGEST

    text = read(LONGEST + 1)
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        raise _no_text(STANDARD_INPUT) from error
    if size > LONGEST:
        raise _too_large(STANDARD_INPUT)
    return text.removeprefix("\ufeff")


def _from_file(path: Path) -> str:
    from minicrm_tui.domain.shop_file.records import LONGEST

    try:
        # A pipe would be waited for, and a device never ends.
        if not stat.S_ISREG(path.stat().st_mode):
            raise Refused(_("{path} is not a file that can be read whole.").format(path=path))
        with path.open("rb") as file:
            data = file.read(LONGEST + 1)
        if len(data) > LONGEST:
            raise _too_large(str(path))
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _no_text(str(path)) from error
    except OSError as error:
        raise Refused(_("{path} can't be read: {why}.").format(path=path, why=reason(error))) from error


def _no_text(name: str) -> Refused:
    return Refused(_("{path} is not UTF-8 text.").format(path=name), _("Nothing was changed."))


def _too_large(name: str) -> Refused:
    return Refused(_("{path} is too large: a shop file has 1 MB at most.").format(path=name))


# --- saying what became of it


def _in_words(changes: Sequence[ModuleChange], *, dry_run: bool) -> Iterator[str]:
    for change in changes:
        yield _heading(change, dry_run=dry_run)
        yield from (f"  {each.says}" for each in change.changes)
    if dry_run:
        yield _("Only tried: nothing was changed.")


def _heading(change: ModuleChange, *, dry_run: bool) -> str:
    from minicrm_tui.domain.shop_file.differences import Result

    done = {Result.INSTALLED: _("installed"), Result.CHANGED: _("changed"), Result.UNCHANGED: _("unchanged")}
    would = {
        Result.INSTALLED: _("would be installed"),
        Result.CHANGED: _("would be changed"),
        Result.UNCHANGED: _("unchanged"),
    }
    return f"{change.name} ({change.kind.value}): {(would if dry_run else done)[change.result]}"


def _as_json(changes: Sequence[ModuleChange], *, dry_run: bool) -> dict[str, object]:
    return {
        "dry_run": dry_run,
        "modules": [
            {
                "kind": change.kind.value,
                "name": change.name,
                "result": change.result.value,
                "changes": [{"what": each.what, "name": each.name, "says": each.says} for each in change.changes],
            }
            for change in changes
        ],
    }
