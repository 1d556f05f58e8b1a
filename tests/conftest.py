"""The world that every test lives in: its clock, its locale, its home and its environment."""

from __future__ import annotations

import asyncio
import gc
import os
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.running import Inside

BUCHAREST_RULE = "EET-2EEST,M3.5.0/3,M10.5.0/4"
"""Europe/Bucharest as a POSIX rule, which needs no time zone data on the machine."""

BUCHAREST_WINTER = timezone(timedelta(hours=2), "EET")

MONDAY_MORNING = datetime(2026, 11, 23, 9, 30, tzinfo=BUCHAREST_WINTER)

# Textual reads these once, when it is imported: before any test module is.
os.environ["TEXTUAL_ANIMATIONS"] = "none"
os.environ["TERM"] = "xterm-256color"
os.environ["COLORTERM"] = "truecolor"
for unwanted in ("NO_COLOR", "FORCE_COLOR", "TEXTUAL", "TEXTUAL_THEME", "TEXTUAL_COLOR_SYSTEM", "COLUMNS", "LINES"):
    os.environ.pop(unwanted, None)
os.environ["TZ"] = BUCHAREST_RULE
time.tzset()


GARBAGE_AT_MOST = 400_000
"""Objects made after which garbage is collected between two tests: some ten apps."""

IN_ONE_TEST_AT_MOST = 2_000_000
"""Objects made after which it is collected in the middle of a test."""

_collect, _freeze = gc.collect, gc.freeze  # the tests of the app put others in their place


def pytest_collection_finish() -> None:
    """What was imported for the tests is never gone through again in search of garbage."""
    _collect()
    _freeze()
    gc.set_threshold(IN_ONE_TEST_AT_MOST)


def pytest_runtest_logfinish() -> None:
    """Between two tests hardly anything is alive; what is, stays."""
    if gc.get_count()[0] > GARBAGE_AT_MOST:
        _collect()
        _freeze()


def pytest_sessionfinish() -> None:
    """Pytest looks for garbage five times when all is over: let it find only what is made from here on."""
    _collect()
    _freeze()


class HandClock:
    """A clock that a test turns by hand."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        """Go on by so many `days`, `hours`, `minutes` …"""
        self.now += timedelta(**by)


@pytest.fixture
def now() -> datetime:
    """The tests' present: Monday 23 November 2026, 09:30 in Bucharest."""
    return MONDAY_MORNING


@pytest.fixture
def clock(now: datetime) -> HandClock:
    """The program's clock, standing at `now` until the test turns it."""
    return HandClock(now)


@pytest.fixture(autouse=True)
def _own_environment(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty home, the C locale, and none of the person's own variables."""
    home: Path = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name, folder in (
        ("XDG_DATA_HOME", ".local/share"),
        ("XDG_CONFIG_HOME", ".config"),
        ("XDG_STATE_HOME", ".local/state"),
        ("XDG_CACHE_HOME", ".cache"),
    ):
        monkeypatch.setenv(name, str(home / folder))
    monkeypatch.setenv("LANG", "C.UTF-8")
    for name in ("LC_ALL", "LC_MESSAGES", "LC_TIME", "LANGUAGE", "MINICRM_DB", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    yield
    _speak_english()


@pytest.fixture(scope="session")
def new_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with five modules and no cards; tests that are not about making one begin with a copy."""
    from minicrm_tui.store.store import Store
    from tests.five import FIVE

    async def made(path: Path) -> None:
        await (await Store.open(path, now=MONDAY_MORNING, install=FIVE)).close()

    path = tmp_path_factory.mktemp("new") / "crm.db"
    asyncio.run(made(path))
    return path


@pytest.fixture
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Inside:
    """Runs `minicrm` on a file of its own, in this process."""
    from tests.running import Inside

    database = tmp_path / "crm.db"
    monkeypatch.setenv("MINICRM_DB", str(database))
    return Inside(database, Path(os.environ["HOME"]), capsys)


def _speak_english() -> None:
    """A test that changed the program's language must not change the next one's."""
    from minicrm_tui.i18n import set_language

    set_language("en")
