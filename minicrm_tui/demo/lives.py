"""What became of made-up orders and documents: status and days, such that the next task is where it has to be."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import cycle
from typing import Final, NamedTuple

from minicrm_tui.demo.clients import Client
from minicrm_tui.demo.dice import Dice
from minicrm_tui.demo.goods import Basket
from minicrm_tui.demo.moments import EPOCH_DAY, MINUTES_A_DAY
from minicrm_tui.demo.plan import EXPIRED, FINISHED, NO_TASK, Calendar
from minicrm_tui.domain.documents import FIRST_STATUS, DocumentKind
from minicrm_tui.domain.parties import PAYMENT_DAYS

_ORDER, _OFFER, _PROFORMA, _INVOICE = DocumentKind

_OPEN: Final = {_OFFER: "offer_awaiting", _PROFORMA: "proforma_issued", _INVOICE: "invoice_issued"}
"""The status after the issue."""

# Gone through one by one, so that even a few cards have some of each.
_ENDED: Final = (
    "invoice_paid", "offer_accepted", "invoice_paid", "invoice_cancelled", "proforma_paid", "offer_accepted",
    "invoice_paid", "offer_rejected", "invoice_paid", "invoice_paid", "proforma_cancelled", "offer_accepted",
    "invoice_paid", "offer_cancelled",
)  # fmt: skip
_RUNNING: Final = (
    "invoice_issued", "offer_awaiting", "invoice_to_be_issued", "invoice_issued", "proforma_issued", "invoice_issued",
    "offer_draft", "invoice_issued", "offer_awaiting", "proforma_draft", "invoice_paid",
)  # fmt: skip
_DRAFTS: Final = ("invoice_to_be_issued", "offer_draft", "invoice_to_be_issued", "proforma_draft")
_ORDERS_ENDED: Final = ("successful", "successful", "successful", "failed", "successful", "successful")
_ORDERS_RUNNING: Final = ("in_progress", "draft", "completed", "in_progress", "completed", "draft", "successful")
_ORDERS_RESTING: Final = ("draft", "in_progress", "completed")

_LATE_EVERY: Final = 7
"""Of the documents that wait for a coming day, each seventh should have been paid before, and was put off."""

_LONGEST_TERM: Final = 45
"""Days from now within which what was issued is due; for some a longer time was agreed than the usual one."""

_ENDED_SINCE: Final = (25, 160)
_RUNNING_SINCE: Final = (3, 45)
_WAITS: Final = 8
"""Origins that wait for a follower, of each kind; older ones are followed by nothing."""

# When something happens, in minutes of the day (UTC): what comes later on a day does so by the clock too.
_MADE, _FIXED, _DONE, _OVER = (6 * 60, 8 * 60), (8 * 60, 10 * 60), (10 * 60, 12 * 60), (12 * 60, 14 * 60)


class Origin(NamedTuple):
    """The card that something is made of; `since` is the day (an ordinal) before which it can't be."""

    card_id: int
    client: Client
    name: tuple[str, str]
    currency: str
    basket: Basket
    since: int


class Life(NamedTuple):
    """Moments are minutes since 1970, days are ordinals; what has not happened is None."""

    kind: DocumentKind
    status_key: str
    made: int
    fixed: int | None = None
    """When it was issued, or the order finalised."""
    done: int | None = None
    """When the order was completed."""
    over: int | None = None
    due: int | None = None
    task: int | None = None
    """The day of its open task."""
    postponed: int = 0
    origin: Origin | None = None

    @property
    def latest(self) -> int:
        """The moment of its last move."""
        return self.over or self.done or self.fixed or self.made


