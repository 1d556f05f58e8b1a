"""The rules of the fixed pipelines, as tables that a person reads: what leads to which status."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from minicrm_tui.domain import actions, sales
from minicrm_tui.domain.pipelines import status_name, template
from minicrm_tui.domain.records import Group, KeyFields, Kind, Qualification, SalesStatus
from minicrm_tui.i18n import _


@dataclass(frozen=True, slots=True)
class Rule:
    """One line: the cells before the arrow, and the key of the status behind it."""

    cells: tuple[str, ...]
    status_key: str


def columns(kind: Kind) -> tuple[str, ...]:
    """What stands over the cells of the rules; nothing where the pipeline has none."""
    match kind:
        case Kind.SALES:
            return (_("Sales status"), _("Qualification"), _("Decided"))
        case Kind.ORDERS | Kind.INVOICING:
            return (_("From"), _("Action"))
        case _:
            return ()


def rules(kind: Kind) -> tuple[Rule, ...]:
    """All that leads to a status of a fixed pipeline; nothing for the others."""
    match kind:
        case Kind.SALES:
            return tuple(_of_sales())
        case Kind.ORDERS | Kind.INVOICING:
            return tuple(_of_actions(kind))
        case _:
            return ()


def _of_sales() -> Iterator[Rule]:
    """Every combination of the key fields; one line for both decisions where they come to the same."""
    for status in SalesStatus:
        for qualification in reversed(Qualification):
            yes, no = (sales.status_key(KeyFields(status, qualification, decided)) for decided in (True, False))
            cells = sales.sales_status_name(status), sales.qualification_name(qualification)
            if yes == no:
                yield Rule((*cells, _("yes or no")), yes)
            else:
                yield Rule((*cells, _("yes")), yes)
                yield Rule((*cells, _("no")), no)


def _of_actions(kind: Kind) -> Iterator[Rule]:
    statuses = template(kind)
    yield from (Rule((_("a new card"), ""), status.key) for status in statuses if status.group is Group.LEAD)
    for status in statuses:
        for action, end in actions.TABLE[status.key].items():
            yield Rule((status_name(kind, status.key), actions.action_name(action)), end)
