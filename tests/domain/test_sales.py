"""The status of an opportunity is a total function of its three key fields: the whole table."""

from __future__ import annotations

from itertools import product

import pytest

from minicrm_tui.domain.records import Group, KeyFields, Qualification, SalesStatus
from minicrm_tui.domain.sales import (
    STATUSES,
    Change,
    applied,
    change_name,
    changes,
    loss_reasons,
    moved,
    qualification_name,
    sales_status_name,
    status_key,
)
from tests.sales_table import CASES

ALL_KEYS = [KeyFields(*fields) for fields in product(SalesStatus, Qualification, (False, True))]


@pytest.mark.parametrize(("keys", "key"), CASES)
def test_the_key_fields_give_the_status(keys: KeyFields, key: str) -> None:
    assert status_key(keys) == key


def test_the_table_is_whole_and_uses_every_status() -> None:
    assert {keys for keys, _ in CASES} == set(ALL_KEYS)
    assert len(CASES) == 4 * 4 * 2
    assert {key for _, key in CASES} == {status.key for status in STATUSES}


def test_the_group_of_the_status_is_that_of_the_sales_status() -> None:
    groups = dict(zip(SalesStatus, Group, strict=True))
    group_of = {status.key: status.group for status in STATUSES}
    assert all(group_of[status_key(keys)] is groups[keys.sales] for keys in ALL_KEYS)


@pytest.mark.parametrize(
    ("sales", "direction", "after"),
    [
        ("discovery", 1, "in_progress"),
        ("in_progress", 1, "won"),
        ("won", 1, None),
        ("discovery", -1, None),
        ("in_progress", -1, "discovery"),
        ("won", -1, "in_progress"),
        ("lost", 1, None),
        ("lost", -1, None),
    ],
)
def test_a_step_walks_the_sales_status_and_never_reaches_lost(sales: str, direction: int, after: str | None) -> None:
    keys = KeyFields(SalesStatus(sales), Qualification.VIP, True)
    expected = None if after is None else KeyFields(SalesStatus(after), Qualification.VIP, True)
    assert moved(keys, direction) == expected


def test_a_change_leaves_the_other_fields() -> None:
    keys = KeyFields(SalesStatus.IN_PROGRESS, Qualification.QUALIFIED, True)
    assert applied(keys, Change()) == keys
    assert applied(keys, Change(decided=False)) == KeyFields(keys.sales, keys.qualification, False)
    assert applied(keys, Change(qualification=Qualification.NONE)).qualification is Qualification.NONE
    assert applied(keys, Change(sales=SalesStatus.LOST)).sales is SalesStatus.LOST


@pytest.mark.parametrize("keys", ALL_KEYS)
def test_every_offered_change_changes_one_field(keys: KeyFields) -> None:
    offered = changes(keys)
    assert len(offered) == 3 + 3 + 1
    results = {applied(keys, change) for change in offered}
    assert len(results) == len(offered)
    assert keys not in results
    assert all(change_name(change) for change in offered)


def test_fields_and_reasons_have_names() -> None:
    assert [sales_status_name(status) for status in SalesStatus] == ["discovery", "in progress", "won", "lost"]
    assert [qualification_name(each) for each in Qualification] == ["none", "unqualified", "qualified", "VIP"]
    assert loss_reasons() == ("Price", "Timing", "Competitor", "No need", "No answer")
    assert change_name(Change(SalesStatus.WON, Qualification.VIP, True)) == "won, VIP, decided"
