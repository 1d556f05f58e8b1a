"""What is proposed next: by the status, by the module, or by the task that was closed; and to whom."""

from __future__ import annotations

import pytest
from store_world import World, cards

from minicrm_tui.domain.follow_ups import FollowUp
from minicrm_tui.domain.records import CardId, Due, Kind, Outcome
from minicrm_tui.domain.sales import Change
from minicrm_tui.domain.tasks import TaskDraft
from minicrm_tui.domain.views import Targets
from minicrm_tui.store.results import Closed, NextStep
from minicrm_tui.store.store import Store


def rule(world: World, table: str, row_id: int, text: str, kind: str = "", days: int | None = None) -> None:
    """Give a status or a module this rule."""
    sql = f"UPDATE {table} SET follow_text = ?, follow_type = ?, follow_days = ? WHERE id = ?"
    world.run(sql, text, kind, days, row_id)


async def close(store: Store, world: World, *ids: int) -> Closed:
    return await store.close_tasks(cards(*ids), Outcome.DONE, "", world.now)


async def test_without_a_rule_it_is_the_same_again_in_three_days_of_the_same_type(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(-1), task="Measure")
    assert (await close(store, world, card.row.id)).proposal == NextStep("new", "Measure", world.day(3), type="call")


async def test_the_status_goes_before_the_module(store: Store, world: World) -> None:
    projects = await world.module(Kind.PROJECTS)
    first, second = [await world.status(Kind.PROJECTS, key) for key in ("idea", "planning")]
    rule(world, "module", projects, "Ask how it goes", days=7)
    rule(world, "status", first.id, "Plan it", "meeting", 2)
    card = await world.add("Roof", world.day(0), kind=Kind.PROJECTS)
    proposed = (await close(store, world, card.row.id)).proposal
    assert proposed == NextStep("new", "Plan it", world.day(2), type="meeting")
    await store.set_status(cards(card.row.id), second.id, world.now)
    await world.add_task(card.row.id, "Draw", world.day(0))
    proposed = (await close(store, world, card.row.id)).proposal
    assert proposed == NextStep("new", "Ask how it goes", world.day(7), type="other")


async def test_another_open_task_goes_before_the_rule(store: Store, world: World) -> None:
    rule(world, "module", await world.module(), "Ask how it goes")
    card = await world.add("Acme", world.day(0))
    await world.add_task(card.row.id, "Send the contract", world.day(1))
    proposed = (await close(store, world, card.row.id)).proposal
    assert (proposed.kind, proposed.text) == ("existing", "Send the contract")


async def test_a_card_that_has_ended_is_proposed_only_what_its_own_status_says(store: Store, world: World) -> None:
    rule(world, "module", await world.module(), "Ask how it goes")
    card = await world.add("Acme", world.day(0))
    await store.win(cards(card.row.id), world.now)
    assert (await close(store, world, card.row.id)).proposal == NextStep("none")
    status = (await store.card(card.row.id)).status
    rule(world, "status", status.id, "Ask for a reference", days=30)
    await world.add_task(card.row.id, "Thank them", world.day(0))
    assert (await close(store, world, card.row.id)).proposal.text == "Ask for a reference"


async def test_on_a_friday_the_next_working_day_is_monday(store: Store, world: World) -> None:
    rule(world, "module", await world.module(), "Ask how it goes")
    card = await world.add("Acme", world.day(0))
    friday = world.now.replace(day=27)
    proposed = (await store.close_tasks(cards(card.row.id), Outcome.DONE, "", friday)).proposal
    assert proposed.due == Due(friday.replace(day=30).date())


async def test_a_type_that_the_module_has_no_more_is_given_by_the_text(store: Store, world: World) -> None:
    sales = await world.module()
    rule(world, "module", sales, "Call them", "Site visit", 1)
    card = await world.add("Acme", world.day(0))
    assert (await close(store, world, card.row.id)).proposal.type == "call"


@pytest.mark.parametrize("shared", [True, False])
async def test_several_are_proposed_the_rule_that_they_share(store: Store, world: World, shared: bool) -> None:
    one = await world.add("One", world.day(0), kind=Kind.PROJECTS, task="Draw")
    other = await world.add("Other", world.day(0), kind=Kind.PROJECTS, task="Paint")
    planning = await world.status(Kind.PROJECTS, "planning")
    await store.set_status(cards(other.row.id), planning.id, world.now)
    if shared:
        rule(world, "module", await world.module(Kind.PROJECTS), "Ask", days=1)
    else:
        rule(world, "status", planning.id, "Ask", days=1)
    proposed = (await close(store, world, one.row.id, other.row.id)).proposal
    assert proposed == (NextStep("new", "Ask", world.day(1), type="other") if shared else NextStep("none"))


# --- once a status is entered


async def test_a_card_that_enters_a_status_is_proposed_what_it_says(store: Store, world: World) -> None:
    card = await world.add("Roof", world.day(9), kind=Kind.PROJECTS)
    planning = await world.status(Kind.PROJECTS, "planning")
    rule(world, "status", planning.id, "Plan it", "meeting", 2)
    moved = await store.step(cards(card.row.id), 1, world.now)
    assert (moved.entered, moved.status is not None and moved.status.follow_up) == (
        (card.row.id,), FollowUp("Plan it", "meeting", 2),
    )  # fmt: skip
    proposed = await store.proposed(moved.entered, planning.id, world.now)
    assert proposed is not None
    assert (proposed.step, proposed.cards) == (NextStep("new", "Plan it", world.day(2), type="meeting"), moved.entered)


async def test_a_card_that_has_that_task_already_is_proposed_nothing(store: Store, world: World) -> None:
    card = await world.add("Roof", world.day(9), kind=Kind.PROJECTS, task="PLAN it")
    planning = await world.status(Kind.PROJECTS, "planning")
    rule(world, "status", planning.id, "Plan it")
    assert await store.proposed((card.row.id,), planning.id, world.now) is None


async def test_the_modules_rule_is_for_cards_without_an_open_task(store: Store, world: World) -> None:
    has = await world.add("Has one", world.day(1), kind=Kind.PROJECTS)
    bare = await world.add("Bare", kind=Kind.PROJECTS)
    rule(world, "module", await world.module(Kind.PROJECTS), "Ask")
    status = await world.status(Kind.PROJECTS, "planning")
    both: tuple[CardId, ...] = (has.row.id, bare.row.id)
    proposed = await store.proposed(both, status.id, world.now)
    assert proposed is not None
    assert proposed.cards == (bare.row.id,)
    done = await world.status(Kind.PROJECTS, "completed")
    assert await store.proposed(both, done.id, world.now) is None


async def test_a_key_field_that_moves_nothing_enters_nothing(store: Store, world: World) -> None:
    card = await world.add("Acme")
    moved = await store.set_keys(cards(card.row.id), Change(decided=True), world.now)
    assert (moved.cards, moved.entered) == (1, ())


async def test_the_move_and_the_step_that_joins_it_are_one_undo_step(store: Store, world: World) -> None:
    card = await world.add("Roof", kind=Kind.PROJECTS)
    before = world.image()
    moved = await store.step(cards(card.row.id), 1, world.now)
    await store.add_task(Targets(moved.entered), TaskDraft("Plan it", "other", world.day(2)), world.now,
                         join=moved.action_id)  # fmt: skip
    await world.undone_gives_back(before)
