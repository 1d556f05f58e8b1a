"""The rules of the fixed pipelines, as the editor tells them: whole, and the ones that hold."""

from __future__ import annotations

from itertools import product

import pytest

from minicrm_tui.domain.actions import TABLE, action_name
from minicrm_tui.domain.pipeline_rules import columns, rules
from minicrm_tui.domain.pipelines import FIXED, status_name, template
from minicrm_tui.domain.records import KeyFields, Kind, Qualification, SalesStatus
from minicrm_tui.domain.sales import qualification_name, sales_status_name, status_key


def test_every_opportunity_finds_itself_in_exactly_one_line() -> None:
    for status, qualification, decided in product(SalesStatus, Qualification, (True, False)):
        said = sales_status_name(status), qualification_name(qualification)
        lines = [
            rule
            for rule in rules(Kind.SALES)
            if rule.cells[:2] == said and ("yes" if decided else "no") in rule.cells[2].split(" or ")
        ]
        assert [rule.status_key for rule in lines] == [status_key(KeyFields(status, qualification, decided))]


@pytest.mark.parametrize("kind", [Kind.ORDERS, Kind.INVOICING])
def test_every_action_and_every_beginning_is_told(kind: Kind) -> None:
    told = {(*rule.cells, rule.status_key) for rule in rules(kind)}
    acted = {
        (status_name(kind, status.key), action_name(action), end)
        for status in template(kind)
        for action, end in TABLE[status.key].items()
    }
    assert acted < told
    assert all(said[0] == "a new card" for said in told - acted)


@pytest.mark.parametrize("kind", Kind)
def test_only_fixed_pipelines_have_a_rule_and_every_status_is_reached_by_it(kind: Kind) -> None:
    reached = {rule.status_key for rule in rules(kind)}
    assert reached == ({status.key for status in template(kind)} if kind in FIXED else set())
    assert all(len(rule.cells) == len(columns(kind)) for rule in rules(kind))
