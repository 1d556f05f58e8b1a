"""The frozen records that the whole program speaks: modules, statuses, cards, tasks, contacts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NewType

from minicrm_tui.domain.checklists import Check
from minicrm_tui.domain.quiet import Quiet, Still
from minicrm_tui.domain.reckoning import first_working_day
from minicrm_tui.domain.recurrence import Recurrence

ModuleId = NewType("ModuleId", int)
StatusId = NewType("StatusId", int)
CardId = NewType("CardId", int)
TaskId = NewType("TaskId", int)
CompanyId = NewType("CompanyId", int)
PersonId = NewType("PersonId", int)
ActionId = NewType("ActionId", int)

MINUTES_IN_KEY = 1441
"""Slots of one day in a due key: the 1440 minutes, then one for "no time" after them."""

NO_TASK_DAY = 4_000_000
"""The day, beyond every calendar, under which cards without a task are sorted."""

NO_TASK_KEY = NO_TASK_DAY * MINUTES_IN_KEY


class Kind(StrEnum):
    """What a module is for; its pipeline follows from it."""

    SALES = "sales"
    ORDERS = "orders"
    INVOICING = "invoicing"
    PROJECTS = "projects"
    HR = "hr"
    EVENTS = "events"
    PARTNERS = "partners"
    HELPDESK = "helpdesk"
    CUSTOM = "custom"


class Group(StrEnum):
    """The four groups of every pipeline, in order."""

    LEAD = "lead"
    OPEN = "open"
    SUCCESS = "success"
    FAILED = "failed"


class Bucket(StrEnum):
    """Where a card stands in the list, by its next task; in the order of the list."""

    EXPIRED = "expired"
    TODAY = "today"
    TOMORROW = "tomorrow"
    THIS_WEEK = "this_week"
    NEXT_WEEK = "next_week"
    THIS_MONTH = "this_month"
    NEXT_MONTH = "next_month"
    LATER = "later"
    NO_TASK = "no_task"


class Sort(StrEnum):
    """The order of the cards inside a bucket."""

    DEADLINE = "deadline"
    VALUE = "value"
    IMPORTANCE = "importance"


class Place(StrEnum):
    """Whether a card is in the list, only in the pipeline, or in the trash."""

    LISTED = "listed"
    FINISHED = "finished"
    TRASHED = "trashed"


class Outcome(StrEnum):
    """How a closed task ended."""

    DONE = "done"
    SUCCESSFUL = "successful"
    FAILED = "failed"


class SalesStatus(StrEnum):
    """The first key field of an opportunity."""

    DISCOVERY = "discovery"
    IN_PROGRESS = "in_progress"
    WON = "won"
    LOST = "lost"


class Qualification(StrEnum):
    """The second key field of an opportunity."""

    NONE = "none"
    UNQUALIFIED = "unqualified"
    QUALIFIED = "qualified"
    VIP = "vip"


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline: a local day, and a local wall time where one was given."""

    day: date
    at: time | None = None

    @property
    def key(self) -> int:
        """Its place in time as one number; an untimed deadline comes after the day's timed ones."""
        minute = MINUTES_IN_KEY - 1 if self.at is None else self.at.hour * 60 + self.at.minute
        return self.day.toordinal() * MINUTES_IN_KEY + minute


