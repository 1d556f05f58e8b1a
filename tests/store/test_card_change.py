"""Several fields of a card changed together, on a real file: one undo step, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import pytest
from store_world import World, cards

from minicrm_tui.domain.card_change import CardChange, read_card_change
from minicrm_tui.domain.errors import Invalid, NotFound, Refused
from minicrm_tui.domain.fields import Field, FieldDraft, FieldKind, Missing
from minicrm_tui.domain.pages import CardPage
from minicrm_tui.domain.records import CardId, Kind, Money, Qualification, SalesStatus
from minicrm_tui.domain.sales import Change
from minicrm_tui.store.results import Changed
from minicrm_tui.store.store import Store

Image = dict[str, list[tuple[object, ...]]]


def image(world: World) -> Image:
    """Every row, those of the fields included."""
    return world.image() | world.tables({"field_value": "SELECT * FROM field_value ORDER BY id"})


def reading(world: World, typed: Mapping[str, str]) -> Callable[[CardPage], CardChange]:
    return lambda page: read_card_change(page, typed, world.now, currency="EUR")


async def change(store: Store, world: World, card: CardId, **typed: str) -> Changed:
    return await store.change_card(card, reading(world, typed), world.now)


async def defined(store: Store, world: World, kind: Kind, draft: FieldDraft) -> Field:
    return await store.add_field(await world.module(kind), draft, world.now)


async def test_fields_of_every_sort_are_one_undo_step(store: Store, world: World) -> None:
    budget = await defined(store, world, Kind.SALES, FieldDraft(FieldKind.NUMBER, "Budget"))
    card = (await world.add("Roof", world.day(1))).row.id
    before, steps = image(world), len(world.actions())
    typed = {"name": "New roof", "value": "5200", "person": "Ana Pop", "sales_step": "Offer"}
    changed = await change(store, world, card, **typed, expected_close="15 dec", **{budget.key: "12.5"})
    assert (changed.before.details.row.name, changed.after.details.row.name) == ("Roof", "New roof")
    assert changed.after == await store.card_page(card)
    assert changed.after.details.row.value == Money(520000, "EUR")
    assert changed.after.fields == ((budget, "12.5"),)
    assert world.actions()[steps:] == [("card.edit", "Roof", 1)]
    told = {entry[2]: entry[3:5] for entry in world.history(card) if entry[0] == "field"}
    assert told == {
        "name": ("Roof", "New roof"),
        "value": ("", "5200.00 EUR"),
        "person": ("", "Ana Pop"),
        "sales_step": ("", "Offer"),
        "expected_close": ("", "2026-12-15"),
        "Budget": ("", "12.5"),
    }
    assert changed.after.details.tasks == changed.before.details.tasks
    await store.undo(world.now)
    assert image(world) == before
    await store.redo(world.now)
    assert (await store.card_page(card)) == changed.after


async def test_what_moves_a_card_is_in_the_same_step_and_gives_it_its_name(store: Store, world: World) -> None:
    card = (await world.add("Roof", world.day(1))).row.id
    before = image(world)
    changed = await change(store, world, card, sales_status="lost", loss_reason="Price", value="9")
    assert world.actions()[-1] == ("card.lose", "Roof", 1)
    details = changed.after.details
    assert details.keys is not None
    assert (details.keys.sales, details.loss_reason, details.row.value) == (
        SalesStatus.LOST,
        "Price",
        Money(900, "EUR"),
    )
    assert details.tasks == ()
    await store.undo(world.now)
    assert image(world) == before


async def test_the_reason_of_a_lost_card_is_changed_and_never_emptied(store: Store, world: World) -> None:
    card = (await world.add("Roof")).row.id
    await store.lose(cards(card), world.now, "Price")
    assert (await change(store, world, card, loss_reason="Timing")).after.details.loss_reason == "Timing"
    with pytest.raises(Invalid):
        await change(store, world, card, loss_reason="")
    assert (await change(store, world, card, sales_status="in progress")).after.details.status.key == "open_to_qualify"


async def test_a_value_that_a_move_needs_comes_with_it(store: Store, world: World) -> None:
    review = await world.status(Kind.PROJECTS, "review")
    draft = FieldDraft(FieldKind.TEXT, "Reviewer", required=True, from_status=review.id)
    reviewer = await defined(store, world, Kind.PROJECTS, draft)
    card = (await world.add("Roof", kind=Kind.PROJECTS)).row.id
    before = image(world)
    with pytest.raises(Missing):
        await change(store, world, card, status="review", name="New")
    assert image(world) == before
    changed = await change(store, world, card, status="review", name="New", **{reviewer.key: "Ana"})
    assert changed.after.details.status == review
    assert world.actions()[-1] == ("card.move", "Roof", 1)
    await store.undo(world.now)
    assert image(world) == before


async def test_a_move_brings_the_fields_along_that_it_does_not_need(store: Store, world: World) -> None:
    budget = await defined(store, world, Kind.PROJECTS, FieldDraft(FieldKind.TEXT, "Budget"))
    card = (await world.add("Roof", kind=Kind.PROJECTS)).row.id
    before = image(world)
    changed = await change(store, world, card, status="review", **{budget.key: "small"})
    assert changed.after.details.status.key == "review"
    assert [value for _field, value in changed.after.fields] == ["small"]
    await store.undo(world.now)
    assert image(world) == before


async def test_what_is_so_already_leaves_no_step(store: Store, world: World) -> None:
    card = (await world.add("Roof", value=Money(450000, "EUR"))).row.id
    before, steps = image(world), world.actions()
    same = await change(store, world, card, name="Roof", value="4500", qualification="none", decided="no")
    assert same.before == same.after
    assert (image(world), world.actions()) == (before, steps)


async def test_the_card_is_read_as_it_is_when_it_is_written(store: Store, world: World) -> None:
    """Two programs that each change one field of a card don't take back each other's."""
    card = (await world.add("Roof", world.day(1))).row.id
    other = await Store.open(world.path, now=world.now)
    await other.card_page(card)
    await change(store, world, card, value="5200")
    await world.add_task(card, "Send the offer", world.day(2))
    await change(other, world, card, name="New roof")
    await other.close()
    page = await store.card_page(card)
    assert (page.details.row.name, page.details.row.value) == ("New roof", Money(520000, "EUR"))
    assert len(page.details.tasks) == 2


def refuse(why: str, _page: CardPage) -> CardChange:
    raise Refused(why)


async def test_a_refusal_at_any_point_changes_nothing(store: Store, world: World) -> None:
    required = await defined(store, world, Kind.SALES, FieldDraft(FieldKind.TEXT, "Source", required=True))
    card = (await world.add("Roof")).row.id
    await store.set_value(card, required.id, "fair", world.now)
    before, steps = image(world), world.actions()
    with pytest.raises(Refused, match="no"):
        await store.change_card(card, partial(refuse, "no"), world.now)
    change_ = CardChange(plain={"sales_step": "Offer"}, values={required.id: ""})
    with pytest.raises(Invalid):
        await store.change_card(card, lambda _page: change_, world.now)
    moved = CardChange(keys=Change(qualification=Qualification.VIP), plain={"loss_reason": "Price"})
    with pytest.raises(Invalid):
        await store.change_card(card, lambda _page: moved, world.now)
    assert (image(world), world.actions()) == (before, steps)


async def test_what_is_not_there_or_in_the_trash_is_refused(store: Store, world: World) -> None:
    card = (await world.add("Roof")).row.id
    await store.trash(cards(card), world.now)
    before = image(world)
    with pytest.raises(Refused):
        await change(store, world, card, name="New")
    with pytest.raises(NotFound):
        await change(store, world, CardId(999), name="New")
    assert image(world) == before
