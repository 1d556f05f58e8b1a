"""The nine kinds of modules: their names, and the pipelines they begin with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from minicrm_tui.domain import invoicing, orders, sales
from minicrm_tui.domain.records import Group, Kind, Module, Status, StatusId
from minicrm_tui.domain.statuses import StatusTemplate
from minicrm_tui.i18n import NC_, _, pgettext

FIXED: Final = frozenset({Kind.SALES, Kind.ORDERS, Kind.INVOICING})
NEW_DATABASE: Final = (Kind.SALES,)
"""What a file begins with where nobody has chosen."""

TEMPLATES: Final[Mapping[Kind, tuple[StatusTemplate, ...]]] = {
    Kind.SALES: sales.STATUSES,
    Kind.ORDERS: orders.STATUSES,
    Kind.INVOICING: invoicing.STATUSES,
    Kind.PROJECTS: (
        StatusTemplate("idea", Group.LEAD, NC_("projects", "Idea")),
        StatusTemplate("planning", Group.OPEN, NC_("projects", "Planning")),
        StatusTemplate("in_progress", Group.OPEN, NC_("projects", "In progress")),
        StatusTemplate("review", Group.OPEN, NC_("projects", "Review")),
        StatusTemplate("completed", Group.SUCCESS, NC_("projects", "Completed")),
        StatusTemplate("cancelled", Group.FAILED, NC_("projects", "Cancelled")),
    ),
    Kind.HR: (
        StatusTemplate("candidate", Group.LEAD, NC_("hr", "Candidate")),
        StatusTemplate("interview", Group.OPEN, NC_("hr", "Interview")),
        StatusTemplate("offer", Group.OPEN, NC_("hr", "Offer")),
        StatusTemplate("hired", Group.SUCCESS, NC_("hr", "Hired")),
        StatusTemplate("rejected", Group.FAILED, NC_("hr", "Rejected")),
    ),
    Kind.EVENTS: (
        StatusTemplate("invited", Group.LEAD, NC_("events", "Invited")),
        StatusTemplate("registered", Group.OPEN, NC_("events", "Registered")),
        StatusTemplate("confirmed", Group.OPEN, NC_("events", "Confirmed")),
        StatusTemplate("attended", Group.SUCCESS, NC_("events", "Attended")),
        StatusTemplate("absent", Group.FAILED, NC_("events", "Absent")),
        StatusTemplate("cancelled", Group.FAILED, NC_("events", "Cancelled")),
    ),
    Kind.PARTNERS: (
        StatusTemplate("potential", Group.LEAD, NC_("partners", "Potential")),
        StatusTemplate("negotiation", Group.OPEN, NC_("partners", "Negotiation")),
        StatusTemplate("active", Group.SUCCESS, NC_("partners", "Active")),
        StatusTemplate("closed", Group.FAILED, NC_("partners", "Closed")),
    ),
    Kind.HELPDESK: (
        StatusTemplate("to_process", Group.LEAD, NC_("helpdesk", "To process")),
        StatusTemplate("in_progress", Group.OPEN, NC_("helpdesk", "In progress")),
        StatusTemplate("waiting_for_client", Group.OPEN, NC_("helpdesk", "Waiting for client")),
        StatusTemplate("solved", Group.SUCCESS, NC_("helpdesk", "Solved")),
        StatusTemplate("closed_unsolved", Group.FAILED, NC_("helpdesk", "Closed unsolved")),
    ),
    Kind.CUSTOM: (
        StatusTemplate("new", Group.LEAD, NC_("custom", "New")),
        StatusTemplate("in_progress", Group.OPEN, NC_("custom", "In progress")),
        StatusTemplate("done", Group.SUCCESS, NC_("custom", "Done")),
        StatusTemplate("cancelled", Group.FAILED, NC_("custom", "Cancelled")),
    ),
}

_MODULES: Final[Mapping[Kind, str]] = {
    Kind.SALES: NC_("module", "Sales"),
    Kind.ORDERS: NC_("module", "Orders"),
    Kind.INVOICING: NC_("module", "Invoicing"),
    Kind.PROJECTS: NC_("module", "Projects"),
    Kind.HR: NC_("module", "HR"),
    Kind.EVENTS: NC_("module", "Events"),
    Kind.PARTNERS: NC_("module", "Partners"),
    Kind.HELPDESK: NC_("module", "Helpdesk"),
    Kind.CUSTOM: NC_("module", "Custom"),
}
_ITEMS: Final[Mapping[Kind, str]] = {
    Kind.SALES: NC_("item", "Opportunity"),
    Kind.ORDERS: NC_("item", "Order"),
    Kind.INVOICING: NC_("item", "Document"),
    Kind.PROJECTS: NC_("item", "Project"),
    Kind.HR: NC_("item", "Candidate"),
    Kind.EVENTS: NC_("item", "Participant"),
    Kind.PARTNERS: NC_("item", "Partner"),
    Kind.HELPDESK: NC_("item", "Ticket"),
    Kind.CUSTOM: NC_("item", "Card"),
}
_ITEMS_IN_PLURAL: Final[Mapping[Kind, str]] = {
    Kind.SALES: NC_("items", "Opportunities"),
    Kind.ORDERS: NC_("items", "Orders"),
    Kind.INVOICING: NC_("items", "Documents"),
    Kind.PROJECTS: NC_("items", "Projects"),
    Kind.HR: NC_("items", "Candidates"),
    Kind.EVENTS: NC_("items", "Participants"),
    Kind.PARTNERS: NC_("items", "Partners"),
    Kind.HELPDESK: NC_("items", "Tickets"),
    Kind.CUSTOM: NC_("items", "Cards"),
}
_GROUPS: Final[Mapping[Group, str]] = {
    Group.LEAD: NC_("group", "Lead"),
    Group.OPEN: NC_("group", "Open"),
    Group.SUCCESS: NC_("group", "Success"),
    Group.FAILED: NC_("group", "Failed"),
}
_SALES_GROUPS: Final[Mapping[Group, str]] = {
    Group.LEAD: NC_("group", "Prospecting"),
    Group.OPEN: NC_("group", "In progress"),
    Group.SUCCESS: NC_("group", "Customers"),
    Group.FAILED: NC_("group", "Database"),
}
_FIRST: Final[Mapping[Kind, str]] = {
    Kind.SALES: sales.FIRST,
    Kind.ORDERS: orders.FIRST,
    Kind.INVOICING: invoicing.FIRST,
}
_GROUP_ORDER: Final = {group: place for place, group in enumerate(Group)}


def template(kind: Kind) -> tuple[StatusTemplate, ...]:
    """The statuses that a new module of this kind gets, in pipeline order."""
    return TEMPLATES[kind]


def first_status(kind: Kind) -> str:
    """The key of the status in which a new card begins, where nobody has changed the pipeline."""
    return _FIRST.get(kind, TEMPLATES[kind][0].key)


def beginning(kind: Kind, pipeline: Sequence[Status], key: str = "") -> Status:
    """Where a new card begins: a fixed kind's own first status, or that of `key`; else the first of the pipeline."""
    wanted = key or _FIRST.get(kind, "")
    return next((status for status in pipeline if status.key == wanted), in_order(pipeline)[0])


