"""An opportunity is lost for a reason; what is said of it goes when the card comes back."""

from __future__ import annotations

import pytest
from store_world import World, cards

from minicrm_tui.domain.errors import Invalid, Refused
from minicrm_tui.domain.records import CardDetails, Kind, Qualification, SalesStatus
from minicrm_tui.domain.sales import Change
from minicrm_tui.store.store import Store

LOST = Change(sales=SalesStatus.LOST)


async def lost(store: Store, world: World, name: str = "Acme", details: str = "They chose Beta.") -> CardDetails:
    card = await world.add(name, world.day(1))
    await store.lose(cards(card.row.id), world.now, "Competitor", details=details)
    return await store.card(card.row.id)


@pytest.mark.parametrize("reason", [None, "", "  ", "\x1b[31m"])
async def test_an_opportunity_is_not_lost_without_a_reason(store: Store, world: World, reason: str | None) -> None:
    card = await world.add("Acme", world.day(1))
    before = world.image()
    for lose in (
        store.lose(cards(card.row.id), world.now, reason, details="They chose Beta."),
        store.set_keys(cards(card.row.id), LOST, world.now, loss_reason=reason),
    ):
        with pytest.raises(Refused) as refused:
            await lose
        assert refused.value.sentence() == "An opportunity can't be lost without a reason. Say why it is lost."
    assert world.image() == before


async def test_one_opportunity_without_a_reason_keeps_all_where_they_are(store: Store, world: World) -> None:
    gone = await lost(store, world)
    card = await world.add("Beta")
    before = world.image()
    with pytest.raises(Refused, match="without a reason"):
        await store.lose(cards(gone.row.id, card.row.id), world.now)
    assert world.image() == before


async def test_elsewhere_nobody_asks_why(store: Store, world: World) -> None:
    card = await world.add("Site", kind=Kind.PROJECTS)
    await store.lose(cards(card.row.id), world.now)
    assert (await store.card(card.row.id)).status.key == "cancelled"


async def test_reason_and_details_are_kept_with_the_loss_as_one_undo_step(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(1))
    before = world.image()
    await store.lose(cards(card.row.id), world.now, " Competitor ", details="They chose\nBeta.")
    after = await store.card(card.row.id)
    assert (after.loss_reason, after.loss_details) == ("Competitor", "They chose Beta.")
    assert world.history(card.row.id)[-5:-1] == [
        ("field", "", "sales_status", "discovery", "lost", 0),
        ("field", "", "loss_reason", "", "Competitor", 0),
        ("field", "", "loss_details", "", "They chose Beta.", 0),
        ("status", "sales_status=lost", "status", "lead_qualify", "failed_unqualified", 1),
    ]
    await world.undone_gives_back(before)


async def test_a_card_that_comes_back_was_lost_for_nothing(store: Store, world: World) -> None:
    card = await lost(store, world)
    before = world.image()
    await store.set_keys(cards(card.row.id), Change(sales=SalesStatus.IN_PROGRESS), world.now)
    after = await store.card(card.row.id)
    assert (after.loss_reason, after.loss_details) == (None, None)
    told = [entry[2:5] for entry in world.history(card.row.id)]
    assert ("loss_details", "They chose Beta.", "") in told
    await world.undone_gives_back(before)


async def test_a_lost_card_keeps_its_details_when_another_field_changes(store: Store, world: World) -> None:
    card = await lost(store, world)
    await store.set_keys(cards(card.row.id), Change(qualification=Qualification.VIP), world.now)
    after = await store.card(card.row.id)
    assert (after.loss_reason, after.loss_details) == ("Competitor", "They chose Beta.")


async def test_a_lost_card_takes_other_details(store: Store, world: World) -> None:
    card = await lost(store, world)
    await store.lose(cards(card.row.id), world.now, "Competitor", details="Beta, for half the price.")
    assert (await store.card(card.row.id)).loss_details == "Beta, for half the price."
    await store.set_card_field(card.row.id, "loss_details", "", world.now)
    assert (await store.card(card.row.id)).loss_details is None


async def test_many_are_lost_with_the_same_words(store: Store, world: World) -> None:
    first, second = await lost(store, world, "Acme", "old"), await world.add("Beta", world.day(2))
    before = world.image()
    moved = await store.lose(cards(first.row.id, second.row.id), world.now, "Price", details="new")
    assert (moved.cards, moved.closed_tasks) == (2, 1)
    assert world.query("SELECT loss_reason, loss_details FROM card") == [("Price", "new")] * 2
    await world.undone_gives_back(before)


@pytest.mark.parametrize(
    ("field", "reason", "details"), [("loss_reason", "x" * 201, ""), ("loss_details", "Price", "x" * 1001)]
)
async def test_what_is_too_long_is_refused_whole(
    store: Store, world: World, field: str, reason: str, details: str
) -> None:
    card = await world.add("Acme", world.day(1))
    before = world.image()
    with pytest.raises(Invalid) as refused:
        await store.lose(cards(card.row.id), world.now, reason, details=details)
    assert refused.value.field == field
    assert world.image() == before


async def test_what_was_lost_before_reasons_were_asked_for_can_still_be_changed(store: Store, world: World) -> None:
    card = await lost(store, world, details="")
    world.run("UPDATE card SET loss_reason = NULL")
    await store.set_keys(cards(card.row.id), Change(qualification=Qualification.VIP), world.now)
    await store.set_card_field(card.row.id, "loss_reason", "", world.now)
    await store.set_card_field(card.row.id, "loss_reason", "Price", world.now)
    assert (await store.card(card.row.id)).loss_reason == "Price"


async def test_the_reason_is_changed_but_not_taken_away(store: Store, world: World) -> None:
    card = await lost(store, world)
    await store.set_card_field(card.row.id, "loss_reason", "Price", world.now)
    before = world.image()
    with pytest.raises(Invalid, match="keeps a reason"):
        await store.set_card_field(card.row.id, "loss_reason", "", world.now)
    assert world.image() == before


@pytest.mark.parametrize("key", ["loss_reason", "loss_details"])
async def test_only_what_is_lost_says_why(store: Store, world: World, key: str) -> None:
    card = await world.add("Acme")
    with pytest.raises(Invalid, match="Only a lost card"):
        await store.set_card_field(card.row.id, key, "Price", world.now)


async def test_a_copy_of_a_lost_card_is_not_lost(store: Store, world: World) -> None:
    card = await lost(store, world)
    copied = await store.card(await store.copy_card(card.row.id, world.now))
    assert (copied.status.key, copied.loss_reason, copied.loss_details) == ("lead_qualify", None, None)
