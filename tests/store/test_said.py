"""What was said of cards is found by its words, at every moment."""

from __future__ import annotations

from pathlib import Path

import pytest
from store_world import World, cards
from tallying import words_kept, words_recounted

from minicrm_tui.demo import write_demo
from minicrm_tui.domain.records import CardId, Due, HistoryEntry, Outcome
from minicrm_tui.domain.views import Targets
from minicrm_tui.store import search
from minicrm_tui.store.store import Store


@pytest.fixture
async def noted(world: World) -> World:
    """A card with two notes and a commented task, another with one note."""
    await world.add("Acme", Due(world.now.date()))
    await world.add("Beta", Due(world.now.date()))
    await world.store.add_note(cards(1), "They want it before Christmas;\ncall Ștefan Łukasz.", world.now)
    await world.store.add_note(cards(1), "Paid the first half.", world.now)
    await world.store.close_tasks(cards(1), Outcome.SUCCESSFUL, "the budget is approved", world.now)
    await world.store.add_note(cards(2), "They have no budget this year.", world.now)
    return world


async def _notes(world: World, text: str) -> list[str]:
    return [hit.name for hit in await world.store.find(text) if hit.kind == "note"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("christmas", ["Acme"]),
        ("CHRIST they", ["Acme"]),
        ("they", ["Beta", "Acme"]),
        ("budget", ["Beta", "Acme"]),
        ("budget approved", ["Acme"]),
        ("budget christmas", []),
        ("stefan", ["Acme"]),
        ("lukasz", ["Acme"]),
        ("Łukasz", ["Acme"]),
        ("ristmas", []),
        ("b", []),
        ("first a", ["Acme"]),
        ('"', []),
        ("first* OR", []),
        ("-first", ["Acme"]),
    ],
)
async def test_words_of_a_note_or_a_comment_find_the_card_once_the_latest_first(
    noted: World, text: str, expected: list[str]
) -> None:
    assert await _notes(noted, text) == expected


async def test_a_task_that_was_closed_without_a_word_is_no_note(world: World) -> None:
    await world.add("Acme", Due(world.now.date()), task="Send the contract")
    await world.store.close_tasks(cards(1), Outcome.DONE, "", world.now)
    assert await _notes(world, "contract") == []


async def test_the_answer_says_where_the_words_stand_and_which_entry_it_is(noted: World) -> None:
    (hit,) = [hit for hit in await noted.store.find("christmas") if hit.kind == "note"]
    assert hit.detail == "They want it before Christmas; call Ștefan Łukasz."
    assert hit.card_id == CardId(1)
    at = await noted.store.history_place(CardId(1), hit.id)
    assert at is not None
    (entry,) = await noted.store.history(CardId(1), (), at, 1)
    assert isinstance(entry, HistoryEntry)
    assert entry.text.startswith("They want it before Christmas")
    assert await noted.store.history_place(CardId(2), hit.id) is None


async def test_a_note_of_a_card_in_the_trash_is_not_found_and_comes_back_with_it(noted: World) -> None:
    await noted.store.trash(cards(1), noted.now)
    assert await _notes(noted, "christmas") == []
    await noted.store.undo(noted.now)
    assert await _notes(noted, "christmas") == ["Acme"]
    await noted.store.trash(cards(1), noted.now)
    await noted.store.empty_trash(noted.now)
    assert await _notes(noted, "christmas") == []
    assert words_kept(noted) == words_recounted(noted)


async def test_an_undone_note_is_not_found_until_it_is_done_again(noted: World) -> None:
    await noted.store.undo(noted.now)
    assert await _notes(noted, "year") == []
    await noted.store.redo(noted.now)
    assert await _notes(noted, "year") == ["Beta"]
    assert words_kept(noted) == words_recounted(noted)


async def test_names_come_first_and_leave_room_for_notes(noted: World) -> None:
    for number in range(60):
        await noted.add(f"Budget {number}")
    found = await noted.store.find("budget", 50)
    assert len(found) == 50
    assert [hit.kind for hit in found[:48]] == ["card"] * 48
    assert [hit.kind for hit in found[48:]] == ["note"] * 2


async def test_many_notes_are_the_latest_of_different_cards(world: World) -> None:
    for number in range(20):
        await world.add(f"Card {number}")
    everybody = Targets(tuple(CardId(number) for number in range(1, 21)))
    for _ in range(2):
        await world.store.add_note(everybody, "the same word", world.now)
    assert await _notes(world, "same") == [f"Card {number}" for number in range(19, 19 - search.NOTES, -1)]


async def test_the_demo_is_indexed(tmp_path: Path, world: World) -> None:
    path = tmp_path / "demo.db"
    write_demo(path, now=world.now, cards=50)
    store = await Store.open(path, now=world.now)
    demo = World(store, path, world.now)
    assert words_kept(demo) == words_recounted(demo)
    assert sum(words_kept(demo).values()) > 50
    await store.close()
