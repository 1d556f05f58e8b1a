"""Fields of modules on a real file: defined, retired, filled in, required by a move, found by the filter."""

from __future__ import annotations

import pytest
from store_world import World, cards

from minicrm_tui.domain.errors import Invalid, Refused
from minicrm_tui.domain.fields import Field, FieldDraft, FieldKind, Missing, parse_value
from minicrm_tui.domain.records import Bucket, CardId, Kind
from minicrm_tui.domain.views import View
from minicrm_tui.store.store import Store


async def project(world: World) -> CardId:
    return (await world.add("Roof", kind=Kind.PROJECTS)).row.id


async def defined(store: Store, world: World, draft: FieldDraft) -> Field:
    return await store.add_field(await world.module(Kind.PROJECTS), draft, world.now)


async def fill(store: Store, world: World, card: CardId, field: Field, typed: str) -> None:
    await store.set_value(card, field.id, parse_value(field, typed, world.now), world.now)


async def value(store: Store, card: CardId, field: Field) -> str:
    return {each.id: kept for each, kept in await store.field_values(card)}[field.id]


async def test_a_card_takes_no_value_of_another_modules_field(world: World) -> None:
    store, now = world.store, world.now
    field = await store.add_field(await world.module(Kind.SALES), FieldDraft(FieldKind.TEXT, "Colour"), now)
    project = (await world.add("Roof", world.day(0), kind=Kind.PROJECTS)).row.id
    with pytest.raises(Refused, match="of another module"):
        await store.set_value(project, field.id, "red", now)


async def test_a_value_is_kept_told_and_undone(store: Store, world: World) -> None:
    card, budget = await project(world), await defined(store, world, FieldDraft(FieldKind.NUMBER, "Budget"))
    await fill(store, world, card, budget, "12.500,5")
    await fill(store, world, card, budget, "13000")
    entry = (await store.history(card, ("field",), 0, 1))[0]
    assert (entry.field, entry.old, entry.new) == ("Budget", "12\u00a0500.5", "13\u00a0000")
    await store.undo(world.now)
    assert await value(store, card, budget) == "12500.5"
    await store.undo(world.now)
    assert await value(store, card, budget) == ""


async def test_numbers_are_sorted_as_numbers(store: Store, world: World) -> None:
    budget = await defined(store, world, FieldDraft(FieldKind.NUMBER, "Budget"))
    for typed in ("9", "10", "-1", "2.5"):
        await fill(store, world, await project(world), budget, typed)
    assert world.query("SELECT value FROM field_value ORDER BY sort") == [("-1",), ("2.5",), ("9",), ("10",)]


async def test_the_filter_finds_values_and_forgets_them(store: Store, world: World) -> None:
    card, place = await project(world), await defined(store, world, FieldDraft(FieldKind.TEXT, "Place"))
    view = View(await world.module(Kind.PROJECTS), text="brasov")
    await fill(store, world, card, place, "Brașov")
    assert (await store.outline(view, world.now)).buckets[Bucket.NO_TASK] == 1
    await fill(store, world, card, place, "Cluj")
    assert (await store.outline(view, world.now)).buckets[Bucket.NO_TASK] == 0


async def test_a_retired_field_keeps_its_values(store: Store, world: World) -> None:
    card, place = await project(world), await defined(store, world, FieldDraft(FieldKind.TEXT, "Place"))
    await fill(store, world, card, place, "Brașov")
    await store.retire_field(place.id, world.now)
    assert await value(store, card, place) == "Brașov"
    await defined(store, world, FieldDraft(FieldKind.TEXT, "Place"))
    with pytest.raises(Invalid):
        await store.retire_field(place.id, world.now, retired=False)
    await store.undo(world.now)
    again = await store.retire_field(place.id, world.now, retired=False)
    assert not again.retired
    assert await value(store, card, place) == "Brașov"


async def test_choices_are_retired_renamed_and_come_back(store: Store, world: World) -> None:
    size = await defined(store, world, FieldDraft(FieldKind.CHOICE, "Size", choices=("Small", "Big")))
    card = await project(world)
    await fill(store, world, card, size, "small")
    fewer = await store.edit_field(size.id, FieldDraft(FieldKind.CHOICE, "Size", choices=("Big", "Huge")), world.now)
    assert [(choice.name, choice.retired) for choice in fewer.choices] == [
        *(("Big", False), ("Huge", False), ("Small", True)),
    ]
    with pytest.raises(Invalid):
        parse_value(fewer, "small", world.now)
    again = await store.edit_field(size.id, FieldDraft(FieldKind.CHOICE, "Size", choices=("SMALL",)), world.now)
    assert parse_value(again, "small", world.now) == await value(store, card, size)


