"""What already happened to a made-up card: closed tasks, notes, and the way to its status."""

from __future__ import annotations

from typing import Final, NamedTuple

from minicrm_tui.demo import texts
from minicrm_tui.demo.clients import Client
from minicrm_tui.demo.dice import Dice
from minicrm_tui.demo.moments import EPOCH_DAY, MINUTES_A_DAY, IsoDays
from minicrm_tui.demo.vocabulary import Vocabulary
from minicrm_tui.domain.records import MINUTES_IN_KEY, KeyFields, SalesStatus
from minicrm_tui.i18n import _
from minicrm_tui.store.bulk_rows import Batch, HistoryValues, TaskValues

_EVENTS_WHEN_RICH: Final = 2.0
_EVENTS: Final = 0.25
_NOTES_PERCENT: Final = 35
_COMMENTED_PERCENT: Final = 50
_DECIDED: Final = ("no", "yes")
_OUTCOMES: Final = ("done", "done", "done", "successful", "failed")


class Stage:
    """Where a card stands: its status, in which one it began, and the key fields of an opportunity as they are kept."""

    __slots__ = (
        "decided",
        "first_key",
        "is_lost_sale",
        "is_open_sale",
        "is_won_sale",
        "keys",
        "qualification",
        "sales_status",
        "status_id",
        "status_key",
        "why",
    )

    def __init__(self, status_id: int, status_key: str, first_key: str, keys: KeyFields | None = None) -> None:
        """All that can be known of it before a million cards ask for it."""
        self.status_id = status_id
        self.status_key = status_key
        self.first_key = first_key
        self.keys = keys
        self.sales_status = None if keys is None else keys.sales.value
        self.qualification = None if keys is None else keys.qualification.value
        self.decided = 0 if keys is None else int(keys.decided)
        self.is_open_sale = keys is not None and keys.sales is SalesStatus.IN_PROGRESS
        self.is_won_sale = keys is not None and keys.sales is SalesStatus.WON
        self.is_lost_sale = keys is not None and keys.sales is SalesStatus.LOST
        self.why = "" if keys is None else " ".join(f"{field}={new}" for field, _old, new in _changes(keys))


class Subject(NamedTuple):
    """The card that the past is of; it was born so many minutes after 1970."""

    card_id: int
    client: Client
    status_id: int
    born: int


class PastMaker:
    """Makes the past of cards, one after the other; nothing of it is later than `until`."""

    def __init__(self, dice: Dice, days: IsoDays, until: int, *, rich: bool) -> None:
        """`rich` is for small files: several closed tasks and notes, and every change of a key field."""
        self._dice = dice
        self._days = days
        self._until = until
        self._rich = rich
        self._events = _EVENTS_WHEN_RICH if rich else _EVENTS
        self._comments = tuple(_(comment) for comment in texts.COMMENTS)

    def make(self, card: Subject, stage: Stage, words: Vocabulary, task_id: int, batch: Batch) -> tuple[int, int]:
        """Everything up to now. Says the last task's id, and when the card was finished, if it is: its last event."""
        task_id, moment = self.begin(card, words, task_id, self._until, batch)
        return task_id, self._move(card, stage, moment, batch)

    def begin(self, card: Subject, words: Vocabulary, task_id: int, until: int, batch: Batch) -> tuple[int, int]:
        """What happened before its first move, which was not before `until`: closed tasks and notes."""
        self.tell(batch, card.card_id, card.born, "created")
        moment = card.born
        for _each in range(int(self._events + self._dice.throw())):
            moment = self._dice.between(moment, until)
            if self._dice.happens(_NOTES_PERCENT):
                note, _folded = words.notes.for_(card.client, self._dice).said_of(card.client)
                self.tell(batch, card.card_id, moment, "note", note)
            else:
                task_id += 1
                self._close_task(card, words, task_id, moment, batch)
        return task_id, moment

    def _close_task(self, card: Subject, words: Vocabulary, task_id: int, moment: int, batch: Batch) -> None:
        task = words.tasks.for_(card.client, self._dice)
        text, _folded = task.said_of(card.client)
        outcome = self._dice.pick(_OUTCOMES)
        comment = self._dice.pick(self._comments) if self._dice.happens(_COMMENTED_PERCENT) else None
        day = EPOCH_DAY + moment // MINUTES_A_DAY
        batch.tasks.append(
            TaskValues(
                id=task_id,
                card_id=card.card_id,
                text=text,
                type=task.type,
                day=self._days[day],
                at=None,
                due_key=day * MINUTES_IN_KEY + MINUTES_IN_KEY - 1,
                postponed=task_id % 3 // 2,
                created_at=self._days.stamp(card.born),
                closed_at=self._days.stamp(moment),
                outcome=outcome,
                comment=comment,
            )
        )
        said = f"{text} — {comment}" if comment else text
        self.tell(batch, card.card_id, moment, "task", said, "outcome", new=outcome)

    def _move(self, card: Subject, stage: Stage, moment: int, batch: Batch) -> int:
        """From the first status to where it is; the key fields are changed by hand, and the card moves by itself."""
        if stage.status_key == stage.first_key:
            return moment
        moment = self._dice.between(moment, self._until)
        if stage.keys is not None and self._rich:
            for field, old, new in _changes(stage.keys):
                self.tell(batch, card.card_id, moment, "field", "", field, old, new)
        ends, by_itself = (stage.first_key, stage.status_key), stage.keys is not None
        self.tell(batch, card.card_id, moment, "status", stage.why, "status", *ends, by_itself)
        return moment

    def tell(
        self,
        batch: Batch,
        card_id: int,
        moment: int,
        kind: str,
        text: str = "",
        field: str = "",
        old: str = "",
        new: str = "",
        by_itself: bool = False,
    ) -> None:
        """Something that happened then."""
        batch.history.append(
            HistoryValues(card_id, self._days.stamp(moment), kind, text, field, old, new, int(by_itself))
        )


def _changes(keys: KeyFields) -> list[tuple[str, str, str]]:
    """What a new opportunity's key fields were, and what they became."""
    new = KeyFields()
    fields = (
        ("sales_status", new.sales.value, keys.sales.value),
        ("qualification", new.qualification.value, keys.qualification.value),
        ("decided", _DECIDED[new.decided], _DECIDED[keys.decided]),
    )
    return [change for change in fields if change[1] != change[2]]
