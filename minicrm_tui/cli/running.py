"""Running a command: on the open file, or on the file as it lies there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from minicrm_tui.cli.commands import Command, Counter
from minicrm_tui.cli.progress import progress_bar
from minicrm_tui.cli.safekeeping import FileCommand, Vault
from minicrm_tui.domain.errors import CrmError
from minicrm_tui.paths import Paths
from minicrm_tui.settings import Settings
from minicrm_tui.store.backups.folder import folder_of
from minicrm_tui.store.backups.safe import Safe
from minicrm_tui.store.store import Store


async def run_on_open_file(
    command: Command,
    settings: Settings,
    places: Paths,
    now: datetime,
    write: Callable[[str], None],
    complain: Callable[[str], None],
) -> None:
    """Open the file, do it, close the file; raises CrmError. What fails beside it is said to `complain`."""
    store = await Store.open(
        places.database,
        now=now,
        week_start=settings.week_start,
        working_days=settings.working_days,
        default_currency=settings.currency,
        country=settings.country,
        vat=settings.vat,
        install=command.first_modules,
        safe=_safe(settings, places),
    )
    try:
        before = await store.changes()
        await command.run(Counter(store, settings, now, write, places.settings))
        if settings.calendar_path is not None and await store.changes() != before:
            await _bring_up_to_date(settings.calendar_path, store, complain)
    finally:
        await store.close()


async def _bring_up_to_date(calendar: Path, store: Store, complain: Callable[[str], None]) -> None:
    """The calendar of the settings. What was asked for is done, whatever becomes of it."""
    from minicrm_tui.transfer.calendar_file import CalendarFile

    try:
        await store.read_out(CalendarFile(calendar).write)
    except CrmError as error:
        complain(error.sentence())


def run_on_file(
    command: FileCommand, settings: Settings, places: Paths, now: datetime, write: Callable[[str], None]
) -> None:
    """Do it. Raises CrmError."""
    command.run(Vault(_safe(settings, places), settings, now, write, progress_bar))


def _safe(settings: Settings, places: Paths) -> Safe:
    return Safe(places.database, folder_of(places.database, places.backups), settings.backups)
