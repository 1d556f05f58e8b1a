"""Amounts are read as Europeans type them, into whole minor units, or refused with a sentence."""

from __future__ import annotations

import babel.numbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minicrm_tui.domain.currencies import EVERYDAY, EXPONENTS, SIGNS
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.money import (
    LARGEST,
    currency_of,
    has_currency,
    looks_like_amount,
    parse_amount,
    parse_money,
    split_amount,
    to_decimal_string,
)
from minicrm_tui.domain.records import Money

MONIES = st.builds(Money, st.integers(0, LARGEST), st.sampled_from(sorted(EXPONENTS)))
AMOUNTS = "4500 0 0.5 -1 1e999 4,5k 4500lei €300 5M 1.2.3 1\u00a0234 300EUR"
NO_AMOUNTS = "3D 007 24/7 737-800 50% A4 iPhone15 k +5 4500top C4 № 01.12.2026 5m"
NEARLY_AMOUNTS = st.text("0123456789.,' \u00a0-+eEkKM€$leiRONxX()", max_size=40)


@pytest.mark.parametrize(
    ("text", "minor", "currency"),
    [
        ("4500", 450000, "EUR"),
        ("0", 0, "EUR"),
        ("4.500", 450000, "EUR"),
        ("4,500", 450000, "EUR"),
        ("4.500.000", 450000000, "EUR"),
        ("4500,5", 450050, "EUR"),
        ("4500,50", 450050, "EUR"),
        ("4500.50", 450050, "EUR"),
        ("1.234,50", 123450, "EUR"),
        ("1,234.50", 123450, "EUR"),
        ("1.234.567,50", 123456750, "EUR"),
        ("1 234 567,50", 123456750, "EUR"),
        ("1\u00a0234\u00a0567,50", 123456750, "EUR"),
        ("1\u202f234.5", 123450, "EUR"),
        ("1'234'567.50", 123456750, "EUR"),
        ("0.500", 50, "EUR"),
        ("4500.500", 450050, "EUR"),
        ("4,5k", 450000, "EUR"),
        ("4.5K", 450000, "EUR"),
        ("1.250k", 125000, "EUR"),
        ("1.2M", 120000000, "EUR"),
        ("4,5k lei", 450000, "RON"),
        ("4,5kEUR", 450000, "EUR"),
        ("€4500", 450000, "EUR"),
        ("4500 €", 450000, "EUR"),
        ("$ 12", 1200, "USD"),
        ("4500lei", 450000, "RON"),
        ("1 leu", 100, "RON"),
        ("RON 4500", 450000, "RON"),
        ("4500 ron", 450000, "RON"),
        ("4500\u00a0EUR", 450000, "EUR"),
        ("€ 4500 EUR", 450000, "EUR"),
        ("1000 HUF", 100000, "HUF"),
        ("1.000 Ft", 100000, "HUF"),
        ("4500 JPY", 4500, "JPY"),
        ("4500,5 JPY", 4501, "JPY"),
        ("4.500 JPY", 4500, "JPY"),
        ("4.500 KWD", 4500, "KWD"),
        ("4,5 KWD", 4500, "KWD"),
        ("4500KES", 450000, "KES"),
        ("10000000000000", LARGEST, "EUR"),
    ],
)
def test_an_amount_is_read(text: str, minor: int, currency: str) -> None:
    assert parse_money(text, "EUR") == Money(minor, currency)


@pytest.mark.parametrize(
    ("text", "minor"), [("0,005", 1), ("0,0049", 0), ("4500,505", 450051), ("0,994999", 99), ("0,995", 100)]
)
def test_more_decimals_than_the_currency_has_round_half_up(text: str, minor: int) -> None:
    assert parse_money(text, "EUR").minor == minor


@pytest.mark.parametrize(
    ("text", "part_of_why"),
    [
        ("", "not an amount"),
        ("abc", "not an amount"),
        ("k", "not an amount"),
        ("1e999", "not an amount"),
        ("1E5", "not an amount"),
        ("1.2.3", "not an amount"),
        ("1,,5", "not an amount"),
        ("12 34", "not an amount"),
        ("1 234.567,5", "not an amount"),
        ("1.234,56.78", "not an amount"),
        ("4500.", "not an amount"),
        (",5", "not an amount"),
        ("+5", "not an amount"),
        ("4500 [/red]", "not an amount"),
        ("１２３", "not an amount"),
        ("-1", "negative"),
        ("−1 EUR", "negative"),
        ("€ -5", "negative"),
        ("-0,01", "negative"),
        ("4500 EUR RON", "one currency"),
        ("€ 4500 lei", "one currency"),
        ("4500 XYZ", "no currency “XYZ”"),
        ("4500 bucks", "no currency “bucks”"),
        ("10000000000000,01", "too large"),
        ("9" * 50, "too large"),
        ("9" * 100_000, "too large"),
        ("99999999999M", "too large"),
    ],
)
def test_what_is_no_amount_is_refused_with_a_sentence(text: str, part_of_why: str) -> None:
    with pytest.raises(Invalid) as refusal:
        parse_money(text, "EUR")
    assert refusal.value.field == "amount"
    assert part_of_why in refusal.value.why
    assert len(refusal.value.why) < 120


@given(MONIES)
def test_an_amount_written_whole_is_read_back(money: Money) -> None:
    assert parse_money(f"{to_decimal_string(money)} {money.currency}", "EUR") == money
    assert parse_amount(to_decimal_string(money), money.currency) == money.minor


