"""Which backups are kept: the newest of each of the last days, weeks and months that have one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

YOUNG: Final = timedelta(days=1)
"""What is no older is kept whatever it is: a person may have made it a moment ago."""


@dataclass(frozen=True, slots=True)
class Keep:
    """How many days, weeks and months keep a backup."""

    daily: int = 7
    weekly: int = 4
    monthly: int = 12


def kept(moments: Iterable[datetime], keep: Keep, now: datetime) -> frozenset[datetime]:
    """Those of these moments (local, as `now` is) whose backups are kept; the newest one always is."""
    newest_first = sorted(moments, reverse=True)
    found = {moment for moment in newest_first if now - moment <= YOUNG}
    found.update(newest_first[:1])
    found.update(_newest_of_each(newest_first, lambda moment: moment.date(), keep.daily))
    found.update(_newest_of_each(newest_first, lambda moment: moment.isocalendar()[:2], keep.weekly))
    found.update(_newest_of_each(newest_first, lambda moment: (moment.year, moment.month), keep.monthly))
    return frozenset(found)


def _newest_of_each(
    newest_first: Iterable[datetime], span: Callable[[datetime], Hashable], count: int
) -> Iterable[datetime]:
    """The newest moment of each of the last `count` spans that have one."""
    newest: dict[Hashable, datetime] = {}
    for moment in newest_first:
        newest.setdefault(span(moment), moment)
    return list(newest.values())[:count]
