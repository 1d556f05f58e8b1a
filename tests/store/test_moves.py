"""Moving cards: customisable pipelines by step and status, opportunities by their key fields, the rest by nothing."""

from __future__ import annotations

import pytest
from store_world import World, cards

from minicrm_tui.domain.errors import NotFound, Refused
from minicrm_tui.domain.records import (
    CardDetails,
    Group,
    KeyFields,
    Kind,
    Outcome,
    Place,
    Qualification,
    SalesStatus,
)
from minicrm_tui.domain.sales import Change, status_key
from minicrm_tui.store.store import Store

VIP = Change(qualification=Qualification.VIP)
DECIDED = Change(decided=True)


async def key_of(store: Store, card: CardDetails) -> str:
    return (await store.card(card.row.id)).status.key


# --- customisable pipelines


async def test_steps_walk_lead_open_success_and_stop_there(store: Store, world: World) -> None:
    card = await world.add("Site", kind=Kind.PROJECTS)
    walked = [await key_of(store, card)]
    for _step in range(4):
        moved = await store.step(cards(card.row.id), 1, world.now)
        assert moved.status is not None
        walked.append(moved.status.key)
    assert walked == ["idea", "planning", "in_progress", "review", "completed"]
    with pytest.raises(Refused, match="no further status"):
        await store.step(cards(card.row.id), 1, world.now)
    assert await key_of(store, card) == "completed"


async def test_a_step_back_from_the_first_status_is_refused(store: Store, world: World) -> None:
    card = await world.add("Site", kind=Kind.PROJECTS)
    with pytest.raises(Refused):
        await store.step(cards(card.row.id), -1, world.now)


async def test_a_move_is_in_the_history_by_the_keys_of_the_statuses(store: Store, world: World) -> None:
    card = await world.add("Site", kind=Kind.PROJECTS)
    before = world.image()
    await store.step(cards(card.row.id), 1, world.now)

    assert world.history(card.row.id)[-1] == ("status", "", "status", "idea", "planning", 0)
    latest = (await store.card(card.row.id)).history[0]
    assert (latest.kind, latest.old, latest.new, latest.by_itself) == ("status", "Idea", "Planning", False)
    assert world.actions()[-1] == ("card.move", "Site", 1)
    await world.undone_gives_back(before)


async def test_a_status_is_chosen(store: Store, world: World) -> None:
    card = await world.add("Site", world.day(2), kind=Kind.PROJECTS)
    review = await world.status(Kind.PROJECTS, "review")
    moved = await store.set_status(cards(card.row.id), review.id, world.now)
    assert (moved.status, moved.cards, moved.closed_tasks) == (review, 1, 0)
    with pytest.raises(Refused, match="already"):
        await store.set_status(cards(card.row.id), review.id, world.now)


async def test_a_status_of_another_module_is_not_found(store: Store, world: World) -> None:
    card = await world.add("Site", kind=Kind.PROJECTS)
    solved = await world.status(Kind.HELPDESK, "solved")
    with pytest.raises(NotFound):
        await store.set_status(cards(card.row.id), solved.id, world.now)


async def test_won_is_the_first_success_status_and_lost_the_first_failed_one(store: Store, world: World) -> None:
    won = await world.add("Won", kind=Kind.HELPDESK)
    lost = await world.add("Lost", kind=Kind.HELPDESK)
    await store.win(cards(won.row.id), world.now)
    await store.lose(cards(lost.row.id), world.now)
    assert await key_of(store, won) == "solved"
    assert await key_of(store, lost) == "closed_unsolved"
    assert [action[0] for action in world.actions()[-2:]] == ["card.win", "card.lose"]


# --- failed closes, success keeps


async def test_a_move_into_failed_closes_the_open_tasks_as_failed(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(-1), task="Call")
    await world.add_task(card.row.id, "Write", world.day(4))
    before = world.image()

    moved = await store.lose(cards(card.row.id), world.now, "Price")

    after = await store.card(card.row.id)
    assert moved.closed_tasks == 2
    assert after.tasks == ()
    assert world.query("SELECT DISTINCT outcome, closed_at FROM task") == [("failed", "2026-11-23T07:30:00Z")]
    assert (after.row.place, after.loss_reason) == (Place.FINISHED, "Price")
    assert sorted(entry[1] for entry in world.history(card.row.id) if entry[0] == "task") == ["Call", "Write"]
    await world.undone_gives_back(before)


