"""A module in the trash takes its cards out of everything; nothing of them is touched, and all comes back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import time, timedelta

import pytest
import pytest_asyncio
from store_world import World, cards
from tallying import kept, recounted, words_kept, words_recounted

from minicrm_tui.domain.contacts import ContactKind, ContactRef
from minicrm_tui.domain.documents import DocumentKind
from minicrm_tui.domain.drafts import CardEdit
from minicrm_tui.domain.errors import CrmError, NotFound, Refused
from minicrm_tui.domain.postponing import Postponement
from minicrm_tui.domain.quickadd import LineDraft, TaskDraft
from minicrm_tui.domain.records import NO_TASK_KEY, Bucket, CardId, Kind, ModuleId, Outcome, Place, TaskId
from minicrm_tui.domain.views import MarkedRange, Targets, View


@dataclass(frozen=True)
class Trashed(World):
    """Acme has an opportunity and a project, linked; the projects are in the trash."""

    opportunity: CardId
    project: CardId
    task: TaskId
    projects: ModuleId

    def holds(self) -> None:
        """What the triggers keep is what counting gives."""
        assert kept(self) == recounted(self)
        assert words_kept(self) == words_recounted(self)


@pytest_asyncio.fixture
async def gone(world: World) -> Trashed:
    opportunity = (await world.add("Acme roof", world.day(-1))).row.id
    project = (await world.add("Acme hall", world.day(-2), kind=Kind.PROJECTS, task="Measure")).row
    await world.add_task(project.id, "Later", world.day(3))
    await world.store.add_note(cards(project.id), "wants skylights", world.now)
    await world.store.link_cards(opportunity, project.id, "same site", world.now)
    task = project.task
    assert task is not None
    projects = await world.module(Kind.PROJECTS)
    await world.store.trash_module(projects, world.now)
    return Trashed(world.store, world.path, world.now, opportunity, project.id, task.id, projects)


async def test_nothing_of_it_is_counted_and_nothing_is_lost(gone: Trashed) -> None:
    gone.holds()
    day = [gone.today + timedelta(days=offset) for offset in (-2, -1, 3)]
    assert list((await gone.store.days(day)).values()) == [0, 1, 0]
    await gone.store.restore_module(gone.projects, gone.now)
    gone.holds()
    assert list((await gone.store.days(day)).values()) == [1, 1, 1]
    await gone.store.undo(gone.now)
    gone.holds()
    assert list((await gone.store.days(day)).values()) == [0, 1, 0]
    await gone.store.undo(gone.now)
    gone.holds()
    assert list((await gone.store.days(day)).values()) == [1, 1, 1]


async def test_a_rebuilt_tally_leaves_it_out_too(gone: Trashed) -> None:
    from minicrm_tui.store import tally

    before = kept(gone)
    await gone.store._write(tally.rebuild)
    assert kept(gone) == before == recounted(gone)


async def test_its_row_in_the_module_table_is_all_that_was_written(gone: Trashed) -> None:
    latest = "SELECT tbl, count(*) FROM change WHERE action_id = (SELECT max(id) FROM action) GROUP BY 1"
    assert gone.query(latest) == [("module", 1)]


async def test_no_list_no_search_and_no_screen_shows_its_cards(gone: Trashed) -> None:
    store, now = gone.store, gone.now
    assert gone.projects not in [summary.module.id for summary in await store.modules(now)]
    assert [hit.id for hit in await store.find("acme") if hit.kind == "card"] == [gone.opportunity]
    assert [hit.id for hit in await store.find("hall") if hit.kind == "card"] == []
    assert await store.find("skylights") == ()
    assert await store.next_expired(gone.projects, None, now) == (await gone.module(), gone.opportunity)
    page = await store.card_page(gone.opportunity)
    assert (page.others, page.links) == ((), ())
    assert await store.links(gone.opportunity) == ()
    acme = await store.contact(ContactRef(ContactKind.COMPANY, 1))
    assert [other.row.id for other in acme.cards] == [gone.opportunity]
    assert (acme.row.cards, acme.row.open_tasks, acme.trashed) == (1, 1, 1)
    assert (await store.trash_count(), await store.trashed(0, 9)) == (0, ())


async def test_no_toast_tells_of_its_tasks(gone: Trashed) -> None:
    await gone.store.restore_module(gone.projects, gone.now)
    await gone.add_task(gone.project, "At two", gone.day(-3, time(14)))
    assert [row.id for row in await gone.store.due_between(0, NO_TASK_KEY)] == [gone.project]
    await gone.store.trash_module(gone.projects, gone.now)
    assert await gone.store.due_between(0, NO_TASK_KEY) == ()


async def test_a_search_for_few_is_not_filled_by_what_is_in_the_trash(world: World) -> None:
    projects = await world.module(Kind.PROJECTS)
    for number in range(12):
        await world.store.create_card(projects, LineDraft(f"Roof {number}"), world.now)
    found = (await world.store.create_card(await world.module(), LineDraft("Roof Z"), world.now)).row.id
    await world.store.trash_module(projects, world.now)
    assert [hit.id for hit in await world.store.find("roof", 5) if hit.kind == "card"] == [found]
    assert [hit.id for hit in await world.store.find("oof", 5) if hit.kind == "card"] == [found]


WRITES: dict[str, Callable[[Trashed], Awaitable[object]]] = {
    "close": lambda gone: gone.store.close_tasks(cards(gone.project), Outcome.DONE, "", gone.now),
    "close one": lambda gone: gone.store.close_task(gone.task, Outcome.DONE, "", gone.now),
    "edit a task": lambda gone: gone.store.edit_task(gone.task, TaskDraft("New", "call", gone.day(1)), gone.now),
    "postpone": lambda gone: gone.store.postpone(cards(gone.project), Postponement(rule="1"), gone.now),
    "postpone one": lambda gone: gone.store.postpone_task(gone.task, Postponement(rule="1"), gone.now),
    "add a task": lambda gone: gone.store.add_task(
        cards(gone.project), TaskDraft("New", "call", gone.day(1)), gone.now
    ),
    "edit": lambda gone: gone.store.edit_card(gone.project, CardEdit("Other"), gone.now),
    "move": lambda gone: gone.store.step(cards(gone.project), 1, gone.now),
    "win": lambda gone: gone.store.win(cards(gone.project), gone.now),
    "trash": lambda gone: gone.store.trash(cards(gone.project), gone.now),
    "copy": lambda gone: gone.store.copy_card(gone.project, gone.now),
    "note": lambda gone: gone.store.add_note(cards(gone.project), "so", gone.now),
    "document": lambda gone: gone.store.make_document(gone.project, DocumentKind.OFFER, gone.now),
    "link": lambda gone: gone.store.link_cards(gone.opportunity, gone.project, "", gone.now),
    "use": lambda gone: gone.store.card_in_use(gone.project),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
async def test_what_would_be_written_on_its_cards_says_where_they_are(
    gone: Trashed, write: Callable[[Trashed], Awaitable[object]]
) -> None:
    before = gone.image()
    with pytest.raises(Refused, match="The module of this card, Projects, is in the trash") as refused:
        await write(gone)
    assert refused.value.hint == "Bring it back first (g m)."
    assert gone.image() == before


async def test_marks_that_were_made_before_reach_none_of_its_cards(gone: Trashed) -> None:
    marked = Targets(ranges=(MarkedRange(View(gone.projects), 0, 10**10),))
    assert await gone.store.count(marked) == 0
    with pytest.raises(NotFound):
        await gone.store.close_tasks(marked, Outcome.DONE, "", gone.now)


async def test_no_new_card_is_made_in_it(gone: Trashed) -> None:
    with pytest.raises(NotFound):
        await gone.store.create_card(gone.projects, LineDraft("New"), gone.now)


async def test_one_of_its_cards_can_still_be_read(gone: Trashed) -> None:
    page = await gone.store.card_page(gone.project)
    assert page.module.trashed
    assert page.details.row.place is Place.TRASHED
    assert page.details.row.open_tasks == 2


async def test_its_client_keeps_its_cards_through_a_merger_and_a_new_name(gone: Trashed) -> None:
    with pytest.raises(CrmError, match=r"2 cards \(1 in the trash\)"):
        await gone.store.delete_contact(ContactRef(ContactKind.COMPANY, 1), gone.now)
    await gone.store.restore_module(gone.projects, gone.now)
    assert (await gone.store.card(gone.project)).row.company == "Acme SRL"


async def test_the_emptied_trash_leaves_a_module_in_the_trash_as_it_is(gone: Trashed) -> None:
    await gone.store.restore_module(gone.projects, gone.now)
    await gone.store.trash(cards(gone.project), gone.now)
    await gone.store.trash(cards(gone.opportunity), gone.now)
    await gone.store.trash_module(gone.projects, gone.now)
    assert [row.id for row in await gone.store.trashed(0, 9)] == [gone.opportunity]
    with pytest.raises(NotFound):
        await gone.store.restore_cards((gone.project,), gone.now)
    assert await gone.store.empty_trash(gone.now) == 1
    gone.holds()
    await gone.store.restore_module(gone.projects, gone.now)
    await gone.store.restore_cards((gone.project,), gone.now)
    gone.holds()
    assert [row.id for row in await gone.store.trashed(0, 9)] == []
    assert await gone.store.next_expired(gone.projects, None, gone.now) == (gone.projects, gone.project)


async def test_other_modules_go_on_and_are_undone_beside_it(gone: Trashed) -> None:
    before = gone.image()
    await gone.store.close_tasks(cards(gone.opportunity), Outcome.DONE, "", gone.now)
    gone.holds()
    await gone.undone_gives_back(before)
    gone.holds()


async def test_no_document_is_made_for_a_module_in_the_trash(world: World) -> None:
    opportunity = (await world.add("Acme")).row.id
    await world.store.trash_module(await world.module(Kind.ORDERS), world.now)
    with pytest.raises(NotFound, match="Orders: not installed") as missing:
        await world.store.make_document(opportunity, DocumentKind.ORDER, world.now)
    assert "from the trash" in missing.value.hint


async def test_documents_of_a_module_in_the_trash_are_not_listed(world: World) -> None:
    opportunity = (await world.add("Acme")).row.id
    await world.store.make_document(opportunity, DocumentKind.ORDER, world.now)
    assert len(await world.store.documents((DocumentKind.ORDER,), ("draft",))) == 1
    await world.store.trash_module(await world.module(Kind.ORDERS), world.now)
    assert await world.store.documents((DocumentKind.ORDER,), ("draft",)) == ()


async def test_a_file_of_an_agenda_has_none_of_it(gone: Trashed) -> None:
    rows = [row.id async for row in gone.store.agenda(await gone.module(), gone.now, Bucket.EXPIRED)]
    assert rows == [gone.opportunity]
