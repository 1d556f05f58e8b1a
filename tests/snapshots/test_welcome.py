"""Pictures of the welcome."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from minicrm_tui.app import MiniCRMApp
from minicrm_tui.clock import Clock
from minicrm_tui.i18n import set_language
from minicrm_tui.screens.welcome import WelcomeScreen
from minicrm_tui.settings import Settings
from tests.settling import still_runs

SIZES = {"80x24": (80, 24), "120x36": (120, 36), "200x50": (200, 50)}


async def welcomed(pilot: Pilot[None], *keys: str) -> None:
    """Press the keys once the welcome stands."""
    while not isinstance(pilot.app.screen, WelcomeScreen):
        await pilot.pause()
        still_runs(pilot.app)
    await pilot.press(*keys)
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
def test_the_welcome(snap_compare, tmp_path: Path, clock: Clock, size: str) -> None:  # type: ignore[no-untyped-def]
    app = MiniCRMApp(tmp_path / "new.db", Settings(), clock=clock)
    assert snap_compare(app, terminal_size=SIZES[size], run_before=welcomed)


def test_the_welcome_in_romanian_light(snap_compare, tmp_path: Path, clock: Clock) -> None:  # type: ignore[no-untyped-def]
    set_language("ro")
    app = MiniCRMApp(tmp_path / "new.db", Settings(language="ro", currency="RON", theme="minicrm-light"), clock=clock)
    keys = (*("down",) * 5, "space")
    assert snap_compare(app, terminal_size=(80, 24), run_before=lambda pilot: welcomed(pilot, *keys))
