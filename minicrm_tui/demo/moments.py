"""Moments of the past, as seconds since 1970, and how the file writes them and the days."""

from __future__ import annotations

from datetime import date
from typing import Final

SECONDS_A_DAY: Final = 86_400
EPOCH_DAY: Final = date(1970, 1, 1).toordinal()


class IsoDays(dict[int, str]):
    """Ordinals → ISO days, each formatted once."""

    def __missing__(self, day: int) -> str:
        self[day] = text = date.fromordinal(day).isoformat()
        return text

    def stamp(self, moment: int) -> str:
        """The moment as the file keeps it."""
        day, second = divmod(moment, SECONDS_A_DAY)
        return f"{self[day + EPOCH_DAY]}T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}Z"
