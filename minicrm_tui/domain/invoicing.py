"""Invoicing: three documents and their statuses. They move by actions only (see `domain.actions`)."""

from __future__ import annotations

from typing import Final

from minicrm_tui.domain.records import Group
from minicrm_tui.domain.statuses import StatusTemplate
from minicrm_tui.i18n import NC_

STATUSES: Final = (
    StatusTemplate("offer_draft", Group.LEAD, NC_("invoicing", "Offer: draft")),
    StatusTemplate("proforma_draft", Group.LEAD, NC_("invoicing", "Proforma: draft")),
    StatusTemplate("invoice_to_be_issued", Group.LEAD, NC_("invoicing", "Invoice: to be issued")),
    StatusTemplate("offer_awaiting", Group.OPEN, NC_("invoicing", "Offer: awaiting answer")),
    StatusTemplate("proforma_issued", Group.OPEN, NC_("invoicing", "Proforma: issued")),
    StatusTemplate("invoice_issued", Group.OPEN, NC_("invoicing", "Invoice: issued")),
    StatusTemplate("offer_accepted", Group.SUCCESS, NC_("invoicing", "Offer: accepted")),
    StatusTemplate("proforma_paid", Group.SUCCESS, NC_("invoicing", "Proforma: paid")),
    StatusTemplate("invoice_paid", Group.SUCCESS, NC_("invoicing", "Invoice: paid")),
    StatusTemplate("offer_rejected", Group.FAILED, NC_("invoicing", "Offer: rejected")),
    StatusTemplate("offer_cancelled", Group.FAILED, NC_("invoicing", "Offer: cancelled")),
    StatusTemplate("proforma_cancelled", Group.FAILED, NC_("invoicing", "Proforma: cancelled")),
    StatusTemplate("invoice_cancelled", Group.FAILED, NC_("invoicing", "Invoice: cancelled")),
)

FIRST: Final = "invoice_to_be_issued"


def is_status(key: str) -> bool:
    """Whether a document can be in a status of this key."""
    return any(status.key == key for status in STATUSES)
