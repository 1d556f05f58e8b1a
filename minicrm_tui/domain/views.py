"""What is shown of a module, what is chosen there, and what is found: views, their counts, marks, hits."""

from __future__ import annotations

from dataclasses import dataclass, field

from minicrm_tui.domain.records import Bucket, CardId, ModuleId, Money, StatusId


@dataclass(frozen=True, slots=True)
class View:
    """What the main screen shows of a module: all of it, one status, or what matches a typed text."""

    module_id: ModuleId
    status_id: StatusId | None = None
    text: str = ""

    def narrowed_by(self, other: View) -> View | None:
        """What both show (a text's words must all match); None where that is nothing."""
        statuses = {status for status in (self.status_id, other.status_id) if status is not None}
        if self.module_id != other.module_id or len(statuses) > 1:
            return None
        return View(self.module_id, next(iter(statuses), None), f"{self.text} {other.text}".strip())


@dataclass(frozen=True, slots=True)
class StatusTally:
    """How many cards stand in a status, and what they are worth, one sum a currency."""

    cards: int = 0
    sums: tuple[Money, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """The counts of a view: by bucket, finished, and by status (the pipeline is not narrowed by a status)."""

    buckets: dict[Bucket, int]
    finished: int
    statuses: dict[StatusId, StatusTally]
    whole: bool = True
    """False: counted so far; more may follow, at the end of what was counted."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a card stands in the list: its section (a bucket's value, or "finished") and offset there."""

    section: str
    offset: int


@dataclass(frozen=True, slots=True)
class StatusPage:
    """Some cards of one status in the pipeline: at most `limit`, from `offset` on."""

    status_id: StatusId
    offset: int
    limit: int


@dataclass(frozen=True, slots=True)
class MarkedRange:
    """A marked bucket as a predicate: all listed cards of a view with low <= sort key < high."""

    view: View
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Targets:
    """The cards that an action is for: named ones, and marked buckets but for some cards."""

    cards: tuple[CardId, ...] = ()
    ranges: tuple[MarkedRange, ...] = ()
    without: frozenset[CardId] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer of the search over everything. `kind`: module, card, company, person, note; a card's status and task.

    A note's id is that of its entry in the history, its name that of the card, and its detail where the words stand.
    """

    kind: str
    id: int
    name: str
    detail: str
    module_id: ModuleId | None = None
    card_id: CardId | None = None
    status_id: StatusId | None = None
    task: str = ""
