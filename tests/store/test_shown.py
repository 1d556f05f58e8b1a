"""Fields of a module in the rows of its list and in the peek: which, how many, what they show, what they cost."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest
from store_world import World

from minicrm_tui.domain.errors import Invalid, Refused
from minicrm_tui.domain.fields import Field, FieldDraft, FieldKind, parse_value
from minicrm_tui.domain.records import CardId, CardRow, Kind, ModuleId
from minicrm_tui.domain.views import View
from minicrm_tui.i18n import set_language
from minicrm_tui.store.store import Store

PROJECTS = Kind.PROJECTS


async def defined(world: World, *drafts: FieldDraft) -> list[Field]:
    module = await world.module(PROJECTS)
    return [await world.store.add_field(module, draft, world.now) for draft in drafts]


def text(name: str, *, in_row: bool = False, in_peek: bool = False) -> FieldDraft:
    return FieldDraft(FieldKind.TEXT, name, in_row=in_row, in_peek=in_peek)


async def fill(world: World, card: CardId, field: Field, typed: str) -> None:
    await world.store.set_value(card, field.id, parse_value(field, typed, world.now), world.now)


async def listed(world: World, filter: str = "") -> list[CardRow]:
    view = View(await world.module(PROJECTS), text=filter)
    return list(await world.store.rows(view, "no_task", 0, 50, world.now))


async def test_rows_and_peek_show_what_was_chosen_in_the_order_of_the_fields(world: World) -> None:
    roof, shed = [(await world.add(name, kind=PROJECTS)).row.id for name in ("Roof", "Shed")]
    one, two, three = await defined(
        world, text("One", in_row=True), text("Two", in_row=True, in_peek=True), text("Three", in_peek=True)
    )
    for field, typed in ((three, "c"), (two, "b"), (one, "a")):
        await fill(world, roof, field, typed)
    assert [row.shown for row in await listed(world)] == [("a", "b"), ()]
    assert [row.shown for row in await listed(world, "roof")] == [("a", "b")]
    details = await world.store.card(roof)
    assert (details.row.shown, details.shown) == (("a", "b"), (("Two", "b"), ("Three", "c")))
    assert (await world.store.card(shed)).shown == ()
    await world.store.move_field(two.id, -1, world.now)
    assert (await listed(world))[0].shown == ("b", "a")
    await world.store.retire_field(one.id, world.now)
    assert (await listed(world))[0].shown == ("b",)


async def test_values_look_as_on_the_cards_page_in_the_programs_language(world: World) -> None:
    roof = (await world.add("Roof", kind=PROJECTS)).row.id
    drafts = (
        FieldDraft(FieldKind.NUMBER, "Area", in_row=True),
        FieldDraft(FieldKind.DATE, "Ends", in_row=True),
        FieldDraft(FieldKind.CHOICES, "Parts", choices=("Walls", "Doors"), in_row=True),
        FieldDraft(FieldKind.CHOICE, "Size", choices=("Small", "Big"), in_peek=True),
    )
    fields = await defined(world, *drafts)
    for field, typed in zip(fields, ("12500,5", "2026-12-15", "doors, walls", "big"), strict=True):
        await fill(world, roof, field, typed)
    assert (await listed(world))[0].shown == ("12\u00a0500.5", "Tue 15 Dec 2026", "Walls, Doors")
    assert (await world.store.card(roof)).shown == (("Size", "Big"),)
    set_language("ro")
    assert (await listed(world))[0].shown[:2] == ("12.500,5", "mar 15 dec 2026")


async def test_a_field_is_shown_as_an_undo_step(store: Store, world: World) -> None:
    (field,) = await defined(world, text("Place"))
    before = world.image()
    shown = await store.show_field(field.id, world.now, in_row=True, in_peek=False)
    assert shown == replace(field, in_row=True)
    assert world.actions()[-1] == ("field.edit", "Place", 1)
    with pytest.raises(Refused, match="already"):
        await store.show_field(field.id, world.now, in_row=True, in_peek=False)
    await world.undone_gives_back(before)


async def test_a_row_shows_three_fields_at_most(store: Store, world: World) -> None:
    module = await world.module(PROJECTS)
    one, _two, three = await defined(world, *(text(name, in_row=True) for name in ("One", "Two", "Three")))
    (four,) = await defined(world, text("Four", in_peek=True))
    before = world.image()
    why = "A row of the list shows 3 fields at most: One, Two, Three. Take one of them out first."
    with pytest.raises(Invalid, match=why):
        await store.add_field(module, text("Five", in_row=True), world.now)
    with pytest.raises(Invalid, match=why):
        await store.edit_field(four.id, text("Four", in_row=True), world.now)
    with pytest.raises(Invalid, match=why):
        await store.show_field(four.id, world.now, in_row=True, in_peek=True)
    assert world.image() == before
    # What is in the rows stays there with another name; what is out of use takes no room.
    await store.edit_field(one.id, text("First", in_row=True), world.now)
    await store.retire_field(three.id, world.now)
    await store.show_field(four.id, world.now, in_row=True, in_peek=True)
    with pytest.raises(Invalid, match="First, Two, Four"):
        await store.retire_field(three.id, world.now, retired=False)


async def test_where_nothing_is_shown_only_one_look_is_taken(
    store: Store, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    roof = (await world.add("Roof", kind=PROJECTS)).row.id
    (field,) = await defined(world, text("Place"))
    await fill(world, roof, field, "Brașov")
    sales = ModuleId(1)
    await store.add_field(sales, text("Source", in_row=True), world.now)
    asked: list[str] = []
    await store._read(lambda conn: _traced(conn.connection.driver_connection, asked))
    assert [row.shown for row in await listed(world)] == [()]
    assert [query for query in asked if "FROM field_value" in query or "FROM field_choice" in query] == []


def _traced(under: object, asked: list[str]) -> None:
    assert isinstance(under, sqlite3.Connection)
    under.set_trace_callback(asked.append)
