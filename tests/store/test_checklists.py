"""The checklist of a task: ticked, kept, closed with some of it open, and back again whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from store_world import World, cards

from minicrm_tui.domain.checklists import Check, unticked
from minicrm_tui.domain.errors import NotFound, Refused
from minicrm_tui.domain.records import Outcome, Task
from minicrm_tui.domain.recurrence import CountedFrom, Every, Recurrence
from minicrm_tui.domain.tasks import TaskDraft
from minicrm_tui.store.store import Store
from minicrm_tui.wording import event

WEEKLY = Recurrence(1, Every.WEEKS, CountedFrom.DEADLINE, date(2026, 11, 23))


async def with_checks(store: Store, world: World, *lines: str, rule: Recurrence | None = None) -> Task:
    """A task with these to tick, on a card of its own."""
    card = await world.add("Acme")
    draft = TaskDraft("Send the contract", "email", world.day(0), rule=rule, checks=unticked(lines))
    added = await store.add_task(cards(card.row.id), draft, world.now)
    assert added.task is not None
    return added.task


async def test_a_tick_is_one_undo_step(store: Store, world: World) -> None:
    task = await with_checks(store, world, "Price", "x marks the spot", "- dash")
    before = world.image()
    ticked = await store.set_check(task.id, 1, world.now, done=True)
    assert ticked.checks == (Check("Price"), Check("x marks the spot", done=True), Check("- dash"))
    assert world.actions()[-1] == ("task.check", "x marks the spot", 1)
    await world.undone_gives_back(before)
    await store.set_check(task.id, 1, world.now, done=False)
    assert (await store.task(task.id)).checks == task.checks


async def test_what_is_ticked_already_is_no_action(store: Store, world: World) -> None:
    task = await with_checks(store, world, "Price")
    steps = len(world.actions())
    await store.set_check(task.id, 0, world.now, done=False)
    assert len(world.actions()) == steps


async def test_a_line_that_is_not_there_and_a_closed_task_are_refused(store: Store, world: World) -> None:
    task = await with_checks(store, world, "Price")
    for place in (-1, 1):
        with pytest.raises(NotFound):
            await store.set_check(task.id, place, world.now, done=True)
    await store.close_task(task.id, Outcome.DONE, "", world.now)
    with pytest.raises(Refused):
        await store.set_check(task.id, 0, world.now, done=True)


@pytest.mark.parametrize(
    ("done", "outcome", "comment", "said"),
    [
        ((), Outcome.DONE, "", "Send the contract (0/3)"),
        ((0, 2), Outcome.DONE, "", "Send the contract (2/3)"),
        ((0, 1, 2), Outcome.SUCCESSFUL, "They signed", "Send the contract — They signed (3/3) · successful"),
    ],
)
async def test_the_history_says_how_much_was_done(
    store: Store, world: World, done: tuple[int, ...], outcome: Outcome, comment: str, said: str
) -> None:
    task = await with_checks(store, world, "Price", "x y", "Two copies")
    for place in done:
        await store.set_check(task.id, place, world.now, done=True)
    await store.close_task(task.id, outcome, comment, world.now)
    entry = (await store.card(task.card_id)).history[0]
    assert event(entry) == said
    assert entry.task_id == task.id


async def test_a_task_that_comes_back_has_all_of_it_to_do(store: Store, world: World) -> None:
    task = await with_checks(store, world, "Price", "Stamp", rule=WEEKLY)
    await store.set_check(task.id, 0, world.now, done=True)
    closed = await store.close_task(task.id, Outcome.DONE, "", world.now)
    assert closed.proposal.task is not None
    assert closed.proposal.task.checks == unticked(("Price", "Stamp"))


async def test_the_copy_of_a_card_has_all_of_it_to_do(store: Store, world: World) -> None:
    task = await with_checks(store, world, "Price", "Stamp")
    await store.set_check(task.id, 0, world.now, done=True)
    copied = await store.copy_card(task.card_id, world.now)
    assert (await store.card(copied)).tasks[0].checks == unticked(("Price", "Stamp"))


async def test_a_changed_checklist_is_a_change_of_the_task(store: Store, world: World) -> None:
    task = await with_checks(store, world, "Price")
    before = world.image()
    draft = TaskDraft(task.text, task.type, task.due)
    changed = await store.edit_task(task.id, replace(draft, checks=(Check("Stamp"),)), world.now)
    assert changed.checks == (Check("Stamp"),)
    assert world.one("SELECT changed_at FROM task") != ""
    await world.undone_gives_back(before)