def due_from_key(key: int) -> Due | None:
    """The deadline behind a due key; None for the key of "no task"."""
    if key >= NO_TASK_KEY:
        return None
    day, minute = divmod(key, MINUTES_IN_KEY)
    at = None if minute == MINUTES_IN_KEY - 1 else time(minute // 60, minute % 60)
    return Due(date.fromordinal(day), at)


def moment_key(now: datetime) -> int:
    """The due key of this local minute: a deadline with a lower key has expired."""
    return now.date().toordinal() * MINUTES_IN_KEY + now.hour * 60 + now.minute


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole minor units (cents) of an ISO 4217 currency."""

    minor: int
    currency: str


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


@dataclass(frozen=True, slots=True)
class Module:
    """One installed business process, a tab of the bar."""

    id: ModuleId
    kind: Kind
    name: str
    item: str
    position: int
    currency: str | None = None
    forgotten_days: int | None = None
    """After how many quiet days an opportunity in progress is marked as forgotten; None: never."""
    headings: tuple[str, str, str, str] = ("", "", "", "")
    """What the person calls the groups, in their order; "" where it is the kind's own heading."""
    follow_up: FollowUp | None = None
    """What is proposed where the status has no rule of its own."""
    sort: Sort = Sort.DEADLINE
    trashed: bool = False
    """Whether it is in the trash, and its cards with it."""


@dataclass(frozen=True, slots=True)
class Status:
    """One step of a pipeline. `key` is the same in every language.

    `color`: a name of the theme's palette, or nothing. `rot_days`: after how many days without a closed task, a note
    or a move a card in it is marked as rotting; None: never.
    """

    id: StatusId
    module_id: ModuleId
    key: str
    name: str
    group: Group
    position: int
    color: str = ""
    rot_days: int | None = None
    follow_up: FollowUp | None = None


@dataclass(frozen=True, slots=True)
class KeyFields:
    """The three fields of an opportunity that decide its status."""

    sales: SalesStatus = SalesStatus.DISCOVERY
    qualification: Qualification = Qualification.NONE
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """What to do next on a card. Moments are UTC and aware, the deadline is local."""

    id: TaskId
    card_id: CardId
    text: str
    type: str
    due: Due
    postponed: int = 0
    created_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: Outcome | None = None
    comment: str | None = None
    minutes: int | None = None
    rule: Recurrence | None = None
    """How it comes back once it is closed."""
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class CardRow:
    """What one row of the list or the pipeline shows of a card."""

    id: CardId
    module_id: ModuleId
    status_id: StatusId
    name: str
    value: Money | None
    place: Place
    task: Task | None
    open_tasks: int
    company: str | None = None
    person: str | None = None
    number: str | None = None
    """Of an order or a document, once it has one."""
    payment_due: date | None = None
    """The payment date of a document, while its money is waited for."""

    def days_overdue(self, today: date) -> int:
        """So many days after the payment date: a mark, not a status; 0 where nothing is late."""
        return 0 if self.payment_due is None else max(0, (today - self.payment_due).days)

    quiet: Quiet | None = None
    """Of an opportunity in progress, where it was asked for and the module marks what is forgotten."""
    still: Still | None = None
    """Where it was asked for and the status marks what rots in it."""
    shown: tuple[str, ...] = ()
    """In the list: what it has in the fields of its module that the rows show, in their order."""

    def rotting(self, now: datetime) -> int | None:
        """For how many local days nothing has happened to it in a status that marks that; None while it is well."""
        return None if self.still is None else self.still.rotting(now, moment_key(now))

    def forgotten(self, now: datetime) -> int | None:
        """For how many local days it has been forgotten; None while it is not."""
        return None if self.quiet is None else self.quiet.forgotten(now)


@dataclass(frozen=True, slots=True)
class Channel:
    """One phone or e-mail of a contact, as typed, with its label.

    `normal`: the form that two spellings share, or nothing where it is not known. `doubtful`: it does not look right,
    and is kept all the same.
    """

    value: str
    label: str = ""
    normal: str = ""
    is_default: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Company:
    """A firm that cards belong to."""

    id: CompanyId
    name: str
    phones: tuple[Channel, ...] = ()
    emails: tuple[Channel, ...] = ()
    address: str = ""
    website: str = ""
    tax_number: str = ""
    registration_number: str = ""
    industry: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A person that cards belong to; of at most one company."""

    id: PersonId
    name: str
    company_id: CompanyId | None = None
    phones: tuple[Channel, ...] = ()
    emails: tuple[Channel, ...] = ()
    first_name: str = ""
    last_name: str = ""
    job: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One thing that happened to a card. `kind`: created, task, status, field, note, trashed, restored."""

    at: datetime
    kind: str
    text: str = ""
    field: str = ""
    old: str = ""
    new: str = ""
    by_itself: bool = False
    task_id: TaskId | None = None
    """The closed task that an entry of kind task tells of, where it is closed still."""


@dataclass(frozen=True, slots=True)
class CardDetails:
    """A card whole: its row, its client with their channels, its key fields, open tasks, latest history."""

    row: CardRow
    status: Status
    company: Company | None
    person: Person | None
    keys: KeyFields | None
    tasks: tuple[Task, ...]
    history: tuple[HistoryEntry, ...]
    sales_step: str | None = None
    expected_close: date | None = None
    loss_reason: str | None = None
    created_at: datetime | None = None
    customer_step: str | None = None
    loss_details: str | None = None
    shown: tuple[tuple[str, str], ...] = ()
    """The names of the fields that the peek shows, and what the card has in them."""


@dataclass(frozen=True, slots=True)
class ModuleSummary:
    """A module with its pipeline and how many of its cards have an expired task."""

    module: Module
    statuses: tuple[Status, ...]
    expired: int
