"""The step of a sale and the step with a customer: for which cards, and what the history says."""

from __future__ import annotations

import pytest
from store_world import World, cards

from minicrm_tui.domain.errors import Invalid, NotFound, Refused
from minicrm_tui.domain.records import Kind, SalesStatus
from minicrm_tui.domain.sales import Change
from minicrm_tui.domain.sales_lists import SalesList
from minicrm_tui.domain.views import Targets
from minicrm_tui.store.store import Store

SALE, CUSTOMER = SalesList.SALES_STEP, SalesList.CUSTOMER_STEP


async def test_an_open_opportunity_gets_a_sales_step_and_stays_where_it_is(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(1))
    before = world.image()
    stepped = await store.set_step(cards(card.row.id), SALE, "Offer", world.now)
    after = await store.card(card.row.id)
    assert (stepped.cards, after.sales_step, after.status) == (1, "Offer", card.status)
    assert world.history(card.row.id)[-1] == ("field", "", "sales_step", "", "Offer", 0)
    assert world.actions()[-1] == ("card.step", "Acme", 1)
    await world.undone_gives_back(before)


async def test_a_won_one_gets_a_customer_step_beside_the_last_step_of_its_sale(store: Store, world: World) -> None:
    card = await world.add("Acme")
    await store.set_step(cards(card.row.id), SALE, "Contracting", world.now)
    await store.win(cards(card.row.id), world.now)
    await store.set_step(cards(card.row.id), CUSTOMER, "Feedback", world.now)
    after = await store.card(card.row.id)
    assert (after.sales_step, after.customer_step) == ("Contracting", "Feedback")


async def test_a_step_is_taken_away(store: Store, world: World) -> None:
    card = await world.add("Acme")
    await store.set_step(cards(card.row.id), SALE, "Offer", world.now)
    await store.set_step(cards(card.row.id), SALE, "", world.now)
    assert (await store.card(card.row.id)).sales_step is None
    assert world.history(card.row.id)[-1] == ("field", "", "sales_step", "Offer", "", 0)


async def test_the_same_step_again_changes_nothing(store: Store, world: World) -> None:
    card = await world.add("Acme")
    await store.set_step(cards(card.row.id), SALE, "Offer", world.now)
    before = world.image()
    with pytest.raises(Refused, match="already"):
        await store.set_step(cards(card.row.id), SALE, "Offer", world.now)
    assert world.image() == before


@pytest.mark.parametrize(
    ("sales", "which", "why"),
    [
        (SalesStatus.WON, SALE, "Only open opportunities have a sales step."),
        (SalesStatus.LOST, SALE, "Only open opportunities have a sales step."),
        (SalesStatus.IN_PROGRESS, CUSTOMER, "Only won opportunities have a customer step."),
        (SalesStatus.LOST, CUSTOMER, "Only won opportunities have a customer step."),
    ],
)
async def test_a_step_that_does_not_fit_is_refused(
    store: Store, world: World, sales: SalesStatus, which: SalesList, why: str
) -> None:
    card = await world.add("Acme")
    await store.set_keys(cards(card.row.id), Change(sales=sales), world.now, loss_reason="Price")
    before = world.image()
    with pytest.raises(Refused) as refused:
        await store.set_step(cards(card.row.id), which, "Offer", world.now)
    assert refused.value.message == why
    assert world.image() == before


async def test_a_project_has_no_step(store: Store, world: World) -> None:
    card = await world.add("Site", kind=Kind.PROJECTS)
    with pytest.raises(Refused, match="Only open opportunities"):
        await store.set_step(cards(card.row.id), SALE, "Offer", world.now)


async def test_of_many_those_get_it_that_it_fits(store: Store, world: World) -> None:
    won, first, second = [await world.add(name) for name in ("Won", "First", "Second")]
    await store.win(cards(won.row.id), world.now)
    before = world.image()
    stepped = await store.set_step(cards(won.row.id, first.row.id, second.row.id), SALE, "Offer", world.now)
    assert stepped.cards == 2
    assert world.query("SELECT name, sales_step FROM card ORDER BY id") == [
        ("Won", None), ("First", "Offer"), ("Second", "Offer")
    ]  # fmt: skip
    assert world.actions()[-1] == ("card.step", "First", 2)
    await world.undone_gives_back(before)


async def test_bad_input_is_refused_whole(store: Store, world: World) -> None:
    card = await world.add("Acme")
    before = world.image()
    with pytest.raises(Invalid) as refused:
        await store.set_step(cards(card.row.id), SALE, "x" * 201, world.now)
    assert refused.value.why == "This has 200 characters at most."
    with pytest.raises(NotFound):
        await store.set_step(Targets(), SALE, "Offer", world.now)
    assert world.image() == before


async def test_in_the_profile_only_a_won_card_gets_a_customer_step_but_any_may_lose_it(
    store: Store, world: World
) -> None:
    card = await world.add("Acme")
    with pytest.raises(Invalid, match="Only a won card"):
        await store.set_card_field(card.row.id, "customer_step", "Feedback", world.now)
    await store.win(cards(card.row.id), world.now)
    await store.set_card_field(card.row.id, "customer_step", "Feedback", world.now)
    await store.set_keys(cards(card.row.id), Change(sales=SalesStatus.IN_PROGRESS), world.now)
    assert (await store.card(card.row.id)).customer_step == "Feedback"
    await store.set_card_field(card.row.id, "customer_step", "", world.now)
    assert (await store.card(card.row.id)).customer_step is None
