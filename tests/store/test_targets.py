"""Which cards an action is for: named ones, marked buckets, and what is left out of both."""

from __future__ import annotations

import tracemalloc
from datetime import time
from threading import Event

import pytest
from store_world import World, cards

from minicrm_tui.domain.errors import NotFound, Refused
from minicrm_tui.domain.records import NO_TASK_KEY, CardId, Due, Kind, Outcome, StatusId, moment_key
from minicrm_tui.domain.views import MarkedRange, Targets, View
from minicrm_tui.store.store import Store
from minicrm_tui.store.upkeep import CHUNK


async def marked(
    world: World, low: int, high: int, *, text: str = "", status: StatusId | None = None, kind: Kind = Kind.SALES
) -> MarkedRange:
    return MarkedRange(View(await world.module(kind), status, text), low, high)


def many(world: World, count: int, due: Due) -> None:
    """So many cards at once, each with a task, behind the store's back."""
    module, status = world.query("SELECT module_id, id FROM status WHERE key = 'idea'")[0]
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"
    world.run(
        f"{numbers} INSERT INTO card (module_id, status_id, name, folded, next_task_id, open_tasks, sort_key, search,"
        f" created_at) SELECT ?, ?, 'Card ' || i, 'card ' || i, i, 1, ?, 'call', '2026-01-01T00:00:00Z' FROM n",
        module,
        status,
        due.key,
    )
    world.run(
        "INSERT INTO task (id, card_id, text, type, day, due_key, created_at)"
        " SELECT id, id, 'Call', 'call', ?, ?, created_at FROM card",
        due.day.isoformat(),
        due.key,
    )


async def test_named_cards_count_once_and_only_if_they_are_there(store: Store, world: World) -> None:
    first, second, gone = [(await world.add(name)).row.id for name in ("One", "Two", "Gone")]
    await store.trash(cards(gone), world.now)
    assert await store.count(cards(first, second, first, gone, 99)) == 2
    assert await store.count(Targets()) == 0


async def test_a_range_holds_its_lower_end_and_not_its_upper_one(store: Store, world: World) -> None:
    for at in (None, time(9), time(10)):
        await world.add("Acme", world.day(0, at))
    nine, ten = world.day(0, time(9)).key, world.day(0, time(10)).key
    assert await store.count(Targets(ranges=(await marked(world, nine, ten),))) == 1


async def test_ranges_and_names_that_overlap_count_once(store: Store, world: World) -> None:
    ids = [(await world.add(f"Card {day}", world.day(day))).row.id for day in range(5)]
    first = await marked(world, world.day(0).key, world.day(3).key)
    second = await marked(world, world.day(2).key, world.day(5).key)
    assert await store.count(Targets(cards=(ids[0],), ranges=(first, second))) == 5
    left = Targets(cards=(ids[0],), ranges=(first, second), without=frozenset({ids[0], ids[4], CardId(77)}))
    assert await store.count(left) == 3


async def test_a_range_is_of_its_module_only(store: Store, world: World) -> None:
    await world.add("Sale", world.day(0))
    await world.add("Site", world.day(0), kind=Kind.PROJECTS)
    assert await store.count(Targets(ranges=(await marked(world, 0, NO_TASK_KEY, kind=Kind.PROJECTS),))) == 1


async def test_a_range_is_narrowed_by_status(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(0))
    await world.add("Beta", world.day(0))
    await store.step(cards(card.row.id), 1, world.now)
    status = (await store.card(card.row.id)).status.id
    assert await store.count(Targets(ranges=(await marked(world, 0, NO_TASK_KEY, status=status),))) == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 3), ("acme", 3), ("CALIN", 1), ("ofertă", 2), ("calin oferta", 1), ("100%", 0), ("_", 0), ("nobody", 0)],
)
async def test_a_range_is_narrowed_by_a_typed_text(store: Store, world: World, text: str, count: int) -> None:
    await world.add("Călin Popescu", world.day(0), task="Trimite oferta")
    await world.add("Beta", world.day(0), task="Oferta nouă")
    await world.add("Gamma", world.day(0), task="Sună")
    assert await store.count(Targets(ranges=(await marked(world, 0, NO_TASK_KEY, text=text),))) == count


async def test_a_range_holds_listed_cards_only_and_one_below_zero_the_finished_ones(store: Store, world: World) -> None:
    ended = await world.add("Ended")
    await store.win(cards(ended.row.id), world.now)
    await world.add("Bare")
    assert await store.count(Targets(ranges=(await marked(world, NO_TASK_KEY, NO_TASK_KEY + 1),))) == 1
    assert await store.count(Targets(ranges=(await marked(world, -(10**12), 0),))) == 1


async def test_no_card_at_all_is_not_found(store: Store, world: World) -> None:
    for nothing in (Targets(), cards(5), Targets(ranges=(await marked(world, 0, NO_TASK_KEY),))):
        with pytest.raises(NotFound):
            await store.close_tasks(nothing, Outcome.DONE, "", world.now)


async def test_a_bucket_of_more_than_one_portion_is_one_undo_step(store: Store, world: World) -> None:
    count = 2 * CHUNK + 7
    many(world, count, world.day(-1))
    before = world.image()
    expired = Targets(ranges=(await marked(world, 0, moment_key(world.now), kind=Kind.PROJECTS),))
    told: list[tuple[int, int]] = []

    closed = await store.close_tasks(
        expired, Outcome.DONE, "", world.now, progress=lambda done, total: told.append((done, total))
    )

    assert closed.tasks == count
    assert len(closed.cards) == 1000
    assert told == [(CHUNK, count), (2 * CHUNK, count), (count, count)]
    assert await store.count(expired) == 0
    await world.undone_gives_back(before)


async def test_a_stop_in_the_middle_changes_nothing(store: Store, world: World) -> None:
    many(world, 2 * CHUNK + 7, world.day(-1))
    before = world.image()
    expired = Targets(ranges=(await marked(world, 0, moment_key(world.now), kind=Kind.PROJECTS),))
    stop = Event()

    with pytest.raises(Refused, match="Cancelled"):
        await store.trash(expired, world.now, progress=lambda done, total: stop.set(), stop=stop)

    assert world.image() == before
    assert world.actions() == []


async def test_memory_stays_flat_whatever_is_marked(store: Store, world: World) -> None:
    many(world, 8 * CHUNK, world.day(-1))
    everything = Targets(ranges=(await marked(world, 0, NO_TASK_KEY, kind=Kind.PROJECTS),))
    await store.add_note(everything, "A warm-up", world.now)
    tracemalloc.start()
    await store.lose(everything, world.now)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4_000_000