async def test_a_failed_status_chosen_by_hand_closes_them_too(store: Store, world: World) -> None:
    card = await world.add("Site", world.day(1), kind=Kind.PROJECTS)
    cancelled = await world.status(Kind.PROJECTS, "cancelled")
    assert (await store.set_status(cards(card.row.id), cancelled.id, world.now)).closed_tasks == 1


async def test_a_move_into_success_keeps_the_open_tasks(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(1))
    moved = await store.win(cards(card.row.id), world.now)
    after = await store.card(card.row.id)
    assert moved.closed_tasks == 0
    assert after.status.group is Group.SUCCESS
    assert (after.tasks, after.row.place) == (card.tasks, Place.LISTED)


async def test_a_new_task_on_a_lost_card_outlives_its_qualification(store: Store, world: World) -> None:
    card = await world.add("Acme")
    await store.lose(cards(card.row.id), world.now, "Timing")
    await world.add_task(card.row.id, "Ask again next year", world.day(300))
    moved = await store.set_keys(cards(card.row.id), VIP, world.now)
    assert (moved.closed_tasks, await key_of(store, card)) == (0, "failed_vip")
    assert (await store.card(card.row.id)).row.open_tasks == 1


# --- sales


async def test_an_opportunity_moves_by_itself_and_the_history_says_so(store: Store, world: World) -> None:
    card = await world.add("Acme")
    before = world.image()
    moved = await store.set_keys(cards(card.row.id), VIP, world.now)

    assert moved.status is not None
    assert moved.status.key == "lead_vip"
    assert world.history(card.row.id)[-2:] == [
        ("field", "", "qualification", "none", "vip", 0),
        ("status", "qualification=vip", "status", "lead_qualify", "lead_vip", 1),
    ]
    assert (await store.card(card.row.id)).history[0].by_itself
    assert world.actions()[-1] == ("card.qualify", "Acme", 1)
    await world.undone_gives_back(before)


@pytest.mark.parametrize("sales", SalesStatus)
@pytest.mark.parametrize("qualification", Qualification)
@pytest.mark.parametrize("decided", [False, True])
async def test_the_status_in_the_file_follows_from_the_key_fields(
    store: Store, world: World, sales: SalesStatus, qualification: Qualification, decided: bool
) -> None:
    card = await world.add("Acme")
    keys = KeyFields(sales, qualification, decided)
    if keys != KeyFields():
        change = Change(sales, qualification, decided)
        await store.set_keys(cards(card.row.id), change, world.now, loss_reason="Price")
    after = await store.card(card.row.id)
    assert after.keys == keys
    assert after.status.key == status_key(keys)


async def test_steps_walk_the_sales_status_and_keep_the_rest(store: Store, world: World) -> None:
    card = await world.add("Acme")
    await store.set_keys(cards(card.row.id), VIP, world.now)
    await store.set_keys(cards(card.row.id), DECIDED, world.now)
    walked = []
    for direction in (1, 1, -1, -1):
        moved = await store.step(cards(card.row.id), direction, world.now)
        assert moved.status is not None
        walked.append(moved.status.key)
    assert walked == ["open_vip_decided", "success_vip", "open_vip_decided", "lead_vip"]


async def test_a_field_that_does_not_move_the_card_is_still_kept(store: Store, world: World) -> None:
    card = await world.add("Acme")
    moved = await store.set_keys(cards(card.row.id), DECIDED, world.now)
    assert moved.cards == 1
    assert (await store.card(card.row.id)).keys == KeyFields(decided=True)
    assert world.history(card.row.id)[-1] == ("field", "", "decided", "no", "yes", 0)


@pytest.mark.parametrize(
    ("change", "verb"),
    [
        (VIP, "card.qualify"),
        (DECIDED, "card.decide"),
        (Change(sales=SalesStatus.WON), "card.win"),
        (Change(sales=SalesStatus.LOST), "card.lose"),
        (Change(sales=SalesStatus.IN_PROGRESS), "card.move"),
    ],
)
async def test_the_undo_step_is_called_by_what_changed(store: Store, world: World, change: Change, verb: str) -> None:
    card = await world.add("Acme")
    await store.set_keys(cards(card.row.id), change, world.now, loss_reason="Price")
    assert world.actions()[-1] == (verb, "Acme", 1)


