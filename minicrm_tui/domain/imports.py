"""What comes in from a file: a row read and checked, what is wrong with another, and what became of them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from minicrm_tui.domain.contacts import ContactKind
from minicrm_tui.domain.fields import Field, Values
from minicrm_tui.domain.records import (
    CardId,
    Channel,
    Due,
    Group,
    KeyFields,
    Kind,
    Module,
    Money,
    Qualification,
    SalesStatus,
    Status,
)
from minicrm_tui.domain.task_types import DEFAULT_TYPES

CLOSED_TO_IMPORTS: Final = frozenset({Kind.ORDERS, Kind.INVOICING})
"""Their numbers and contents are made by their own actions alone."""


class OnDuplicate(StrEnum):
    """What is done with a card or a contact that is there already."""

    SKIP = "skip"
    UPDATE = "update"
    COPY = "copy"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Contact:
    """A company or a person in a row; empty texts are not in the file. `is_subject`: the row is about this contact."""

    kind: ContactKind
    name: str
    texts: Mapping[str, str] = field(default_factory=dict)
    phones: tuple[Channel, ...] = ()
    emails: tuple[Channel, ...] = ()
    is_subject: bool = False


@dataclass(frozen=True, slots=True)
class ImportedTask:
    """What is to be done on a card, or was: `closed_at` is a moment of the past."""

    text: str
    type: str
    due: Due
    minutes: int | None = None
    created_at: datetime | None = None
    closed_at: datetime | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class ImportedNote:
    """A note, and when it was written where the file says so."""

    text: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a card stands: a status of a pipeline, and the key fields that it follows from in Sales."""

    status: Status
    keys: KeyFields | None = None


@dataclass(frozen=True, slots=True)
class ImportedCard:
    """A card in a row. What is None or empty the row does not say; a card that is there keeps it.

    `attaches`: the row brings tasks or notes to a card that is there; where it is not `named`, its client's own.
    """

    name: str
    standing: Standing | None = None
    value: Money | None = None
    created_at: datetime | None = None
    ended_at: datetime | None = None
    expected_close: date | None = None
    sales_step: str = ""
    customer_step: str = ""
    loss_reason: str = ""
    loss_details: str = ""
    values: Values = field(default_factory=dict)
    tasks: tuple[ImportedTask, ...] = ()
    notes: tuple[ImportedNote, ...] = ()
    attaches: bool = False
    named: bool = True


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """One row of a file, read and checked. `row`: its number in a spreadsheet. The first person is the client."""

    row: int
    company: Contact | None = None
    persons: tuple[Contact, ...] = ()
    card: ImportedCard | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row, as a whole sentence; `column` is its header, or nothing."""

    row: int
    column: str
    why: str


Read = ImportedRow | tuple[Problem, ...]
"""A row that can be taken, or all that is wrong with it."""


@dataclass(frozen=True, slots=True)
class Landing:
    """The module into which cards go, with all that a row is checked against."""

    module: Module
    pipeline: tuple[Status, ...]
    fields: tuple[Field, ...] = ()
    currency: str = "EUR"
    types: tuple[str, ...] = DEFAULT_TYPES

    @property
    def is_sales(self) -> bool:
        """Whether the status follows from key fields."""
        return self.module.kind is Kind.SALES


@dataclass(frozen=True, slots=True)
class Wish:
    """How an import is to be done. `subject` names the file in the journal; no landing means contacts alone."""

    subject: str
    landing: Landing | None = None
    on_duplicate: OnDuplicate = OnDuplicate.SKIP
    dry_run: bool = False
    brings_to_cards: bool = False
    """Whether its rows bring tasks and notes to cards that are there, and make none as a rule."""


class Sort(StrEnum):
    """What an import makes."""

    COMPANY = "company"
    PERSON = "person"
    CARD = "card"
    TASK = "task"
    NOTE = "note"


@dataclass(slots=True)
class Counts:
    """What became of one sort of things. `matched`: contacts that were known, and served as they are."""

    made: int = 0
    updated: int = 0
    skipped: int = 0
    matched: int = 0


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do; `matched_by`: how many contacts were known by e-mail, phone and name.

    `first_card`: the first one that was made.
    """

    rows: int
    counts: Mapping[Sort, Counts]
    problems: tuple[Problem, ...] = ()
    dry_run: bool = False
    matched_by: Mapping[str, int] = field(default_factory=dict)
    first_card: CardId | None = None

    @property
    def errors(self) -> int:
        """How many rows have errors."""
        return len({problem.row for problem in self.problems})

    @property
    def changes(self) -> int:
        """How many things were made or changed."""
        return sum(each.made + each.updated for each in self.counts.values())


@dataclass(frozen=True, slots=True)
class StatusWord:
    """What a status word of a file means, as far as it says: a status, or some of the key fields of Sales.

    `step`: the word names a step of the sale, and is kept as that too.
    """

    status: Status | None = None
    sales: SalesStatus | None = None
    qualification: Qualification | None = None
    decided: bool | None = None
    group: Group | None = None
    step: str = ""
