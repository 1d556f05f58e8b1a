"""Postponing tasks in the file: each from its own base, what can't be moved is counted."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from store_world import World, cards

from minicrm_tui.domain.errors import NotFound, Refused
from minicrm_tui.domain.postponing import Postponement
from minicrm_tui.domain.records import Outcome, moment_key
from minicrm_tui.domain.views import MarkedRange, Targets, View
from minicrm_tui.store.store import Store

TODAY, TOMORROW, WEEK = (Postponement(rule=key) for key in "01w")


async def test_a_preset_counts_from_today_for_an_expired_task(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(-9, time(10)))
    before = world.image()

    postponed = await store.postpone(cards(card.row.id), TOMORROW, world.now)

    task = (await store.card(card.row.id)).row.task
    assert task is not None
    assert (task.due, task.postponed) == (world.day(1, time(10)), 1)
    assert (postponed.tasks, postponed.due, postponed.skipped) == (1, world.day(1, time(10)), 0)
    assert world.one("SELECT sort_key FROM card") == task.due.key
    assert world.actions()[-1] == ("task.postpone", "Call about the offer", 1)
    await world.undone_gives_back(before)


async def test_each_task_counts_from_its_own_base(store: Store, world: World) -> None:
    late = await world.add("Late", world.day(-3))
    coming = await world.add("Coming", world.day(10))
    before = world.image()

    postponed = await store.postpone(cards(late.row.id, coming.row.id), WEEK, world.now)

    assert world.query("SELECT day FROM task ORDER BY card_id") == [
        (world.day(7).day.isoformat(),),
        (world.day(17).day.isoformat(),),
    ]
    assert (postponed.tasks, postponed.due) == (2, None)
    await world.undone_gives_back(before)


async def test_one_deadline_for_all_is_named(store: Store, world: World) -> None:
    ids = [(await world.add(f"Card {late}", world.day(-late))).row.id for late in (1, 5, 9)]
    postponed = await store.postpone(cards(*ids), TOMORROW, world.now)
    assert postponed.due == world.day(1)


async def test_what_the_preset_does_not_fit_is_counted_and_left(store: Store, world: World) -> None:
    late = await world.add("Late", world.day(-3))
    coming = await world.add("Coming", world.day(10))
    bare = await world.add("Without a task")
    before = (await store.card(coming.row.id)).tasks

    postponed = await store.postpone(cards(bare.row.id, coming.row.id, late.row.id), TODAY, world.now)

    assert (postponed.tasks, postponed.skipped, postponed.due) == (1, 2, world.day(0))
    assert (await store.card(coming.row.id)).tasks == before
    assert world.actions()[-1] == ("task.postpone", "Call about the offer", 1)
    assert world.one("SELECT card_id FROM action ORDER BY id DESC LIMIT 1") == late.row.id


async def test_a_time_that_is_past_today_is_dropped_and_said(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(-2, time(9)))
    postponed = await store.postpone(cards(card.row.id), TODAY, world.now)

    assert postponed.dropped_time
    assert postponed.due == world.day(0)
    assert world.query("SELECT at FROM task") == [(None,)]


async def test_a_postponed_task_is_never_left_expired(store: Store, world: World) -> None:
    ids = [(await world.add(f"Card {late}", world.day(-late, time(late)))).row.id for late in range(1, 23)]
    await store.postpone(cards(*ids), TODAY, world.now)
    assert world.one("SELECT count(*) FROM card WHERE sort_key < ?", moment_key(world.now)) == 0


async def test_a_card_with_a_second_expired_task_stays_expired_and_is_counted(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(-9), task="First")
    await world.add_task(card.row.id, "Second", world.day(-2))
    postponed = await store.postpone(cards(card.row.id), WEEK, world.now)

    assert postponed.still_expired == 1
    task = (await store.card(card.row.id)).row.task
    assert task is not None
    assert task.text == "Second"


async def test_typed_words_may_move_a_deadline_earlier(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(30, time(15)))
    await store.postpone(cards(card.row.id), Postponement(typed=world.day(2)), world.now)
    task = (await store.card(card.row.id)).row.task
    assert task is not None
    assert task.due == world.day(2, time(15))


async def test_every_postponing_counts(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(-1))
    for _time in range(3):
        await store.postpone(cards(card.row.id), TOMORROW, world.now)
    task = (await store.card(card.row.id)).row.task
    assert task is not None
    assert (task.postponed, task.due) == (3, world.day(3))


async def test_when_a_task_was_last_changed_is_kept(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(-1))
    assert world.one("SELECT changed_at FROM task") == ""
    before = world.image()
    await store.postpone(cards(card.row.id), Postponement(rule="3"), world.now)
    assert world.one("SELECT changed_at FROM task") == "2026-11-23T07:30:00Z"
    await world.undone_gives_back(before)


async def test_a_given_task_need_not_be_the_next_one(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(1), task="First")
    await world.add_task(card.row.id, "Second", world.day(2))
    second = (await store.card(card.row.id)).tasks[1]
    before = world.image()

    postponed = await store.postpone_task(second.id, WEEK, world.now)

    assert postponed.due == world.day(9)
    assert (await store.task(second.id)).due == world.day(9)
    await world.undone_gives_back(before)


async def test_the_days_load_moves_with_the_task(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(0))
    await store.postpone(cards(card.row.id), TOMORROW, world.now)
    assert world.query("SELECT day, tasks FROM load") == [((world.today + timedelta(days=1)).isoformat(), 1)]


# --- what is refused


async def test_a_past_moment_is_refused_and_nothing_is_written(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(-1))
    before = world.image()
    with pytest.raises(Refused, match="past"):
        await store.postpone(cards(card.row.id), Postponement(typed=world.day(-1)), world.now)
    assert world.image() == before


async def test_today_is_refused_for_a_future_task(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(1))
    with pytest.raises(Refused, match="expired"):
        await store.postpone(cards(card.row.id), TODAY, world.now)


async def test_a_card_without_a_task_has_nothing_to_postpone(store: Store, world: World) -> None:
    card = await world.add("Acme")
    with pytest.raises(Refused, match="no open task"):
        await store.postpone(cards(card.row.id), TOMORROW, world.now)


async def test_a_closed_task_is_not_postponed(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(-1))
    assert card.row.task is not None
    await store.close_task(card.row.task.id, Outcome.DONE, "", world.now)
    with pytest.raises(Refused, match="closed already"):
        await store.postpone_task(card.row.task.id, TOMORROW, world.now)


async def test_an_unknown_task_is_not_found(store: Store, world: World) -> None:
    with pytest.raises(NotFound, match="task 12"):
        await store.postpone_task(12, TOMORROW, world.now)  # type: ignore[arg-type]


# --- many at once


async def test_a_marked_bucket_is_postponed_as_one_undo_step(store: Store, world: World) -> None:
    for late in range(1, 13):
        await world.add(f"Card {late}", world.day(-late))
    kept = await world.add("Kept", world.day(-1))
    coming = await world.add("Coming", world.day(1))
    before = world.image()
    expired = MarkedRange(View(await world.module()), 0, moment_key(world.now))

    postponed = await store.postpone(Targets(ranges=(expired,), without=frozenset({kept.row.id})), TOMORROW, world.now)

    assert (postponed.tasks, postponed.due) == (12, world.day(1))
    assert (await store.card(kept.row.id)).tasks == kept.tasks
    assert (await store.card(coming.row.id)).tasks == coming.tasks
    assert world.actions()[-1][2] == 12
    await world.undone_gives_back(before)


async def test_a_failure_in_the_middle_leaves_nothing_half_done(store: Store, world: World) -> None:
    ids = [(await world.add(f"Card {number}", world.day(-1))).row.id for number in range(3)]
    world.run(
        f"CREATE TRIGGER fails BEFORE UPDATE ON task WHEN new.card_id = {ids[1]} BEGIN SELECT RAISE(ABORT, 'full'); END"
    )
    before = world.image()
    with pytest.raises(Exception, match="full"):
        await store.postpone(cards(*ids), TOMORROW, world.now)
    assert world.image() == before
