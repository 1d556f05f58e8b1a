"""Orders, offers, proformas and invoices: their names, numbers, marks, and what they must have before they go out."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minicrm_tui.domain import invoicing, orders
from minicrm_tui.domain.documents import (
    DRAFTS,
    FIRST_STATUS,
    FOLLOWERS,
    UNPAID,
    Document,
    DocumentId,
    DocumentKind,
    kind_name,
    kind_of,
    module_of,
    number_in,
    refuse_unissuable,
    series,
)
from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.lines import Line
from minicrm_tui.domain.parties import Party, party_of
from minicrm_tui.domain.records import CardId, Group, Kind

STATUSES = {status.key: status.group for status in (*orders.STATUSES, *invoicing.STATUSES)}

SELLER = Party("Nord SRL", "Str. Lungă 1")
BUYER = Party("Acme")
DOOR = Line("Door", 1000, "pcs", 100, 2100)

INVOICE = Document(
    DocumentId(1),
    CardId(1),
    DocumentKind.INVOICE,
    "Doors",
    "invoice_issued",
    "EUR",
    due_on=date(2026, 12, 1),
    lines=(DOOR,),
)


@pytest.mark.parametrize(
    ("kind", "module", "name", "first", "number"),
    [
        (DocumentKind.ORDER, Kind.ORDERS, "Order", "draft", "ORD-2026-EUR/00007"),
        (DocumentKind.OFFER, Kind.INVOICING, "Offer", "offer_draft", "OFF-2026-EUR/00007"),
        (DocumentKind.PROFORMA, Kind.INVOICING, "Proforma", "proforma_draft", "PRO-2026-EUR/00007"),
        (DocumentKind.INVOICE, Kind.INVOICING, "Invoice", "invoice_to_be_issued", "INV-2026-EUR/00007"),
    ],
)
def test_each_kind_has_its_module_its_beginning_and_its_series(
    kind: DocumentKind, module: Kind, name: str, first: str, number: str
) -> None:
    assert (module_of(kind), kind_name(kind), FIRST_STATUS[kind]) == (module, name, first)
    assert kind_of(module, first) is kind
    assert STATUSES[first] is Group.LEAD
    assert number_in(series(kind, "EUR", date(2026, 11, 23)), 7) == number


@pytest.mark.parametrize("key", STATUSES)
def test_every_status_is_of_one_kind(key: str) -> None:
    module = Kind.ORDERS if orders.is_status(key) else Kind.INVOICING
    kind = kind_of(module, key)
    assert kind is not None
    assert module_of(kind) is module


def test_cards_of_other_modules_are_no_documents() -> None:
    assert [kind_of(kind, "draft") for kind in Kind if kind not in (Kind.ORDERS, Kind.INVOICING)] == [None] * (
        len(Kind) - 2
    )


def test_a_series_is_one_per_kind_currency_and_year() -> None:
    names = {
        series(kind, currency, date(year, 1, 1))
        for kind in DocumentKind
        for currency in ("EUR", "RON")
        for year in (2026, 2027)
    }
    assert len(names) == 4 * 2 * 2


@pytest.mark.parametrize(
    ("place", "end"), [(1, "/00001"), (99_999, "/99999"), (100_000, "/100000"), (1_234_567, "/1234567")]
)
def test_numbers_grow_beyond_their_five_digits(place: int, end: str) -> None:
    assert number_in("INV-2026-EUR", place) == f"INV-2026-EUR{end}"


@pytest.mark.parametrize("key", STATUSES)
def test_only_what_has_not_gone_out_may_be_changed(key: str) -> None:
    assert replace(INVOICE, status_key=key).is_draft == (key in DRAFTS) == (STATUSES[key] is Group.LEAD)


@pytest.mark.parametrize("key", STATUSES)
@pytest.mark.parametrize(
    ("due_on", "past"),
    [(date(2026, 11, 22), True), (date(2026, 11, 23), False), (date(2026, 12, 1), False), (None, False)],
)
def test_overdue_is_what_waits_for_money_after_its_day(key: str, due_on: date | None, past: bool) -> None:
    overdue = replace(INVOICE, status_key=key, due_on=due_on).is_overdue(date(2026, 11, 23))
    assert overdue == (past and key in UNPAID)


def test_only_what_ended_well_is_followed_by_another() -> None:
    assert all(STATUSES[key] is Group.SUCCESS for key in FOLLOWERS)
    assert FOLLOWERS == {
        "successful": (DocumentKind.INVOICE,),
        "offer_accepted": (DocumentKind.ORDER, DocumentKind.INVOICE),
        "proforma_paid": (DocumentKind.INVOICE,),
    }


# --- who sells and buys


PARTIES = st.builds(Party, **{each.name: st.text(st.characters(codec="utf-8")) for each in fields(Party)})


@given(PARTIES)
def test_a_party_is_kept_and_read_back_whole(party: Party) -> None:
    assert (party_of(party.kept()) or Party()) == party


def test_nobody_is_kept_as_nothing() -> None:
    assert Party().kept() == ""
    assert party_of("") is None


def test_what_a_later_version_kept_besides_is_passed_over() -> None:
    assert party_of('{"name": "Acme", "fax": "1"}') == Party("Acme")


# --- what it must have before it goes out


def test_a_document_with_seller_buyer_and_items_goes_out() -> None:
    refuse_unissuable(INVOICE, SELLER, BUYER)
    refuse_unissuable(replace(INVOICE, lines=(replace(DOOR, price=0),)), SELLER, BUYER)


@pytest.mark.parametrize(
    ("document", "seller", "buyer", "said"),
    [
        (INVOICE, Party(), BUYER, "The seller's data is missing."),
        (INVOICE, Party("Nord SRL"), BUYER, "The seller's data is missing."),
        (INVOICE, replace(SELLER, name=""), BUYER, "The seller's data is missing."),
        (INVOICE, SELLER, Party(), "It has no buyer."),
        (INVOICE, SELLER, Party(person="Ana"), "It has no buyer."),
        (replace(INVOICE, lines=()), SELLER, BUYER, "It has no items."),
        (replace(INVOICE, lines=(replace(DOOR, quantity=-1000),)), SELLER, BUYER, "Its total is negative."),
        (
            replace(INVOICE, lines=(DOOR, replace(DOOR, quantity=-1001))),
            SELLER,
            BUYER,
            "",  # a tenth of a cent: it comes to nothing, and is taken
        ),
    ],
)
def test_what_is_missing_is_said_with_what_to_do(document: Document, seller: Party, buyer: Party, said: str) -> None:
    if not said:
        refuse_unissuable(document, seller, buyer)
        return
    with pytest.raises(Refused) as caught:
        refuse_unissuable(document, seller, buyer)
    assert caught.value.message == said
    assert caught.value.hint
