"""The columns of our own spreadsheets: written by the export, known again by the import.

The same in every language, and so are the words in them that the program gave: `in_progress`, `vip`, `yes`, `call`.
Moments are local (2026-11-23 09:30:00), days ISO, numbers with a decimal point; several values of one cell are joined
by a comma and a space. The shape is MiniCRM's: what it belongs to, a colon, what it is.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from minicrm_tui.domain.text import fold

JOINT: Final = ", "
"""Between several values of one cell."""

YES: Final = "yes"
NO: Final = "no"


class Column(StrEnum):
    """The columns that every spreadsheet of ours may have, in their order; a module's own fields follow the card's."""

    MODULE = "Module"
    CARD_ID = "Card: Id"
    CARD_NAME = "Card: Name"
    CARD_STATUS = "Card: Status"
    CARD_GROUP = "Card: Group"
    CARD_VALUE = "Card: Value"
    CARD_CURRENCY = "Card: Currency"
    CARD_TASK = "Card: Next task"
    CARD_TASK_TYPE = "Card: Task type"
    CARD_DEADLINE = "Card: Deadline"
    CARD_OPEN_TASKS = "Card: Open tasks"
    CARD_SALES_STATUS = "Card: Sales status"
    CARD_QUALIFICATION = "Card: Qualification"
    CARD_DECIDED = "Card: Decided"
    CARD_SALES_STEP = "Card: Sales step"
    CARD_CUSTOMER_STEP = "Card: Customer step"
    CARD_EXPECTED_CLOSE = "Card: Expected close"
    CARD_LOSS_REASON = "Card: Loss reason"
    CARD_LOSS_DETAILS = "Card: Loss details"
    CARD_DOCUMENT = "Card: Document"
    CARD_NUMBER = "Card: Number"
    CARD_ISSUED_ON = "Card: Issued"
    CARD_DUE_ON = "Card: Payment date"
    CARD_CREATED = "Card: Created"
    COMPANY_NAME = "Company: Name"
    COMPANY_EMAIL = "Company: Email"
    COMPANY_PHONE = "Company: Phone"
    COMPANY_ADDRESS = "Company: Address"
    COMPANY_WEBSITE = "Company: Website"
    COMPANY_TAX_NUMBER = "Company: Tax number"
    COMPANY_REGISTRATION_NUMBER = "Company: Registration number"
    COMPANY_INDUSTRY = "Company: Industry"
    COMPANY_DESCRIPTION = "Company: Description"
    PERSON_FIRST_NAME = "Person1: First name"
    PERSON_LAST_NAME = "Person1: Last name"
    PERSON_EMAIL = "Person1: Email"
    PERSON_PHONE = "Person1: Phone"
    PERSON_POSITION = "Person1: Position"
    PERSON_DESCRIPTION = "Person1: Description"


CLIENT: Final = tuple(each for each in Column if each.startswith(("Company: ", "Person1: ")))
"""The columns of the card's company and person, which stand last."""

_CARD: Final = "Card: "
_FIELD: Final = "Field: "
_TAKEN: Final = frozenset(fold(each) for each in Column)


def field_header(name: str) -> str:
    """The column of a module's own field; one that is called like a column of every card is marked as a field."""
    header = f"{_CARD}{name}"
    return f"{_FIELD}{name}" if fold(header) in _TAKEN else header


def field_name(header: str) -> str | None:
    """The name of the own field behind a column; None for any other column."""
    if fold(header) in _TAKEN:
        return None
    prefix = next((prefix for prefix in (_CARD, _FIELD) if header.startswith(prefix)), None)
    return None if prefix is None else header[len(prefix) :]
