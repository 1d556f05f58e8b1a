"""A shop file taken over: modules become what it says, in one undo step, and no card is left without a status."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_world import World, cards
from tallying import kept, recounted

from minicrm_tui.domain.errors import CrmError
from minicrm_tui.domain.fields import FieldDraft, FieldKind
from minicrm_tui.domain.module_drafts import ModuleDraft
from minicrm_tui.domain.pipelines import FIXED
from minicrm_tui.domain.records import FollowUp, Group, Kind, ModuleId, Status
from minicrm_tui.domain.shop_file.differences import ModuleChange, Result
from minicrm_tui.domain.shop_file.reading import read_shop
from minicrm_tui.domain.shop_file.status_maps import read_status_map
from minicrm_tui.domain.shop_file.tables import ShopProblems
from minicrm_tui.domain.shop_file.writing import write_shop
from minicrm_tui.domain.status_drafts import COLORS, StatusDraft
from minicrm_tui.domain.text import clean
from minicrm_tui.i18n import set_language
from minicrm_tui.store.store import Store

HEAD = 'format = 1\n[[module]]\nkind = "projects"\n'

PIPELINE = """
[[module.status]]
group = "lead"
key = "idea"
name = "Wish"
[[module.status]]
group = "open"
name = "Offer"
color = "accent"
next_step = { task = "Call", days = 3 }
[[module.status]]
group = "open"
key = "in_progress"
[[module.status]]
group = "success"
key = "review"
[[module.status]]
group = "success"
key = "completed"
[[module.status]]
group = "failed"
key = "cancelled"
"""
"""Projects without Planning, with an Offer, and Review as a success."""


async def taken(world: World, text: str, *maps: str) -> tuple[ModuleChange, ...]:
    said = tuple(read_status_map(each) for each in maps)
    tried = await world.store.try_shop(read_shop(text), said, world.now)
    before = world.image()
    assert await world.store.try_shop(read_shop(text), said, world.now) == tried
    assert world.image() == before
    done = await world.store.import_shop(read_shop(text), said, world.now)
    assert done == tried, "what was tried is what is done"
    return done


async def exported(store: Store, now: datetime) -> str:
    return write_shop(await store.shop_modules([summary.module.id for summary in await store.modules(now)]))


async def refused(world: World, text: str, *maps: str) -> str:
    before = world.image()
    with pytest.raises(CrmError) as caught:
        await taken(world, text, *maps)
    assert world.image() == before
    return caught.value.sentence()


def said(changes: Sequence[ModuleChange]) -> list[str]:
    return [change.says for module in changes for change in module.changes]


async def test_a_module_becomes_what_the_file_says_and_one_undo_takes_it_back(world: World) -> None:
    planned = await world.add("Roof", world.day(1), kind=Kind.PROJECTS)
    await world.store.set_status(cards(planned.row.id), (await world.status(Kind.PROJECTS, "review")).id, world.now)
    before = world.image()
    changes = await taken(world, HEAD + PIPELINE)
    assert [(each.kind, each.name, each.result) for each in changes] == [(Kind.PROJECTS, "Projects", Result.CHANGED)]
    assert said(changes) == [
        "status “Idea” is called “Wish”",
        "status “Offer” is new, in “Open”",
        "status “Review” moves to “Success”",
        "status “Planning” goes",
    ]
    names = [(status.group.value, status.name) for status in await _pipeline(world)]
    assert names == [
        *(("lead", "Wish"), ("open", "Offer"), ("open", "In progress"), ("success", "Review")),
        *(("success", "Completed"), ("failed", "Cancelled")),
    ]
    assert (await world.store.card(planned.row.id)).status.group is Group.SUCCESS
    assert kept(world) == recounted(world)
    assert world.actions()[-1] == ("module.import", "Projects", 1)
    assert [each.result for each in await taken(world, HEAD + PIPELINE)] == [Result.UNCHANGED]
    assert len([verb for verb, *_rest in world.actions() if verb == "module.import"]) == 1, "nothing done is no step"
    await world.undone_gives_back(before)


async def test_a_status_with_cards_goes_only_where_it_is_said_who_takes_them(world: World) -> None:
    card = await world.add("Roof", world.day(1), kind=Kind.PROJECTS)
    trashed = await world.add("Floor", kind=Kind.PROJECTS)
    planning = await world.status(Kind.PROJECTS, "planning")
    await world.store.set_status(cards(card.row.id, trashed.row.id), planning.id, world.now)
    await world.store.trash(cards(trashed.row.id), world.now)
    sentence = await refused(world, HEAD + PIPELINE)
    assert "module “Projects”: the status “Planning” is not in the file, and has 2 cards." in sentence
    assert '--status-map "Projects: Planning=Offer"' in sentence
    for wrong, why in (
        ("Projects: Planning=Oops", "OLD must be a status here"),
        ("Projects: Idea=Offer", "OLD must be a status here"),
        ("Sites: Planning=Offer", "There are: Projects."),
    ):
        assert why in await refused(world, HEAD + PIPELINE, wrong)
    before = world.image()
    changes = await taken(world, HEAD + PIPELINE, "projects: planning=offer")
    assert "status “Planning” goes; its 2 cards go to “Offer”" in said(changes)
    assert (await world.store.card(card.row.id)).status.name == "Offer"
    assert kept(world) == recounted(world)
    await world.undone_gives_back(before)


async def test_groups_may_change_places_and_names_be_swapped(world: World) -> None:
    swapped = """
