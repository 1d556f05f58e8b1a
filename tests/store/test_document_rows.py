"""What the rows and the page of an order or a document tell of it."""

from __future__ import annotations

from datetime import timedelta

from document_world import DOOR, acted, draft, issued
from store_world import World

from minicrm_tui.domain.actions import Action
from minicrm_tui.domain.documents import DocumentKind


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
