"""Open tasks of made-up cards, and the ids that everything takes one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from minicrm_tui.demo.clients import Client
from minicrm_tui.demo.dice import Dice
from minicrm_tui.demo.moments import IsoDays
from minicrm_tui.demo.plan import EXPIRED, FINISHED, NO_TASK, TODAY, Calendar
from minicrm_tui.demo.vocabulary import Choice
from minicrm_tui.domain.records import MINUTES_IN_KEY
from minicrm_tui.store.bulk_rows import Batch, TaskValues

# Of a hundred tasks of the type.
_TIMED: Final = {"meeting": 100, "call": 40, "email": 10, "other": 10}

# Gone through one by one, so that even a few cards have some of each.
_POSTPONED: Final = (0, 0, 1, 0, 0, 2, 0, 0, 0, 1, 0, 0, 2, 0, 0, 0, 3, 0, 0)
_POSTPONED_WHEN_EXPIRED: Final = (2, 0, 1, 0, 0, 2, 1, 0, 3, 0, 0)
_SECOND_TASK_EVERY: Final = 13


@dataclass(slots=True)
class Ids:
    """The last ids that were given."""

    card: int = 0
    task: int = 0

    def next_card(self) -> int:
        """The id of a new card."""
        self.card += 1
        return self.card

    def next_task(self) -> int:
        """The id of a new task."""
        self.task += 1
        return self.task


class OpenTask(NamedTuple):
    """What a card keeps of an open task."""

    id: int
    due_key: int
    folded: str


class OpenTasks:
    """Makes the open tasks of the card that was made last; none was made after `until`."""

    def __init__(self, calendar: Calendar, ids: Ids, days: IsoDays, dice: Dice, until: int) -> None:
        self.ids = ids
        self.days = days
        self._calendar = calendar
        self._dice = dice
        self.until = until
        self._expired = 0

    def some(self, texts: Choice, slot: int, client: Client, since: int, batch: Batch) -> tuple[OpenTask, ...]:
        """Those of a card in this slot, the next one first: none, one, sometimes two."""
        if slot in (NO_TASK, FINISHED):
            return ()
        day = self._dice.pick(self._calendar.days[slot])
        first = self.one(texts, slot, day, client, since, batch)
        if self.ids.card % _SECOND_TASK_EVERY:
            return (first,)
        later = max(day, self._calendar.today) + self._dice.between(2, 10)
        return (first, self.one(texts, NO_TASK, later, client, since, batch))

    def one(self, texts: Choice, slot: int, day: int, client: Client, since: int, batch: Batch) -> OpenTask:
        """A task for this day, an ordinal."""
        task_id = self.ids.next_task()
        task = texts.for_(client, self._dice)
        text, folded = task.said_of(client)
        minute = self._minute(task.type, slot)
        due_key = day * MINUTES_IN_KEY + (MINUTES_IN_KEY - 1 if minute is None else minute)
        at = None if minute is None else f"{minute // 60:02}:{minute % 60:02}"
        created = self.days.stamp(self._dice.between(since, self.until))
        still_open = (None, None, None)
        batch.tasks.append(
            TaskValues(
                task_id,
                self.ids.card,
                text,
                task.type,
                self.days[day],
                at,
                due_key,
                self._postponed(slot),
                created,
                *still_open,
            )
        )
        return OpenTask(task_id, due_key, folded)

    def _minute(self, task_type: str, slot: int) -> int | None:
        """The time of the day, where it has one; as many throws at any hour, so that the rest stays the same."""
        timed, place = self._dice.happens(_TIMED[task_type]), self._dice.throw()
        times = self._calendar.times_today if slot == TODAY else self._calendar.times
        return times[int(place * len(times))] if timed and times else None

    def _postponed(self, slot: int) -> int:
        if slot != EXPIRED:
            return _POSTPONED[self.ids.task % len(_POSTPONED)]
        self._expired += 1
        return _POSTPONED_WHEN_EXPIRED[self._expired % len(_POSTPONED_WHEN_EXPIRED)]
