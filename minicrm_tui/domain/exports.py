"""What leaves the program, as frozen records: cards with their clients, contacts, open tasks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from minicrm_tui.domain.fields import Field, FieldId
from minicrm_tui.domain.records import Company, KeyFields, Module, Money, Person, Status, Task


class ExportFormat(StrEnum):
    """What a file can be."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    VCARD = "vcard"
    ICS = "ics"

    @property
    def suffix(self) -> str:
        """The ending of its files."""
        return ".vcf" if self is ExportFormat.VCARD else f".{self.value}"


@dataclass(frozen=True, slots=True)
class ExportedModule:
    """A module and its own fields; those out of use are among them where a card has something in one."""

    module: Module
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """What a card of orders or invoicing says besides: which document, its number and its days."""

    kind: str
    number: str | None = None
    issued_on: date | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class ExportedCard:
    """One card whole, as a row of a spreadsheet holds it. `created_at` is local; `task` the next one."""

    id: int
    module: Module
    name: str
    status: Status
    created_at: datetime
    value: Money | None = None
    task: Task | None = None
    open_tasks: int = 0
    company: Company | None = None
    person: Person | None = None
    keys: KeyFields | None = None
    sales_step: str = ""
    customer_step: str = ""
    expected_close: date | None = None
    loss_reason: str = ""
    loss_details: str = ""
    paper: Paper | None = None
    values: Mapping[FieldId, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExportedContact:
    """A company or a person; of a person the company too."""

    contact: Company | Person
    created_at: datetime
    company: Company | None = None


@dataclass(frozen=True, slots=True)
class ExportedTask:
    """An open task with what one needs to do it.

    `changed_at`: when it was last written; `planned`: the day that it has in its series.
    """

    task: Task
    created_at: datetime
    changed_at: datetime
    module: str
    card: str
    company: str = ""
    person: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    planned: date | None = None
