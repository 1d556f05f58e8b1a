"""How long nothing has happened to a card: opportunities that are forgotten, cards that rot in their status."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Quiet:
    """When the last note or change of a task was (UTC), and after how many days the module calls that forgotten."""

    since: datetime
    limit: int

    def forgotten(self, now: datetime) -> int | None:
        """For how many local days it has been forgotten; None while it is not."""
        return _longer(self.since, self.limit, now)


@dataclass(frozen=True, slots=True)
class Still:
    """When a task was last closed, a note written or the card moved (UTC), and after how many days it rots there.

    `planned`: the due key of its last open task, 0 without one. A card with something planned does not rot; one whose
    tasks have all expired does.
    """

    since: datetime
    limit: int
    planned: int = 0

    def rotting(self, now: datetime, moment: int) -> int | None:
        """For how many local days nothing has happened, where that is too long; `moment`: the due key of now."""
        return None if self.planned >= moment else _longer(self.since, self.limit, now)


def _longer(since: datetime, limit: int, now: datetime) -> int | None:
    """The local days since then, where they are more than this."""
    days = (now.date() - since.astimezone(now.tzinfo).date()).days
    return days if days > limit else None
