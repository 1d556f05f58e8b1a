"""What an exported file is called, and where it goes."""

from __future__ import annotations

from datetime import date
from itertools import count
from pathlib import Path

from minicrm_tui.domain.exports import ExportFormat
from minicrm_tui.printing.names import allowed


def file_name(what: str, form: ExportFormat, today: date) -> str:
    """MiniCRM Sales 2026-11-23.csv; `what` is left out where it is everything."""
    return allowed(f"MiniCRM {what} {today.isoformat()}") + form.suffix


def place(typed: str, folder: Path) -> Path:
    """The file behind a typed name: one without a folder goes into this one."""
    return folder / Path(typed.strip()).expanduser()


def is_there(path: Path) -> bool:
    """Whether something of this name is there; a place that can't be asked is found out by writing."""
    try:
        return path.exists()
    except OSError:
        return False


def free(path: Path) -> Path:
    """The name with the first number that is free: sales (2).csv."""
    names = (path.with_name(f"{path.stem} ({number}){path.suffix}") for number in count(2))
    return next(name for name in names if not is_there(name))
