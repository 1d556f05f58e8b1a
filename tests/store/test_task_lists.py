"""The types of a module's tasks and its templates: edited, undone, and what a typed task takes from them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from store_world import World, cards

from minicrm_tui.domain.checklists import Check
from minicrm_tui.domain.drafts import CardEdit
from minicrm_tui.domain.errors import Invalid, NotFound, Refused
from minicrm_tui.domain.follow_ups import FollowUp
from minicrm_tui.domain.records import Kind, ModuleId, Outcome
from minicrm_tui.domain.task_types import DEFAULT_TYPES
from minicrm_tui.domain.tasks import TaskDraft, parse_task
from minicrm_tui.domain.template_forms import TemplateDraft
from minicrm_tui.domain.templates import MOST_TEMPLATES, TemplateId
from minicrm_tui.i18n import set_language
from minicrm_tui.store.store import Store

CONTRACT = TemplateDraft("Contract", FollowUp("Send the contract", "email", 2), ("Price", "Stamp", "Two copies"))


async def test_a_module_that_nobody_edited_has_the_four_types(store: Store, world: World) -> None:
    offer = await store.task_offer(await world.module())
    assert (offer.types, offer.templates) == (DEFAULT_TYPES, ())


async def test_each_edit_of_the_types_is_one_undo_step(store: Store, world: World) -> None:
    sales, before = await world.module(), world.image()
    await store.add_task_type(sales, " Site visit ", world.now)
    assert await store.task_types(sales) == (*DEFAULT_TYPES, "Site visit")
    await world.undone_gives_back(before)

    await store.move_task_type(sales, "Site visit", -1, world.now)
    await store.delete_task_type(sales, "meeting", world.now)
    await store.rename_task_type(sales, "Site visit", "Measuring", world.now)
    assert await store.task_types(sales) == ("call", "email", "Measuring", "other")
    assert await store.task_types(await world.module(Kind.PROJECTS)) == DEFAULT_TYPES
    for _each in range(3):
        await store.undo(world.now)
    assert await store.task_types(sales) == (*DEFAULT_TYPES, "Site visit")


async def test_a_default_type_keeps_its_key_in_every_language(store: Store, world: World) -> None:
    sales = await world.module()
    await store.delete_task_type(sales, "meeting", world.now)
    set_language("ro")
    await store.add_task_type(sales, "întâlnire", world.now)
    assert (await store.task_types(sales))[-1] == "meeting"


@pytest.mark.parametrize("name", ["", " \t", "e-mail", "CALL", "x" * 41, "宽" * 21])
async def test_a_name_that_is_none_or_taken_is_refused_under_its_field(store: Store, world: World, name: str) -> None:
    sales, before = await world.module(), world.image()
    with pytest.raises(Invalid) as told:
        await store.add_task_type(sales, name, world.now)
    assert told.value.field == "name"
    assert world.image() == before


async def test_what_can_not_be_done_with_types_is_refused(store: Store, world: World) -> None:
    sales = await world.module()
    for kind in DEFAULT_TYPES[1:]:
        await store.delete_task_type(sales, kind, world.now)
    with pytest.raises(Refused):
        await store.delete_task_type(sales, "call", world.now)
    with pytest.raises(Refused):
        await store.move_task_type(sales, "call", 1, world.now)
    with pytest.raises(NotFound):
        await store.rename_task_type(sales, "meeting", "Visit", world.now)
    with pytest.raises(NotFound):
        await store.add_task_type(ModuleId(99), "Visit", world.now)
    for number in range(29):
        await store.add_task_type(sales, f"Type {number}", world.now)
    with pytest.raises(Refused):
        await store.add_task_type(sales, "One more", world.now)


async def test_a_renamed_type_is_renamed_on_open_tasks_and_in_rules_and_templates(store: Store, world: World) -> None:
    sales, projects = await world.module(), await world.module(Kind.PROJECTS)
    card = await world.add("Acme", world.day(1))
    other = await world.add("Elsewhere", world.day(1), kind=Kind.PROJECTS)
    closed = await store.close_tasks(cards(card.row.id), Outcome.DONE, "", world.now)
    await store.add_task(cards(card.row.id), TaskDraft("Again", "call", world.day(2)), world.now)
    await store.add_template(sales, replace(CONTRACT, task=FollowUp("Ring", "call", 1)), world.now)
    world.run("UPDATE module SET follow_text = 'Ring', follow_type = 'call'")

    before = world.image()
    assert await store.rename_task_type(sales, "call", "Phone", world.now) == 1
    types = world.query("SELECT card_id, closed_at IS NULL, type FROM task ORDER BY id")
    assert types == [(card.row.id, 0, "call"), (other.row.id, 1, "call"), (card.row.id, 1, "Phone")]
    assert closed.closed is not None
    assert (await store.templates(sales))[0].task.type == "Phone"
    assert world.query("SELECT follow_type FROM module WHERE id IN (?, ?) ORDER BY id = ?", sales, projects, sales) == [
        ("call",), ("Phone",),
    ]  # fmt: skip
    await world.undone_gives_back(before)


async def test_templates_are_added_changed_moved_and_deleted_each_in_one_step(store: Store, world: World) -> None:
    sales, empty = await world.module(), world.image()
    first = await store.add_template(sales, CONTRACT, world.now)
    await world.undone_gives_back(empty)
    second = await store.add_template(sales, TemplateDraft("Visit", FollowUp("Visit them")), world.now)
    await store.move_template(sales, second, -1, world.now)
    assert [each.id for each in await store.templates(sales)] == [second, first]
    changed = TemplateDraft("visit", FollowUp("Go there", "meeting", None), ("Map",))
    await store.edit_template(sales, second, changed, world.now)
    template = (await store.templates(sales))[0]
    assert TemplateDraft(template.name, template.task, template.checklist) == changed

    before = world.image()
    await store.delete_template(sales, second, world.now)
    assert [each.name for each in await store.templates(sales)] == ["Contract"]
    await world.undone_gives_back(before)
    assert [verb for verb, _subject, _count in world.actions()] == [
        "template.add", "template.add", "template.move", "template.edit", "template.delete",
    ]  # fmt: skip


async def test_what_can_not_be_done_with_templates_is_refused(store: Store, world: World) -> None:
    sales = await world.module()
    first = await store.add_template(sales, CONTRACT, world.now)
    with pytest.raises(Invalid):
        await store.add_template(sales, replace(CONTRACT, name="CONTRACT"), world.now)
    with pytest.raises(Refused):
        await store.move_template(sales, first, 1, world.now)
    with pytest.raises(NotFound):
        await store.delete_template(sales, TemplateId(99), world.now)
    for number in range(MOST_TEMPLATES - 1):
        await store.add_template(sales, replace(CONTRACT, name=f"No {number}"), world.now)
    with pytest.raises(Refused):
        await store.add_template(sales, replace(CONTRACT, name="One more"), world.now)


async def test_a_task_of_a_templates_text_has_its_type_its_day_and_its_checklist(store: Store, world: World) -> None:
    sales = await world.module()
    await store.add_template(sales, CONTRACT, world.now)
    card = await world.add("Acme")
    draft = parse_task("send the CONTRACT", world.now, offer=await store.task_offer(sales))
    added = await store.add_task(cards(card.row.id), draft, world.now)
    assert added.task is not None
    checks = (Check("Price"), Check("Stamp"), Check("Two copies"))
    assert (added.task.type, added.task.due, added.task.checks) == ("email", world.day(2), checks)


async def test_the_form_of_a_card_gives_its_first_task_what_the_template_says(store: Store, world: World) -> None:
    await store.add_template(await world.module(), CONTRACT, world.now)
    card = await world.add("Acme")
    edit = CardEdit("Acme", company="Acme SRL", task_text="Send the contract", due=world.day(5))
    task = (await store.edit_card(card.row.id, edit, world.now)).row.task
    assert task is not None
    assert (task.type, task.due, len(task.checks)) == ("email", world.day(5), 3)