def is_fixed(kind: Kind) -> bool:
    """Whether the kind's pipeline can't be customised, nor its statuses set by hand."""
    return kind in FIXED


def module_name(kind: Kind) -> str:
    """The default name of a module, translated."""
    return pgettext("module", _MODULES[kind])


def item_name(kind: Kind) -> str:
    """What a card of the kind is called, translated."""
    return pgettext("item", _ITEMS[kind])


def items_name(kind: Kind) -> str:
    """What the cards of the kind are called, translated."""
    return pgettext("items", _ITEMS_IN_PLURAL[kind])


def list_name(module: Module) -> str:
    """What the list of a module is called: its cards, or the module where a person has called its cards otherwise."""
    return items_name(module.kind) if module.item == item_name(module.kind) else module.name


def group_name(kind: Kind, group: Group) -> str:
    """The heading that a kind gives a group, translated; Sales has its own."""
    return pgettext("group", (_SALES_GROUPS if kind is Kind.SALES else _GROUPS)[group])


def heading(module: Module, group: Group) -> str:
    """What a module calls a group: as a person has named it, else as its kind does."""
    return module.headings[_GROUP_ORDER[group]] or group_name(module.kind, group)


def status_name(kind: Kind, key: str) -> str:
    """The default name of a status, translated; the key itself where the kind has no such status."""
    return next((pgettext(kind, status.name) for status in TEMPLATES[kind] if status.key == key), key)


def kept_name(kind: Kind, status: Status) -> str:
    """A status in the history: its key, to be read in any language; the name, where a person gave it one.

    A space stands before a name that would be taken for a key.
    """
    if status.name == status_name(kind, status.key):
        return status.key
    return f" {status.name}" if any(status.name == each.key for each in TEMPLATES[kind]) else status.name


def told_apart(module: Module, pipeline: Sequence[Status]) -> dict[StatusId, str]:
    """What each status is called in a list of all of them: with its group where the name alone says too little."""
    names = [status.name for status in pipeline]
    return {
        status.id: status.name if names.count(status.name) == 1 else f"{heading(module, status.group)} · {status.name}"
        for status in pipeline
    }


def move_names(kind: Kind, old: str, new: str) -> tuple[str, str]:
    """From which status to which, of kept names; with groups where these alone tell them apart ("Qualified")."""
    before, after = status_name(kind, old).lstrip(), status_name(kind, new).lstrip()
    groups = {status.key: group_name(kind, status.group) for status in TEMPLATES[kind]}
    if before != after or not {old, new} <= groups.keys():
        return before, after
    return f"{groups[old]} · {before}", f"{groups[new]} · {after}"


def loss_reasons() -> tuple[str, ...]:
    """Why cards are lost, as offered at first, translated."""
    return sales.loss_reasons()


def fixed_refusal(kind: Kind) -> str:
    """Why a card of this kind can't be put into a status by hand; empty where it can."""
    match kind:
        case Kind.SALES:
            return _("The status of an opportunity follows from its sales status, qualification and decision.")
        case Kind.ORDERS:
            return _("An order moves by its own actions only.")
        case Kind.INVOICING:
            return _("A document moves by its own actions only.")
        case _:
            return ""


def in_order(statuses: Sequence[Status]) -> tuple[Status, ...]:
    """The statuses as the pipeline shows them: by group, then by position."""
    return tuple(sorted(statuses, key=lambda status: (_GROUP_ORDER[status.group], status.position)))


def step(statuses: Sequence[Status], status: Status, direction: int) -> Status | None:
    """The next (1) or previous (-1) status of a customisable pipeline; None where the walk ends, and from failed."""
    walk = [each for each in in_order(statuses) if each.group is not Group.FAILED]
    place = next((place for place, each in enumerate(walk) if each.id == status.id), None)
    if place is None:
        return None
    place += 1 if direction > 0 else -1
    return walk[place] if 0 <= place < len(walk) else None


def first_of(statuses: Sequence[Status], group: Group) -> Status | None:
    """The first status of a group: where `W` and `X` put a card."""
    return next((status for status in in_order(statuses) if status.group is group), None)
