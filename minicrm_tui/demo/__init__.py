"""Demo data: a firm's made-up customers, cards and tasks around any given day; the same seed gives the same data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from minicrm_tui.i18n import Language

CARDS: Final = 250
MOST_CARDS: Final = 1_000_000
SEED: Final = 2026

Progress = Callable[[int, int], None]
"""Told how much of how much is done."""


def write_demo(
    path: Path,
    *,
    now: datetime,
    cards: int = CARDS,
    seed: int = SEED,
    language: Language = "en",
    progress: Progress | None = None,
) -> None:
    """Write a new file of demo data in this language; Refused when it is already there. Memory does not grow."""
    # Names and texts are many, and only this needs them.
    from minicrm_tui.demo.writing import write

    write(path, now=now, cards=cards, seed=seed, language=language, progress=progress or _silent)


def _silent(_done: int, _all: int) -> None:
    """Nobody watches."""
