"""Moments of the past, as whole minutes since 1970, and how the file writes them and the days."""

from __future__ import annotations

from datetime import date
from typing import Final

MINUTES_A_DAY: Final = 24 * 60
EPOCH_DAY: Final = date(1970, 1, 1).toordinal()

_TIMES: Final = tuple(f"T{minute // 60:02}:{minute % 60:02}:00Z" for minute in range(MINUTES_A_DAY))


class IsoDays(dict[int, str]):
    """Ordinals → ISO days, each formatted once."""

    def __missing__(self, day: int) -> str:
        self[day] = text = date.fromordinal(day).isoformat()
        return text

    def date(self, day: int) -> date:
        """The day itself."""
        return date.fromordinal(day)

    def stamp(self, moment: int) -> str:
        """The moment as the file keeps it."""
        day, minute = divmod(moment, MINUTES_A_DAY)
        return self[day + EPOCH_DAY] + _TIMES[minute]
