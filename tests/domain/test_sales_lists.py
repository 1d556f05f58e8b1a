"""The lists of sales: what they offer at first, and from which of them a card takes its step."""

from __future__ import annotations

import pytest

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.profile import CARD_FIELDS, checked_card_field, refuse_misplaced
from minicrm_tui.domain.records import KeyFields, SalesStatus
from minicrm_tui.domain.sales_lists import SalesList, checked_entry, defaults, list_name, step_list


def test_every_list_has_a_name_defaults_and_a_field_of_the_card() -> None:
    assert [list_name(which) for which in SalesList] == ["Sales steps", "Customer steps", "Reasons of a loss"]
    assert [len(defaults(which)) for which in SalesList] == [4, 2, 5]
    assert {which.value for which in SalesList} < set(CARD_FIELDS)


@pytest.mark.parametrize(
    ("sales", "which"),
    [
        ("discovery", SalesList.SALES_STEP),
        ("in_progress", SalesList.SALES_STEP),
        ("won", SalesList.CUSTOMER_STEP),
        ("lost", None),
    ],
)
def test_an_open_card_has_a_sales_step_a_won_one_a_customer_step(sales: str, which: SalesList | None) -> None:
    assert step_list(KeyFields(SalesStatus(sales))) is which


def test_an_entry_is_one_clean_line() -> None:
    assert checked_entry("  Follow\nup \x1b[31m") == "Follow up"


@pytest.mark.parametrize(
    ("key", "allowed"),
    [
        ("sales_step", {"discovery", "in_progress", "won", "lost"}),
        ("expected_close", {"discovery", "in_progress", "won", "lost"}),
        ("customer_step", {"won"}),
        ("loss_reason", {"lost"}),
        ("loss_details", {"lost"}),
    ],
)
def test_each_field_has_its_place(key: str, allowed: set[str]) -> None:
    for sales in SalesStatus:
        refuse_misplaced(KeyFields(sales), key, "")
        if sales.value in allowed:
            refuse_misplaced(KeyFields(sales), key, "Price")
            continue
        with pytest.raises(Invalid) as refused:
            refuse_misplaced(KeyFields(sales), key, "Price")
        assert refused.value.field == key


@pytest.mark.parametrize(("key", "limit"), [("loss_reason", 200), ("sales_step", 200), ("loss_details", 1000)])
def test_each_field_has_its_length(key: str, limit: int) -> None:
    assert len(checked_card_field(key, "x" * limit)) == limit
    with pytest.raises(Invalid, match=f"{limit} characters"):
        checked_card_field(key, "x" * (limit + 1))
