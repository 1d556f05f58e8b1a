"""`g i`: a file is imported, and the cursor goes to the first card that came."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING

from minicrm_tui.i18n import _
from minicrm_tui.paths import find_paths
from minicrm_tui.screens.main.workbench import Workbench
from minicrm_tui.transfer import last_folder

if TYPE_CHECKING:
    from minicrm_tui.screens.importing.draft import Draft


async def import_file(bench: Workbench) -> None:
    """Step by step, on a screen of its own."""
    if bench.bulk_running is not None:
        bench.say(_("Something long is being done; esc stops it."))
        return
    from minicrm_tui.screens.importing.file_step import first_folder
    from minicrm_tui.screens.importing.screen import ImportScreen

    folder = await asyncio.to_thread(first_folder, _beside_settings(bench, last_folder.FILE))
    done = await bench.open_dialog(ImportScreen(bench.store, _draft(bench), folder, bench.clock))
    if done is None:
        return
    await bench.reload()
    if done.module_id is not None and done.card_id is not None:
        await bench.go_to(done.module_id, done.card_id)
    bench.screen.app.clear_notifications()
    # Where a file lies is worth a longer look than what one sees anyway.
    bench.say(done.said, alone=False)
    await _keep_folder(bench, done.path.parent)


async def _keep_folder(bench: Workbench, folder: Path) -> None:
    kept = _beside_settings(bench, last_folder.FILE)
    if kept is not None:
        await asyncio.to_thread(last_folder.keep_folder, kept, folder)


def _beside_settings(bench: Workbench, name: str) -> Path | None:
    """A file beside the settings; None where nothing is kept, in a demo."""
    return find_paths(os.environ).settings.parent / name if bench.screen.keeps_settings else None


def _draft(bench: Workbench) -> Draft:
    from minicrm_tui.exchange.reading.tables import Limits
    from minicrm_tui.screens.importing.draft import Draft
    from minicrm_tui.transfer.mappings import FILE

    settings = bench.settings
    return Draft(
        bench.store,
        [summary.module for summary in bench.showing.modules.all],
        bench.module.id,
        country=settings.country,
        limits=Limits(settings.import_rows, settings.import_megabytes),
        clock=bench.clock,
        mappings=_beside_settings(bench, FILE),
    )
