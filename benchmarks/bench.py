"""What every benchmark needs: the files, the commands, and how often to measure."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks.screen import Screen
from benchmarks.terminal import Terminal

BARE_FRAME = (sys.executable, "-m", "benchmarks.bare", "frame")
BARE_LIST = (sys.executable, "-m", "benchmarks.bare", "list")

IMPORT_TIMER = "import time; begin = time.perf_counter(); import sqlmodel; print(time.perf_counter() - begin)"

FIRST_CARD = """
SELECT card.id, card.name FROM card JOIN module ON module.id = card.module_id
WHERE module.id = (SELECT id FROM module WHERE trashed_at IS NULL ORDER BY position, id LIMIT 1) AND card.place = 0
ORDER BY card.sort_key, card.folded, card.id LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Size:
    """How much to measure: the numbers of cards, starts, keys and contacts, and of cards in one status."""

    few: int
    many: int
    most: int
    starts: int
    keys: int
    contacts: int
    kills: int
    exported: int
    gathered: int


SIZES = {
    "small": Size(
        few=100, many=2_000, most=2_000, starts=3, keys=20, contacts=5_000, kills=2, exported=2_000, gathered=2_000
    ),
    "full": Size(
        few=100,
        many=10_000,
        most=1_000_000,
        starts=15,
        keys=100,
        contacts=100_000,
        kills=500,
        exported=100_000,
        gathered=100_000,
    ),
}


@dataclass(frozen=True, slots=True)
class Bench:
    """The folder of one run: its demo files, and a home without anybody's settings."""

    folder: Path
    size: Size

    def file(self, cards: int) -> Path:
        """The demo file with so many cards; made when first asked for."""
        path = self.folder / f"{cards}.db"
        if not path.exists():
            print(f"making a file with {cards:,} cards …", file=sys.stderr, flush=True)
            command = [sys.executable, "-m", "minicrm_tui", "demo", "--no-open", "--seed", "1"]
            subprocess.run([*command, "--db", str(path), "--cards", str(cards)], check=True, stdout=subprocess.DEVNULL)
        return path

    def changed_file(self, name: str, change: Callable[[Path], None]) -> Path:
        """A copy of the file with many cards, and something more in it."""
        path = self.folder / f"{name}.db"
        if not path.exists():
            with closing(sqlite3.connect(self.file(self.size.many))) as base, closing(sqlite3.connect(path)) as copy:
                base.backup(copy)
            change(path)
        return path

    def program(self, path: Path, *, backs_up: bool = False) -> Terminal:
        """The program on a file, just started; the day's backup is there already, if it is not to be measured."""
        command = (sys.executable, "-m", "minicrm_tui", "--db", str(path))
        homes = ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME")
        if not backs_up:
            self._pretend_a_backup(path)
        return Terminal(command, {name: str(self.folder / name.lower()) for name in homes})

    def backups_of(self, path: Path) -> Path:
        """Where the program keeps the backups of this file."""
        from minicrm_tui.paths import NAME
        from minicrm_tui.store.backups.folder import folder_of

        return folder_of(path, self.folder / "xdg_data_home" / NAME / "backups")

    def _pretend_a_backup(self, path: Path) -> None:
        from minicrm_tui.clock import system_clock
        from minicrm_tui.domain.backups import Reason
        from minicrm_tui.store.backups.folder import path_for

        folder = self.backups_of(path)
        folder.mkdir(parents=True, exist_ok=True)
        path_for(folder, system_clock(), Reason.DAILY).touch()

    def opened(self, cards: int) -> Terminal:
        """The program on that file, with its first rows on the screen and at rest."""
        return self.opened_file(self.file(cards))

    def opened_file(self, path: Path, *, backs_up: bool = False) -> Terminal:
        """The program on this file, likewise."""
        terminal = self.program(path, backs_up=backs_up)
        terminal.wait(ShowsRows(first_card(path)))
        terminal.rest(0.5)
        return terminal

    def shows_rows(self, cards: int) -> ShowsRows:
        """Whether the first card of the first module can be read in the list."""
        return ShowsRows(first_card(self.file(cards)))


@dataclass(frozen=True, slots=True)
class ShowsRows:
    """A test of a screen: the list shows this card."""

    name: str

    def __call__(self, screen: Screen) -> bool:
        return self.name[:8] in list_area(screen)


def first_card(path: Path) -> str:
    """The name of the card that the program shows first."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        found: tuple[int, str] = connection.execute(FIRST_CARD).fetchone()
    return found[1]


def list_area(screen: Screen) -> str:
    """The part of the screen where the card list stands, without the bar above and the peek below."""
    return screen.area(2, screen.lines * 3 // 5, 1, screen.columns * 2 // 5)


def shows_frame(screen: Screen) -> bool:
    """Whether bar and footer are there: the frame is painted whole."""
    return bool(screen.row(0).strip() and screen.row(-1).strip())


def import_seconds() -> float:
    """How long `import sqlmodel` takes in a process of its own."""
    done = subprocess.run([sys.executable, "-c", IMPORT_TIMER], check=True, capture_output=True, text=True)
    return float(done.stdout)
