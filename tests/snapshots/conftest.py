"""The program as it is photographed: the same made-up data, the same moment, nothing that blinks."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from minicrm_tui.app import MiniCRMApp
from minicrm_tui.clock import Clock
from minicrm_tui.demo import write_demo
from minicrm_tui.settings import Settings
from minicrm_tui.store.store import Store
from tests.conftest import MONDAY_MORNING
from tests.settling import nobody_waits_for_the_clock as _nobody_waits_for_the_clock  # noqa: F401 - for all tests here
from tests.settling import still_runs
from tests.thrift import thrift  # noqa: F401 - for all tests here

MakeApp = Callable[[str], MiniCRMApp]
"""Makes the app in a theme, "dark" or "light"."""


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo data that every picture starts from."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    write_demo(path, now=MONDAY_MORNING)
    return path


@pytest.fixture
def full_app(demo_file: Path, tmp_path: Path, clock: Clock) -> MakeApp:
    """The program over a copy of the demo data."""
    return _over(Path(shutil.copy(demo_file, tmp_path)), clock)


@pytest.fixture
def empty_app(new_file: Path, tmp_path: Path, clock: Clock) -> MakeApp:
    """The program over a file without cards."""
    return _over(Path(shutil.copy(new_file, tmp_path)), clock)


def _over(path: Path, clock: Clock) -> MakeApp:
    return lambda theme: MiniCRMApp(path, Settings(theme=f"minicrm-{theme}"), clock=clock)


async def press(pilot: Pilot[None], keys: Iterable[str]) -> None:
    """Press the keys over the first rows, and wait until the screen is at rest."""
    app = pilot.app
    assert isinstance(app, MiniCRMApp)
    while app.main_screen.bench is None:
        await pilot.pause()
        still_runs(app)
        await app.workers.wait_for_complete()
    await _at_rest(pilot, app.main_screen.bench.store)
    for key in keys:
        await pilot.press(key)
        await app.typeahead.quiet()
        # A screen that the key has opened reads its rows before the next key is pressed there.
        await app.main_screen.bench.store.data_version()
        await pilot.pause()
    await _at_rest(pilot, app.main_screen.bench.store)
    for field in app.screen.query(Input):
        field.cursor_blink = False


async def _at_rest(pilot: Pilot[None], store: Store) -> None:
    for _ in range(3):  # what the answer of one read asks for, is read next
        await store.data_version()
        await pilot.pause()
