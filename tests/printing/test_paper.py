"""What stands on a document, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from printing_world import BARE, BUYER, DOCUMENTS, DOOR, DRAFT, INVOICE, OFFER, STORNO

from minicrm_tui.domain.documents import Document, DocumentKind, Other
from minicrm_tui.domain.lines import Line
from minicrm_tui.domain.records import CardId
from minicrm_tui.i18n import set_language
from minicrm_tui.printing.paper import Sums, characters, paper

CANCELLED = replace(INVOICE, cancelled_by=Other(CardId(18), "INV-2026-EUR/00002"))


@pytest.mark.parametrize(
    ("document", "called", "facts"),
    [
        (
            INVOICE,
            "Invoice INV-2026-EUR/00001",
            [("Issued on", "23 November 2026"), ("Payment due", "1 December 2026"), ("Currency", "EUR")],
        ),
        (
            STORNO,
            "Cancelling invoice INV-2026-EUR/00002",
            [("Issued on", "23 November 2026"), ("Cancels", "INV-2026-EUR/00001"), ("Currency", "EUR")],
        ),
        (DRAFT, "Invoice  ·  Draft", [("Currency", "EUR")]),
        (BARE, "Order  ·  Draft", [("Currency", "EUR")]),
        (
            OFFER,
            "Offer OFF-2026-EUR/00001",
            [("Issued on", "23 November 2026"), ("Valid until", "1 December 2026"), ("Currency", "EUR")],
        ),
        (
            replace(INVOICE, kind=DocumentKind.ORDER, status_key="in_progress", due_on=None),
            "Order INV-2026-EUR/00001",
            [("Date", "23 November 2026"), ("Currency", "EUR")],
        ),
        (
            replace(CANCELLED, due_on=None),
            "Invoice INV-2026-EUR/00001",
            [("Issued on", "23 November 2026"), ("Cancelled by", "INV-2026-EUR/00002"), ("Currency", "EUR")],
        ),
    ],
)
def test_each_kind_says_what_it_is_and_when(document: Document, called: str, facts: list[tuple[str, str]]) -> None:
    sheet = paper(document)
    assert sheet.called == called
    assert [(fact.label, fact.value) for fact in sheet.facts] == facts


def test_seller_and_buyer_say_what_is_known_of_them_and_nothing_else() -> None:
    sheet = paper(INVOICE)
    assert sheet.seller.details == (
        "Str. Lungă 1, ap. 14\n500035 Brașov",
        "Tax no. RO123",
        "Reg. no. J08/1/2020",
        "Account RO49 AAAA 1B31 0075 9384 0000",
        "Banca Exemplu",
    )
    assert sheet.contact == ("+40 268 000 111", "office@nord.example", "nord.example")
    assert sheet.buyer.details == (
        "Calea Victoriei 10",
        "Tax no. RO456",
        "Reg. no. J40/2/2001",
        "Attn. Ana Pop",
        "0722",
    )
    assert paper(BARE).seller.details == paper(BARE).contact == paper(BARE).buyer.details == ()


@pytest.mark.parametrize(
    ("currency", "price", "net", "total"),
    [
        ("EUR", "1 234.50", "1 851.75", "2 240.62"),
        ("JPY", "123 450", "185 175", "224 062"),
        ("KWD", "123.450", "185.175", "224.062"),
    ],
)
def test_amounts_have_all_the_decimals_of_their_currency(currency: str, price: str, net: str, total: str) -> None:
    sheet = paper(replace(INVOICE, currency=currency, lines=(Line("Door", 1500, "pcs", 123_450, 2100),)))
    (row,) = sheet.rows
    shown = (row.price, row.net, sheet.totals[-1].value)
    assert tuple(text.replace("\u00a0", " ") for text in shown) == (price, net, total)


@pytest.mark.parametrize(
    ("quantity", "vat", "shown"),
    [
        (1000, 2100, ("1", "21%")),
        (1500, 550, ("1.5", "5.5%")),
        (-500, 0, ("-0.5", "0%")),
        (1_000_000_125, 5, ("1\u00a0000\u00a0000.125", "0.05%")),
    ],
)
def test_quantities_and_rates_have_no_more_digits_than_they_need(
    quantity: int, vat: int, shown: tuple[str, str]
) -> None:
    (row,) = paper(replace(INVOICE, lines=(Line("Door", quantity, "pcs", 1, vat),))).rows
    assert (row.quantity, row.rate) == shown


def test_numbers_and_days_are_written_as_the_language_has_them() -> None:
    set_language("ro")
    sheet = paper(replace(INVOICE, lines=(Line("Ușă", 1500, "buc", 123_450, 550),)))
    (row,) = sheet.rows
    assert (row.quantity, row.rate, row.price) == ("1,5", "5,5%", "1.234,50")
    assert sheet.facts[0].value == "23 noiembrie 2026"


@given(DOCUMENTS)
def test_the_sums_of_the_rows_are_the_totals_over_all_and_by_rate(document: Document) -> None:
    sheet = paper(document)
    assert sum((row.sums for row in sheet.rows), Sums()) == sheet.sums
    assert sheet.sums == Sums(document.totals.net, document.totals.tax)
    assert {rate.rate for rate in sheet.rates} == {row.rate for row in sheet.rows}


def test_what_could_move_the_cursor_of_a_terminal_is_not_on_paper() -> None:
    evil = replace(DOOR, name="Door\x1b[31m\u202e", unit="\x07pcs", sku="a\nb")
    sheet = paper(
        replace(INVOICE, subject="a\x1b]0;x\x07b", lines=(evil,), buyer=replace(BUYER, address="a\tb\x9b1mc"))
    )
    assert (sheet.subject, sheet.rows[0].texts[1], sheet.rows[0].unit, sheet.rows[0].sku) == (
        "ab",
        "Door",
        "pcs",
        "a b",
    )
    assert sheet.buyer.details[0] == "a bc"


def test_the_characters_of_a_document_are_all_its_own_and_those_of_its_labels() -> None:
    found = characters(paper(replace(INVOICE, notes="ő\nű")))
    assert set("őűșBroughtforwadPeVAT%ĂD-100") <= found
    assert "\n" not in found
