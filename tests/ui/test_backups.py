"""The backups' screen: made by a key, shown, and brought back after one question."""

from __future__ import annotations

from pathlib import Path

from minicrm_tui.domain.retention import Keep
from minicrm_tui.screens.backups import BackupsScreen
from minicrm_tui.store.backups.safe import Safe
from tests.ui.conftest import Crm


async def test_a_backup_is_made_and_asked_for_before_it_is_restored(crm: Crm, tmp_path: Path) -> None:
    safe = crm.store._safe = Safe(crm.app.path, tmp_path / "backups", Keep())
    await crm.press("g", "b")
    assert isinstance(crm.app.screen, BackupsScreen)
    await crm.press("n")
    while not crm.toasts:  # it is made on a thread of its own
        await crm.pilot.pause()
    assert crm.toasts[-1].startswith("A backup of")
    (backup,) = safe.backups(crm.clock())
    await crm.press("enter")
    await crm.press("escape")
    assert isinstance(crm.app.screen, BackupsScreen)
    assert crm.app.to_restore is None
    await crm.press("enter")
    await crm.pilot.press("y")
    while crm.app.to_restore is None:
        await crm.pilot.pause()
    assert crm.app.to_restore == backup.path


async def test_a_demo_says_that_it_has_none(crm: Crm) -> None:
    await crm.press("g", "b", "n")
    assert crm.toasts[-1] == "A demo has no backups."
    await crm.press("escape")
    assert crm.app.screen is crm.screen
