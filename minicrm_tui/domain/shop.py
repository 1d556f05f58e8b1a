"""The shop: what each kind of module is, what it is good for, and the pipeline that it begins with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from minicrm_tui.domain.pipelines import group_name, is_fixed, status_name, template
from minicrm_tui.domain.records import Group, Kind
from minicrm_tui.i18n import N_, _

_WHAT: Final[Mapping[Kind, str]] = {
    Kind.SALES: N_("Opportunities. You say how a sale stands and how good the prospect is; the card moves by itself."),
    Kind.ORDERS: N_("Orders with items, VAT and a number, printed as a PDF."),
    Kind.INVOICING: N_("Offers, proformas and invoices with items, VAT and numbers, printed as a PDF."),
    Kind.PROJECTS: N_("Work that takes weeks, from the idea to what is finished."),
    Kind.HR: N_("People who would like to work with you, from the first letter to the contract."),
    Kind.EVENTS: N_("Who was invited to a course, a fair or a meeting, who comes, and who was there."),
    Kind.PARTNERS: N_("Firms that you work with, from the first talk on."),
    Kind.HELPDESK: N_("What clients ask for and what does not work, until it is solved."),
    Kind.CUSTOM: N_("A process of your own: you name it, its cards and its steps."),
}
_GOOD_FOR: Final[Mapping[Kind, str]] = {
    Kind.SALES: N_("Take it when you qualify prospects and have many opportunities a month."),
    Kind.ORDERS: N_("Take it when something is delivered after the sale; M makes an order of an opportunity."),
    Kind.INVOICING: N_("Take it when you send offers or ask for money; M makes a document of a card."),
    Kind.PROJECTS: N_("Take it when the work begins after the sale: a building site, a website, an installation."),
    Kind.HR: N_("Take it when you look for people; one module a job keeps the jobs apart."),
    Kind.EVENTS: N_("Take it when you must know who comes; one module an event keeps the events apart."),
    Kind.PARTNERS: N_("Take it when others sell for you, or you buy from them."),
    Kind.HELPDESK: N_("Take it when requests come in and none may be forgotten."),
    Kind.CUSTOM: N_("Take it when you care for the steps more than for the qualification; also for sales."),
}


def what_it_is(kind: Kind) -> str:
    """What a module of this kind holds, in a sentence."""
    return _(_WHAT[kind])


def good_for(kind: Kind) -> str:
    """When to choose it."""
    return _(_GOOD_FOR[kind])


def about_pipeline(kind: Kind) -> str:
    """Whether its pipeline can be made another one, and what moves its cards."""
    if kind is Kind.SALES:
        return _("Its pipeline is fixed: a card's key fields say where it stands.")
    if is_fixed(kind):
        return _("Its pipeline is fixed: cards move by what you do with them.")
    return _("Its pipeline is yours to change: statuses, their order, names and colours.")


def default_pipeline(kind: Kind) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The four groups with their statuses, as they are called."""
    statuses = template(kind)
    return tuple(
        (group_name(kind, group), tuple(status_name(kind, each.key) for each in statuses if each.group is group))
        for group in Group
    )
