"""Lists as a module wants them, as pictures: with fields of its own, what rots, by value."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from minicrm_tui.app import MiniCRMApp
from minicrm_tui.clock import Clock
from minicrm_tui.demo import write_demo
from minicrm_tui.i18n import Language, set_language
from minicrm_tui.settings import Settings
from tests.conftest import MONDAY_MORNING
from tests.snapshots.conftest import press
from tests.snapshots.test_main_screen import SnapCompare

FIELDS = (
    ("choice", "Priority", 1, 1, ("High", "Low")),
    ("text", "County", 1, 1, ("Brașov", "Cluj-Napoca", "Timiș")),
    ("date", "Visit", 0, 1, ((MONDAY_MORNING.date() + timedelta(days=22)).isoformat(),)),
)
"""Kind, name, in the row, in the peek, and what the cards have in it by turns."""

PICTURES = (
    ("rows-small", "en", "dark", (80, 24), ("j",)),
    ("rows", "en", "dark", (120, 36), ("j",)),
    ("rows-light", "en", "light", (120, 36), ("j", "j", "j")),
    ("rows-large", "en", "dark", (200, 50), ("j",)),
    ("rows-romanian", "ro", "dark", (120, 36), ("j", "g", "o", "v")),
    ("order-small", "en", "dark", (80, 24), ("g", "o", "i", "g", "o")),
    ("shown-fields-small", "en", "dark", (80, 24), ("g", "f")),
    ("shown-fields", "en", "dark", (120, 36), ("g", "f", "enter", "tab", "tab", "tab", "tab")),
)


def _shows_fields(path: Path) -> None:
    """Give sales three fields that are shown, with values, and let its cards rot after a week."""
    with closing(sqlite3.connect(path)) as file, file:
        ids = [
            card
            for (card,) in file.execute(
                "SELECT id FROM card WHERE module_id = 1 AND place = 0 ORDER BY sort_key, folded, id"
            )
        ]
        for position, (kind, name, in_row, in_peek, values) in enumerate(FIELDS):
            field = file.execute(
                "INSERT INTO field (module_id, kind, name, position, in_row, in_peek) VALUES (1, ?, ?, ?, ?, ?)",
                (kind, name, position, in_row, in_peek),
            ).lastrowid
            kept = [_kept(file, kind, field, value) for value in values]
            file.executemany(
                "INSERT INTO field_value (card_id, field_id, value) VALUES (?, ?, ?)",
                [(card, field, kept[place % len(kept)]) for place, card in enumerate(ids) if (place + position) % 4],
            )
        file.execute("UPDATE status SET rot_days = 7 WHERE module_id = 1")


def _kept(file: sqlite3.Connection, kind: str, field: int | None, value: str) -> str:
    if kind != "choice":
        return value
    choice = "INSERT INTO field_choice (field_id, name, position) VALUES (?, ?, 0)"
    return str(file.execute(choice, (field, value)).lastrowid)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Made-up data with fields that are shown, in both languages."""
    folder = tmp_path_factory.mktemp("shown")
    found = {language: folder / f"{language}.db" for language in ("en", "ro")}
    for language, path in found.items():
        write_demo(path, now=MONDAY_MORNING, language=language)
        _shows_fields(path)
    return found


@pytest.mark.parametrize(("name", "language", "theme", "size", "keys"), PICTURES, ids=[each[0] for each in PICTURES])
def test_lists_of_ones_own(
    snap_compare: SnapCompare,
    files: dict[str, Path],
    tmp_path: Path,
    clock: Clock,
    name: str,
    language: Language,
    theme: str,
    size: tuple[int, int],
    keys: tuple[str, ...],
) -> None:
    set_language(language)
    settings = Settings(theme=f"minicrm-{theme}", language=language)

    async def press_keys(pilot: Pilot[None]) -> None:
        await press(pilot, keys)

    app = MiniCRMApp(Path(shutil.copy(files[language], tmp_path)), settings, clock=clock)
    assert snap_compare(app, terminal_size=size, run_before=press_keys)
