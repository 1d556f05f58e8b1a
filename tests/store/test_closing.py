"""Closing tasks, and the next step that is proposed after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from threading import Event

import pytest
from store_world import World, cards

from minicrm_tui.domain.errors import Invalid, NotFound, Refused
from minicrm_tui.domain.quickadd import TaskDraft
from minicrm_tui.domain.records import Due, Kind, Outcome, Place
from minicrm_tui.domain.views import MarkedRange, Targets, View
from minicrm_tui.store.store import Store


async def test_closing_closes_the_next_task_and_the_one_after_it_moves_up(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(-9), task="Call about the offer")
    await world.add_task(card.row.id, "Send the contract", world.day(4, time(14)))

    closed = await store.close_tasks(cards(card.row.id), Outcome.SUCCESSFUL, "They said yes", world.now)

    after = await store.card(card.row.id)
    assert closed.tasks == 1
    assert closed.cards == (card.row.id,)
    assert closed.closed is not None
    assert (closed.closed.text, closed.closed.outcome) == ("Call about the offer", Outcome.SUCCESSFUL)
    assert closed.closed.comment == "They said yes"
    assert closed.closed.closed_at == world.now
    assert after.row.task is not None
    assert after.row.task.text == "Send the contract"
    assert after.row.open_tasks == 1
    assert world.one("SELECT sort_key FROM card") == world.day(4, time(14)).key
    assert world.one("SELECT search FROM card") == "acme srl\nsend the contract"


async def test_a_closed_task_goes_to_the_history_with_its_comment(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(-1), task="Call")
    await store.close_tasks(cards(card.row.id), Outcome.FAILED, "No answer", world.now)

    latest = (await store.card(card.row.id)).history[0]
    assert (latest.kind, latest.text, latest.new, latest.at) == ("task", "Call — No answer", "failed", world.now)


async def test_without_a_comment_there_is_none(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(-1), task="Call")
    closed = await store.close_tasks(cards(card.row.id), Outcome.DONE, "  ", world.now)

    assert closed.closed is not None
    assert closed.closed.comment is None
    assert (await store.card(card.row.id)).history[0].text == "Call"


async def test_of_two_tasks_on_a_day_the_timed_one_is_next_then_the_older_one(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(1), task="untimed")
    await world.add_task(card.row.id, "untimed too", world.day(1))
    await world.add_task(card.row.id, "at noon", world.day(1, time(12)))

    texts = []
    for _round in range(3):
        closed = await store.close_tasks(cards(card.row.id), Outcome.DONE, "", world.now)
        assert closed.closed is not None
        texts.append(closed.closed.text)
    assert texts == ["at noon", "untimed", "untimed too"]


# --- the next step


async def test_the_next_step_is_the_closed_text_in_three_days(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(-9, time(10)), task="Call")
    proposal = (await store.close_tasks(cards(card.row.id), Outcome.DONE, "", world.now)).proposal

    assert (proposal.kind, proposal.text, proposal.due) == ("new", "Call", world.day(3))


async def test_another_open_task_is_the_next_step(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(-9), task="Call")
    await world.add_task(card.row.id, "Write", world.day(2))
    proposal = (await store.close_tasks(cards(card.row.id), Outcome.DONE, "", world.now)).proposal

    assert (proposal.kind, proposal.text, proposal.due) == ("existing", "Write", world.day(2))
    assert proposal.task is not None
    assert proposal.task.text == "Write"


async def test_a_won_card_needs_no_next_step_and_is_finished(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(-1))
    await store.win(cards(card.row.id), world.now)
    assert (await store.card(card.row.id)).row.place is Place.LISTED

    proposal = (await store.close_tasks(cards(card.row.id), Outcome.DONE, "", world.now)).proposal

    assert proposal.kind == "none"
    assert (await store.card(card.row.id)).row.place is Place.FINISHED
    assert world.one("SELECT sort_key FROM card") == -int(world.now.timestamp())


async def test_closing_and_going_on_is_one_undo_step_and_both_or_neither(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(-1))
    task = (await store.card(card.row.id)).tasks[0]
    before, following = world.image(), TaskDraft("Again", "other", world.day(3))
    closed, added = await store.close_task_and_go_on(task.id, Outcome.DONE, "", following, world.now)
    assert (closed.action_id, added.task and added.task.text) == (added.action_id, "Again")
    await store.undo(world.now)
    assert world.image() == before
    with pytest.raises(Invalid):
        await store.close_task_and_go_on(task.id, Outcome.DONE, "", replace(following, text=""), world.now)
    assert world.image() == before


async def test_the_next_step_joins_the_undo_step_of_the_closing(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(-1))
    before = world.image()
    closed = await store.close_tasks(cards(card.row.id), Outcome.DONE, "", world.now)
    added = await store.add_task(
        cards(card.row.id), TaskDraft("Again", "other", world.day(3)), world.now, join=closed.action_id
    )

    assert added.action_id == closed.action_id
    await world.undone_gives_back(before)


async def test_a_next_step_after_another_action_is_its_own_undo_step(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(-1))
    closed = await store.close_tasks(cards(card.row.id), Outcome.DONE, "", world.now)
    await store.add_note(cards(card.row.id), "Meanwhile", world.now)
    added = await store.add_task(
        cards(card.row.id), TaskDraft("Again", "other", world.day(3)), world.now, join=closed.action_id
    )

    assert added.action_id != closed.action_id
    assert world.actions()[-1] == ("task.add", "Again", 1)


async def test_a_next_step_after_the_closing_was_undone_is_its_own_undo_step(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(-1))
    closed = await store.close_tasks(cards(card.row.id), Outcome.DONE, "", world.now)
    await store.undo(world.now)
    added = await store.add_task(
        cards(card.row.id), TaskDraft("Again", "other", world.day(3)), world.now, join=closed.action_id
    )

    assert added.action_id != closed.action_id
    assert (await store.card(card.row.id)).row.open_tasks == 2


async def test_one_next_step_serves_all_that_a_bucket_closed(store: Store, world: World) -> None:
    for number in range(5):
        await world.add(f"Card {number}", world.day(-1), task="Call")
    expired = MarkedRange(View(await world.module()), 0, world.day(0).key)
    closed = await store.close_tasks(Targets(ranges=(expired,)), Outcome.DONE, "", world.now)
    assert (closed.tasks, closed.proposal.kind, closed.proposal.text) == (5, "new", "Call")

    added = await store.add_task(
        Targets(), TaskDraft("Call again", "call", world.day(3)), world.now, join=closed.action_id
    )
    assert added.tasks == 5
    assert world.one("SELECT count(*) FROM card WHERE sort_key = ?", world.day(3).key) == 5


async def test_tasks_with_different_texts_have_none_in_common_to_propose(store: Store, world: World) -> None:
    first = await world.add("Acme", world.day(-1), task="Call")
    second = await world.add("Beta", world.day(-1), task="Write")
    closed = await store.close_tasks(cards(first.row.id, second.row.id), Outcome.DONE, "", world.now)

    assert (closed.proposal.kind, closed.proposal.text) == ("none", "")


# --- what is refused


async def test_a_card_without_a_task_has_nothing_to_close(store: Store, world: World) -> None:
    card = await world.add("Acme")
    before = world.image()
    with pytest.raises(Refused, match="no open task"):
        await store.close_tasks(cards(card.row.id), Outcome.DONE, "", world.now)
    assert world.image() == before
    assert world.actions() == [("card.add", "Acme", 1)]


async def test_a_closed_task_is_not_closed_again(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(-1))
    assert card.row.task is not None
    await store.close_task(card.row.task.id, Outcome.DONE, "", world.now)
    before = world.image()
    with pytest.raises(Refused, match="closed already"):
        await store.close_task(card.row.task.id, Outcome.FAILED, "", world.now)
    assert world.image() == before


async def test_unknown_tasks_and_cards_are_not_found(store: Store, world: World) -> None:
    with pytest.raises(NotFound, match="task 77"):
        await store.close_task(77, Outcome.DONE, "", world.now)  # type: ignore[arg-type]
    with pytest.raises(NotFound, match="card 77"):
        await store.close_tasks(cards(77), Outcome.DONE, "", world.now)


async def test_a_task_of_a_trashed_card_is_not_closed(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(-1))
    assert card.row.task is not None
    await store.trash(cards(card.row.id), world.now)
    with pytest.raises(Refused, match="trash"):
        await store.close_task(card.row.task.id, Outcome.DONE, "", world.now)
    with pytest.raises(Refused, match="trash"):
        await store.close_tasks(cards(card.row.id), Outcome.DONE, "", world.now)


async def test_a_given_task_need_not_be_the_next_one(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(-1), task="First")
    await world.add_task(card.row.id, "Second", world.day(5))
    second = (await store.card(card.row.id)).tasks[1]
    before = world.image()

    closed = await store.close_task(second.id, Outcome.DONE, "", world.now)

    assert closed.closed is not None
    assert closed.closed.text == "Second"
    assert closed.proposal.task is not None
    assert closed.proposal.task.text == "First"
    assert world.actions()[-1] == ("task.close", "Second", 1)
    await world.undone_gives_back(before)


# --- adding


@pytest.mark.parametrize("text", ["", "   ", "\x1b[31m", "x" * 501])
async def test_a_task_needs_a_text_of_a_fair_length(store: Store, world: World, text: str) -> None:
    card = await world.add("Acme")
    with pytest.raises(Invalid) as refused:
        await store.add_task(cards(card.row.id), TaskDraft(text, "other", world.day(0)), world.now)
    assert refused.value.field == "task"
    assert (await store.card(card.row.id)).row.open_tasks == 0


async def test_a_new_task_makes_a_finished_card_listed_again(store: Store, world: World) -> None:
    card = await world.add("Acme")
    await store.win(cards(card.row.id), world.now)
    assert (await store.card(card.row.id)).row.place is Place.FINISHED
    before = world.image()

    added = await store.add_task(cards(card.row.id), TaskDraft("Implement", "call", world.day(7)), world.now)

    assert added.task is not None
    assert (added.task.text, added.task.due, added.task.created_at) == ("Implement", world.day(7), world.now)
    assert (await store.card(card.row.id)).row.place is Place.LISTED
    await world.undone_gives_back(before)


async def test_a_new_task_may_lie_in_the_past(store: Store, world: World) -> None:
    card = await world.add("Acme")
    await store.add_task(cards(card.row.id), TaskDraft("Call", "call", world.day(-30)), world.now)
    assert (await store.card(card.row.id)).row.task is not None


# --- many at once


async def test_a_bulk_close_is_one_undo_step(store: Store, world: World) -> None:
    ids = [(await world.add(f"Card {number}", world.day(-number))).row.id for number in range(1, 8)]
    bare = await world.add("Without a task")
    before = world.image()

    closed = await store.close_tasks(cards(bare.row.id, *ids), Outcome.DONE, "", world.now)

    assert closed.tasks == 7
    assert set(closed.cards) == set(ids)
    assert world.one("SELECT count(*) FROM card WHERE open_tasks = 0 AND next_task_id IS NULL") == 8
    assert world.actions()[-1] == ("task.close", "Call about the offer", 7)
    await world.undone_gives_back(before)


async def test_a_failure_in_the_middle_leaves_nothing_half_done(store: Store, world: World) -> None:
    ids = [(await world.add(f"Card {number}", world.day(-1))).row.id for number in range(1, 4)]
    world.run(
        f"CREATE TRIGGER fails BEFORE UPDATE ON card WHEN new.id = {ids[-1]} BEGIN SELECT RAISE(ABORT, 'full'); END"
    )
    before = world.image()
    with pytest.raises(Exception, match="full"):
        await store.close_tasks(cards(*ids), Outcome.DONE, "", world.now)
    assert world.image() == before
    assert all(verb == "card.add" for verb, _subject, _count in world.actions())

    world.run("DROP TRIGGER fails")
    assert (await store.close_tasks(cards(*ids), Outcome.DONE, "", world.now)).tasks == 3


async def test_a_cancelled_bulk_changes_nothing(store: Store, world: World) -> None:
    ids = [(await world.add(f"Card {number}", world.day(-1))).row.id for number in range(3)]
    before = world.image()
    stop = Event()
    stop.set()
    with pytest.raises(Refused, match="Cancelled"):
        await store.close_tasks(cards(*ids), Outcome.DONE, "", world.now, stop=stop)
    assert world.image() == before


async def test_progress_is_told_up_to_the_end(store: Store, world: World) -> None:
    ids = [(await world.add(f"Card {number}", world.day(-1))).row.id for number in range(3)]
    told: list[tuple[int, int]] = []
    await store.close_tasks(
        cards(*ids), Outcome.DONE, "", world.now, progress=lambda done, total: told.append((done, total))
    )
    assert told[-1] == (3, 3)


async def test_closing_counts_the_days_load_down(store: Store, world: World, now: datetime) -> None:
    card = await world.add("Acme", Due(now.date()), kind=Kind.PROJECTS)
    assert world.query("SELECT day, tasks FROM load") == [(now.date().isoformat(), 1)]
    await store.close_tasks(cards(card.row.id), Outcome.DONE, "", now)
    assert world.query("SELECT day, tasks FROM load") == []
