"""Modules put in, changed, reordered, moved to the trash and back: each an undo step, refused with a sentence."""

from __future__ import annotations

import pytest
from store_world import World

from minicrm_tui.domain.errors import Invalid, NotFound, Refused
from minicrm_tui.domain.module_drafts import MOST_MODULES, ModuleDraft, draft_of
from minicrm_tui.domain.pipelines import template
from minicrm_tui.domain.records import FollowUp, Kind, ModuleId
from minicrm_tui.i18n import set_language

RULE = FollowUp("Call", "call", 3)


async def names(world: World) -> list[str]:
    """The bar."""
    return [summary.module.name for summary in await world.store.modules(world.now)]


async def test_an_installed_module_stands_at_the_end_of_the_bar_with_its_kinds_pipeline(world: World) -> None:
    before = world.image()
    made = await world.store.install_module(Kind.HR, ModuleDraft("Hiring", "Person", "eur", None, RULE), world.now)
    summary = (await world.store.modules(world.now))[-1]
    assert summary.module.id == made
    assert draft_of(summary.module) == ModuleDraft("Hiring", "Person", "EUR", None, RULE)
    assert [status.key for status in summary.statuses] == [status.key for status in template(Kind.HR)]
    assert world.actions() == [("module.install", "Hiring", 1)]
    await world.undone_gives_back(before)


async def test_a_second_one_of_a_kind_gets_a_number_and_what_is_called_as_its_kind_follows_the_language(
    world: World,
) -> None:
    for _time in range(2):
        await world.store.install_module(Kind.SALES, ModuleDraft(), world.now)
    await world.store.install_module(Kind.EVENTS, ModuleDraft("Events", "Participant"), world.now)
    assert (await names(world))[-3:] == ["Sales 2", "Sales 3", "Events"]
    set_language("ro")
    assert (await names(world))[-3:] == ["Sales 2", "Sales 3", "Evenimente"]


@pytest.mark.parametrize("kind", [Kind.ORDERS, Kind.INVOICING])
async def test_a_second_orders_module_is_refused(world: World, kind: Kind) -> None:
    before = world.image()
    with pytest.raises(Refused, match="can be installed only once"):
        await world.store.install_module(kind, ModuleDraft("Other"), world.now)
    assert world.image() == before
    assert world.actions() == []


async def test_a_module_too_many_is_refused(world: World) -> None:
    while len(await names(world)) < MOST_MODULES:
        await world.store.install_module(Kind.CUSTOM, ModuleDraft(), world.now)
    with pytest.raises(Refused, match="32 modules at most"):
        await world.store.install_module(Kind.CUSTOM, ModuleDraft(), world.now)
    await world.store.trash_module(ModuleId(5), world.now)
    await world.store.install_module(Kind.CUSTOM, ModuleDraft("In its place"), world.now)
    with pytest.raises(Refused, match="32 modules at most"):
        await world.store.restore_module(ModuleId(5), world.now)
    assert len(await names(world)) == MOST_MODULES


async def test_what_is_wrong_with_a_new_module_leaves_none(world: World) -> None:
    before = world.image()
    with pytest.raises(Invalid) as wrong:
        await world.store.install_module(Kind.CUSTOM, ModuleDraft("projects"), world.now)
    assert wrong.value.field == "name"
    assert world.image() == before


async def test_a_changed_module_has_other_names_and_settings(world: World) -> None:
    before = world.image()
    sales = await world.module()
    await world.store.edit_module(sales, ModuleDraft("Roofs", "Roof", "RON", 14, RULE), world.now)
    module = (await world.store.modules(world.now))[0].module
    assert draft_of(module) == ModuleDraft("Roofs", "Roof", "RON", 14, RULE)
    await world.undone_gives_back(before)
    await world.store.edit_module(sales, ModuleDraft(), world.now)
    assert world.query("SELECT name, item, currency, forgotten_days, follow_text FROM module WHERE id = 1") == [
        (None, None, None, None, "")
    ]


