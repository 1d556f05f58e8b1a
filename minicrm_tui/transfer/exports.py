"""One export: which cards, as what, and where to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Final, TypeVar

from minicrm_tui import __version__
from minicrm_tui.domain.errors import Refused, StoreFailed
from minicrm_tui.domain.exports import ExportFormat
from minicrm_tui.domain.views import Targets
from minicrm_tui.exchange.exporting.vcards import VERSIONS
from minicrm_tui.i18n import _
from minicrm_tui.system_errors import reason

if TYPE_CHECKING:
    from minicrm_tui.domain.exports import ExportedModule
    from minicrm_tui.store.exports.reading import Reading

T = TypeVar("T")

Progress = Callable[[int, int], None]
"""Told how many records are written, of how many; called beside the event loop."""

_PORTION: Final = 500
"""Records after which progress is told, and a wish to stop is heard."""


@dataclass(frozen=True, slots=True)
class Export:
    """What is asked for. Without `targets`: everything. `zone`: in which moments are shown."""

    format: ExportFormat
    targets: Targets | None = None
    zone: tzinfo | None = None
    vcard_version: str = VERSIONS[0]


@dataclass(slots=True)
class Told:
    """Counts what is written, tells it, and hears a wish to stop."""

    progress: Progress | None = None
    stop: Event | None = None
    count: int = 0

    def over(self, records: Iterable[T], total: int) -> Iterator[T]:
        """The same records; Refused once it is to be stopped."""
        self._look(total)
        for record in records:
            yield record
            self.count += 1
            if self.count % _PORTION == 0:
                self._look(total)
        self._look(total)

    def _look(self, total: int) -> None:
        if self.stop is not None and self.stop.is_set():
            raise Refused(_("Stopped: nothing was written."))
        if self.progress is not None:
            self.progress(self.count, max(total, self.count))


def write_export(reading: Reading, export: Export, path: Path, told: Told, *, overwrite: bool) -> int:
    """Write the file, whole or not at all; says how many records are in it.

    Refused for a file that is there, unless it is to be overwritten; StoreFailed where it can't be written.
    """
    from minicrm_tui.files import writing_whole

    try:
        _refuse_no_file(path)
        with writing_whole(path, overwrite=overwrite) as file:
            if export.format is ExportFormat.XLSX:
                from minicrm_tui.exchange.exporting.xlsx_file import write_xlsx

                ids = reading.chosen(export.targets)
                cards = told.over(reading.cards(ids), len(ids))
                write_xlsx(file, _modules(reading, export.targets), cards, export.zone)
            else:
                for piece in pieces(reading, export, told):
                    file.write(piece.encode())
    except FileExistsError as error:
        raise Refused(_("There is a file {path} already.").format(path=path), _("It was not overwritten.")) from error
    except OSError as error:
        what = _("The file {path} can't be written: {why}.").format(path=path, why=reason(error))
        raise StoreFailed(what, _("Nothing was written; choose another place.")) from error
    return told.count


def pieces(reading: Reading, export: Export, told: Told) -> Iterator[str]:
    """The text of a format that is one, in pieces."""
    match export.format:
        case ExportFormat.CSV:
            return _csv(reading, export, told)
        case ExportFormat.VCARD:
            return _vcard(reading, export, told)
        case ExportFormat.ICS:
            return _ics(reading, export, told)
        case _:
            return _json(reading, told)


def _csv(reading: Reading, export: Export, told: Told) -> Iterator[str]:
    from minicrm_tui.exchange.exporting.csv_text import csv_text
    from minicrm_tui.exchange.exporting.sheets import sheet_of

    ids = reading.chosen(export.targets)
    sheet = sheet_of(_modules(reading, export.targets), export.zone)
    return csv_text(sheet, told.over(reading.cards(ids), len(ids)))


def _vcard(reading: Reading, export: Export, told: Told) -> Iterator[str]:
    from minicrm_tui.exchange.exporting.vcards import vcards

    cards = None if export.targets is None else reading.chosen(export.targets)
    companies, persons = reading.contact_ids(cards)
    contacts = told.over(reading.contacts(companies, persons), len(companies) + len(persons))
    return vcards(contacts, export.vcard_version)


def _ics(reading: Reading, export: Export, told: Told) -> Iterator[str]:
    from minicrm_tui.exchange.exporting.calendars import calendar_text

    ids = reading.with_task() if export.targets is None else reading.chosen(export.targets)
    # A card has one open task, and seldom more.
    return calendar_text(told.over(reading.tasks(ids), len(ids)))


def _json(reading: Reading, told: Told) -> Iterator[str]:
    from minicrm_tui.exchange.exporting.whole_json import whole_json

    counts = reading.counts()
    return whole_json(told.over(reading.whole(), sum(counts.values())), counts, __version__)


def _modules(reading: Reading, targets: Targets | None) -> tuple[ExportedModule, ...]:
    """The modules whose cards these can be: the columns are theirs."""
    installed = reading.modules()
    if targets is None or targets.cards:
        return installed
    wanted = {marked.view.module_id for marked in targets.ranges}
    return tuple(each for each in installed if each.module.id in wanted)


def _refuse_no_file(path: Path) -> None:
    """A folder can't be written as a file; a device or a pipe would be replaced by one."""
    if path.exists() and not path.is_file():
        what = _("{path} is no file.").format(path=path)
        raise Refused(what, _("Name a file; without --out, what is text goes to standard output."))
