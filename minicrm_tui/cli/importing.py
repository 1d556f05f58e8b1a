"""`minicrm import`: a file looked at, planned, and taken in; or only tried."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from minicrm_tui.cli.commands import Command, Counter
from minicrm_tui.cli.modules import find_module
from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.imports import CLOSED_TO_IMPORTS, Landing, OnDuplicate
from minicrm_tui.i18n import _

if TYPE_CHECKING:
    from minicrm_tui.domain.records import ModuleSummary
    from minicrm_tui.exchange.importing.session import Choices, Looked, Plan
    from minicrm_tui.exchange.reading.tables import Limits
    from minicrm_tui.transfer.imports import Imported
    from minicrm_tui.transfer.mappings import SavedMapping

PROFILES: Final = ("pipedrive", "hubspot", "minicrm", "google", "linkedin", "vcard", "plain")
"""As `exchange.importing.profiles.Program` has them; the arguments are read without importing it. A test compares."""

DELIMITERS: Final[Mapping[str, str]] = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}


@dataclass(frozen=True, slots=True)
class ImportFile(Command):
    """`minicrm import`"""

    path: Path
    module: str | None = None
    profile: str | None = None
    maps: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    on_duplicate: OnDuplicate = OnDuplicate.SKIP
    dry_run: bool = False
    json: bool = False
    delimiter: str = ""
    encoding: str = ""
    dates: str | None = None
    decimal: str | None = None

    async def run(self, at: Counter) -> None:
        """Say what the file was taken for, then what became of it."""
        at.store.refuse_own(self.path)
        if self._is_whole(self._limits(at)):
            await self._take_whole(at)
        else:
            await self._take_table(at)

    def _is_whole(self, limits: Limits) -> bool:
        """Whether it is our own JSON; another program's is refused as any file that is no table."""
        from minicrm_tui.exchange.reading.kinds import head_of
        from minicrm_tui.exchange.reading.opening import look_at
        from minicrm_tui.exchange.whole_reading import is_ours

        return is_ours(head_of(look_at(self.path, limits)))

    async def _take_table(self, at: Counter) -> None:
        from minicrm_tui.cli.import_text import write_json, write_text
        from minicrm_tui.exchange.importing.session import look
        from minicrm_tui.transfer.mappings import FILE, find_saved, save

        chosen, saved_in = self._choices(), at.settings_file.parent / FILE
        looked = look(self.path, self._limits(at), chosen)
        headers = looked.survey.headers
        saved = find_saved(saved_in, headers)
        planned = await self._plan(at, looked, chosen, saved)
        done = await self._take(at, planned)
        if not self.dry_run:
            save(saved_in, headers, chosen, planned.module_key)
        show = write_json if self.json else write_text
        show(at.write, planned, done, saved=saved is not None)

    async def _plan(self, at: Counter, looked: Looked, chosen: Choices, saved: SavedMapping | None) -> Plan:
        from minicrm_tui.exchange.importing.session import plan

        columns = chosen if saved is None else saved.with_columns(chosen)
        landing = await self._landing(at, looked, columns)
        choices = chosen if saved is None else saved.joined(chosen, landing)
        return plan(looked, landing, choices, country=at.settings.country, now=at.now)

    async def _take(self, at: Counter, planned: Plan) -> Imported:
        from minicrm_tui.cli.progress import progress_bar
        from minicrm_tui.transfer.imports import take

        title = _("Trying the import") if self.dry_run else _("Importing")
        with progress_bar(title) as progress:
            return await take(
                at.store,
                planned,
                at.now,
                on_duplicate=self.on_duplicate,
                dry_run=self.dry_run,
                progress=progress,
            )

    async def _take_whole(self, at: Counter) -> None:
        """Our own JSON, into an empty file: nothing of it can be mapped, nor tried."""
        from minicrm_tui.cli.import_text import write_taken
        from minicrm_tui.cli.progress import progress_bar
        from minicrm_tui.transfer.whole import take_whole

        if self.dry_run or self.maps or self.statuses or self.module or self.profile:
            raise Refused(
                _("Our own JSON comes in whole, into an empty file: nothing of it is mapped or tried."),
                _("Give the file alone, and an empty data file with --db."),
            )
        with progress_bar(_("Importing")) as progress:
            taken = await take_whole(at.store, self.path, progress=progress)
        write_taken(at.write, taken, json=self.json)

    async def _landing(self, at: Counter, looked: Looked, choices: Choices) -> Landing | None:
        """The module that was named, or the first one that takes cards; None for contacts alone."""
        from minicrm_tui.exchange.importing.session import needs_module

        modules = await at.store.modules(at.now)
        if self.module is not None:
            return await at.store.landing(find_module(modules, self.module).module.id)
        if not needs_module(looked, choices):
            return None
        found = _first_open(modules)
        return None if found is None else await at.store.landing(found.module.id)

    def _limits(self, at: Counter) -> Limits:
        from minicrm_tui.exchange.reading.tables import Limits

        return Limits(at.settings.import_rows, at.settings.import_megabytes)

    def _choices(self) -> Choices:
        from minicrm_tui.exchange.importing.profiles import Program
        from minicrm_tui.exchange.importing.session import Choices
        from minicrm_tui.exchange.importing.styles import Dates, Decimals
        from minicrm_tui.exchange.reading.tables import Reading

        return Choices(
            None if self.profile is None else Program(self.profile),
            self.maps,
            self.statuses,
            Reading(DELIMITERS.get(self.delimiter, self.delimiter), self.encoding),
            None if self.dates is None else Dates(self.dates),
            None if self.decimal is None else Decimals(self.decimal),
            as_cards=self.module is not None,
        )