async def test_a_module_keeps_its_own_name_and_takes_no_others(world: World) -> None:
    sales = await world.module()
    await world.store.edit_module(sales, ModuleDraft("SALES"), world.now)
    assert (await names(world))[0] == "SALES"
    with pytest.raises(Invalid, match="of that name"):
        await world.store.edit_module(sales, ModuleDraft("Helpdesk"), world.now)
    with pytest.raises(NotFound):
        await world.store.edit_module(ModuleId(99), ModuleDraft("Ghost"), world.now)


async def test_a_change_that_changes_nothing_is_no_undo_step(world: World) -> None:
    await world.store.edit_module(await world.module(), ModuleDraft("Sales", "Opportunity"), world.now)
    assert world.actions() == []


async def test_modules_change_places_in_the_bar(world: World) -> None:
    before = world.image()
    orders = await world.module(Kind.ORDERS)
    await world.store.move_module(orders, 1, world.now)
    assert await names(world) == ["Sales", "Invoicing", "Orders", "Projects", "Helpdesk"]
    await world.undone_gives_back(before)
    for _time in range(2):
        await world.store.move_module(orders, -1, world.now)
    assert (await names(world))[:2] == ["Orders", "Sales"]
    with pytest.raises(Refused, match="no place further"):
        await world.store.move_module(orders, -1, world.now)


async def test_a_module_goes_to_the_trash_and_comes_back_to_the_end_of_the_bar(world: World) -> None:
    await world.add("Acme", world.day(-1))
    before = world.image()
    sales = await world.module()
    await world.store.trash_module(sales, world.now)
    assert await names(world) == ["Orders", "Invoicing", "Projects", "Helpdesk"]
    (gone,) = await world.store.trashed_modules()
    assert (gone.module.id, gone.cards, gone.expired, gone.trashed_at) == (sales, 1, 0, world.now)
    await world.undone_gives_back(before)
    back = await world.store.restore_module(sales, world.now)
    assert back.name == "Sales"
    assert (await names(world))[-1] == "Sales"
    assert await world.store.trashed_modules() == ()
    assert [(each.cards, each.expired) for each in await world.store.installed_modules(world.now)][-1] == (1, 1)
    assert [verb for verb, _subject, _count in world.actions()] == ["card.add", "module.trash", "module.restore"]


async def test_a_module_whose_name_is_taken_by_now_comes_back_with_a_number(world: World) -> None:
    sales = await world.module()
    await world.store.trash_module(sales, world.now)
    await world.store.install_module(Kind.SALES, ModuleDraft(), world.now)
    assert (await world.store.restore_module(sales, world.now)).name == "Sales 2"


async def test_orders_come_back_only_where_no_others_are(world: World) -> None:
    orders = await world.module(Kind.ORDERS)
    await world.store.trash_module(orders, world.now)
    other = await world.store.install_module(Kind.ORDERS, ModuleDraft(), world.now)
    with pytest.raises(Refused, match="only once"):
        await world.store.restore_module(orders, world.now)
    await world.store.trash_module(other, world.now)
    assert [each.module.id for each in await world.store.trashed_modules()] == [other, orders]
    await world.store.restore_module(orders, world.now)


async def test_the_last_module_stays(world: World) -> None:
    for each in (await world.store.modules(world.now))[1:]:
        await world.store.trash_module(each.module.id, world.now)
    with pytest.raises(Refused, match="last module"):
        await world.store.trash_module(await world.module(), world.now)
    assert await names(world) == ["Sales"]


async def test_what_is_not_there_is_said(world: World) -> None:
    sales = await world.module()
    with pytest.raises(NotFound, match="not in the trash"):
        await world.store.restore_module(sales, world.now)
    await world.store.trash_module(sales, world.now)
    with pytest.raises(NotFound):
        await world.store.trash_module(sales, world.now)
    with pytest.raises(NotFound):
        await world.store.move_module(sales, 1, world.now)