[[module.status]]
group = "lead"
key = "completed"
name = "Idea"
[[module.status]]
group = "open"
key = "in_progress"
[[module.status]]
group = "success"
key = "idea"
name = "Completed"
[[module.status]]
group = "failed"
key = "cancelled"
"""
    card = await world.add("Roof", kind=Kind.PROJECTS)
    await taken(world, HEAD + swapped)
    status = (await world.store.card(card.row.id)).status
    assert (status.key, status.name, status.group) == ("idea", "Completed", Group.SUCCESS)
    assert kept(world) == recounted(world)


async def test_fields_are_added_changed_and_retired_and_no_value_is_lost(world: World) -> None:
    module = await world.module(Kind.PROJECTS)
    roof = FieldDraft(FieldKind.CHOICE, "Roof", choices=("flat", "steep"))
    field = await world.store.add_field(module, roof, world.now)
    await world.store.add_field(module, FieldDraft(FieldKind.TEXT, "Access"), world.now)
    card = await world.add("Site", kind=Kind.PROJECTS)
    await world.store.set_value(card.row.id, field.id, str(field.choices[1].id), world.now)
    fields = """
[[module.field]]
name = "Area"
kind = "number"
[[module.field]]
name = "roof"
kind = "choice"
choices = ["steep", "none"]
required_from = "completed"
in_peek = true
"""
    changes = await taken(world, HEAD + fields)
    assert said(changes) == [
        "field “Area” is new (number)",
        "field “roof”: name, choices steep, none, required from “completed” on, shown in the peek",
        "field “Access” goes out of use; what cards have in it is kept",
    ]
    values = await world.store.field_values(card.row.id)
    assert [(each.name, value) for each, value in values if value] == [("roof", str(field.choices[1].id))]
    assert "holds number here, and text in the file" in await refused(
        world, f'{HEAD}[[module.field]]\nname = "Area"\nkind = "text"\n'
    )
    back = await taken(world, f'{HEAD}{fields}[[module.field]]\nname = "Access"\nkind = "text"\n')
    assert said(back) == ["field “Access” is new (text)"]
    assert len(world.query("SELECT id FROM field")) == 3, "it is the same field, in use again"


async def test_what_else_a_file_says_is_taken(world: World) -> None:
    text = """
