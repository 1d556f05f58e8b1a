"""Where a column can go: the fields of cards, tasks, companies and persons, and how a person writes them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MOST_PERSONS: Final = 20


class Subject(StrEnum):
    """What a row of the file is about."""

    CARDS = "cards"
    PEOPLE = "people"
    COMPANIES = "companies"
    ACTIVITIES = "activities"
    NOTES = "notes"


class What(StrEnum):
    """A field that a column can go to, as it is written where a person maps columns: the headers of our own files."""

    CARD_NAME = "Card: Name"
    STATUS = "Card: Status"
    SALES_STATUS = "Card: Sales status"
    QUALIFICATION = "Card: Qualification"
    DECIDED = "Card: Decided"
    VALUE = "Card: Value"
    CURRENCY = "Card: Currency"
    EXPECTED = "Card: Expected close"
    CREATED = "Card: Created"
    WON = "Card: Won time"
    LOST = "Card: Lost time"
    CLOSED = "Card: Closed"
    SALES_STEP = "Card: Sales step"
    CUSTOMER_STEP = "Card: Customer step"
    LOSS_REASON = "Card: Loss reason"
    LOSS_DETAILS = "Card: Loss details"
    NOTE = "Note: Text"
    NOTE_AT = "Note: Time"
    TASK_TEXT = "Task: Text"
    TASK_TYPE = "Task: Type"
    TASK_DAY = "Task: Date"
    TASK_TIME = "Task: Time"
    TASK_MINUTES = "Task: Duration"
    TASK_DONE = "Task: Done"
    TASK_CLOSED = "Task: Done time"
    TASK_NOTE = "Task: Note"
    COMPANY_NAME = "Company: Name"
    COMPANY_EMAIL = "Company: Email"
    COMPANY_PHONE = "Company: Phone"
    COMPANY_ADDRESS = "Company: Address"
    COMPANY_WEBSITE = "Company: Website"
    COMPANY_TAX = "Company: Tax number"
    COMPANY_REGISTRATION = "Company: Registration number"
    COMPANY_INDUSTRY = "Company: Industry"
    COMPANY_DESCRIPTION = "Company: Description"
    PERSON_NAME = "Person: Name"
    PERSON_FIRST = "Person: First name"
    PERSON_LAST = "Person: Last name"
    PERSON_EMAIL = "Person: Email"
    PERSON_PHONE = "Person: Phone"
    PERSON_JOB = "Person: Position"
    PERSON_ADDRESS = "Person: Address"
    PERSON_DESCRIPTION = "Person: Description"
    PERSON_MORE = "Person: More"
    FIELD = "Field"
    IGNORE = "Ignore"


CARD: Final = frozenset(
    what for what in What if what.value.startswith(("Card:", "Note:", "Task:")) or what is What.FIELD
)
"""What makes a row one of a card."""

COMPANY: Final = frozenset(what for what in What if what.value.startswith("Company:"))
PERSON: Final = frozenset(what for what in What if what.value.startswith("Person:"))
MOMENTS: Final = frozenset(
    (
        *(What.EXPECTED, What.CREATED, What.WON, What.LOST, What.CLOSED),
        *(What.NOTE_AT, What.TASK_DAY, What.TASK_CLOSED),
    )
)
"""Whose cells are dates."""

REACHES: Final = frozenset((What.COMPANY_EMAIL, What.COMPANY_PHONE, What.PERSON_EMAIL, What.PERSON_PHONE))
"""Of which a row may have several."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where one column goes.

    `person`: which of a row's persons. `label`: of its phone or e-mail. `slot`: which phone or e-mail, where the label
    stands in a column of its own: `labels` is that column. `field`: the name of a field that the module has.
    """

    what: What
    person: int = 1
    label: str = ""
    slot: int = 0
    labels: bool = False
    field: str = ""

    @property
    def text(self) -> str:
        """How it is written: "Person2: Email", "Field: Budget"."""
        if self.what is What.FIELD:
            return f"{self.what.value}: {self.field}"
        if self.what in PERSON:
            return self.what.value.replace("Person", f"Person{self.person}", 1)
        return self.what.value

    @property
    def shown(self) -> str:
        """The same, with the label of a phone or e-mail."""
        label = self.label or ("…" if self.labels else "")
        return f"{self.text} ({label})" if label else self.text


IGNORED: Final = Target(What.IGNORE)
