"""Where the program keeps its files: the data, the settings, the log and the backups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import platformdirs

NAME: Final = "minicrm"
"""The name of the program's folders."""

DATABASE_VARIABLE: Final = "MINICRM_DB"
"""The environment variable that names the database, where no option does."""


@dataclass(frozen=True, slots=True)
class Paths:
    """The places of this run; none of them need exist yet."""

    database: Path
    settings: Path
    log: Path
    backups: Path


def find_paths(environment: Mapping[str, str], database: Path | None = None) -> Paths:
    """The places: `database` is what was asked for, then the environment decides, then the platform's data folder."""
    data = platformdirs.user_data_path(NAME, appauthor=False)
    return Paths(
        database=(database or _named_in(environment) or data / "minicrm.db").absolute(),
        settings=platformdirs.user_config_path(NAME, appauthor=False) / "config.toml",
        log=platformdirs.user_log_path(NAME, appauthor=False) / "minicrm.log",
        backups=data / "backups",
    )


def _named_in(environment: Mapping[str, str]) -> Path | None:
    """An empty variable is none; a `~` in it was not expanded by a shell."""
    name = environment.get(DATABASE_VARIABLE, "").strip()
    return Path(name).expanduser() if name else None


def file_alone(arguments: tuple[str, ...]) -> Path | None:
    """The file, where nothing but that is asked for: the app need not wait for what the commands import."""
    match arguments:
        case ("--db", file) if file.strip() and not file.startswith("-"):
            return Path(file)
        case _:
            return None
