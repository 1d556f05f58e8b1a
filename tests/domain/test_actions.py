"""What moves orders and documents: every action in every status."""

from __future__ import annotations

import pytest

from minicrm_tui.domain import invoicing, orders
from minicrm_tui.domain.actions import TABLE, Action, after, failing, forward, gaining, possible
from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.records import Group

MOVES = """
draft                 finalise  in_progress
in_progress           edit      draft
in_progress           complete  completed
completed             pay       successful
completed             cancel    failed
successful            cancel    failed
failed                pay       successful
offer_draft           issue     offer_awaiting
offer_awaiting        accept    offer_accepted
offer_awaiting        reject    offer_rejected
offer_awaiting        cancel    offer_cancelled
proforma_draft        issue     proforma_issued
proforma_issued       pay       proforma_paid
proforma_issued       cancel    proforma_cancelled
invoice_to_be_issued  issue     invoice_issued
invoice_issued        pay       invoice_paid
invoice_issued        cancel    invoice_cancelled
"""
"""Every move that there is; all else is refused."""

GROUPS = {status.key: status.group for status in (*orders.STATUSES, *invoicing.STATUSES)}


def test_the_table_has_every_status_and_leads_nowhere_else() -> None:
    assert set(TABLE) == set(GROUPS)
    assert {end for actions in TABLE.values() for end in actions.values()} <= set(GROUPS)


def test_there_are_these_moves_and_no_others() -> None:
    moves = {(status, str(action), end) for status, actions in TABLE.items() for action, end in actions.items()}
    assert moves == {tuple(move.split()) for move in MOVES.split("\n") if move}


@pytest.mark.parametrize("status", GROUPS)
@pytest.mark.parametrize("action", Action)
def test_an_action_is_done_or_refused_with_the_possible_ones(status: str, action: Action) -> None:
    if action in possible(status):
        assert after(status, action) in GROUPS
        return
    with pytest.raises(Refused) as caught:
        after(status, action)
    assert caught.value.hint.startswith("Possible: ") == bool(possible(status))


@pytest.mark.parametrize("status", GROUPS)
def test_forward_leads_to_a_good_end_and_stops_there(status: str) -> None:
    walked = [status]
    while (action := forward(walked[-1])) is not None and len(walked) < 9:
        walked.append(after(walked[-1], action))
    start, end = GROUPS[status], GROUPS[walked[-1]]
    assert end is (Group.SUCCESS if start in (Group.LEAD, Group.OPEN) else start)


@pytest.mark.parametrize(
    "status", [key for key, group in GROUPS.items() if group is Group.OPEN and key != "in_progress"]
)
def test_what_waits_ends_well_or_badly(status: str) -> None:
    assert GROUPS[after(status, gaining(status))] is Group.SUCCESS
    assert GROUPS[after(status, failing(status))] is Group.FAILED
