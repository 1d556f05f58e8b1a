"""An import as pictures, step by step."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from textual.pilot import Pilot

from minicrm_tui.app import MiniCRMApp
from minicrm_tui.clock import Clock
from minicrm_tui.demo import write_demo
from minicrm_tui.i18n import set_language
from minicrm_tui.screens.importing.file_step import FileList
from minicrm_tui.settings import Settings
from tests.conftest import MONDAY_MORNING
from tests.snapshots.conftest import MakeApp, press
from tests.snapshots.test_main_screen import SnapCompare

FILES = Path(__file__).parents[1] / "data" / "imports"
SMALL, MIDDLE, LARGE = (80, 24), (120, 36), (200, 50)
ODD = (
    "Deal name,Status,Value,Close date,Blah",
    "Roof [/red] repair,Zombie,1.500,03/04/2027,what",
    "Fence,Won,1x2,04/05/2027,",
    "Gate,Open,99,32/13/2027,is this",
    ",Ghost,7,05/06/2027,",
)


@dataclass(frozen=True)
class Picture:
    """Which file is typed, what is pressed then, and how large and in which theme it is drawn."""

    name: str
    file: str = ""
    keys: tuple[str, ...] = ()
    size: tuple[int, int] = SMALL
    theme: str = "dark"


EXPLAINED = ("enter", *"lost", "enter", "enter", *"won", "enter")

PICTURES = (
    Picture("file-small"),
    Picture("file-large", size=LARGE),
    Picture("reading-small", "odd.csv"),
    Picture("reading", "pipedrive-deals.csv", size=MIDDLE),
    Picture("columns-small", "odd.csv", ("n",)),
    Picture("columns", "pipedrive-deals.csv", ("n",), MIDDLE),
    Picture("columns-large-light", "pipedrive-deals.csv", ("n",), LARGE, "light"),
    Picture("field", "odd.csv", ("n", "enter", *"company"), MIDDLE),
    Picture("statuses-small", "odd.csv", ("n", "n")),
    Picture("statuses-light", "odd.csv", ("n", "n", "enter"), MIDDLE, "light"),
    Picture("tried-small", "odd.csv", ("n", "n", *EXPLAINED, "n", "G")),
    Picture("tried", "odd.csv", ("n", "n", *EXPLAINED, "n"), MIDDLE),
)


@pytest.fixture(autouse=True)
def downloads() -> Path:
    """The folder where downloads go, with files of last week."""
    folder = Path.home() / "Downloads"
    (folder / "Old").mkdir(parents=True)
    for name in ("pipedrive-deals.csv", "hubspot-contacts.csv", "pipedrive-deals.xlsx", "cards-3.0.vcf"):
        shutil.copyfile(FILES / name, folder / name)
    (folder / "odd.csv").write_text("\r\n".join((*ODD, "")), encoding="utf-8")
    (folder / "holiday.jpg").write_bytes(b"no file for an import")
    last_week = MONDAY_MORNING.timestamp() - 7 * 86400
    for path in folder.iterdir():
        os.utime(path, (last_week, last_week))
    return folder


async def choose(pilot: Pilot[None], file: str, keys: tuple[str, ...]) -> None:
    """Open the first step, and once its folder is read, type the file and press the keys."""
    await press(pilot, ("g", "i"))
    while not pilot.app.screen.query_one(FileList).option_count:
        await pilot.pause()
    await press(pilot, ("slash", *file, "enter", *keys) if file else ("j", "j", "j"))


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_importing(snap_compare: SnapCompare, full_app: MakeApp, picture: Picture) -> None:
    async def press_keys(pilot: Pilot[None]) -> None:
        await choose(pilot, picture.file, picture.keys)

    assert snap_compare(full_app(picture.theme), terminal_size=picture.size, run_before=press_keys)


def test_importing_in_romanian(snap_compare: SnapCompare, tmp_path: Path, clock: Clock) -> None:
    set_language("ro")
    path = tmp_path / "demo.db"
    write_demo(path, now=MONDAY_MORNING, language="ro")
    settings = Settings(theme="minicrm-dark", language="ro", country="RO")

    async def press_keys(pilot: Pilot[None]) -> None:
        await choose(pilot, "odd.csv", ("n",))

    app = MiniCRMApp(path, settings, clock=clock)
    assert snap_compare(app, terminal_size=MIDDLE, run_before=press_keys)
