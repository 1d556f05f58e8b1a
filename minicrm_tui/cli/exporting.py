"""`minicrm export`: the cards as a spreadsheet, the contacts, the open tasks, or everything."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from minicrm_tui.cli.commands import Command, Write
from minicrm_tui.cli.modules import find_bucket, find_module
from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.exports import ExportFormat
from minicrm_tui.i18n import _

if TYPE_CHECKING:
    from minicrm_tui.cli.commands import Counter
    from minicrm_tui.cli.contact_arguments import Commands
    from minicrm_tui.domain.views import Targets
    from minicrm_tui.store.exports.reading import Reading
    from minicrm_tui.transfer.exports import Export, Told

_STANDARD_OUTPUT = "-"


@dataclass(frozen=True, slots=True)
class ExportData(Command):
    """`minicrm export`"""

    format: ExportFormat
    module: str | None
    bucket: str | None
    out: Path | None
    force: bool
    vcard_version: str

    async def run(self, at: Counter) -> None:
        """To a file, whose path is printed, or to standard output."""
        from minicrm_tui.transfer.exports import Export, Told

        self._refuse_impossible()
        export = Export(self.format, await self._targets(at), at.now.tzinfo, self.vcard_version)
        stop = Event()
        if self.out is None:
            await at.store.read_out(_printing(export, Told(stop=stop), at.write), stop=stop)
        else:
            await self._write(at, export, self.out, stop)

    async def _write(self, at: Counter, export: Export, out: Path, stop: Event) -> None:
        from minicrm_tui.cli.progress import progress_bar
        from minicrm_tui.transfer.exports import Told, write_export

        at.store.refuse_own(out)
        with progress_bar(_("Exporting")) as progress:
            told = Told(progress, stop)
            await at.store.read_out(
                lambda reading: write_export(reading, export, out, told, overwrite=self.force), stop=stop
            )
        at.write(f"{out}\n")

    def _refuse_impossible(self) -> None:
        if self.format is ExportFormat.JSON and (self.module is not None or self.bucket is not None):
            raise Refused(
                _("JSON holds everything: it can't be narrowed."),
                _("Leave --module and --bucket out, or export CSV."),
            )
        if self.format is ExportFormat.XLSX and self.out is None:
            raise Refused(_("A workbook needs a file."), _("Name it with --out FILE."))

    async def _targets(self, at: Counter) -> Targets | None:
        """The cards that it is of; None for all."""
        bucket = None if self.bucket is None else find_bucket(self.bucket)
        modules = await at.store.modules(at.now)
        if self.module is not None:
            modules = (find_module(modules, self.module),)
        elif bucket is None:
            return None
        return at.store.cards_of((summary.module.id for summary in modules), at.now, bucket)


def _printing(export: Export, told: Told, write: Write) -> Callable[[Reading], None]:
    from minicrm_tui.transfer.exports import pieces

    def printing(reading: Reading) -> None:
        for piece in pieces(reading, export, told):
            write(piece)

    return printing


def add_export_command(commands: Commands) -> None:
    """The arguments of `minicrm export`."""
    example = "minicrm export --format csv --module sales --out sales.csv"
    does = _("write cards as CSV or XLSX, contacts as vCard, open tasks as a calendar, everything as JSON")
    parser = commands.add("export", does, example, _read)
    parser.add_argument(
        "--format",
        required=True,
        choices=[each.value for each in ExportFormat],
        help=_("json is complete and can be imported into an empty file"),
    )
    parser.add_argument("--module", metavar=_("NAME"), help=_("a module's name, kind or id; all if not given"))
    parser.add_argument("--bucket", metavar=_("KEY"), help=_("only this bucket: expired, today, … no_task"))
    parser.add_argument(
        "--out", type=_place, metavar=_("FILE"), help=_("a file; standard output if not given, or for -")
    )
    parser.add_argument("--force", action="store_true", help=_("overwrite a file that is there"))
    parser.add_argument(
        "--vcard-version", choices=["3", "4"], default="3", help=_("3 if not given; most programs read it")
    )


def _read(found: argparse.Namespace) -> ExportData:
    return ExportData(
        ExportFormat(found.format), found.module, found.bucket, found.out, found.force, f"{found.vcard_version}.0"
    )


def _place(text: str) -> Path | None:
    if text == _STANDARD_OUTPUT:
        return None
    if not text.strip() or "\0" in text:
        raise argparse.ArgumentTypeError(_("the name of a file is needed"))
    return Path(text).expanduser()
