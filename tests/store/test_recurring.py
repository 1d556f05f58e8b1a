"""Tasks that come back, and tasks that are changed or opened again."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_world import World, cards

from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.postponing import Postponement
from minicrm_tui.domain.records import CardId, Due, Outcome, Task, moment_key
from minicrm_tui.domain.recurrence import CountedFrom, Every, Recurrence
from minicrm_tui.domain.tasks import TaskDraft
from minicrm_tui.store.store import Store


def weekly(first: date, counted: CountedFrom = CountedFrom.DEADLINE) -> Recurrence:
    return Recurrence(1, Every.WEEKS, counted, first)


async def recurring(store: Store, world: World, due: Due, rule: Recurrence) -> CardId:
    card = (await world.add("Acme")).row.id
    await store.add_task(cards(card), TaskDraft("Call Ana", "call", due, 30, rule), world.now)
    return card


async def open_tasks(store: Store, card: CardId) -> list[Task]:
    return list((await store.card(card)).tasks)


async def test_closing_makes_the_next_one_and_proposes_it(store: Store, world: World) -> None:
    rule = weekly(date(2026, 11, 20))
    card = await recurring(store, world, Due(date(2026, 11, 20), time(10)), rule)

    closed = await store.close_tasks(cards(card), Outcome.DONE, "", world.now)

    (made,) = await open_tasks(store, card)
    assert (made.text, made.type, made.due, made.minutes, made.rule) == (
        *("Call Ana", "call", Due(date(2026, 11, 27), time(10)), 30, rule),
    )
    assert (closed.proposal.kind, closed.proposal.task) == ("existing", made)


async def test_undoing_the_closing_takes_the_next_one_away(store: Store, world: World) -> None:
    card = await recurring(store, world, world.day(-1), weekly(world.day(-1).day))
    before = await open_tasks(store, card)
    await store.close_tasks(cards(card), Outcome.DONE, "", world.now)
    await store.undo(world.now)
    assert await open_tasks(store, card) == before


async def test_closing_late_makes_one_and_not_in_the_past(store: Store, world: World) -> None:
    card = await recurring(store, world, world.day(-70, time(9)), weekly(world.day(-70).day))
    await store.close_tasks(cards(card), Outcome.DONE, "", world.now)
    (made,) = await open_tasks(store, card)
    # Ten weeks later is today at nine, which has passed.
    assert made.due == world.day(7, time(9))


async def test_counted_from_the_closing_the_deadline_does_not_matter(store: Store, world: World) -> None:
    card = await recurring(store, world, world.day(-5), weekly(world.day(-5).day, CountedFrom.CLOSING))
    await store.close_tasks(cards(card), Outcome.DONE, "", world.now)
    (made,) = await open_tasks(store, card)
    assert made.due == world.day(7)


async def test_postponing_moves_one_of_the_series_only(store: Store, world: World) -> None:
    card = await recurring(store, world, world.day(0), weekly(world.day(0).day))
    await store.postpone(cards(card), Postponement("3"), world.now)
    await store.close_tasks(cards(card), Outcome.DONE, "", world.now)
    (made,) = await open_tasks(store, card)
    assert made.due == world.day(7)


async def test_a_lost_card_gets_no_next_one(store: Store, world: World) -> None:
    card = await recurring(store, world, world.day(0), weekly(world.day(0).day))
    await store.lose(cards(card), world.now, "Price")
    assert await open_tasks(store, card) == []


async def test_of_many_closed_at_once_each_comes_back(store: Store, world: World) -> None:
    rule = weekly(world.day(-1).day)
    ids = [await recurring(store, world, world.day(-1), rule) for _ in range(3)]
    closed = await store.close_tasks(cards(*ids), Outcome.DONE, "", world.now)
    assert [len(await open_tasks(store, card)) for card in ids] == [1, 1, 1]
    assert closed.proposal.kind == "none"


async def test_opened_again_the_one_that_has_come_back_stays(store: Store, world: World) -> None:
    card = await recurring(store, world, world.day(-1), weekly(world.day(-1).day))
    closed = await store.close_tasks(cards(card), Outcome.FAILED, "no answer", world.now)
    assert closed.closed is not None
    again = await store.reopen_task(closed.closed.id, world.now)
    assert (again.closed_at, again.outcome, again.comment, again.rule) == (None, None, None, None)
    assert len(await open_tasks(store, card)) == 2
    assert [entry.kind for entry in await store.history(card, (), 0, 2)] == ["reopened", "task"]
    with pytest.raises(Refused):
        await store.reopen_task(closed.closed.id, world.now)
    await store.undo(world.now)
    assert len(await open_tasks(store, card)) == 1


async def test_the_history_knows_its_closed_tasks(store: Store, world: World) -> None:
    card = (await world.add("Acme", world.day(-1), task="Call")).row.id
    closed = await store.close_tasks(cards(card), Outcome.DONE, "said yes — twice", world.now)
    latest = (await store.history(card, ("task",), 0, 1))[0]
    assert closed.closed is not None
    assert latest.task_id == closed.closed.id
    await store.reopen_task(closed.closed.id, world.now)
    assert (await store.history(card, ("task",), 0, 1))[0].task_id is None


async def test_an_open_task_is_changed_and_the_history_tells(store: Store, world: World) -> None:
    card = (await world.add("Acme", world.day(-1), task="Call")).row.id
    (task,) = await open_tasks(store, card)
    rule = weekly(world.day(2).day)
    after = await store.edit_task(task.id, TaskDraft("Meet Ana", "meeting", world.day(2), 60, rule), world.now)
    assert (after.text, after.type, after.due, after.minutes, after.rule) == (
        *("Meet Ana", "meeting", world.day(2), 60, rule),
    )
    fields = [entry.field for entry in await store.history(card, ("field",), 0, 10)]
    assert sorted(fields) == ["task", "task_due", "task_minutes", "task_rule", "task_type"]
    assert (await store.card(card)).row.task == after
    await store.undo(world.now)
    assert await open_tasks(store, card) == [task]


async def test_a_closed_task_is_not_changed(store: Store, world: World) -> None:
    card = (await world.add("Acme", world.day(-1), task="Call")).row.id
    (task,) = await open_tasks(store, card)
    await store.close_task(task.id, Outcome.DONE, "", world.now)
    with pytest.raises(Refused):
        await store.edit_task(task.id, TaskDraft("Meet", "meeting", world.day(2)), world.now)


RULES = st.builds(
    Recurrence,
    st.integers(1, 12),
    st.sampled_from(Every),
    st.sampled_from(CountedFrom),
    st.dates(date(2024, 1, 1), date(2026, 11, 23)),
)


@given(RULES, st.integers(0, 400), st.sampled_from([None, time(9), time(23, 59)]))
def test_the_next_one_is_never_expired(rule: Recurrence, late: int, at: time | None) -> None:
    from minicrm_tui.store.recurring import next_due

    now = datetime(2026, 11, 23, 9, 30) + timedelta(days=late)
    due = next_due(rule, rule.first.isoformat(), Due(rule.first, at), now)
    assert due is not None
    assert due.key >= moment_key(now)
    assert due.day > rule.first
