"""What the rows and the page of an order or a document tell of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from document_world import DOOR, TERMS, acted, draft, issued
from store_world import World, cards

from minicrm_tui.domain.actions import OF_SEVERAL, Action
from minicrm_tui.domain.documents import DocumentKind
from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.records import Kind, Money


async def test_a_row_tells_the_number_and_when_payment_is_due(world: World) -> None:
    card = await draft(world, DocumentKind.INVOICE, DOOR)
    row = (await world.store.card(card)).row
    assert (row.number, row.payment_due, row.days_overdue(world.today)) == (None, None, 0)
    await acted(world, card, Action.ISSUE)
    row = (await world.store.card(card)).row
    due = world.today + timedelta(days=8)
    assert (row.number, row.payment_due) == ("INV-2026-EUR/00001", due)
    assert [row.days_overdue(due + timedelta(days=days)) for days in (-1, 0, 1, 30)] == [0, 0, 1, 30]


async def test_what_is_paid_or_cancelled_is_never_overdue(world: World) -> None:
    for action in (Action.PAY, Action.CANCEL):
        card = await issued(world)
        await acted(world, card, action)
        row = (await world.store.card(card)).row
        assert row.number is not None
        assert row.payment_due is None


async def test_an_offer_waits_for_no_money(world: World) -> None:
    assert (await world.store.card(await issued(world, DocumentKind.OFFER))).row.payment_due is None


async def test_the_page_of_a_document_counts_its_items(world: World) -> None:
    page = await world.store.card_page(await issued(world))
    assert page.document is not None
    assert (page.document.kind, page.items) == (DocumentKind.INVOICE, 2)
    sale = await world.add("Acme")
    assert (await world.store.card_page(sale.row.id)).document is None


async def test_several_are_paid_in_one_undo_step(world: World) -> None:
    orders = [await draft(world, DocumentKind.ORDER, DOOR, name=name) for name in ("One", "Two")]
    before = world.image()
    done = await world.store.act_on_several(cards(*orders), Action.FINALISE, world.now, TERMS)
    assert (done.cards, done.made) == (2, 0)
    numbers = [(await world.store.document(card)).number for card in orders]
    assert numbers == ["ORD-2026-EUR/00001", "ORD-2026-EUR/00002"]
    await world.undone_gives_back(before)


async def test_one_that_can_not_refuses_all_and_is_named(world: World) -> None:
    good, bad = await draft(world, DocumentKind.ORDER, DOOR), await draft(world, DocumentKind.ORDER, name="Empty")
    before = world.image()
    with pytest.raises(Refused, match="Empty: It has no items"):
        await world.store.act_on_several(cards(good, bad), Action.FINALISE, world.now, TERMS)
    assert world.image() == before
    assert world.one("SELECT count(*) FROM series") == 0


@pytest.mark.parametrize("action", sorted(set(Action) - set(OF_SEVERAL)))
async def test_what_gives_a_number_that_stays_is_done_one_at_a_time(world: World, action: Action) -> None:
    one, other = await draft(world, DocumentKind.INVOICE, DOOR), await draft(world, DocumentKind.INVOICE, DOOR)
    with pytest.raises(Refused, match="one card at a time"):
        await world.store.act_on_several(cards(one, other), action, world.now, TERMS)


async def test_paid_proformas_make_an_invoice_each(world: World) -> None:
    paid = [await issued(world, DocumentKind.PROFORMA) for _ in range(2)]
    done = await world.store.act_on_several(cards(*paid), Action.PAY, world.now, TERMS)
    assert done.made == 2


async def test_an_amount_that_is_typed_is_net(world: World) -> None:
    world.store.vat = 2100
    card = await world.add("Roof", kind=Kind.ORDERS, value=Money(10_000, "EUR"))
    found = await world.store.document(card.row.id)
    assert (found.totals.net, found.totals.tax) == (10_000, 2_100)
    assert card.row.value == Money(12_100, "EUR")
