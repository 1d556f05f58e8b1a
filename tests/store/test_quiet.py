"""What is forgotten: opportunities in progress, by their last note or change of a task, where the module marks that."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from store_world import World, cards

from minicrm_tui.domain.drafts import CardEdit
from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.postponing import Postponement
from minicrm_tui.domain.quickadd import TaskDraft
from minicrm_tui.domain.records import CardDetails, Kind, ModuleId, Outcome, Qualification, SalesStatus
from minicrm_tui.domain.sales import Change
from minicrm_tui.domain.sales_lists import SalesList
from minicrm_tui.domain.views import View
from minicrm_tui.store.store import Store

SALES = ModuleId(1)
IN_PROGRESS = Change(sales=SalesStatus.IN_PROGRESS)

Doing = Callable[[Store, World, CardDetails], Awaitable[None]]


async def begun(store: Store, world: World, *, days_ago: int = 30, task: bool = True) -> CardDetails:
    """An opportunity in progress, made so many days ago, in a module that marks after 14 days."""
    ago = replace(world, now=world.now - timedelta(days=days_ago))
    card = await ago.add("Acme", ago.day(3) if task else None)
    await store.set_keys(cards(card.row.id), IN_PROGRESS, ago.now)
    if not world.one("SELECT forgotten_days FROM module WHERE id = 1"):
        await store.set_forgotten_days(SALES, 14, world.now)
    return await store.card(card.row.id)


async def days(store: Store, world: World, card: CardDetails) -> int | None:
    """For how long the pipeline says that it is forgotten; its page and its peek say the same."""
    pipeline = await store.outline(View(SALES), world.now)
    rows = [
        row for status in pipeline.statuses for row in await store.status_rows(View(SALES), status, 0, 50, world.now)
    ]
    (row,) = [row for row in rows if row.id == card.row.id]
    assert (await store.card(card.row.id)).row.quiet == row.quiet
    assert (await store.card_page(card.row.id)).details.row.quiet == row.quiet
    return row.quiet.forgotten(world.now) if row.quiet is not None else None


async def test_nothing_is_forgotten_until_a_module_says_after_how_long(store: Store, world: World) -> None:
    card = await begun(store, world)
    assert await days(store, world, card) == 30
    await store.set_forgotten_days(SALES, None, world.now)
    assert await days(store, world, card) is None


async def test_the_days_are_set_as_an_undo_step(store: Store, world: World) -> None:
    before = world.image()
    await store.set_forgotten_days(SALES, 14, world.now)
    assert world.actions() == [("module.forgotten", "Sales", 1)]
    assert (await store.modules(world.now))[0].module.forgotten_days == 14
    with pytest.raises(Refused, match="already"):
        await store.set_forgotten_days(SALES, 14, world.now)
    await world.undone_gives_back(before)


@pytest.mark.parametrize(("ago", "said"), [(13, None), (14, None), (15, 15), (40, 40)])
async def test_it_is_forgotten_once_it_was_quiet_for_longer(
    store: Store, world: World, ago: int, said: int | None
) -> None:
    assert await days(store, world, await begun(store, world, days_ago=ago)) == said


@pytest.mark.parametrize("task", [False, True])
async def test_without_a_task_it_counts_from_the_making(store: Store, world: World, task: bool) -> None:
    assert await days(store, world, await begun(store, world, task=task)) == 30


async def _note(store: Store, world: World, card: CardDetails) -> None:
    await store.add_note(cards(card.row.id), "Called, nobody there.", world.now)


async def _new_task(store: Store, world: World, card: CardDetails) -> None:
    await world.add_task(card.row.id, "Write", world.day(2))


async def _close(store: Store, world: World, card: CardDetails) -> None:
    await store.close_tasks(cards(card.row.id), Outcome.DONE, "", world.now)


async def _postpone(store: Store, world: World, card: CardDetails) -> None:
    await store.postpone(cards(card.row.id), Postponement(rule="3"), world.now)


async def _change_the_task(store: Store, world: World, card: CardDetails) -> None:
    await store.edit_task(card.tasks[0].id, TaskDraft("Call Ana", "call", world.day(9)), world.now)


async def _change_it_in_the_form(store: Store, world: World, card: CardDetails) -> None:
    edit = CardEdit("Acme", None, "Acme SRL", None, "Call Ana", card.tasks[0].due)
    await store.edit_card(card.row.id, edit, world.now)


async def _reopen(store: Store, world: World, card: CardDetails) -> None:
    long_ago = world.now - timedelta(days=29)
    closed = await store.close_tasks(cards(card.row.id), Outcome.DONE, "", long_ago)
    assert closed.closed is not None
    await store.reopen_task(closed.closed.id, world.now)


@pytest.mark.parametrize("do", [_note, _new_task, _close, _postpone, _change_the_task, _change_it_in_the_form, _reopen])
async def test_a_note_or_a_change_of_a_task_is_care_and_undo_takes_it_back(
    store: Store, world: World, do: Doing
) -> None:
    card = await begun(store, world)
    await do(store, world, card)
    assert await days(store, world, card) is None
    assert await days(store, replace(world, now=world.now + timedelta(days=20)), card) == 20
    await store.undo(world.now)
    assert (await days(store, world, card) or 0) > 14


async def _another_value(store: Store, world: World, card: CardDetails) -> None:
    await store.set_card_field(card.row.id, "expected_close", "2026-12-15", world.now)


async def _the_qualification(store: Store, world: World, card: CardDetails) -> None:
    await store.set_keys(cards(card.row.id), Change(qualification=Qualification.VIP), world.now)


async def _the_step(store: Store, world: World, card: CardDetails) -> None:
    await store.set_step(cards(card.row.id), SalesList.SALES_STEP, "Offer", world.now)


async def _the_form_left_as_it_was(store: Store, world: World, card: CardDetails) -> None:
    edit = CardEdit("Acme", None, "Acme SRL", "Ana Pop", card.tasks[0].text, card.tasks[0].due)
    await store.edit_card(card.row.id, edit, world.now)


@pytest.mark.parametrize("do", [_another_value, _the_qualification, _the_step, _the_form_left_as_it_was])
async def test_other_changes_are_none(store: Store, world: World, do: Doing) -> None:
    card = await begun(store, world)
    await do(store, world, card)
    assert await days(store, world, card) == 30


@pytest.mark.parametrize("sales", [SalesStatus.DISCOVERY, SalesStatus.WON, SalesStatus.LOST])
async def test_only_what_is_in_progress_can_be_forgotten(store: Store, world: World, sales: SalesStatus) -> None:
    card = await begun(store, world)
    await store.set_keys(cards(card.row.id), Change(sales=sales), world.now - timedelta(days=20), loss_reason="Price")
    assert await days(store, world, card) is None


async def test_the_list_says_it_too_and_other_modules_know_nothing_of_it(store: Store, world: World) -> None:
    card = await begun(store, world)
    site = await replace(world, now=world.now - timedelta(days=90)).add("Site", kind=Kind.PROJECTS)
    assert (await store.card(site.row.id)).row.quiet is None
    for view in (View(SALES), View(SALES, text="acme")):
        (row,) = await store.rows(view, "expired", 0, 5, world.now)
        assert (row.id, row.quiet) == (card.row.id, (await store.card(card.row.id)).row.quiet)
