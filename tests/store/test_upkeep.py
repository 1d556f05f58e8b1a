"""What a card keeps of its tasks, status and client: brought up to date, and written only where it differs."""

from __future__ import annotations

from functools import partial

from store_world import World, cards

from minicrm_tui.domain.records import NO_TASK_KEY, Outcome
from minicrm_tui.store import engine
from minicrm_tui.store.store import Store
from minicrm_tui.store.upkeep import refresh

KEPT = "SELECT id, folded, search, place, sort_key, next_task_id, open_tasks FROM card ORDER BY id"


def refreshed(world: World) -> int:
    """Refresh every card from another connection; says how many were written."""
    conn = engine.connect(world.path)
    try:
        with engine.writing(conn):
            return refresh(conn, conn.exec_driver_sql("SELECT id FROM card").scalars().all())
    finally:
        engine.close(conn)


async def some_cards(store: Store, world: World) -> None:
    """A card of every place and kind of deadline."""
    await world.add("Listed", world.day(2))
    await world.add("Bare")
    for name, end in (("Ended", store.win), ("Lost", partial(store.lose, reason="Price"))):
        card = await world.add(name, world.day(1))
        await end(cards(card.row.id), world.now)
    await store.close_tasks(cards(3), Outcome.DONE, "", world.now)
    trashed = await world.add("Trashed", world.day(5))
    await store.trash(cards(trashed.row.id), world.now)


async def test_after_the_actions_there_is_nothing_left_to_refresh(store: Store, world: World) -> None:
    await some_cards(store, world)
    assert refreshed(world) == 0


async def test_what_was_lost_is_worked_out_again(store: Store, world: World) -> None:
    await some_cards(store, world)
    before, counted = world.query(KEPT), world.image()["tally"]
    world.run(
        "UPDATE card SET folded = 'x', search = 'x', place = 0, sort_key = ?, next_task_id = NULL, open_tasks = 9",
        NO_TASK_KEY,
    )
    assert refreshed(world) == 5
    assert world.query(KEPT) == before
    assert world.image()["tally"] == counted


async def test_only_the_cards_that_differ_are_written(store: Store, world: World) -> None:
    await some_cards(store, world)
    world.run("UPDATE card SET search = 'x' WHERE name = 'Listed'")
    assert refreshed(world) == 1
