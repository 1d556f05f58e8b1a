"""A card copied, linked, trashed and brought back, and the trash emptied, on a real file."""

from __future__ import annotations

from datetime import time
from threading import Event

import pytest
from store_world import World, cards

from minicrm_tui.domain.errors import Invalid, NotFound, Refused
from minicrm_tui.domain.fields import FieldDraft, FieldKind
from minicrm_tui.domain.notes import NOTE_LIMIT
from minicrm_tui.domain.records import CardId, Kind, Money, Place
from minicrm_tui.store.store import Store


async def test_a_copy_has_fields_and_open_tasks_and_no_past(store: Store, world: World) -> None:
    card = (await world.add("Acme", world.day(-1), value=Money(5, "EUR"))).row.id
    place = await store.add_field(await world.module(), FieldDraft(FieldKind.TEXT, "Place"), world.now)
    await store.set_value(card, place.id, "Cluj", world.now)
    await world.add_task(card, "Second", world.day(4, time(14)))
    await store.add_note(cards(card), "Old", world.now)

    copied = await store.copy_card(card, world.now)

    one, other = await store.card(card), await store.card(copied)
    assert (other.row.name, other.row.value, other.company) == (one.row.name, one.row.value, one.company)
    assert [(task.text, task.due) for task in other.tasks] == [(task.text, task.due) for task in one.tasks]
    assert [entry.kind for entry in other.history] == ["created"]
    assert dict(await store.field_values(copied))[place] == "Cluj"
    await store.undo(world.now)
    with pytest.raises(NotFound):
        await store.card(copied)


@pytest.mark.parametrize("kind", [Kind.SALES, Kind.PROJECTS])
async def test_a_copy_of_what_has_ended_begins_anew(store: Store, world: World, kind: Kind) -> None:
    card = (await world.add("Acme", kind=kind)).row.id
    await store.lose(cards(card), world.now, "Price")
    copied = await store.card(await store.copy_card(card, world.now))
    assert copied.row.place is Place.LISTED
    assert copied.status.group == "lead"
    assert copied.loss_reason is None


async def test_links_are_seen_from_both_sides_and_told(store: Store, world: World) -> None:
    one, other = [(await world.add(name)).row.id for name in ("One", "Other")]
    link = await store.link_cards(one, other, "the offer for it", world.now)
    assert [(each.row.name, each.description) for each in await store.links(one)] == [("Other", "the offer for it")]
    assert [(each.row.name, each.link_id) for each in await store.links(other)] == [("One", link)]
    assert (await store.history(other, (), 0, 1))[0].text == "One"
    with pytest.raises(Refused):
        await store.link_cards(other, one, "", world.now)
    with pytest.raises(Refused):
        await store.link_cards(one, one, "", world.now)
    with pytest.raises(Invalid):
        await store.link_cards(one, (await world.add("Third")).row.id, "x" * 201, world.now)
    await store.unlink(link, world.now)
    assert await store.links(one) == ()
    await store.undo(world.now)
    assert len(await store.links(one)) == 1


async def test_a_restored_card_has_its_tasks_notes_and_links_again(store: Store, world: World) -> None:
    one, other = [(await world.add(name, world.day(1))).row.id for name in ("One", "Other")]
    await store.link_cards(one, other, "", world.now)
    await store.add_note(cards(one), "Likes tea", world.now)
    before = await store.card(one)
    await store.trash(cards(one), world.now)
    assert await store.links(other) == ()
    assert [row.name for row in await store.trashed(0, 10)] == ["One"]
    await store.restore_cards((one,), world.now)
    after = await store.card(one)
    assert (after.tasks, after.row) == (before.tasks, before.row)
    assert "Likes tea" in [entry.text for entry in after.history]
    assert len(await store.links(other)) == 1
    assert await store.trash_count() == 0


async def test_the_trash_shows_what_came_last_first(store: Store, world: World) -> None:
    from datetime import timedelta

    ids = [(await world.add(name, kind=kind)).row.id for name, kind in (("A", Kind.SALES), ("B", Kind.PROJECTS))]
    for at, card in enumerate((ids[1], ids[0])):
        await store.trash(cards(card), world.now + timedelta(minutes=at))
    assert [row.name for row in await store.trashed(0, 10)] == ["A", "B"]
    assert [row.name for row in await store.trashed(1, 1)] == ["B"]


async def test_emptying_takes_all_of_it_and_ends_the_undo(store: Store, world: World) -> None:
    one, other = [(await world.add(name, world.day(1))).row.id for name in ("One", "Other")]
    await store.link_cards(one, other, "", world.now)
    await store.trash(cards(one), world.now)
    assert await store.empty_trash(world.now) == 1
    with pytest.raises(NotFound):
        await store.card(one)
    for table in ("task", "history"):
        assert world.one(f"SELECT count(*) FROM {table} WHERE card_id = ?", one) == 0
    assert world.one("SELECT count(*) FROM link") == 0
    assert world.query("PRAGMA foreign_key_check") == []
    assert await store.undo(world.now) is None
    await store.add_note(cards(other), "still here", world.now)
    assert (await store.undo(world.now)) is not None
    with pytest.raises(Refused):
        await store.empty_trash(world.now)


async def test_emptying_that_is_stopped_changes_nothing(store: Store, world: World) -> None:
    one = (await world.add("One", world.day(1))).row.id
    await store.trash(cards(one), world.now)
    before, stop = world.image(), Event()
    stop.set()
    with pytest.raises(Refused):
        await store.empty_trash(world.now, stop=stop)
    assert world.image() == before
    assert (await store.undo(world.now)) is not None


async def test_a_note_that_is_far_too_long_is_refused(store: Store, world: World) -> None:
    card: CardId = (await world.add("One")).row.id
    with pytest.raises(Invalid):
        await store.add_note(cards(card), "x" * 1_000_000, world.now)
    await store.add_note(cards(card), "x" * NOTE_LIMIT, world.now)