class Lives:
    """Says what became of the next order, or the next document."""

    def __init__(self, calendar: Calendar, dice: Dice) -> None:
        self._calendar = calendar
        self._today = calendar.today
        self._dice = dice
        self._ended, self._running, self._drafts = cycle(_ENDED), cycle(_RUNNING), cycle(_DRAFTS)
        self._orders_ended, self._orders_running = cycle(_ORDERS_ENDED), cycle(_ORDERS_RUNNING)
        self._orders_resting = cycle(_ORDERS_RESTING)
        self._waiting: dict[DocumentKind, deque[Origin]] = {kind: deque(maxlen=_WAITS) for kind in DocumentKind}
        self._late = 0

    def offer(self, kind: DocumentKind, origin: Origin) -> None:
        """A document of this kind may be made of that."""
        self._waiting[kind].append(origin)

    # --- orders

    def of_order(self, slot: int) -> Life:
        """An order whose next task is in this slot."""
        key = self._order_status(slot)
        since = _ENDED_SINCE if slot == FINISHED else _RUNNING_SINCE
        begun = self._today - self._dice.between(*since)
        origin = self._taken(_ORDER, self._today - 9)
        if origin is not None:
            begun = max(begun, origin.since)
        fixed = self._later(begun, 0, 4)
        done = self._later(fixed, 1, 12)
        over = self._later(done, 1, 12)
        return Life(
            _ORDER,
            key,
            self._moment(begun, _MADE),
            None if key == "draft" else self._moment(fixed, _FIXED),
            None if key in ("draft", "in_progress") else self._moment(done, _DONE),
            self._moment(over, _OVER) if key in ("successful", "failed") else None,
            origin=origin,
        )

    def _order_status(self, slot: int) -> str:
        if slot == FINISHED:
            return next(self._orders_ended)
        return next(self._orders_resting if slot == NO_TASK else self._orders_running)

    # --- documents

    def of_document(self, slot: int, *, may_cancel: bool) -> Life:
        """A document whose next task is in this slot. `may_cancel`: another one can cancel it."""
        if slot == FINISHED:
            key = next(self._ended)
            return self._finished("invoice_paid" if key == "invoice_cancelled" and not may_cancel else key)
        if slot == NO_TASK:
            return self._draft(next(self._drafts), None)
        key, day = next(self._running), self._dice.pick(self._calendar.days[slot])
        kind = _kind_of(key)
        if key == "invoice_paid":
            return self._finished(key)._replace(task=day)
        if key not in _OPEN.values() and slot != EXPIRED:
            return self._draft(key, day)
        return self._waiting_life(kind, day) or self._draft(FIRST_STATUS[kind], day)

    def _finished(self, key: str) -> Life:
        kind = _kind_of(key)
        begun = self._today - self._dice.between(*_ENDED_SINCE)
        origin = self._taken(kind, self._today - 6)
        if origin is not None:
            begun = max(begun, origin.since)
        fixed = self._later(begun, 0, 5)
        over = self._later(fixed, 1, 14)
        moments = self._moment(begun, _MADE), self._moment(fixed, _FIXED)
        return Life(kind, key, *moments, over=self._moment(over, _OVER), due=fixed + PAYMENT_DAYS, origin=origin)

    def _waiting_life(self, kind: DocumentKind, day: int) -> Life | None:
        """Issued, with a task on this day; None for a day on which nothing that is issued by now is due."""
        postponed, due = 0, day
        if day >= self._today:
            self._late += 1
            if self._late % _LATE_EVERY == 0:
                due, postponed = self._today - self._dice.between(2, 15), self._dice.between(1, 3)
        if due > self._today + _LONGEST_TERM:
            return None
        fixed = min(due - PAYMENT_DAYS, self._today - self._dice.between(1, 10))
        origin = self._taken(kind, fixed)
        begun = fixed - self._dice.between(0, 5)
        if origin is not None:
            begun = max(begun, origin.since)
        moments = self._moment(begun, _MADE), self._moment(fixed, _FIXED)
        return Life(kind, _OPEN[kind], *moments, due=due, task=day, postponed=postponed, origin=origin)

    def _draft(self, key: str, day: int | None) -> Life:
        kind = _kind_of(key)
        origin = self._taken(kind, self._today - 1)
        begun = self._today - self._dice.between(1, 20)
        if origin is not None:
            begun = max(begun, origin.since)
        return Life(kind, key, self._moment(begun, _MADE), task=day, origin=origin)

    # --- days and moments

    def _taken(self, kind: DocumentKind, until: int) -> Origin | None:
        """The first that waits for a follower of this kind and lets it be made until that day."""
        waiting = self._waiting[kind]
        found = next((origin for origin in waiting if origin.since <= until), None)
        if found is not None:
            waiting.remove(found)
        return found

    def _later(self, day: int, low: int, high: int) -> int:
        """So many days later, yesterday at the latest."""
        return min(day + self._dice.between(low, high), self._today - 1)

    def _moment(self, day: int, between: tuple[int, int]) -> int:
        return (day - EPOCH_DAY) * MINUTES_A_DAY + self._dice.between(*between)


def moves_of(life: Life) -> Iterator[tuple[int, str, str]]:
    """When it went from which status into which."""
    if life.kind is _ORDER:
        steps = [(life.fixed, "in_progress"), (life.done, "completed"), (life.over, life.status_key)]
    else:
        steps = [(life.fixed, _OPEN[life.kind]), (life.over, life.status_key)]
    before = FIRST_STATUS[life.kind]
    for moment, key in steps:
        if moment is not None:
            yield moment, before, key
            before = key


def _kind_of(key: str) -> DocumentKind:
    return DocumentKind(key.partition("_")[0])
