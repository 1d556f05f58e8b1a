"""A command as it is run in this process, and how it ended."""

from __future__ import annotations

import gc
import json
import os
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest

from minicrm_tui.__main__ import main


def settings_under(home: Path) -> Path:
    """The settings file of this home, in a folder that is there."""
    path = home / ".config" / "minicrm" / "config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


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
class Inside:
    """Runs `minicrm` in this process: twenty times as fast, for all that does not need a process of its own."""

    database: Path
    home: Path
    capture: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str, **more: str) -> Ran:
        self.capture.readouterr()
        # What the program sets in its environment goes with the command.
        with patch.dict(os.environ, more):
            try:
                code = main(arguments)
            except SystemExit as ended:
                code = int(str(ended.code or 0))
            finally:
                gc.enable()
        out, err = self.capture.readouterr()
        return Ran(code, out, err)

    @property
    def settings(self) -> Path:
        """The settings file, in a folder that is there."""
        return settings_under(self.home)
