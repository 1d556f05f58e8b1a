"""What the arguments ask for: the app, the demo, or the places. The other commands are in `commands`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from minicrm_tui.cli.commands import Command
from minicrm_tui.cli.safekeeping import FileCommand


@dataclass(frozen=True, slots=True)
class OpenApp:
    """The program on the screen."""


@dataclass(frozen=True, slots=True)
class OpenDemo:
    """The program on made-up data; a file that is not named is thrown away at the end."""

    cards: int
    seed: int
    opens: bool


@dataclass(frozen=True, slots=True)
class ShowPlaces:
    """Where the files are."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be done, and with which file, where one was named."""

    wish: OpenApp | OpenDemo | ShowPlaces | FileCommand | Command
    database: Path | None = None
