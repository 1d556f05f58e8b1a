"""The program as another program sees it: a subprocess with a home of its own."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from minicrm_tui.__main__ import main

TIMEOUT = 60


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, object]:
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found

    @property
    def last_word(self) -> str:
        return self.out.split()[-1]

    def refused(self, code: int = 1) -> str:
        """The one sentence on standard error, with nothing printed."""
        assert (self.code, self.out) == (code, ""), self
        [line] = self.err.splitlines()
        assert line.startswith("minicrm: ")
        return line


@dataclass
class MiniCRM:
    """Runs `minicrm` on a file of its own."""

    home: Path
    database: Path
    environment: dict[str, str] = field(default_factory=dict)

    def __call__(self, *arguments: str, **more: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "minicrm_tui", *arguments],
            env={**self.everything(), **more},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=TIMEOUT,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def everything(self) -> dict[str, str]:
        """The whole environment: nothing of the person's own."""
        return {
            "HOME": str(self.home),
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "PYTHONDONTWRITEBYTECODE": "1",
            "LANG": "C.UTF-8",
            "TZ": "Europe/Bucharest",
            "MINICRM_DB": str(self.database),
            **self.environment,
        }

    @property
    def settings(self) -> Path:
        """The settings file, in a folder that is there."""
        path = self.home / ".config" / "minicrm" / "config.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        return path


@pytest.fixture
def minicrm(tmp_path: Path) -> MiniCRM:
    home = tmp_path / "home"
    home.mkdir()
    return MiniCRM(home, tmp_path / "crm.db")


@dataclass
class Inside:
    """Runs `minicrm` in this process: twenty times as fast, for long tables of arguments."""

    database: Path
    capture: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str) -> Ran:
        self.capture.readouterr()
        try:
            code = main(arguments)
        except SystemExit as ended:
            code = int(str(ended.code or 0))
        out, err = self.capture.readouterr()
        return Ran(code, out, err)


@pytest.fixture
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Inside]:
    database = tmp_path / "crm.db"
    monkeypatch.setenv("MINICRM_DB", str(database))
    # What the program sets in its environment goes with the test.
    monkeypatch.setenv("LANGUAGE", "en")
    yield Inside(database, capsys)
    gc.enable()
