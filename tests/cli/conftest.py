"""The program as another program sees it: a subprocess with a home of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.running import Inside, Ran, settings_under

TIMEOUT = 60


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
        return settings_under(self.home)


@pytest.fixture
def five_modules(tmp_path: Path, new_file: Path) -> None:
    """The program's file has five modules."""
    shutil.copy(new_file, tmp_path / "crm.db")


@pytest.fixture
def minicrm(tmp_path: Path) -> MiniCRM:
    home = tmp_path / "home"
    home.mkdir()
    return MiniCRM(home, tmp_path / "crm.db")


@pytest.fixture
def crm(inside: Inside, five_modules: None) -> Inside:
    """A card of a client with a person, a task for tomorrow, and another card of that client."""
    inside.settings.write_text('country = "RO"\n')
    assert inside("add", "Roof @ Acme SRL (Ana Pop) 4500 EUR > call Ana tomorrow 14:00").last_word == "1"
    assert inside("add", "Floor @ Acme SRL", "--module", "projects").last_word == "2"
    return inside
