"""Quantities, prices, VAT and their sums, in whole minor units: no float, no cent lost, below zero as above it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minicrm_tui.domain.currencies import EXPONENTS
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.lines import (
    MOST_QUANTITY,
    NAME_LIMIT,
    SKU_LIMIT,
    UNIT_LIMIT,
    WHOLE_RATE,
    LineDraft,
    checked_line,
    half_up,
    parse_price,
    parse_quantity,
    parse_rate,
    shown_quantity,
    shown_rate,
    totals,
    turned,
)
from minicrm_tui.domain.money import LARGEST

QUANTITIES = st.integers(-MOST_QUANTITY, MOST_QUANTITY).filter(bool)
RATES = st.one_of(st.sampled_from([0, 500, 550, 900, 1100, 1900, 2100, 2700]), st.integers(0, WHOLE_RATE))
LINES = st.builds(
    LineDraft, name=st.just("Door"), quantity=QUANTITIES, price=st.integers(0, 10**9), vat=RATES, unit=st.just("pcs")
)


@contextmanager
def refused(field: str, why: str | None = None) -> Iterator[None]:
    with pytest.raises(Invalid, match=why) as caught:
        yield
    assert caught.value.field == field


# --- rounding and sums


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [(0, 2, 0), (1, 2, 1), (3, 2, 2), (5, 2, 3), (1, 3, 0), (2, 3, 1), (499, 1000, 0), (500, 1000, 1), (1500, 1000, 2)],
)
def test_a_half_goes_away_from_zero(numerator: int, denominator: int, rounded: int) -> None:
    assert half_up(numerator, denominator) == rounded
    assert half_up(-numerator, denominator) == -rounded


@given(st.integers(), st.integers(1))
def test_rounding_is_that_of_decimal_numbers(numerator: int, denominator: int) -> None:
    exact = half_up(numerator, denominator)
    assert abs(exact * denominator - numerator) * 2 <= denominator
    if abs(numerator) < 10**12 and denominator < 10**12:
        assert exact == int((Decimal(numerator) / denominator).quantize(Decimal(1), ROUND_HALF_UP))


@pytest.mark.parametrize(
    ("quantity", "price", "vat", "net", "tax"),
    [
        (1000, 100, 2100, 100, 21),
        (1000, 50, 100, 50, 1),  # half a cent of VAT
        (1000, 49, 100, 49, 0),
        (500, 1, 0, 1, 0),  # half a cent
        (499, 1, 0, 0, 0),
        (1500, 333, 1900, 500, 95),  # 499.5 → 500, and its VAT is that of 500
        (-1500, 333, 1900, -500, -95),
        (333, 10_000, 550, 3330, 183),  # 183.15
        (1000, 0, 2100, 0, 0),
        (MOST_QUANTITY, 10**9, WHOLE_RATE, 10**15, 10**15),
    ],
)
def test_a_line_is_rounded_first_without_and_then_with_vat(
    quantity: int, price: int, vat: int, net: int, tax: int
) -> None:
    line = LineDraft("Door", quantity, "pcs", price, vat)
    assert (line.net, line.tax, line.gross) == (net, tax, net + tax)


@given(st.lists(LINES, max_size=30))
def test_totals_are_the_sums_of_the_lines_over_all_and_by_rate(lines: list[LineDraft]) -> None:
    found = totals(lines)
    assert found.net == sum(line.net for line in lines) == sum(rate.net for rate in found.rates)
    assert found.tax == sum(line.tax for line in lines) == sum(rate.tax for rate in found.rates)
    assert found.gross == found.net + found.tax == sum(rate.gross for rate in found.rates)
    assert [rate.rate for rate in found.rates] == sorted({line.vat for line in lines}, reverse=True)
    for rate in found.rates:
        assert rate.net == sum(line.net for line in lines if line.vat == rate.rate)
        assert rate.tax == sum(line.tax for line in lines if line.vat == rate.rate)


@given(st.lists(LINES, max_size=30))
def test_the_order_of_the_lines_changes_no_sum(lines: list[LineDraft]) -> None:
    assert totals(lines) == totals(reversed(lines))


@given(st.lists(LINES, max_size=30))
def test_a_cancelling_invoice_is_its_original_with_the_sign_turned_to_the_cent(lines: list[LineDraft]) -> None:
    turned_lines = [turned(line) for line in lines]
    assert [(line.net, line.tax) for line in turned_lines] == [(-line.net, -line.tax) for line in lines]
    one, other = totals(lines), totals(turned_lines)
    assert (other.net, other.tax, other.gross) == (-one.net, -one.tax, -one.gross)
    assert [turned(line) for line in turned_lines] == lines


@given(LINES)
def test_no_line_is_further_than_half_a_unit_from_the_exact_amount(line: LineDraft) -> None:
    assert abs(Decimal(line.quantity) * line.price / 1000 - line.net) <= Decimal("0.5")
    assert abs(Decimal(line.net) * line.vat / WHOLE_RATE - line.tax) <= Decimal("0.5")


def test_nothing_comes_to_nothing() -> None:
    assert (totals([]).net, totals([]).tax, totals([]).gross, totals([]).rates) == (0, 0, 0, ())


# --- what a person types


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("1", 1000),
        ("1,5", 1500),
        ("1.5", 1500),
        (" 2 ", 2000),
        ("0.125", 125),
        ("0,001", 1),
        ("-2", -2000),
        ("−2", -2000),
        ("-0,5", -500),
        ("+3", 3000),
        ("1.50000", 1500),
        ("007", 7000),
        ("1000000", MOST_QUANTITY),
    ],
)
def test_a_quantity_is_read_in_thousandths(text: str, quantity: int) -> None:
    assert parse_quantity(text) == quantity


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "two",
        "1,2,3",
        "1.2345",
        "1 000",
        "1e3",
        "0",
        "0,000",
        "-0",
        "1000001",
        "--1",
        "1-",
        "1.",
        ".5",
        "٣",
        "½",
        "9" * 40,
    ],
)
def test_what_is_no_quantity_is_refused_with_a_sentence(text: str) -> None:
    with refused("quantity"):
        parse_quantity(text)


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("21", 2100),
        ("21%", 2100),
        ("21 %", 2100),
        ("5,5", 550),
        ("5.5 %", 550),
        ("0", 0),
        ("", 0),
        ("%", 0),
        ("100", WHOLE_RATE),
        ("0.05", 5),
        ("19,00", 1900),
    ],
)
def test_a_rate_is_read_in_hundredths_of_a_percent(text: str, rate: int) -> None:
    assert parse_rate(text) == rate


@pytest.mark.parametrize("text", ["-5", "+5", "101", "100,01", "5,555", "abc", "21%%", "5,5,5", "1e1", "٢١", "9" * 30])
def test_what_is_no_rate_is_refused_with_a_sentence(text: str) -> None:
    with refused("vat", "percentage"):
        parse_rate(text)


@pytest.mark.parametrize(
    ("text", "currency", "price"),
    [
        ("150,50", "EUR", 15_050),
        ("150.505", "EUR", 15_050_500),  # a dot before three digits groups thousands
        ("150,505", "KWD", 150_505),
        ("150.5", "KWD", 150_500),
        ("150", "JPY", 150),
        ("150,5", "JPY", 151),
        ("0", "EUR", 0),
        ("1 234,50 lei", "RON", 123_450),
        ("€ 9.99", "EUR", 999),
    ],
)
def test_a_price_is_read_in_minor_units_of_its_currency(text: str, currency: str, price: int) -> None:
    assert parse_price(text, currency) == price


@pytest.mark.parametrize("text", ["", "abc", "12 monkeys", "-5", "5 USD", "1e5", "1,2,3", "9" * 50])
def test_a_price_of_letters_or_of_another_currency_is_refused_with_a_sentence(text: str) -> None:
    with refused("price"):
        parse_price(text, "EUR")


@given(QUANTITIES)
def test_a_quantity_that_is_shown_can_be_typed(quantity: int) -> None:
    assert parse_quantity(shown_quantity(quantity)) == quantity


@given(st.integers(0, WHOLE_RATE))
def test_a_rate_that_is_shown_can_be_typed(rate: int) -> None:
    assert parse_rate(shown_rate(rate)) == rate


TYPED = st.one_of(st.text(), st.text("0123456789.,-+% €kM", max_size=15))


def read(parse: Callable[[str], int], text: str) -> int | str:
    """The number, or the field that was refused."""
    try:
        return parse(text)
    except Invalid as error:
        return error.field


@given(TYPED, st.sampled_from(sorted(EXPONENTS)))
def test_any_text_is_read_within_its_limits_or_refused_by_its_field(text: str, currency: str) -> None:
    quantity, rate = read(parse_quantity, text), read(parse_rate, text)
    price = read(partial(parse_price, currency=currency), text)
    assert quantity == "quantity" or (isinstance(quantity, int) and 0 < abs(quantity) <= MOST_QUANTITY)
    assert rate == "vat" or (isinstance(rate, int) and 0 <= rate <= WHOLE_RATE)
    assert price == "price" or (isinstance(price, int) and 0 <= price <= LARGEST)


# --- what may be kept

DOOR = LineDraft("Door", 2000, "pcs", 15_050, 2100, "D-100")


def test_the_texts_of_a_line_are_cleaned() -> None:
    assert checked_line(replace(DOOR, name=" Door\x1b[31m ", unit="\tpcs", sku="D\n100")) == replace(DOOR, sku="D 100")


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (replace(DOOR, name=""), "name"),
        (replace(DOOR, name=" \x07 "), "name"),
        (replace(DOOR, name="x" * (NAME_LIMIT + 1)), "name"),
        (replace(DOOR, unit="x" * (UNIT_LIMIT + 1)), "unit"),
        (replace(DOOR, sku="x" * (SKU_LIMIT + 1)), "sku"),
        (replace(DOOR, quantity=MOST_QUANTITY + 1), "quantity"),
        (replace(DOOR, quantity=-MOST_QUANTITY - 1), "quantity"),
        (replace(DOOR, vat=-1), "vat"),
        (replace(DOOR, vat=WHOLE_RATE + 1), "vat"),
        (replace(DOOR, price=-1), "price"),
        (replace(DOOR, price=LARGEST + 1), "price"),
        (replace(DOOR, quantity=MOST_QUANTITY, price=10**10), "price"),
        (replace(DOOR, quantity=-MOST_QUANTITY, price=10**10), "price"),
    ],
)
def test_what_a_line_cannot_have_is_refused_by_its_field(line: LineDraft, field: str) -> None:
    with refused(field):
        checked_line(line)


@pytest.mark.parametrize(
    "line",
    [
        replace(DOOR, name="x" * NAME_LIMIT, unit="x" * UNIT_LIMIT, sku="x" * SKU_LIMIT),
        replace(DOOR, quantity=-MOST_QUANTITY),
        replace(DOOR, quantity=1000, price=LARGEST, vat=0),
        replace(DOOR, price=0, vat=WHOLE_RATE),
    ],
)
def test_the_limits_themselves_are_taken(line: LineDraft) -> None:
    assert checked_line(line) == line
