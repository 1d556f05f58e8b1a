"""The modules, the shop, and a bar of more of them than fit, as pictures."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from textual.pilot import Pilot

from minicrm_tui.app import MiniCRMApp
from minicrm_tui.clock import Clock
from minicrm_tui.demo import write_demo
from minicrm_tui.domain.module_drafts import ModuleDraft
from minicrm_tui.domain.records import Kind
from minicrm_tui.i18n import set_language
from minicrm_tui.settings import Settings
from minicrm_tui.store.store import Store
from tests.conftest import MONDAY_MORNING
from tests.snapshots.conftest import MakeApp, press
from tests.snapshots.test_main_screen import SnapCompare

SMALL, MIDDLE, LARGE = (80, 24), (120, 36), (200, 50)
MODULES = ("g", "m")
PROCESSES = ("Roofs", "Service contracts", "Spare parts", "Courses", "Tenders")


@dataclass(frozen=True)
class Picture:
    """What is pressed, and how large and in which theme it is drawn."""

    name: str
    keys: tuple[str, ...]
    size: tuple[int, int] = SMALL
    theme: str = "dark"


PICTURES = (
    Picture("modules-small", (*MODULES, "down", "delete", "J")),
    Picture("modules", (*MODULES, "down", "delete", "G"), MIDDLE),
    Picture("modules-light", MODULES, MIDDLE, "light"),
    Picture("modules-large", (*MODULES, "down", "delete"), LARGE),
    Picture("shop-small", (*MODULES, "n")),
    Picture("shop-once", (*MODULES, "n", "down"), MIDDLE),
    Picture("shop-light", (*MODULES, "n", "G"), MIDDLE, "light"),
    Picture("shop-large", (*MODULES, "n", *["down"] * 7), LARGE),
    Picture("shop-form", (*MODULES, "n", *["down"] * 3, "enter")),
    Picture("module-form", (*MODULES, "e"), MIDDLE),
)


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_modules_and_their_shop(snap_compare: SnapCompare, full_app: MakeApp, picture: Picture) -> None:
    async def press_keys(pilot: Pilot[None]) -> None:
        await press(pilot, picture.keys)

    assert snap_compare(full_app(picture.theme), terminal_size=picture.size, run_before=press_keys)


async def _installed(path: Path) -> None:
    store = await Store.open(path, now=MONDAY_MORNING)
    for name in PROCESSES:
        await store.install_module(Kind.CUSTOM, ModuleDraft(name), MONDAY_MORNING)
    await store.close()


@pytest.fixture(scope="module")
def wide_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made-up data in fourteen modules."""
    path = tmp_path_factory.mktemp("wide") / "demo.db"
    write_demo(path, now=MONDAY_MORNING)
    asyncio.run(_installed(path))
    return path


@pytest.mark.parametrize(
    ("name", "keys", "size"),
    [
        ("bar-small-first", (), SMALL),
        ("bar-small-middle", ("9", "right_square_bracket"), SMALL),
        ("bar-last", ("left_square_bracket",), MIDDLE),
        ("bar-large", ("left_square_bracket",), LARGE),
        ("jump-to-module", ("ctrl+k", *"serv"), MIDDLE),
    ],
)
def test_fourteen_modules(
    snap_compare: SnapCompare,
    wide_file: Path,
    tmp_path: Path,
    clock: Clock,
    name: str,
    keys: tuple[str, ...],
    size: tuple[int, int],
) -> None:
    async def press_keys(pilot: Pilot[None]) -> None:
        await press(pilot, keys)

    app = MiniCRMApp(Path(shutil.copy(wide_file, tmp_path)), Settings(theme="minicrm-dark"), clock=clock)
    assert snap_compare(app, terminal_size=size, run_before=press_keys), name


@pytest.fixture(scope="module")
def romanian_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made-up data in Romanian."""
    path = tmp_path_factory.mktemp("ro") / "demo.db"
    write_demo(path, now=MONDAY_MORNING, language="ro")
    return path


@pytest.mark.parametrize("keys", [MODULES, (*MODULES, "n", "down")], ids=["modules", "shop"])
def test_in_romanian(
    snap_compare: SnapCompare, romanian_file: Path, tmp_path: Path, clock: Clock, keys: tuple[str, ...]
) -> None:
    set_language("ro")

    async def press_keys(pilot: Pilot[None]) -> None:
        await press(pilot, keys)

    path = Path(shutil.copy(romanian_file, tmp_path))
    app = MiniCRMApp(path, Settings(theme="minicrm-dark", language="ro"), clock=clock)
    assert snap_compare(app, terminal_size=SMALL, run_before=press_keys)
