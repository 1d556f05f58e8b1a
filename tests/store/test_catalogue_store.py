"""The catalogue on real files: found by words, read by the page, and what it learns from documents."""

from __future__ import annotations

import pytest
from store_world import World

from minicrm_tui.domain.documents import FIRST_STATUS, DocumentKind, module_of
from minicrm_tui.domain.errors import Invalid, NotFound
from minicrm_tui.domain.lines import LineDraft, ProductId
from minicrm_tui.domain.products import ProductDraft
from minicrm_tui.domain.quickadd import LineDraft as CardLine
from minicrm_tui.domain.records import CardId

DOOR = ProductDraft("Door", "D-90", "pcs", 2100, {"EUR": 15_050, "RON": 75_000})


async def draft(world: World) -> CardId:
    made = await world.store.create_card(
        await world.module(module_of(DocumentKind.OFFER)),
        CardLine("Doors", client_from_name=False),
        world.now,
        status_key=FIRST_STATUS[DocumentKind.OFFER],
    )
    return made.row.id


async def typed(world: World, card: CardId, *edits: LineDraft) -> None:
    """A new line, and what it was changed into afterwards."""
    line = await world.store.add_line(card, edits[0], world.now)
    for edit in edits[1:]:
        await world.store.edit_line(card, line, edit, world.now)


async def known(world: World, text: str) -> tuple[str, int, dict[str, int]]:
    (product,) = await world.store.products(text)
    return product.unit, product.vat, dict(product.prices)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ["Door", "Door handle", "Ușă metalică"]),
        ("DOOR", ["Door", "Door handle"]),
        ("handle door", ["Door handle"]),
        ("d-90", ["Door"]),
        ("usa meta", ["Ușă metalică"]),
        ("șu-1", ["Ușă metalică"]),
        ("su-1", ["Ușă metalică"]),
        ("%", []),
        ("'", []),
    ],
)
async def test_items_are_found_by_all_words_of_name_and_sku(world: World, text: str, names: list[str]) -> None:
    for product in (DOOR, ProductDraft("Ușă metalică", "ȘU-1"), ProductDraft("Door handle")):
        await world.store.add_product(product, world.now)
    assert [product.name for product in await world.store.products(text)] == names
    assert await world.store.product_count(text) == len(names)


async def test_items_are_read_by_the_page_and_have_their_place(world: World) -> None:
    ids = [await world.store.add_product(ProductDraft(f"Item {at:02}"), world.now) for at in range(30)]
    assert [each.name for each in await world.store.products("item", 10, 3)] == ["Item 10", "Item 11", "Item 12"]
    assert await world.store.products("", 30, 5) == ()
    assert [await world.store.product_place(product) for product in ids] == list(range(30))
    assert await world.store.product_place(ids[7], "07") == 0
    assert await world.store.product_place(ids[7], "08") is None
    await world.store.retire_product(ids[0], world.now)
    assert await world.store.product_place(ids[0]) is None
    assert await world.store.product_place(ids[7]) == 6


async def test_what_is_typed_cell_by_cell_is_learnt_whole(world: World) -> None:
    before = world.image()
    card = await draft(world)
    await typed(
        world,
        card,
        LineDraft("Paint", vat=2100),
        LineDraft("Paint", 3000, vat=2100),
        LineDraft("Paint", 3000, "l", vat=2100),
        LineDraft("Paint", 3000, "l", vat=1100),
        LineDraft("Paint", 3000, "l", 900, 1100),
    )
    assert await known(world, "paint") == ("l", 1100, {"EUR": 900})
    for _step in range(6):
        await world.store.undo(world.now)
    assert world.image() == before


async def test_what_the_catalogue_has_is_not_changed_by_a_document(world: World) -> None:
    await world.store.add_product(DOOR, world.now)
    (product,) = await world.store.products()
    line = product.line("EUR")
    await typed(
        world,
        await draft(world),
        line,
        LineDraft("Door", 1000, "box", 9, 0, "X", product.id),
    )
    assert await known(world, "door") == ("pcs", 2100, {"EUR": 15_050, "RON": 75_000})


async def test_a_name_that_is_known_is_that_item(world: World) -> None:
    await world.store.add_product(ProductDraft("Door", prices={"RON": 75_000}), world.now)
    card = await draft(world)
    await typed(world, card, LineDraft("Paint"), LineDraft("DOOR", price=100))
    assert await known(world, "door") == ("", 0, {"RON": 75_000, "EUR": 100})
    (line,) = (await world.store.document(card)).lines
    assert line.product_id == (await world.store.products("door"))[0].id


async def test_no_two_items_have_one_name(world: World) -> None:
    door = await world.store.add_product(DOOR, world.now)
    gate = await world.store.add_product(ProductDraft("Gate"), world.now)
    before = world.image()
    for name in ("door", "DOOR "):
        with pytest.raises(Invalid):
            await world.store.add_product(ProductDraft(name), world.now)
        with pytest.raises(Invalid):
            await world.store.edit_product(gate, ProductDraft(name), world.now)
    assert world.image() == before
    await world.store.edit_product(door, ProductDraft("DOOR"), world.now)
    with pytest.raises(NotFound):
        await world.store.edit_product(ProductId(99), DOOR, world.now)


async def test_every_change_of_the_catalogue_is_taken_back(world: World) -> None:
    before = world.image()
    door = await world.store.add_product(DOOR, world.now)
    made = world.image()
    await world.store.edit_product(door, ProductDraft("Gate", prices={"EUR": 1}), world.now)
    changed = world.image()
    await world.store.retire_product(door, world.now)
    for image in (changed, made, before):
        await world.store.undo(world.now)
        assert world.image() == image
