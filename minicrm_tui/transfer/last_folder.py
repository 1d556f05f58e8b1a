"""The folder of the last file that was imported, kept beside the settings for the next time; it is no loss."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from minicrm_tui.files import write_whole

FILE: Final = "import-folder"
_LONGEST: Final = 10_000


def read_folder(path: Path) -> Path | None:
    """The folder, where one is kept that is still there."""
    try:
        with path.open("rb") as file:
            folder = Path(file.read(_LONGEST).decode())
        return folder if folder.is_absolute() and folder.is_dir() else None
    except (OSError, ValueError):
        return None


def keep_folder(path: Path, folder: Path) -> None:
    """Keep it, if that can be."""
    with suppress(OSError, ValueError):
        write_whole(path, str(folder).encode(), overwrite=True)
