"""Sales: the pipeline that orders opportunities by importance; the status follows from three key fields.

That cards move by themselves, by qualification and place in the sales process, is MiniCRM's; the full table is ours.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from minicrm_tui.domain.records import Group, KeyFields, Qualification, SalesStatus
from minicrm_tui.domain.statuses import StatusTemplate
from minicrm_tui.i18n import N_, NC_, _, pgettext

STATUSES: Final = (
    StatusTemplate("lead_vip", Group.LEAD, NC_("sales", "VIP")),
    StatusTemplate("lead_qualified", Group.LEAD, NC_("sales", "Qualified")),
    StatusTemplate("lead_unqualified", Group.LEAD, NC_("sales", "Unqualified")),
    StatusTemplate("lead_qualify", Group.LEAD, NC_("sales", "Qualify")),
    StatusTemplate("open_vip_decided", Group.OPEN, NC_("sales", "VIP, decided")),
    StatusTemplate("open_qualified_decided", Group.OPEN, NC_("sales", "Qualified, decided")),
    StatusTemplate("open_unqualified_decided", Group.OPEN, NC_("sales", "Unqualified, decided")),
    StatusTemplate("open_vip", Group.OPEN, NC_("sales", "VIP")),
    StatusTemplate("open_qualified", Group.OPEN, NC_("sales", "Qualified")),
    StatusTemplate("open_unqualified", Group.OPEN, NC_("sales", "Unqualified")),
    StatusTemplate("open_to_qualify", Group.OPEN, NC_("sales", "To qualify")),
    StatusTemplate("success_vip", Group.SUCCESS, NC_("sales", "VIP")),
    StatusTemplate("success_qualified", Group.SUCCESS, NC_("sales", "Qualified")),
    StatusTemplate("success_unqualified", Group.SUCCESS, NC_("sales", "Unqualified")),
    StatusTemplate("failed_vip", Group.FAILED, NC_("sales", "VIP")),
    StatusTemplate("failed_qualified", Group.FAILED, NC_("sales", "Qualified")),
    StatusTemplate("failed_unqualified", Group.FAILED, NC_("sales", "Unqualified")),
)

FIRST: Final = "lead_qualify"

_WALK: Final = (SalesStatus.DISCOVERY, SalesStatus.IN_PROGRESS, SalesStatus.WON)

_SALES_NAMES: Final = {
    SalesStatus.DISCOVERY: NC_("sales status", "discovery"),
    SalesStatus.IN_PROGRESS: NC_("sales status", "in progress"),
    SalesStatus.WON: NC_("sales status", "won"),
    SalesStatus.LOST: NC_("sales status", "lost"),
}
_QUALIFICATION_NAMES: Final = {
    Qualification.NONE: NC_("qualification", "none"),
    Qualification.UNQUALIFIED: NC_("qualification", "unqualified"),
    Qualification.QUALIFIED: NC_("qualification", "qualified"),
    Qualification.VIP: NC_("qualification", "VIP"),
}
_SALES_STEPS: Final = (N_("First contact"), N_("Offer"), N_("Follow-up offer"), N_("Contracting"))

_CUSTOMER_STEPS: Final = (NC_("customer step", "Implementation"), NC_("customer step", "Feedback"))

_LOSS_REASONS: Final = (
    NC_("loss reason", "Price"),
    NC_("loss reason", "Timing"),
    NC_("loss reason", "Competitor"),
    NC_("loss reason", "No need"),
    NC_("loss reason", "No answer"),
)


@dataclass(frozen=True, slots=True)
class Change:
    """New values for some of the key fields; None leaves one as it is."""

    sales: SalesStatus | None = None
    qualification: Qualification | None = None
    decided: bool | None = None


def applied(keys: KeyFields, change: Change) -> KeyFields:
    """The key fields after the change."""
    return KeyFields(
        keys.sales if change.sales is None else change.sales,
        keys.qualification if change.qualification is None else change.qualification,
        keys.decided if change.decided is None else change.decided,
    )


def status_key(keys: KeyFields) -> str:
    """The status that the three key fields give: a total function."""
    match keys.sales:
        case SalesStatus.DISCOVERY:
            return FIRST if keys.qualification is Qualification.NONE else f"lead_{keys.qualification}"
        case SalesStatus.IN_PROGRESS:
            return _open_status(keys)
        case SalesStatus.WON:
            return f"success_{_in_the_end(keys.qualification)}"
        case SalesStatus.LOST:
            return f"failed_{_in_the_end(keys.qualification)}"


def _open_status(keys: KeyFields) -> str:
    if keys.qualification is Qualification.NONE:
        return "open_to_qualify"
    return f"open_{keys.qualification}_decided" if keys.decided else f"open_{keys.qualification}"


def _in_the_end(qualification: Qualification) -> Qualification:
    return Qualification.UNQUALIFIED if qualification is Qualification.NONE else qualification


def moved(keys: KeyFields, direction: int) -> KeyFields | None:
    """One step of the sales status forward (1) or back (-1); None where the walk ends, and from lost."""
    if keys.sales not in _WALK:
        return None
    place = _WALK.index(keys.sales) + (1 if direction > 0 else -1)
    return replace(keys, sales=_WALK[place]) if 0 <= place < len(_WALK) else None


def changes(keys: KeyFields) -> tuple[Change, ...]:
    """Every change of one key field that the card can make now: what `m` offers."""
    return (
        *(Change(sales=sales) for sales in SalesStatus if sales is not keys.sales),
        *(Change(qualification=value) for value in Qualification if value is not keys.qualification),
        Change(decided=not keys.decided),
    )


def change_name(change: Change) -> str:
    """The change in words: "in progress", "VIP", "decided"."""
    parts = []
    if change.sales is not None:
        parts.append(sales_status_name(change.sales))
    if change.qualification is not None:
        parts.append(qualification_name(change.qualification))
    if change.decided is not None:
        parts.append(decided_name(change.decided))
    return ", ".join(parts)


def sales_status_name(status: SalesStatus) -> str:
    """A sales status, translated."""
    return pgettext("sales status", _SALES_NAMES[status])


def qualification_name(qualification: Qualification) -> str:
    """A qualification, translated."""
    return pgettext("qualification", _QUALIFICATION_NAMES[qualification])


def decided_name(decided: bool) -> str:
    """Whether the client is decided ("hot"), translated."""
    return pgettext("sales", "decided") if decided else pgettext("sales", "not decided")


def sales_steps() -> tuple[str, ...]:
    """The steps of a sale, as offered at first, translated."""
    return tuple(_(step) for step in _SALES_STEPS)


def customer_steps() -> tuple[str, ...]:
    """What is done with a customer, as offered at first, translated."""
    return tuple(pgettext("customer step", step) for step in _CUSTOMER_STEPS)


def loss_reasons() -> tuple[str, ...]:
    """Why opportunities are lost, as offered at first, translated."""
    return tuple(pgettext("loss reason", reason) for reason in _LOSS_REASONS)
