"""The forms of an item of the catalogue and of the seller: read whole, every wrong field named."""

from __future__ import annotations

import pytest

from minicrm_tui.domain.drafts import InvalidForm
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.lines import ProductId
from minicrm_tui.domain.parties import Party
from minicrm_tui.domain.product_forms import fill_product_form, parse_prices, read_product_form, shown_prices
from minicrm_tui.domain.products import Product, ProductDraft
from minicrm_tui.domain.seller_forms import SELLER_FIELDS, fill_seller_form, read_seller_form
from minicrm_tui.i18n import Language, set_language

DOOR = Product(ProductId(1), "Door", "D-1", "pcs", 550, {"EUR": 123_450, "JPY": 900, "RON": 75_000})


def wrong(fields: tuple[Invalid, ...]) -> list[str]:
    return [error.field for error in fields]


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        ("", {}),
        ("100", {"RON": 10_000}),
        ("100 EUR, 480 RON", {"EUR": 10_000, "RON": 48_000}),
        ("100 EUR,480 RON", {"EUR": 10_000, "RON": 48_000}),
        ("100,50 EUR, 480,25 lei", {"EUR": 10_050, "RON": 48_025}),
        ("€100; 1.234,50 RON;", {"EUR": 10_000, "RON": 123_450}),
        ("100,5", {"RON": 10_050}),
    ],
)
def test_prices_are_read_with_their_currencies(text: str, prices: dict[str, int]) -> None:
    assert parse_prices(text, "RON") == prices


@pytest.mark.parametrize("text", ["abc", "100 XYZ", "-5 EUR", "1e9", "100 EUR, 90 EUR", "100, 50", "9" * 20])
def test_prices_that_can_not_be_are_refused(text: str) -> None:
    with pytest.raises(Invalid):
        parse_prices(text, "EUR")


def test_prices_are_shown_with_all_their_decimals() -> None:
    assert shown_prices(DOOR.prices) == "1\u00a0234.50\u00a0EUR · 900\u00a0JPY · 750.00\u00a0RON"


@pytest.mark.parametrize("spoken", ["en", "ro"])
def test_the_form_of_an_item_reads_what_it_was_filled_with(spoken: Language) -> None:
    set_language(spoken)
    read = read_product_form(fill_product_form(DOOR, 0), "EUR")
    assert read == ProductDraft(DOOR.name, DOOR.sku, DOOR.unit, DOOR.vat, DOOR.prices)


def test_a_new_item_has_the_usual_rate() -> None:
    assert fill_product_form(None, 2100)["vat"] == "21"


def test_every_wrong_field_of_an_item_is_named() -> None:
    typed = {"name": " ", "sku": "x" * 61, "unit": "x" * 21, "vat": "101", "prices": "abc"}
    with pytest.raises(InvalidForm) as refused:
        read_product_form(typed, "EUR")
    assert wrong(refused.value.errors) == ["name", "sku", "unit", "vat", "prices"]


def test_the_form_of_the_seller_reads_what_it_was_filled_with() -> None:
    seller = Party(**{field: f"{field}@x.ro" if field == "email" else field for field in SELLER_FIELDS})
    assert read_seller_form(fill_seller_form(seller)) == seller


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({}, ["name", "address"]),
        ({"name": "Nord", "address": "\n "}, ["address"]),
        ({"name": "Nord", "address": "Str. 1", "email": "nobody"}, ["email"]),
        ({"name": "x" * 201, "address": "Str. 1", "bank": "x" * 201}, ["name", "bank"]),
    ],
)
def test_every_wrong_field_of_the_seller_is_named(typed: dict[str, str], fields: list[str]) -> None:
    with pytest.raises(InvalidForm) as refused:
        read_seller_form(typed)
    assert wrong(refused.value.errors) == fields
