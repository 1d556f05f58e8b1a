"""What rots: cards whose status marks that, by their last closed task, note or move, unless something is planned."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import time, timedelta

import pytest
from store_world import World, cards

from minicrm_tui.domain.drafts import CardEdit
from minicrm_tui.domain.postponing import Postponement
from minicrm_tui.domain.quickadd import TaskDraft
from minicrm_tui.domain.records import CardDetails, Due, Kind, ModuleId, Outcome, SalesStatus
from minicrm_tui.domain.sales import Change
from minicrm_tui.domain.views import View
from minicrm_tui.store.store import Store

SALES = ModuleId(1)

Doing = Callable[[Store, World, CardDetails], Awaitable[None]]


async def begun(world: World, *dues: Due, days_ago: int = 30) -> CardDetails:
    """An opportunity made so many days ago, with these tasks, in statuses where cards rot after 14 days."""
    world.run("UPDATE status SET rot_days = 14 WHERE module_id = 1 AND grp IN ('lead', 'open')")
    ago = replace(world, now=world.now - timedelta(days=days_ago))
    card = await ago.add("Acme", dues[0] if dues else None)
    for due in dues[1:]:
        await ago.add_task(card.row.id, "Write", due)
    return await world.store.card(card.row.id)


async def days(world: World, card: CardDetails) -> int | None:
    """For how long the pipeline says that it rots; the list, its page and its peek say the same."""
    store, now = world.store, world.now
    pipeline = await store.outline(View(SALES), now)
    shown = [row for status in pipeline.statuses for row in await store.status_rows(View(SALES), status, 0, 50, now)]
    spot = await store.spot(View(SALES), card.row.id, now)
    if spot is not None:
        shown += await store.rows(View(SALES), spot.section, 0, 50, now)
    (said, *others) = [row.rotting(now) for row in shown if row.id == card.row.id]
    details, page = await store.card(card.row.id), await store.card_page(card.row.id)
    assert {*others, details.row.rotting(now), page.details.row.rotting(now)} == {said}
    return said


@pytest.mark.parametrize(("ago", "said"), [(13, None), (14, None), (15, 15), (40, 40)])
async def test_it_rots_once_nothing_has_happened_for_longer(world: World, ago: int, said: int | None) -> None:
    assert await days(world, await begun(world, days_ago=ago)) == said


async def test_nothing_rots_where_no_status_marks_it(world: World) -> None:
    card = await begun(world)
    world.run("UPDATE status SET rot_days = NULL")
    assert (await world.store.card(card.row.id)).row.still is None
    # Another status marks it: this card is in none of those.
    world.run("UPDATE status SET rot_days = 1 WHERE module_id = 2")
    assert await days(world, card) is None


@pytest.mark.parametrize(
    ("tasks", "rots"),
    [
        ([-3], True),
        ([-3, -1], True),
        ([0], False),
        ([5], False),
        # One that has expired takes nothing away from what is planned.
        ([-3, 5], False),
        ([-3, 0], False),
    ],
)
async def test_what_has_only_expired_tasks_rots_and_what_is_planned_for_does_not(
    world: World, tasks: list[int], rots: bool
) -> None:
    card = await begun(world, *(world.day(offset) for offset in tasks))
    assert await days(world, card) == (30 if rots else None)


async def test_it_rots_once_its_last_task_has_expired(world: World) -> None:
    card = await begun(world, world.day(0, time(9, 30)))
    assert await days(world, card) is None
    assert await days(replace(world, now=world.now + timedelta(minutes=1)), card) == 30


async def _note(store: Store, world: World, card: CardDetails) -> None:
    await store.add_note(cards(card.row.id), "Called, nobody there.", world.now)


async def _close(store: Store, world: World, card: CardDetails) -> None:
    await store.close_tasks(cards(card.row.id), Outcome.DONE, "", world.now)


async def _move(store: Store, world: World, card: CardDetails) -> None:
    await store.set_keys(cards(card.row.id), Change(sales=SalesStatus.IN_PROGRESS), world.now)


@pytest.mark.parametrize("do", [_note, _close, _move])
async def test_a_closed_task_a_note_or_a_move_is_care_and_undo_takes_it_back(
    store: Store, world: World, do: Doing
) -> None:
    card = await begun(world, world.day(-20))
    await do(store, world, card)
    assert await days(world, card) is None
    assert await days(replace(world, now=world.now + timedelta(days=20)), card) == 20
    await store.undo(world.now)
    assert await days(world, card) == 30


async def _postpone_into_the_past(store: Store, world: World, card: CardDetails) -> None:
    await store.edit_task(card.tasks[0].id, TaskDraft("Call Ana", "call", world.day(-2)), world.now)


async def _another_name(store: Store, world: World, card: CardDetails) -> None:
    edit = CardEdit("Acme too", None, "Acme SRL", None, card.tasks[0].text, card.tasks[0].due)
    await store.edit_card(card.row.id, edit, world.now)


async def _one_more_task_that_has_expired(store: Store, world: World, card: CardDetails) -> None:
    await world.add_task(card.row.id, "Write", world.day(-1))


@pytest.mark.parametrize("do", [_postpone_into_the_past, _another_name, _one_more_task_that_has_expired])
async def test_other_changes_are_none(store: Store, world: World, do: Doing) -> None:
    card = await begun(world, world.day(-20))
    await do(store, world, card)
    assert await days(world, card) == 30


async def test_postponing_plans_it_and_the_mark_goes(store: Store, world: World) -> None:
    card = await begun(world, world.day(-20))
    await store.postpone(cards(card.row.id), Postponement(rule="3"), world.now)
    assert await days(world, card) is None


async def test_a_finished_card_rots_only_where_its_status_says_so(store: Store, world: World) -> None:
    card = await begun(world, days_ago=60)
    await store.set_keys(cards(card.row.id), Change(sales=SalesStatus.WON), world.now - timedelta(days=40))
    assert await days(world, card) is None
    world.run("UPDATE status SET rot_days = 30 WHERE module_id = 1 AND grp = 'success'")
    assert await days(world, card) == 40


async def test_what_is_in_the_trash_does_not_rot(store: Store, world: World) -> None:
    card = await begun(world)
    await store.trash(cards(card.row.id), world.now)
    assert (await store.card(card.row.id)).row.still is None


async def test_other_modules_have_their_own_statuses(world: World) -> None:
    ago = replace(world, now=world.now - timedelta(days=9))
    site = await ago.add("Site", kind=Kind.PROJECTS)
    world.run("UPDATE status SET rot_days = 7 WHERE id = ?", site.row.status_id)
    assert (await world.store.card(site.row.id)).row.rotting(world.now) == 9
