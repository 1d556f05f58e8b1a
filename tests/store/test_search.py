"""The search over everything finds what a person remembers of a client."""

from __future__ import annotations

import pytest
from store_world import World, cards

from minicrm_tui.domain.quickadd import LineDraft, TaskDraft
from minicrm_tui.domain.records import Due, ModuleId
from minicrm_tui.domain.views import Hit


@pytest.fixture
async def known(world: World) -> World:
    """Two clients with cards in several modules, one of them finished, one in the trash."""
    store, now = world.store, world.now
    draft = LineDraft(
        "Roof repair", company="Ștefan & Fiii", person="Ana Pop", phones=("0722 000 111",), emails=("Ana@Acme.ro",)
    )
    await store.create_card(ModuleId(1), draft, now)
    await store.create_card(ModuleId(4), LineDraft("New roof", company="Ștefan & Fiii"), now)
    await store.create_card(ModuleId(1), LineDraft("Gate", person="Radu", phones=("+40 733 222 333",)), now)
    await store.create_card(ModuleId(1), LineDraft("Old roof"), now)
    await store.win(cards(3), now)
    await store.trash(cards(4), now)
    return world


async def _found(world: World, text: str) -> list[tuple[str, str]]:
    return [(hit.kind, hit.name) for hit in await world.store.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("roof", [("card", "Roof repair"), ("card", "New roof"), ("company", "Old roof")]),
        ("REPAIR roof", [("card", "Roof repair")]),
        ("stefan", [("company", "Ștefan & Fiii")]),
        ("fiii ste", [("company", "Ștefan & Fiii")]),
        ("ana", [("person", "Ana Pop")]),
        ("pop", [("person", "Ana Pop")]),
        ("gate", [("card", "Gate")]),
        ("0722000111", [("person", "Ana Pop")]),
        ("0722-000 11", [("person", "Ana Pop")]),
        ("+40 722 000 111", [("person", "Ana Pop")]),
        ("0733 222 333", [("person", "Radu")]),
        ("222 33", [("person", "Radu")]),
        ("ana@acme", [("person", "Ana Pop")]),
        ("ACME.RO", [("person", "Ana Pop")]),
        ("nobody", []),
        ("", []),
        ("   ", []),
        ("12", []),
        ("%", []),
        ("'; --", []),
    ],
)
async def test_it_is_found(known: World, text: str, expected: list[tuple[str, str]]) -> None:
    assert await _found(known, text) == expected


async def test_a_hit_says_where_to_go(known: World) -> None:
    (company,) = await known.store.find("ștefan")
    assert (company.module_id, company.card_id) == (4, 2)
    (card,) = await known.store.find("gate")
    assert card == Hit("card", 3, "Gate", "Radu", ModuleId(1), card.card_id, card.status_id)
    assert card.card_id == 3
    assert card.status_id == (await known.store.card(card.card_id)).status.id


async def test_a_card_is_told_from_its_namesake_by_its_next_task(known: World) -> None:
    task = TaskDraft("Call about the fence", "call", Due(known.now.date()))
    await known.store.create_card(ModuleId(1), LineDraft("Fence", task=task), known.now)
    (card,) = [hit for hit in await known.store.find("fence") if hit.kind == "card"]
    assert card.task == "Call about the fence"


async def test_no_more_than_the_limit_is_found(known: World) -> None:
    assert len(await known.store.find("o", limit=2)) == 2


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [
        ("stef", ("Ștefan & Fiii",)),
        ("an", ("(Ana Pop)",)),
        ("(an", ("(Ana Pop)",)),
        ("(stef", ()),
        ("Ștefan & Fiii (", ("Ștefan & Fiii (Ana Pop)",)),
        ("ștefan & fiii (ra", ()),
        ("zzz", ()),
    ],
)
async def test_clients_are_completed_as_they_are_typed(known: World, prefix: str, expected: tuple[str, ...]) -> None:
    assert await known.store.clients(prefix) == expected
