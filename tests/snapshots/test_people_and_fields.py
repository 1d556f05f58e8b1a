"""The contacts, the fields of a module and the trash as pictures."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
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

SMALL, MIDDLE, LARGE = (80, 24), (120, 36), (200, 50)

CONTACTS = ("g", "c")
SVEN = (*CONTACTS, "slash", *"sven lange", "enter")
SALES_FIELD = ("n", *"Source", "tab", "o", "tab", *"Web, Fair, Friend", "tab", *["right"] * 8)
NEW_PERSON = (*CONTACTS, "n", "p", *"Sven", "tab", *"Lange", *["tab"] * 3, *"+49 151 6648 3149, work")


@dataclass(frozen=True)
class Picture:
    """What is pressed, and how large and in which theme it is drawn."""

    name: str
    keys: tuple[str, ...]
    size: tuple[int, int] = SMALL
    theme: str = "dark"


PICTURES = (
    Picture("contacts-small", (*CONTACTS, "slash", *"ana", "enter", "down", "space")),
    Picture("contacts", (*CONTACTS, "G"), MIDDLE),
    Picture("contacts-light", CONTACTS, MIDDLE, "light"),
    Picture("contacts-large", (*CONTACTS, *["pagedown"] * 2), LARGE),
    Picture("contact-small", (*SVEN, "enter")),
    Picture("contact", (*CONTACTS, "enter"), MIDDLE),
    Picture("contact-form", NEW_PERSON, MIDDLE),
    Picture("known", (*NEW_PERSON, "enter")),
    Picture("merge", (*SVEN, "space", "space", "M")),
    Picture("merge-light", (*SVEN, "space", "space", "M", "down", "space"), MIDDLE, "light"),
    Picture("field", ("g", "f", *SALES_FIELD)),
    Picture("fields", ("g", "f", *SALES_FIELD, "enter", "n", *"Seats", "tab", "n", "enter"), MIDDLE),
    Picture("trash", ("space", "down", "space", "delete", "g", "t", "E")),
)


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_people_fields_and_trash(snap_compare: SnapCompare, full_app: MakeApp, picture: Picture) -> None:
    async def press_keys(pilot: Pilot[None]) -> None:
        await press(pilot, picture.keys)

    assert snap_compare(full_app(picture.theme), terminal_size=picture.size, run_before=press_keys)


@pytest.fixture(scope="module")
def romanian_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made-up data in Romanian."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    write_demo(path, now=MONDAY_MORNING, language="ro")
    return path


def test_two_contacts_become_one_in_romanian(
    snap_compare: SnapCompare, romanian_file: Path, tmp_path: Path, clock: Clock
) -> None:
    set_language("ro")
    path = Path(shutil.copy(romanian_file, tmp_path))
    settings = Settings(theme="minicrm-dark", language="ro", country="RO")

    async def press_keys(pilot: Pilot[None]) -> None:
        await press(pilot, (*CONTACTS, "enter", "M", *"arg", "enter"))

    assert snap_compare(MiniCRMApp(path, settings, clock=clock), terminal_size=SMALL, run_before=press_keys)
