"""The pipeline editor as pictures: a pipeline of one's own, a fixed one with its rule, and the form of a status."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from textual.pilot import Pilot

from minicrm_tui.app import MiniCRMApp
from minicrm_tui.clock import Clock
from minicrm_tui.demo import write_demo
from minicrm_tui.i18n import set_language
from minicrm_tui.settings import Settings
from tests.conftest import MONDAY_MORNING
from tests.snapshots.conftest import MakeApp, press
from tests.snapshots.test_main_screen import SnapCompare
from tests.snapshots.test_people_and_fields import LARGE, MIDDLE, SMALL, Picture

CUSTOM = ("4", "g", "p")
OWN = (*CUSTOM, "l", "c", "c", "c", "j", "c", *["c"] * 4, "n", *"Waiting", "tab", "tab", "1", "4", "tab",
       *"Call the builder", "tab", "tab", "3", "enter")  # fmt: skip
FIXED = ("g", "p", "l", "j")

PICTURES = (
    Picture("own-small", OWN),
    Picture("own-middle", OWN, MIDDLE),
    Picture("own-large-light", OWN, LARGE, "light"),
    Picture("status-form-small", (*OWN, "e")),
    Picture("delete-middle", (*CUSTOM, "l", "delete"), MIDDLE),
    Picture("fixed-small", FIXED),
    Picture("fixed-middle", FIXED, MIDDLE),
    Picture("fixed-large", FIXED, LARGE),
    Picture("orders-middle", ("2", "g", "p", "l"), MIDDLE),
)


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_pipelines(snap_compare: SnapCompare, full_app: MakeApp, picture: Picture) -> None:
    async def press_keys(pilot: Pilot[None]) -> None:
        await press(pilot, picture.keys)

    assert snap_compare(full_app(picture.theme), terminal_size=picture.size, run_before=press_keys)


def test_the_rule_of_sales_in_romanian(
    snap_compare: SnapCompare, romanian_file: Path, tmp_path: Path, clock: Clock
) -> None:
    set_language("ro")
    path = Path(shutil.copy(romanian_file, tmp_path))
    settings = Settings(theme="minicrm-dark", language="ro", country="RO")

    async def press_keys(pilot: Pilot[None]) -> None:
        await press(pilot, FIXED)

    assert snap_compare(MiniCRMApp(path, settings, clock=clock), terminal_size=SMALL, run_before=press_keys)


@pytest.fixture(scope="module")
def romanian_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made-up data in Romanian."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    write_demo(path, now=MONDAY_MORNING, language="ro")
    return path
