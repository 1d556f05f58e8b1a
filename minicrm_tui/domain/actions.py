"""What moves orders and documents: actions, each from certain statuses into one. Nothing else moves them.

The orders' table is MiniCRM's; that offers are accepted or rejected, and documents issued, paid and cancelled, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from minicrm_tui.domain.errors import Refused
from minicrm_tui.i18n import NC_, _, pgettext


class Action(StrEnum):
    """Something that can be done with an order or a document."""

    FINALISE = "finalise"
    EDIT = "edit"
    COMPLETE = "complete"
    ISSUE = "issue"
    ACCEPT = "accept"
    REJECT = "reject"
    PAY = "pay"
    CANCEL = "cancel"


_NAMES: Final[Mapping[Action, str]] = {
    Action.FINALISE: NC_("action", "Finalise"),
    Action.EDIT: NC_("action", "Edit"),
    Action.COMPLETE: NC_("action", "Complete"),
    Action.ISSUE: NC_("action", "Issue"),
    Action.ACCEPT: NC_("action", "Accept"),
    Action.REJECT: NC_("action", "Reject"),
    Action.PAY: NC_("action", "Paid"),
    Action.CANCEL: NC_("action", "Cancel"),
}

OF_SEVERAL: Final = (Action.FINALISE, Action.COMPLETE, Action.PAY)
"""What can be done with several cards at once; the others give numbers that stay, or ask something of each."""

_ONWARDS: Final = (Action.FINALISE, Action.COMPLETE, Action.ISSUE, Action.ACCEPT, Action.PAY)

TABLE: Final[Mapping[str, Mapping[Action, str]]] = {
    "draft": {Action.FINALISE: "in_progress"},
    "in_progress": {Action.COMPLETE: "completed", Action.EDIT: "draft"},
    "completed": {Action.PAY: "successful", Action.CANCEL: "failed"},
    "successful": {Action.CANCEL: "failed"},
    "failed": {Action.PAY: "successful"},
    "offer_draft": {Action.ISSUE: "offer_awaiting"},
    "offer_awaiting": {
        Action.ACCEPT: "offer_accepted",
        Action.REJECT: "offer_rejected",
        Action.CANCEL: "offer_cancelled",
    },
    "offer_accepted": {},
    "offer_rejected": {},
    "offer_cancelled": {},
    "proforma_draft": {Action.ISSUE: "proforma_issued"},
    "proforma_issued": {Action.PAY: "proforma_paid", Action.CANCEL: "proforma_cancelled"},
    "proforma_paid": {},
    "proforma_cancelled": {},
    "invoice_to_be_issued": {Action.ISSUE: "invoice_issued"},
    "invoice_issued": {Action.PAY: "invoice_paid", Action.CANCEL: "invoice_cancelled"},
    "invoice_paid": {},
    "invoice_cancelled": {},
}
"""By the key of the status where the card stands: what can be done, and the status that it leads to."""


def possible(status_key: str) -> tuple[Action, ...]:
    """What can be done in this status; nothing in one that is the end."""
    return tuple(TABLE.get(status_key, {}))


def after(status_key: str, action: Action) -> str:
    """The status that the action leads to; Refused, naming what is possible, where it can't be done."""
    found = TABLE.get(status_key, {}).get(action)
    if found is None:
        raise Refused(refusal(action), what_is_possible(status_key))
    return found


def forward(status_key: str) -> Action | None:
    """What is naturally done next; None at an end, from which only a word takes it further."""
    return None if status_key == "failed" else next((each for each in possible(status_key) if each in _ONWARDS), None)


def gaining(status_key: str) -> Action:
    """How what is in this status ends well: an offer is accepted, all else is paid."""
    return Action.ACCEPT if status_key.startswith("offer_") else Action.PAY


def failing(status_key: str) -> Action:
    """How it ends badly: an offer is rejected, all else is cancelled."""
    return Action.REJECT if status_key.startswith("offer_") else Action.CANCEL


def action_name(action: Action) -> str:
    """The action by its name, translated."""
    return pgettext("action", _NAMES[action])


def refusal(action: Action) -> str:
    """That the action can't be done here."""
    return _("“{action}” is not possible in this status.").format(action=action_name(action))


def what_is_possible(status_key: str) -> str:
    """The actions of this status, named."""
    names = ", ".join(action_name(action) for action in possible(status_key))
    return _("Possible: {actions}.").format(actions=names) if names else _("This is its end: nothing more can be done.")
