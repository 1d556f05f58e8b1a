"""Follow-up rules: the next step that a status, or a whole module, proposes; never added silently."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from minicrm_tui.domain.reckoning import first_working_day


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Propose this task, due in so many days; `days` None: on the next working day. `type` "": from the text."""

    text: str
    type: str = ""
    days: int | None = None

    def day(self, today: date, working_days: frozenset[int]) -> date:
        """The day that it proposes, counted from today."""
        if self.days is not None:
            return today + timedelta(days=self.days)
        return first_working_day(today + timedelta(days=1), working_days)
