"""Running a command: on the open file, or on the file as it lies there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from minicrm_tui.cli.commands import Command, Counter
from minicrm_tui.cli.progress import progress_bar
from minicrm_tui.cli.safekeeping import FileCommand, Vault
from minicrm_tui.paths import Paths
from minicrm_tui.settings import Settings
from minicrm_tui.store.backups.folder import folder_of
from minicrm_tui.store.backups.safe import Safe
from minicrm_tui.store.store import Store


async def run_on_open_file(
    command: Command, settings: Settings, places: Paths, now: datetime, write: Callable[[str], None]
) -> None:
    """Open the file, do it, close the file. Raises CrmError."""
    store = await Store.open(
        places.database,
        now=now,
        week_start=settings.week_start,
        working_days=settings.working_days,
        default_currency=settings.currency,
        country=settings.country,
        vat=settings.vat,
        safe=_safe(settings, places),
    )
    try:
        await command.run(Counter(store, settings, now, write, places.settings))
    finally:
        await store.close()


def run_on_file(
    command: FileCommand, settings: Settings, places: Paths, now: datetime, write: Callable[[str], None]
) -> None:
    """Do it. Raises CrmError."""
    command.run(Vault(_safe(settings, places), settings, now, write, progress_bar))


def _safe(settings: Settings, places: Paths) -> Safe:
    return Safe(places.database, folder_of(places.database, places.backups), settings.backups)