async def test_the_reason_of_a_loss_goes_when_the_card_comes_back(store: Store, world: World) -> None:
    card = await world.add("Acme")
    await store.set_keys(cards(card.row.id), Change(sales=SalesStatus.LOST), world.now, loss_reason="Timing")
    assert (await store.card(card.row.id)).loss_reason == "Timing"
    await store.set_keys(cards(card.row.id), Change(sales=SalesStatus.IN_PROGRESS), world.now)
    assert (await store.card(card.row.id)).loss_reason is None


async def test_losing_a_lost_card_again_only_takes_a_new_reason(store: Store, world: World) -> None:
    card = await world.add("Acme")
    await store.lose(cards(card.row.id), world.now, "Price")
    with pytest.raises(Refused, match="already"):
        await store.lose(cards(card.row.id), world.now)
    await store.lose(cards(card.row.id), world.now, "Competitor")
    assert (await store.card(card.row.id)).loss_reason == "Competitor"


async def test_a_status_of_sales_is_not_set_by_hand(store: Store, world: World) -> None:
    card = await world.add("Acme")
    vip = await world.status(Kind.SALES, "lead_vip")
    with pytest.raises(Refused, match="follows from"):
        await store.set_status(cards(card.row.id), vip.id, world.now)


async def test_only_opportunities_have_key_fields(store: Store, world: World) -> None:
    card = await world.add("Site", kind=Kind.PROJECTS)
    with pytest.raises(Refused, match="Only opportunities"):
        await store.set_keys(cards(card.row.id), VIP, world.now)


# --- orders and documents


@pytest.mark.parametrize("kind", [Kind.ORDERS, Kind.INVOICING])
async def test_orders_and_documents_refuse_every_move(store: Store, world: World, kind: Kind) -> None:
    card = await world.add("Acme", world.day(1), kind=kind)
    target = cards(card.row.id)
    before = world.image()
    for move in (
        store.step(target, 1, world.now),
        store.step(target, -1, world.now),
        store.set_status(target, card.status.id, world.now),
        store.set_keys(target, VIP, world.now),
        store.win(target, world.now),
        store.lose(target, world.now, "Price"),
    ):
        with pytest.raises(Refused) as refused:
            await move
        assert "actions" in refused.value.message
        assert "under m" in refused.value.hint
    assert world.image() == before


# --- many at once


async def test_a_bulk_move_is_one_undo_step_and_counts_what_moved(store: Store, world: World) -> None:
    done = await world.add("Done", kind=Kind.PROJECTS)
    await store.win(cards(done.row.id), world.now)
    ids = [(await world.add(f"Site {number}", world.day(number), kind=Kind.PROJECTS)).row.id for number in range(5)]
    before = world.image()

    moved = await store.step(cards(done.row.id, *ids), 1, world.now)

    assert moved.cards == 5
    assert moved.status is not None
    assert moved.status.key == "planning"
    assert world.actions()[-1] == ("card.move", "Site 0", 5)
    await world.undone_gives_back(before)


async def test_a_bulk_loss_says_how_many_tasks_it_closed(store: Store, world: World) -> None:
    ids = [(await world.add(f"Card {number}", world.day(number))).row.id for number in range(4)]
    await world.add_task(ids[0], "One more", world.day(1))
    await store.set_keys(cards(ids[1]), VIP, world.now)
    before = world.image()

    moved = await store.lose(cards(*ids), world.now, "No need")

    assert (moved.cards, moved.closed_tasks, moved.status) == (4, 5, None)
    await world.undone_gives_back(before)


async def test_one_order_among_the_marked_cards_refuses_the_whole_move(store: Store, world: World) -> None:
    site = await world.add("Site", kind=Kind.PROJECTS)
    order = await world.add("Order", kind=Kind.ORDERS)
    before = world.image()
    with pytest.raises(Refused):
        await store.step(cards(site.row.id, order.row.id), 1, world.now)
    assert world.image() == before


async def test_a_finished_card_is_newest_first(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(-1))
    await store.close_tasks(cards(card.row.id), Outcome.DONE, "", world.now)
    await store.win(cards(card.row.id), world.now)
    assert world.query("SELECT place, sort_key FROM card") == [(1, -int(world.now.timestamp()))]
