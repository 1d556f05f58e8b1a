"""The lists of sales whose values a person may edit: steps of a sale, steps with a customer, reasons of a loss."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.records import KeyFields, SalesStatus
from minicrm_tui.domain.sales import customer_steps, loss_reasons, sales_steps
from minicrm_tui.domain.text import clean
from minicrm_tui.i18n import N_, _

ENTRY_LIMIT: Final = 200
"""Characters of a value."""

LIST_LIMIT: Final = 30
"""Values of a list: each is chosen by one key."""


class SalesList(StrEnum):
    """A list; its value is also the field of a card that takes its values."""

    SALES_STEP = "sales_step"
    CUSTOMER_STEP = "customer_step"
    LOSS_REASON = "loss_reason"


_NAMES: Final = {
    SalesList.SALES_STEP: N_("Sales steps"),
    SalesList.CUSTOMER_STEP: N_("Customer steps"),
    SalesList.LOSS_REASON: N_("Reasons of a loss"),
}


def list_name(which: SalesList) -> str:
    """What the list is called, translated."""
    return _(_NAMES[which])


def defaults(which: SalesList) -> tuple[str, ...]:
    """What the list offers until somebody edits it, translated."""
    match which:
        case SalesList.SALES_STEP:
            return sales_steps()
        case SalesList.CUSTOMER_STEP:
            return customer_steps()
        case SalesList.LOSS_REASON:
            return loss_reasons()


def step_list(keys: KeyFields) -> SalesList | None:
    """From which list an opportunity takes its step: an open one, or a won one; a lost one takes none."""
    match keys.sales:
        case SalesStatus.LOST:
            return None
        case SalesStatus.WON:
            return SalesList.CUSTOMER_STEP
        case _:
            return SalesList.SALES_STEP


def checked_entry(typed: str) -> str:
    """A name for a value of a list; Invalid("name") where it can't be one."""
    name = clean(typed)
    if not name:
        raise Invalid("name", _("Write what it is called."))
    if len(name) > ENTRY_LIMIT:
        raise Invalid("name", _("This has {limit} characters at most.").format(limit=ENTRY_LIMIT))
    return name