def _first_open(modules: tuple[ModuleSummary, ...]) -> ModuleSummary | None:
    return next((each for each in modules if each.module.kind not in CLOSED_TO_IMPORTS), None)


# --- the arguments


def add_import_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes, but for --json."""
    parser.add_argument("file", type=_file, metavar=_("FILE"), help=_("CSV, XLSX, vCard, or our own JSON"))
    parser.add_argument(
        "--module", metavar=_("NAME"), help=_("the module for the cards; the first one that takes them if not given")
    )
    parser.add_argument("--profile", choices=PROFILES, help=_("which program wrote it; found out if not given"))
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        type=_pair,
        metavar=_("COLUMN=FIELD"),
        help=_("where a column goes: “My column=Company: Name”, “Other=ignore”"),
    )
    parser.add_argument(
        "--status-map",
        action="append",
        default=[],
        type=_pair,
        metavar="A=B",
        help=_("which status a word of the file is"),
    )
    parser.add_argument(
        "--on-duplicate",
        choices=[each.value for each in OnDuplicate],
        default=OnDuplicate.SKIP.value,
        help=_("what to do with what is there already; skip it if not given"),
    )
    parser.add_argument("--dry-run", action="store_true", help=_("only say what would happen"))
    parser.add_argument(
        "--delimiter",
        choices=[*DELIMITERS, *DELIMITERS.values()],
        default="",
        metavar=_("MARK"),
        help=_("between the cells of a CSV: comma, semicolon, tab, pipe"),
    )
    parser.add_argument("--encoding", default="", metavar=_("NAME"), help=_("of a text: utf-8, cp1250 …"))
    parser.add_argument("--dates", choices=("dmy", "mdy"), help=_("day or month first, where the year is not"))
    parser.add_argument("--decimal", choices=("comma", "point"), help=_("the decimal mark of its amounts"))


def read_import(found: argparse.Namespace) -> ImportFile:
    """The command behind the arguments."""
    return ImportFile(
        found.file,
        found.module,
        found.profile,
        dict(found.map),
        dict(found.status_map),
        OnDuplicate(found.on_duplicate),
        found.dry_run,
        found.json,
        found.delimiter,
        found.encoding,
        found.dates,
        found.decimal,
    )


def _pair(text: str) -> tuple[str, str]:
    left, equals, right = text.rpartition("=")
    if not (equals and left.strip() and right.strip()):
        raise argparse.ArgumentTypeError(_("write it as NAME=VALUE"))
    return left.strip(), right.strip()


def _file(text: str) -> Path:
    if not text.strip() or "\0" in text:
        raise argparse.ArgumentTypeError(_("the name of a file is needed"))
    return Path(text)
