"""`g i`: a file is imported, and the cursor goes to the first card that came."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from minicrm_tui.i18n import _
from minicrm_tui.paths import find_paths
from minicrm_tui.screens.main.workbench import Workbench

if TYPE_CHECKING:
    from minicrm_tui.screens.importing.draft import Draft

_LAST = ("import", "folder")
"""Where the drafts of forms keep the folder of the last file."""


async def import_file(bench: Workbench) -> None:
    """Step by step, on a screen of its own."""
    if bench.bulk_running is not None:
        bench.say(_("Something long is being done; esc stops it."))
        return
    from minicrm_tui.screens.importing.file_step import first_folder
    from minicrm_tui.screens.importing.screen import ImportScreen

    folder = first_folder(bench.drafts.get(_LAST, {}).get("folder", ""))
    screen = ImportScreen(bench.store, _draft(bench), folder, bench.clock)
    done = await bench.open_dialog(screen)
    bench.drafts[_LAST] = {"folder": str(screen.file_step.folder)}
    if done is None:
        return
    await bench.reload()
    if done.module_id is not None and done.card_id is not None:
        await bench.go_to(done.module_id, done.card_id)
    bench.screen.app.clear_notifications()
    # Where a file lies is worth a longer look than what one sees anyway.
    bench.say(done.said, alone=False)


def _draft(bench: Workbench) -> Draft:
    from minicrm_tui.exchange.reading.tables import Limits
    from minicrm_tui.screens.importing.draft import Draft
    from minicrm_tui.transfer.mappings import FILE

    settings = bench.settings
    mappings: Path | None = None
    if bench.screen.keeps_settings:
        mappings = find_paths(os.environ).settings.parent / FILE
    return Draft(
        bench.store,
        [summary.module for summary in bench.showing.modules.all],
        bench.module.id,
        country=settings.country,
        limits=Limits(settings.import_rows, settings.import_megabytes),
        clock=bench.clock,
        mappings=mappings,
    )
