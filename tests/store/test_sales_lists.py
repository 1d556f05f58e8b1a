"""The lists of a sales module: its kind's until somebody edits them; each edit is an undo step, cards keep texts."""

from __future__ import annotations

import pytest
from store_world import Image, World, cards

from minicrm_tui.domain.errors import Invalid, NotFound, Refused
from minicrm_tui.domain.records import Kind, ModuleId
from minicrm_tui.domain.sales_lists import LIST_LIMIT, SalesList
from minicrm_tui.i18n import set_language
from minicrm_tui.store.store import Store

SALES = ModuleId(1)
STEP, REASON = SalesList.SALES_STEP, SalesList.LOSS_REASON


async def names(store: Store, which: SalesList = STEP) -> tuple[str, ...]:
    return (await store.sales_lists(SALES))[which]


def image(world: World) -> tuple[Image, list[tuple[object, ...]]]:
    return world.image(), world.query("SELECT * FROM list_entry ORDER BY id")


def rows(world: World) -> object:
    return world.one("SELECT count(*) FROM list_entry")


async def test_a_new_module_offers_what_its_kind_does_and_keeps_nothing(store: Store, world: World) -> None:
    assert await store.sales_lists(SALES) == {
        SalesList.SALES_STEP: ("First contact", "Offer", "Follow-up offer", "Contracting"),
        SalesList.CUSTOMER_STEP: ("Implementation", "Feedback"),
        SalesList.LOSS_REASON: ("Price", "Timing", "Competitor", "No need", "No answer"),
    }
    assert rows(world) == 0
    set_language("ro")
    assert (await names(store))[0] == "Primul contact"


async def test_the_first_edit_makes_the_list_the_modules_own_and_undo_gives_it_back(store: Store, world: World) -> None:
    before = image(world)
    await store.add_entry(SALES, STEP, " Demo ", world.now)
    after = image(world)
    assert await names(store) == ("First contact", "Offer", "Follow-up offer", "Contracting", "Demo")
    assert (rows(world), await names(store, REASON)) == (5, ("Price", "Timing", "Competitor", "No need", "No answer"))
    assert world.actions() == [("list.add", "Demo", 1)]
    set_language("ro")
    assert (await names(store))[0] == "First contact"
    await store.undo(world.now)
    assert image(world) == before
    await store.redo(world.now)
    assert image(world) == after


async def test_a_renamed_value_is_renamed_on_the_modules_cards_in_the_same_step(store: Store, world: World) -> None:
    offer, contact, trashed = [await world.add(name) for name in ("Offer", "Contact", "Trashed")]
    for card, step in ((offer, "Offer"), (contact, "First contact"), (trashed, "Offer")):
        await store.set_step(cards(card.row.id), STEP, step, world.now)
    await store.trash(cards(trashed.row.id), world.now)
    before = image(world)

    assert await store.rename_entry(SALES, STEP, "Offer", "Proposal", world.now) == 2

    assert await names(store) == ("First contact", "Proposal", "Follow-up offer", "Contracting")
    steps = "SELECT sales_step FROM card ORDER BY id"
    assert world.query(steps) == [("Proposal",), ("First contact",), ("Proposal",)]
    after = image(world)
    await store.undo(world.now)
    assert image(world) == before
    await store.redo(world.now)
    assert image(world) == after


async def test_another_module_keeps_its_words(store: Store, world: World) -> None:
    world.run("INSERT INTO module (kind, name, position) VALUES ('sales', 'Export', 9)")
    await store.rename_entry(SALES, REASON, "Price", "Too dear", world.now)
    other = ModuleId(int(str(world.one("SELECT id FROM module WHERE name = 'Export'"))))
    assert (await store.sales_lists(other))[REASON][0] == "Price"


async def test_only_the_letters_case_may_be_changed_too(store: Store, world: World) -> None:
    await store.rename_entry(SALES, REASON, "Price", "PRICE", world.now)
    assert (await names(store, REASON))[0] == "PRICE"