async def test_choices_are_sorted_in_the_order_that_they_have_now(store: Store, world: World) -> None:
    size = await defined(store, world, FieldDraft(FieldKind.CHOICE, "Size", choices=("Small", "Big")))
    for typed in ("big", "small", "big"):
        await fill(store, world, await project(world), size, typed)
    await store.edit_field(size.id, FieldDraft(FieldKind.CHOICE, "Size", choices=("Big", "Small")), world.now)
    assert world.query("SELECT sort FROM field_value ORDER BY id") == [(0,), (1,), (0,)]
    await store.undo(world.now)
    assert world.query("SELECT sort FROM field_value ORDER BY id") == [(1,), (0,), (1,)]


async def test_a_field_keeps_its_kind_and_names_are_not_taken_twice(store: Store, world: World) -> None:
    place = await defined(store, world, FieldDraft(FieldKind.TEXT, "Place"))
    with pytest.raises(Invalid):
        await store.edit_field(place.id, FieldDraft(FieldKind.NUMBER, "Place"), world.now)
    with pytest.raises(Invalid):
        await defined(store, world, FieldDraft(FieldKind.NUMBER, "plăce"))


async def test_fields_change_places(store: Store, world: World) -> None:
    one, two = [await defined(store, world, FieldDraft(FieldKind.TEXT, name)) for name in ("One", "Two")]
    await store.move_field(two.id, -1, world.now)
    module = await world.module(Kind.PROJECTS)
    assert [field.name for field in await store.fields(module)] == ["Two", "One"]
    with pytest.raises(Refused):
        await store.move_field(two.id, -1, world.now)
    await store.undo(world.now)
    assert [field.id for field in await store.fields(module)] == [one.id, two.id]


async def test_a_move_that_lacks_a_required_field_is_refused_and_made_with_it(store: Store, world: World) -> None:
    card = await project(world)
    review = await world.status(Kind.PROJECTS, "review")
    draft = FieldDraft(FieldKind.TEXT, "Reviewer", required=True, from_status=review.id)
    reviewer = await defined(store, world, draft)
    await store.step(cards(card), 1, world.now)
    before = world.image()
    with pytest.raises(Missing) as told:
        await store.set_status(cards(card), review.id, world.now)
    assert told.value.fields == (reviewer,)
    assert world.image() == before
    await store.set_status(cards(card), review.id, world.now, values={reviewer.id: "Ana"})
    assert await value(store, card, reviewer) == "Ana"
    with pytest.raises(Invalid):
        await fill(store, world, card, reviewer, "")
    await store.undo(world.now)
    assert world.image() == before


async def test_losing_asks_for_nothing(store: Store, world: World) -> None:
    card = await project(world)
    await defined(store, world, FieldDraft(FieldKind.TEXT, "Reviewer", required=True))
    await store.lose(cards(card), world.now)
    with pytest.raises(Missing):
        await store.win(cards(card), world.now)


async def test_a_move_of_many_gives_the_value_to_those_that_lack_it(store: Store, world: World) -> None:
    one, two, three = [await project(world) for _ in range(3)]
    status = await world.status(Kind.PROJECTS, "planning")
    reviewer = await defined(store, world, FieldDraft(FieldKind.TEXT, "Reviewer", required=True))
    await fill(store, world, two, reviewer, "Ion")
    before = world.image()
    with pytest.raises(Missing, match="2 cards need this first: Reviewer"):
        await store.set_status(cards(one, two, three), status.id, world.now)
    assert world.image() == before
    await store.set_status(cards(one, two, three), status.id, world.now, values={reviewer.id: "Ana"})
    assert [await value(store, card, reviewer) for card in (one, two, three)] == ["Ana", "Ion", "Ana"]
    entry = (await store.history(three, ("field",), 0, 1))[0]
    assert (entry.field, entry.old, entry.new) == ("Reviewer", "", "Ana")
    found = await store.outline(View(await world.module(Kind.PROJECTS), text="ana"), world.now)
    assert found.buckets[Bucket.NO_TASK] == 2
    await store.undo(world.now)
    assert world.image() == before
