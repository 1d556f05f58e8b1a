"""What the fields of a card are called; and those that are neither in its form nor its own module's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from minicrm_tui.domain.dates import parse_when
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.records import KeyFields, SalesStatus
from minicrm_tui.domain.text import clean
from minicrm_tui.i18n import N_, _

CARD_FIELDS: Final = ("sales_step", "customer_step", "expected_close", "loss_reason", "loss_details")
"""The keys of the latter, which are also the `field` of what is wrong."""

FIELD_NAMES: Final[Mapping[str, str]] = {
    "name": N_("Name"),
    "value": N_("Value"),
    "company": N_("Company"),
    "person": N_("Person"),
    "status": N_("Status"),
    "sales_status": N_("Sales status"),
    "qualification": N_("Qualification"),
    "decided": N_("Decided"),
    "sales_step": N_("Sales step"),
    "customer_step": N_("Customer step"),
    "expected_close": N_("Closes on"),
    "loss_reason": N_("Reason of the loss"),
    "loss_details": N_("Details of the loss"),
}
"""What the fields of every card, and of an opportunity, are called."""

LIMIT: Final = 200

DETAILS_LIMIT: Final = 1000


def checked_card_field(key: str, typed: str) -> str:
    """A typed text without control characters; Invalid(key, …) where it is too long."""
    text = clean(typed)
    limit = DETAILS_LIMIT if key == "loss_details" else LIMIT
    if len(text) > limit:
        raise Invalid(key, _("This has {limit} characters at most.").format(limit=limit))
    return text


def refuse_misplaced(keys: KeyFields, key: str, value: str) -> None:
    """Raise Invalid(key, …) for what an opportunity has only when it is lost, or won; nothing is nowhere misplaced."""
    if key in ("loss_reason", "loss_details") and value and keys.sales is not SalesStatus.LOST:
        raise Invalid(key, _("Only a lost card has a reason of its loss."))
    if key == "customer_step" and value and keys.sales is not SalesStatus.WON:
        raise Invalid(key, _("Only a won card has a customer step."))


def field_name(key: str) -> str:
    """The name of one of these fields, translated."""
    return _(FIELD_NAMES[key])


def parse_card_field(key: str, typed: str, now: datetime, *, language: str = "en", week_start: int = 0) -> str:
    """A typed value as it is kept: a day in ISO, a text as it is; nothing for nothing. Raises Invalid(key, …)."""
    text = checked_card_field(key, typed)
    if key != "expected_close" or not text:
        return text
    try:
        due = parse_when(text, now, language=language, week_start=week_start)
    except Invalid as error:
        raise Invalid(key, error.why) from None
    if due.at is not None:
        raise Invalid(key, _("A date here has no time."))
    return due.day.isoformat()