format = 1
[[module]]
kind = "sales"
item = "Deal"
currency = "HUF"
forgotten_days = 14
sort = "importance"
next_step = { task = "Call", type = "visit", days = 0 }
task_types = ["call", "Visit"]
sales_steps = ["One", "Two"]
loss_reasons = ["Price"]
[[module.status]]
key = "open_vip"
rot_days = 7
next_step = { task = "Hurry" }
[[module.template]]
name = "Demo"
task = "Show it"
checklist = ["projector"]
"""
    changes = await taken(world, text)
    assert said(changes) == [
        "what its cards are called: Opportunity → Deal",
        "currency: – → HUF",
        "forgotten: never → after 14 quiet days",
        "order of the list: deadline → importance",
        "next step: – → “Call” (Visit) the same day",
        "types of tasks: Call, Meeting, E-mail, Other → Call, Visit",
        "sales steps: as in every module → One, Two",
        "reasons of a loss: as in every module → Price",
        "status “VIP”, cards rot: never → after 7 quiet days",
        "status “VIP”, next step: – → “Hurry” on the next working day",
        "template “Demo” is new: “Show it” on the next working day",
    ]
    assert [each.result for each in await taken(world, text)] == [Result.UNCHANGED]
    plain = await taken(world, 'format = 1\n[[module]]\nkind = "sales"\n')
    assert len(said(plain)) == len(said(changes))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('kind = "orders"\nname = "Mine"', "Orders can be installed only once. Give it the name of yours in the file"),
        ('kind = "hr"\nname = "sálés"', "There is a module of that name, of another kind"),
    ],
)
async def test_a_module_that_does_not_fit_is_refused(world: World, text: str, why: str) -> None:
    assert why in await refused(world, f"format = 1\n[[module]]\n{text}\n[[module]]\nkind = 'partners'\n")


async def test_there_is_no_room_for_forty_modules(world: World) -> None:
    many = "".join(f'[[module]]\nkind = "hr"\nname = "Job {n}"\n' for n in range(28))
    assert "There can be 32 modules at most; here are 5, and 28 are new" in await refused(world, f"format = 1\n{many}")


async def test_in_a_file_without_modules_they_are_the_first_and_no_undo_step(path: Path, now: datetime) -> None:
    path.unlink(missing_ok=True)
    store = await Store.open(path, now=now, install=())
    changes = await store.import_shop(read_shop(HEAD + PIPELINE), (), now)
    assert [each.result for each in changes] == [Result.INSTALLED]
    assert await store.undo(now) is None
    assert [summary.module.name for summary in await store.modules(now)] == ["Projects"]
    await store.close()


async def test_a_colleague_reads_it_in_their_language(world: World, tmp_path: Path, now: datetime) -> None:
    text = await exported(world.store, now)
    set_language("ro")
    store = await Store.open(tmp_path / "other.db", now=now, install=())
    await store.import_shop(read_shop(text), (), now)
    assert [summary.module.name for summary in await store.modules(now)][:2] == ["Vânzări", "Comenzi"]
    again = await exported(store, now)
    assert again.partition("format")[2] == text.partition("format")[2]
    await store.close()


# --- any set-up

names = st.text(st.sampled_from("aăB =:/\"'\\#[]é "), min_size=1, max_size=8).filter(lambda name: bool(name.strip()))
rules = st.none() | st.builds(
    FollowUp, names.map(clean), st.sampled_from(("", "call", "other")), st.none() | st.integers(0, 365)
)


@given(data=st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_set_up_is_given_on_whole(
    tmp_path_factory: pytest.TempPathFactory, now: datetime, data: st.DataObject
) -> None:
    """Made at random by hand, exported, taken into an empty file: exported there, it is the same text."""
    asyncio.run(_given_on(tmp_path_factory.mktemp("shop"), now, data))


async def _given_on(folder: Path, now: datetime, data: st.DataObject) -> None:
    one = await Store.open(folder / "one.db", now=now)
    two = await Store.open(folder / "two.db", now=now, install=())
    try:
        for kind in data.draw(st.lists(st.sampled_from(list(Kind)), max_size=2)):
            await _shaped(one, kind, now, data)
        text = await exported(one, now)
        changes = await two.import_shop(read_shop(text), (), now)
        assert {each.result for each in changes} == {Result.INSTALLED}
        assert await exported(two, now) == text
        for store in (one, two):
            assert {each.result for each in await store.import_shop(read_shop(text), (), now)} == {Result.UNCHANGED}
            assert await exported(store, now) == text
        assert await two.undo(now) is None
    finally:
        await one.close()
        await two.close()


@given(data=st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_set_up_becomes_any_other(
    tmp_path_factory: pytest.TempPathFactory, now: datetime, data: st.DataObject
) -> None:
    """Two of one kind and name, each made at random: taken over, the one is the other to the letter."""
    asyncio.run(_becomes(tmp_path_factory.mktemp("shop"), now, data))


async def _becomes(folder: Path, now: datetime, data: st.DataObject) -> None:
    one, two = [await Store.open(folder / f"{name}.db", now=now, install=()) for name in ("one", "two")]
    kind = data.draw(st.sampled_from(list(Kind)))
    try:
        for store in (one, two):
            await store.install_first((kind,))
            await _steps(store, (await store.modules(now))[0].module.id, now, data)
        text, before = await exported(one, now), await exported(two, now)
        refused = ""
        try:
            [change] = await two.import_shop(read_shop(text), (), now)
        except ShopProblems as error:
            refused = error.sentence()
        if refused:
            assert "its values would be lost" in refused
            return
        assert await exported(two, now) == text
        assert (change.result is Result.UNCHANGED) == (before == text)
        if before != text:
            await two.undo(now)
            assert await exported(two, now) == before
    finally:
        await one.close()
        await two.close()


async def _shaped(store: Store, kind: Kind, now: datetime, data: st.DataObject) -> None:
    """A module as a person could make it; what is refused on the way is not done."""
    try:
        draft = ModuleDraft(data.draw(st.just("") | names), data.draw(st.just("") | names), follow_up=data.draw(rules))
        module = await store.install_module(kind, draft, now)
    except CrmError:
        return
    await _steps(store, module, now, data)


async def _steps(store: Store, module: ModuleId, now: datetime, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(0, 6))):
        with suppress(CrmError):
            await _one_step(store, module, now, data)


async def _one_step(store: Store, module: ModuleId, now: datetime, data: st.DataObject) -> None:
    summary = next(each for each in await store.modules(now) if each.module.id == module)
    status = data.draw(st.sampled_from(summary.statuses))
    color, days = data.draw(st.sampled_from(("", *COLORS))), data.draw(st.none() | st.integers(1, 365))
    draft = StatusDraft(data.draw(names), data.draw(st.sampled_from(Group)), color, days, data.draw(rules))
    match data.draw(st.sampled_from(("add", "edit", "move", "delete", "group", "field", "type"))):
        case "add":
            await store.add_status(module, draft, now)
        case "edit" if summary.module.kind in FIXED:
            fixed = StatusDraft(status.name, status.group, "", draft.rot_days, draft.follow_up)
            await store.edit_status(status.id, fixed, now)
        case "edit":
            await store.edit_status(status.id, StatusDraft(draft.name, status.group, color, days, draft.follow_up), now)
        case "move":
            await store.move_status_to(status.id, draft.group, now)
        case "delete":
            await store.delete_status(status.id, None, now)
        case "group":
            await store.rename_group(module, draft.group, draft.name, now)
        case "field":
            kind = data.draw(st.sampled_from(FieldKind))
            choices = tuple(data.draw(st.lists(names, min_size=1, max_size=3, unique_by=str.strip)))
            flags = data.draw(st.tuples(st.booleans(), st.booleans(), st.booleans()))
            from_status = data.draw(st.none() | st.just(status.id))
            field = FieldDraft(kind, draft.name, flags[0], from_status, choices, in_row=flags[1], in_peek=flags[2])
            await store.add_field(module, field, now)
        case "type":
            await store.add_task_type(module, draft.name, now)


async def _pipeline(world: World) -> Sequence[Status]:
    summaries = await world.store.modules(world.now)
    return next(summary.statuses for summary in summaries if summary.module.kind is Kind.PROJECTS)
