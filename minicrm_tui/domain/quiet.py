"""Forgotten opportunities: in progress, and nothing was noted or changed on their tasks for too long."""

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
        days = (now.date() - self.since.astimezone(now.tzinfo).date()).days
        return days if days > self.limit else None
