"""What a card's page is read from: its client's other cards, its colleagues, its history page by page."""

from __future__ import annotations

import pytest
from store_world import World, cards

from minicrm_tui.domain.errors import NotFound
from minicrm_tui.domain.pages import HistoryKind
from minicrm_tui.domain.quickadd import LineDraft
from minicrm_tui.domain.records import CardDetails, CardId, Kind, Outcome
from minicrm_tui.store.store import Store


async def add(world: World, name: str, company: str | None, person: str | None, kind: Kind = Kind.SALES) -> CardDetails:
    draft = LineDraft(name, company=company, person=person, client_from_name=False)
    return await world.store.create_card(await world.module(kind), draft, world.now)


async def test_the_clients_other_cards_in_all_modules(store: Store, world: World) -> None:
    mine = await add(world, "Roof", "Acme SRL", "Ana Pop")
    await add(world, "Roof order", "Acme SRL", None, Kind.ORDERS)
    await add(world, "Foreign", "Beta SRL", "Ion Ene")
    await world.add("Late", world.day(-1))
    page = await store.card_page(mine.row.id)
    assert [(other.row.name, other.module) for other in page.others] == [("Late", "Sales"), ("Roof order", "Orders")]
    assert page.module.kind is Kind.SALES
    statuses = await store.modules(world.now)
    names = {status.id: status.name for summary in statuses for status in summary.statuses}
    assert [other.status for other in page.others] == [names[other.row.status_id] for other in page.others]


async def test_a_card_of_both_company_and_person_is_listed_once(store: Store, world: World) -> None:
    mine = await add(world, "Roof", "Acme SRL", "Ana Pop")
    both = await add(world, "Floor", "Acme SRL", "Ana Pop")
    page = await store.card_page(mine.row.id)
    assert [other.row.id for other in page.others] == [both.row.id]


async def test_trashed_cards_are_not_the_clients_any_more(store: Store, world: World) -> None:
    mine = await add(world, "Roof", "Acme SRL", None)
    gone = await add(world, "Floor", "Acme SRL", None)
    await store.trash(cards(gone.row.id), world.now)
    assert (await store.card_page(mine.row.id)).others == ()
    await store.undo(world.now)
    assert [other.row.id for other in (await store.card_page(mine.row.id)).others] == [gone.row.id]


async def test_colleagues_are_the_companys_other_persons(store: Store, world: World) -> None:
    mine = await add(world, "Roof", "Acme SRL", "Ana Pop")
    await add(world, "Floor", "Acme SRL", "Ion Ene")
    await add(world, "Foreign", "Beta SRL", "Dan Rus")
    page = await store.card_page(mine.row.id)
    assert page.details.person is not None
    assert page.details.person.name == "Ana Pop"
    assert [person.name for person in page.colleagues] == ["Ion Ene"]


async def test_a_card_without_a_client_stands_alone(store: Store, world: World) -> None:
    mine = await add(world, "Roof", None, None)
    await add(world, "Floor", None, None)
    page = await store.card_page(mine.row.id)
    assert (page.others, page.colleagues) == ((), ())


async def test_no_such_card(store: Store) -> None:
    with pytest.raises(NotFound):
        await store.card_page(CardId(999))
    with pytest.raises(NotFound):
        await store.history(CardId(999), (), 0, 10)


async def test_the_history_is_counted_by_kind_and_read_page_by_page(store: Store, world: World) -> None:
    mine = await world.add("Roof", world.day(0))
    for number in range(25):
        await store.add_note(cards(mine.row.id), f"Talk {number}", world.now)
    await store.close_task(mine.tasks[0].id, Outcome.DONE, "", world.now)
    page = await store.card_page(mine.row.id)
    assert (page.history[HistoryKind.NOTE], page.history[HistoryKind.TASK]) == (25, 1)
    total = sum(page.history.values())
    whole = await store.history(mine.row.id, (), 0, 1000)
    assert len(whole) == total
    paged = [entry for at in range(0, total, 7) for entry in await store.history(mine.row.id, (), at, 7)]
    assert tuple(paged) == whole
    notes = await store.history(mine.row.id, (HistoryKind.NOTE,), 0, 1000)
    assert [entry.text for entry in notes] == [f"Talk {number}" for number in reversed(range(25))]
    both = await store.history(mine.row.id, (HistoryKind.NOTE, HistoryKind.TASK), 0, 1000)
    assert len(both) == 26
    assert await store.history(mine.row.id, (HistoryKind.DOCUMENT,), 0, 10) == ()
    assert await store.history(mine.row.id, (), total, 10) == ()


async def test_what_the_page_begins_with_is_the_first_page_of_the_history(store: Store, world: World) -> None:
    mine = await world.add("Roof", world.day(0))
    for number in range(150):
        await store.add_note(cards(mine.row.id), f"Talk {number}", world.now)
    page = await store.card_page(mine.row.id)
    begun = page.details.history
    assert begun == await store.history(mine.row.id, (), 0, len(begun))
    assert len(begun) < sum(page.history.values())
