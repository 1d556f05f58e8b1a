"""A module as the list of all of them shows it, in the bar or in the trash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from minicrm_tui.domain.records import Module, Status


@dataclass(frozen=True, slots=True)
class ListedModule:
    """A module with its pipeline and the number of its cards, those in the trash left out."""

    module: Module
    statuses: tuple[Status, ...]
    cards: int
    expired: int
    trashed_at: datetime | None = None