async def test_values_change_places(store: Store, world: World) -> None:
    await store.move_entry(SALES, STEP, "Offer", -1, world.now)
    assert await names(store) == ("Offer", "First contact", "Follow-up offer", "Contracting")
    await store.move_entry(SALES, STEP, "Offer", 1, world.now)
    assert await names(store) == ("First contact", "Offer", "Follow-up offer", "Contracting")
    for name, direction in (("First contact", -1), ("Contracting", 1)):
        with pytest.raises(Refused, match="no place further"):
            await store.move_entry(SALES, STEP, name, direction, world.now)


async def test_a_value_that_is_taken_off_stays_on_the_cards(store: Store, world: World) -> None:
    card = await world.add("Acme")
    await store.lose(cards(card.row.id), world.now, "Price")
    before = image(world)
    await store.delete_entry(SALES, REASON, "Price", world.now)
    assert await names(store, REASON) == ("Timing", "Competitor", "No need", "No answer")
    assert (await store.card(card.row.id)).loss_reason == "Price"
    await store.undo(world.now)
    assert image(world) == before


async def test_a_list_never_ends_up_empty(store: Store, world: World) -> None:
    await store.delete_entry(SALES, SalesList.CUSTOMER_STEP, "Feedback", world.now)
    before = image(world)
    with pytest.raises(Refused) as refused:
        await store.delete_entry(SALES, SalesList.CUSTOMER_STEP, "Implementation", world.now)
    assert refused.value.sentence() == "A list keeps one value at least. Rename it instead."
    assert image(world) == before


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "Write what it is called."),
        (" \x07 ", "Write what it is called."),
        ("x" * 201, "This has 200 characters at most."),
        ("  öffer ", "The list has a value of that name."),
    ],
)
async def test_a_name_that_is_none_is_refused_for_a_new_value_and_for_another_name(
    store: Store, world: World, name: str, why: str
) -> None:
    before = image(world)
    for edit in (
        store.add_entry(SALES, STEP, name, world.now),
        store.rename_entry(SALES, STEP, "Contracting", name, world.now),
    ):
        with pytest.raises(Invalid) as refused:
            await edit
        assert (refused.value.field, refused.value.why) == ("name", why)
    assert image(world) == before


async def test_a_list_has_as_many_values_as_keys_choose_from(store: Store, world: World) -> None:
    for number in range(LIST_LIMIT - 4):
        await store.add_entry(SALES, STEP, f"Step {number}", world.now)
    with pytest.raises(Refused, match="full: it can have 30 values"):
        await store.add_entry(SALES, STEP, "One more", world.now)


async def test_a_value_that_somebody_else_took_off_is_not_found(store: Store, world: World) -> None:
    await store.delete_entry(SALES, STEP, "Offer", world.now)
    for edit in (
        store.rename_entry(SALES, STEP, "Offer", "Proposal", world.now),
        store.move_entry(SALES, STEP, "Offer", 1, world.now),
        store.delete_entry(SALES, STEP, "Offer", world.now),
    ):
        with pytest.raises(NotFound, match="“Offer” is no longer in the list"):
            await edit


async def test_only_sales_have_these_lists(store: Store, world: World) -> None:
    projects = await world.module(Kind.PROJECTS)
    before = image(world)
    for edit in (
        store.add_entry(projects, STEP, "Demo", world.now),
        store.set_forgotten_days(projects, 14, world.now),
    ):
        with pytest.raises(Refused, match="Only sales"):
            await edit
    with pytest.raises(NotFound):
        await store.add_entry(ModuleId(99), STEP, "Demo", world.now)
    assert image(world) == before


async def test_a_cards_page_offers_the_modules_own(store: Store, world: World) -> None:
    card, site = await world.add("Acme"), await world.add("Site", kind=Kind.PROJECTS)
    await store.add_entry(SALES, STEP, "Demo", world.now)
    assert (await store.card_page(card.row.id)).lists[STEP][-1] == "Demo"
    assert (await store.card_page(site.row.id)).lists == {}