@given(MONIES.filter(lambda money: EXPONENTS[money.currency] != 3), st.sampled_from(["., ", ",. ", " .", " ,", "',"]))
def test_every_grouping_is_read_back(money: Money, marks: str) -> None:
    whole, _dot, part = to_decimal_string(money).partition(".")
    shown = f"{int(whole):,}".replace(",", marks[0]) + (f"{marks[1]}{part}" if part else "")
    assert parse_money(shown, money.currency) == money


@given(st.one_of(st.text(max_size=40), NEARLY_AMOUNTS))
def test_any_text_is_an_amount_in_range_or_invalid(text: str) -> None:
    money, refused = _read_or_refused(text)
    if money is None:
        assert refused == "amount"
    else:
        assert 0 <= money.minor <= LARGEST
        assert money.currency in EXPONENTS


def _read_or_refused(text: str) -> tuple[Money | None, str]:
    try:
        return parse_money(text, "EUR"), ""
    except Invalid as refusal:
        return None, refusal.field


def test_a_fixed_currency_refuses_another() -> None:
    assert parse_amount("4500 lei", "RON") == 450000
    with pytest.raises(Invalid, match="The currency here is RON"):
        parse_amount("4500 EUR", "RON")


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (450000, "EUR", "4500.00"),
        (5, "EUR", "0.05"),
        (-5, "EUR", "-0.05"),
        (0, "EUR", "0.00"),
        (4500, "JPY", "4500"),
        (-5, "KWD", "-0.005"),
    ],
)
def test_files_get_all_decimals_and_a_dot(minor: int, currency: str, text: str) -> None:
    assert to_decimal_string(Money(minor, currency)) == text


@pytest.mark.parametrize("currency", sorted(EXPONENTS))
def test_decimals_agree_with_the_unicode_tables(currency: str) -> None:
    # Unicode counts what is used in cash too; ISO 4217, which documents follow, is ours.
    cash_only = {"AFN", "ALL", "COP", "IDR", "IQD", "IRR", "KPW", "LAK", "LBP", "MGA", "MMK", "MRU", "PKR", "RSD"}
    cash_only |= {"SLE", "SOS", "STN", "SYP", "TZS", "UZS", "YER", "ZMW", "CRC", "CZK", "HUF", "NOK", "SEK", "TWD"}
    cash_only |= {"AMD", "GYD", "MNT", "MUR", "BIF", "GNF", "KMF"}
    if currency not in cash_only:
        assert EXPONENTS[currency] == babel.numbers.get_currency_precision(currency)
    assert currency.isalpha()
    assert len(currency) == 3


def test_signs_and_everyday_codes_are_currencies() -> None:
    assert set(SIGNS.values()) | EVERYDAY <= set(EXPONENTS)
    assert all(sign == sign.casefold() for sign in SIGNS)
    assert currency_of("Lei") == "RON"
    assert currency_of("eur") == "EUR"
    assert currency_of("xyz") is None


@pytest.mark.parametrize("word", AMOUNTS.split(" "))
def test_words_that_are_meant_as_amounts(word: str) -> None:
    assert looks_like_amount(word)


@pytest.mark.parametrize("word", NO_AMOUNTS.split())
def test_words_that_only_hold_a_number(word: str) -> None:
    assert not looks_like_amount(word)


def test_an_amount_may_carry_its_currency() -> None:
    assert has_currency("300lei")
    assert not has_currency("300")
    assert not has_currency("lei")


@pytest.mark.parametrize(
    ("text", "rest", "money"),
    [
        ("Acme", "Acme", None),
        ("", "", None),
        ("Acme 4500", "Acme", Money(450000, "EUR")),
        ("Acme 4500 lei", "Acme", Money(450000, "RON")),
        ("Acme 4500, ", "Acme", Money(450000, "EUR")),
        ("Acme, 4500", "Acme", Money(450000, "EUR")),
        ("Acme EUR 4500", "Acme", Money(450000, "EUR")),
        ("Acme € 4500", "Acme", Money(450000, "EUR")),
        ("4500", "", Money(450000, "EUR")),
        ("Studio 54 4500", "Studio 54", Money(450000, "EUR")),
        ("Route 66 Diner", "Route 66 Diner", None),
        ("Route 66 Diner 40 lei", "Route 66 Diner", Money(4000, "RON")),
        ("Acme 4500 EUR urgent", "Acme urgent", Money(450000, "EUR")),
        ("Acme 4500 EUR, urgent", "Acme urgent", Money(450000, "EUR")),
        ("Acme 5 top", "Acme 5 top", None),
        ("Acme 5 TOP", "Acme", Money(500, "TOP")),
        ("Agent 007", "Agent 007", None),
        ("Acme 1 234 567,50 lei", "Acme", Money(123456750, "RON")),
        ("Acme 1\u00a0234,50\u00a0lei", "Acme", Money(123450, "RON")),
        ("Acme 2024 500", "Acme 2024", Money(50000, "EUR")),
    ],
)
def test_the_amount_of_a_line_is_its_last_number(text: str, rest: str, money: Money | None) -> None:
    assert split_amount(text, "EUR") == (rest, money)


@pytest.mark.parametrize(
    "text",
    [
        "Acme -1",
        "Acme 1e999",
        "Acme 4500 EUR RON",
        "Acme 100 EUR and 200 RON",
        "Acme €100 200",
        "Studio 54 300 lei",
        "Acme 15.12.2026",
        "Acme 9999999999999999",
    ],
)
def test_a_doubtful_amount_is_not_guessed(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        split_amount(text, "EUR")
    assert refusal.value.field == "amount"
