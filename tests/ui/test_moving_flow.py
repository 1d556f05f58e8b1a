"""Moving: sales by key fields, customisable pipelines by status, fixed ones refuse."""

from __future__ import annotations

import pytest

from minicrm_tui.domain.fields import Field, FieldDraft, FieldKind
from minicrm_tui.domain.records import Qualification, SalesStatus
from tests.ui.conftest import Crm


async def status(crm: Crm, name: str) -> str:
    return (await crm.card(name)).status.key


async def test_forward_and_back_walk_the_sales_status(crm: Crm) -> None:
    await crm.press("L")
    assert await status(crm, "Acme Industries") == "open_to_qualify"
    assert crm.cursor_name == "Acme Industries"
    await crm.press("H")
    assert await status(crm, "Acme Industries") == "lead_qualify"


async def test_a_qualification_by_one_key(crm: Crm) -> None:
    await crm.press("Q", "v")
    assert await status(crm, "Acme Industries") == "lead_vip"


async def test_decided_is_switched(crm: Crm) -> None:
    await crm.press("L", "Q", "v", "exclamation_mark")
    assert await status(crm, "Acme Industries") == "open_vip_decided"
    await crm.press("exclamation_mark")
    assert await status(crm, "Acme Industries") == "open_vip"


async def test_won_keeps_the_open_task(crm: Crm) -> None:
    await crm.press("W")
    card = await crm.card("Acme Industries")
    assert card.keys is not None
    assert card.keys.sales is SalesStatus.WON
    assert len(card.tasks) == 1


async def test_lost_asks_the_reason_and_closes_the_tasks(crm: Crm) -> None:
    await crm.press("X", "1", "enter")
    card = await crm.card("Acme Industries")
    assert (card.status.key, card.loss_reason, card.tasks) == ("failed_unqualified", "Price", ())
    assert any("1 open task was closed as failed" in toast for toast in crm.toasts)
    assert crm.cursor_name == "Beta SRL"


async def test_lost_and_its_closed_tasks_are_one_undo_step(crm: Crm) -> None:
    await crm.press("X", "2", "enter", "u")
    card = await crm.card("Acme Industries")
    assert (card.status.key, len(card.tasks)) == ("lead_qualify", 1)


async def test_m_offers_the_key_fields_of_an_opportunity(crm: Crm) -> None:
    await crm.press("m", "q")
    card = await crm.card("Acme Industries")
    assert card.keys is not None
    assert card.keys.qualification is Qualification.QUALIFIED


async def test_m_offers_the_statuses_of_a_customisable_pipeline(crm: Crm) -> None:
    await crm.press("4", "m", "3")
    assert await status(crm, "Warehouse roof") == "in_progress"


async def test_a_project_walks_and_is_lost_without_a_reason(crm: Crm) -> None:
    await crm.press("4", "L")
    assert await status(crm, "Warehouse roof") == "planning"
    await crm.press("X")
    assert await status(crm, "Warehouse roof") == "cancelled"


async def test_an_order_without_items_goes_nowhere_and_says_why(crm: Crm) -> None:
    await crm.press("2", "n")
    await crm.type("order one")
    await crm.press("enter", "L")
    assert await status(crm, "order one") == "draft"
    assert any("no items" in toast for toast in crm.toasts)


async def test_repeat_moves_the_next_card_the_same_way(crm: Crm) -> None:
    await crm.press("Q", "v", "down", "full_stop")
    assert await status(crm, "Beta SRL") == "lead_vip"


async def test_a_move_asks_for_what_it_lacks_and_u_takes_both_back(crm: Crm) -> None:
    await crm.press("4")
    review = next(status for status in crm.bench.statuses if status.key == "review")
    draft = FieldDraft(FieldKind.NUMBER, "Budget", required=True, from_status=review.id)
    budget = await crm.store.add_field(crm.bench.module.id, draft, crm.clock())
    await crm.press("L", "L", "L")
    assert crm.asks
    await crm.press("enter")
    assert crm.asks
    await crm.type("12500")
    await crm.press("enter")
    card = await crm.card("Warehouse roof")
    assert card.status.key == "review"
    assert dict(await crm.store.field_values(card.row.id))[budget] == "12500"
    await crm.press("u")
    card = await crm.card("Warehouse roof")
    assert card.status.key == "in_progress"
    assert dict(await crm.store.field_values(card.row.id))[budget] == ""


async def test_esc_leaves_the_card_where_it_is(crm: Crm) -> None:
    await crm.press("4")
    await crm.store.add_field(crm.bench.module.id, FieldDraft(FieldKind.TEXT, "Place", required=True), crm.clock())
    await crm.press("L", "escape")
    assert (await crm.card("Warehouse roof")).status.key == "idea"
    assert crm.toasts == ["Not moved: “Place” is required there."]


async def required(crm: Crm, draft: FieldDraft) -> Field:
    return await crm.store.add_field(crm.bench.module.id, draft, crm.clock())


async def test_one_question_serves_the_marked_cards_that_lack_it(crm: Crm) -> None:
    await crm.press("4")
    place = await required(crm, FieldDraft(FieldKind.TEXT, "Place", required=True))
    await crm.press("ctrl+a", "down", "down", "space", "W")
    assert crm.asks
    await crm.type("Cluj")
    await crm.press("enter")
    for name in ("Warehouse roof", "New website"):
        card = await crm.card(name)
        assert card.status.key == "completed"
        assert dict(await crm.store.field_values(card.row.id))[place] == "Cluj"
    await crm.press("u")
    assert (await crm.card("New website")).status.key == "idea"


@pytest.mark.parametrize("keys", [("L",), ("W",), ("m", "i"), ("Q", "v"), ("exclamation_mark",)], ids="".join)
async def test_every_kind_of_move_asks(crm: Crm, keys: tuple[str, ...]) -> None:
    before = await status(crm, "Acme Industries")
    draft = FieldDraft(FieldKind.CHOICE, "Source", required=True, choices=("Web", "Fair"))
    source = await required(crm, draft)
    await crm.press(*keys)
    assert crm.asks
    await crm.press("2")
    card = await crm.card("Acme Industries")
    assert dict(await crm.store.field_values(card.row.id))[source] == str(source.choices[1].id)
    await crm.press("u")
    assert await status(crm, "Acme Industries") == before
    await crm.press(*keys, "escape")
    assert await status(crm, "Acme Industries") == before
