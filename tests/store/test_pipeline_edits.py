"""Pipelines of one's own: statuses added, edited, moved and deleted, groups renamed; what each refuses, and undo."""

from __future__ import annotations

from threading import Event

import pytest
from pipeline_world import Pipelines
from store_world import Image, World, cards
from tallying import kept, recounted

from minicrm_tui.domain.errors import Invalid, NotFound, Refused
from minicrm_tui.domain.fields import FieldDraft, FieldKind, Missing
from minicrm_tui.domain.records import CardId, FollowUp, Group, Kind, Place, StatusId
from minicrm_tui.domain.status_drafts import MOST_STATUSES, StatusDraft, draft_of
from minicrm_tui.i18n import set_language
from minicrm_tui.store import engine, journal, rehousing, upkeep, wide


@pytest.fixture
def projects(world: World) -> Pipelines:
    return Pipelines(world)


# --- adding and editing


async def test_a_status_is_added_at_the_end_of_its_group_with_a_key_of_its_own(
    projects: Pipelines, world: World
) -> None:
    before = world.image()
    summary = await projects.summary()
    rule = FollowUp("Call the builder", "call", 3)
    draft = StatusDraft("  Șantier ", Group.OPEN, "accent", 14, rule)
    added = await world.store.add_status(summary.module.id, draft, world.now)

    status = await projects.named("Șantier")
    assert (await projects.names())["Open"] == ["Planning", "In progress", "Review", "Șantier"]
    assert (status.id, status.key) == (added, f"own_{added}")
    assert (status.color, status.rot_days, status.follow_up) == ("accent", 14, rule)
    assert world.actions()[-1] == ("status.add", "Șantier", 1)
    await world.undone_gives_back(before)


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (StatusDraft(" \t", Group.OPEN), "name"),
        (StatusDraft("PLÁNNING", Group.OPEN), "name"),
        (StatusDraft("日本" * 11, Group.OPEN), "name"),
        (StatusDraft("New", Group.OPEN, "pink"), "color"),
        (StatusDraft("New", Group.OPEN, rot_days=0), "rot_days"),
    ],
)
async def test_what_no_status_can_be_is_said_at_its_field(
    projects: Pipelines, world: World, draft: StatusDraft, field: str
) -> None:
    before = world.image()
    with pytest.raises(Invalid) as wrong:
        await world.store.add_status((await projects.summary()).module.id, draft, world.now)
    assert wrong.value.field == field
    assert (world.image(), world.actions()) == (before, [])


async def test_a_pipeline_is_full_at_last(projects: Pipelines, world: World) -> None:
    for number in range(MOST_STATUSES - 6):
        await projects.add(f"Step {number}")
    with pytest.raises(Refused, match="30 statuses at most"):
        await projects.add("One more")


async def test_a_default_status_is_renamed_and_gets_its_name_in_every_language_back(
    projects: Pipelines, world: World
) -> None:
    planning = await projects.named("Planning")
    for name, kept_as in (("Preparing", "Preparing"), ("Planning", None)):
        await world.store.edit_status(planning.id, StatusDraft(name, Group.OPEN), world.now)
        assert world.one("SELECT name FROM status WHERE id = ?", planning.id) == kept_as
    set_language("ro")
    assert "Planificare" in (await projects.names())["Deschis"]


async def test_a_default_status_that_is_added_again_is_itself_again(projects: Pipelines, world: World) -> None:
    review = await projects.named("Review")
    await world.store.delete_status(review.id, None, world.now)
    await projects.add("Review", Group.LEAD)
    again = await projects.named("Review")
    assert (again.key, again.group) == ("review", Group.LEAD)
    assert world.one("SELECT name FROM status WHERE id = ?", again.id) is None


async def test_an_edit_that_changes_nothing_is_no_undo_step(projects: Pipelines, world: World) -> None:
    planning = await projects.named("Planning")
    await world.store.edit_status(planning.id, draft_of(planning), world.now)
    assert world.actions() == []


# --- order and groups


async def test_a_status_moves_inside_its_group_and_stops_at_its_ends(projects: Pipelines, world: World) -> None:
    before = world.image()
    review = await projects.named("Review")
    await world.store.move_status(review.id, -1, world.now)
    assert (await projects.names())["Open"] == ["Planning", "Review", "In progress"]
    await world.undone_gives_back(before)
    await world.store.move_status(review.id, -1, world.now)
    with pytest.raises(Refused):
        await world.store.move_status(review.id, -1, world.now)


async def test_a_status_goes_to_another_group_next_to_where_it_was(projects: Pipelines, world: World) -> None:
    review = await projects.named("Review")
    await world.store.move_status_to(review.id, Group.SUCCESS, world.now)
    assert (await projects.names())["Success"] == ["Review", "Completed"]
    await world.store.move_status_to(review.id, Group.OPEN, world.now)
    assert (await projects.names())["Open"] == ["Planning", "In progress", "Review"]


async def test_the_last_status_of_a_group_stays(projects: Pipelines, world: World) -> None:
    completed = await projects.named("Completed")
    with pytest.raises(Refused, match="only status of “Success”") as refused:
        await world.store.delete_status(completed.id, None, world.now)
    assert "Add another one" in refused.value.hint
    with pytest.raises(Refused, match="only status of “Success”"):
        await world.store.move_status_to(completed.id, Group.OPEN, world.now)


async def test_two_statuses_of_one_name_do_not_meet_in_a_group(projects: Pipelines, world: World) -> None:
    await projects.add("planning", Group.LEAD)
    planning = await projects.named("Planning")
    with pytest.raises(Refused, match="“Lead” has a status of that name"):
        await world.store.move_status_to(planning.id, Group.LEAD, world.now)


@pytest.mark.parametrize("many", [wide.MANY, 1])
async def test_the_cards_of_a_status_are_finished_where_its_group_ends(
    projects: Pipelines, world: World, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """Their tasks stay: nobody has lost or won a card."""
    _write_at_once_from(monkeypatch, many)
    made = await projects.cards_of_every_sort("Review")
    before, open_tasks = world.image(), world.one("SELECT count(*) FROM task WHERE closed_at IS NULL")
    review = await projects.named("Review")
    await world.store.move_status_to(review.id, Group.FAILED, world.now)

    places = [(await world.store.card(card)).row.place for card in made]
    assert places == [Place.LISTED] * 2 + [Place.FINISHED] * 2 + [Place.TRASHED] * 2
    assert world.one("SELECT count(*) FROM task WHERE closed_at IS NULL") == open_tasks
    assert kept(world) == recounted(world)
    _nothing_to_refresh(world)
    await world.undone_gives_back(before)
    await world.store.move_status_to(review.id, Group.OPEN, world.now)
    assert world.tables({"card": "SELECT * FROM card"})["card"] == sorted(before["card"], key=lambda row: str(row[0]))


async def test_a_group_is_renamed_and_gets_its_own_name_back(projects: Pipelines, world: World) -> None:
    module = (await projects.summary()).module.id
    before = world.image()
    await world.store.rename_group(module, Group.OPEN, " La lucru ", world.now)
    assert list(await projects.names()) == ["Lead", "La lucru", "Success", "Failed"]
    assert world.actions()[-1] == ("group.rename", "La lucru", 1)
    await world.undone_gives_back(before)
    for given_back in ("Open", ""):
        await world.store.rename_group(module, Group.OPEN, "La lucru", world.now)
        await world.store.rename_group(module, Group.OPEN, given_back, world.now)
        assert world.one("SELECT heading_open FROM module WHERE id = ?", module) == ""
    with pytest.raises(Invalid):
        await world.store.rename_group(module, Group.OPEN, "w" * 41, world.now)


# --- fixed pipelines


async def test_a_fixed_pipeline_refuses_and_says_why(world: World) -> None:
    sales = Pipelines(world, Kind.SALES)
    module, qualify = (await sales.summary()).module.id, await sales.named("Qualify")
    store, now = world.store, world.now
    for change in (
        lambda: store.add_status(module, StatusDraft("New", Group.LEAD), now),
        lambda: store.edit_status(qualify.id, StatusDraft("First", Group.LEAD), now),
        lambda: store.edit_status(qualify.id, StatusDraft("Qualify", Group.LEAD, "accent"), now),
        lambda: store.move_status(qualify.id, -1, now),
        lambda: store.move_status_to(qualify.id, Group.OPEN, now),
        lambda: store.rename_group(module, Group.LEAD, "First", now),
        lambda: store.delete_status(qualify.id, None, now),
    ):
        with pytest.raises(Refused, match="fixed") as refused:
            await change()
        assert "follows from its sales status" in refused.value.hint
    assert world.actions() == []


async def test_a_status_of_a_fixed_pipeline_gets_a_rule_and_rots(world: World) -> None:
    sales = Pipelines(world, Kind.SALES)
    qualify = await sales.named("Qualify")
    rule = FollowUp("Call", days=1)
    await world.store.edit_status(qualify.id, StatusDraft("Qualify", Group.LEAD, "", 5, rule), world.now)
    changed = await sales.named("Qualify")
    assert (changed.rot_days, changed.follow_up) == (5, rule)


# --- deleting


async def test_an_empty_status_is_deleted_at_once(projects: Pipelines, world: World) -> None:
    before = world.image()
    review = await projects.named("Review")
    deleted = await world.store.delete_status(review.id, None, world.now)
    assert (deleted.cards, (await projects.names())["Open"]) == (0, ["Planning", "In progress"])
    assert world.actions()[-1] == ("status.delete", "Review", 1)
    await world.undone_gives_back(before)
    with pytest.raises(NotFound):
        await world.store.delete_status(review.id, None, world.now)


@pytest.mark.parametrize("many", [wide.MANY, 1])
@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("Review", "Planning"),
        ("Review", "Completed"),
        ("Review", "Cancelled"),
        ("Done", "Review"),
        ("Done", "Cancelled"),
    ],
)
async def test_the_cards_go_where_a_move_of_each_would_put_them(
    projects: Pipelines, world: World, monkeypatch: pytest.MonkeyPatch, start: str, end: str, many: int
) -> None:
    """The same rows as by `set_status`, whether the triggers write the journal or one statement does."""
    await projects.add("Done", Group.SUCCESS)
    made = await projects.cards_of_every_sort(start)
    before, triggers = world.image(), _triggers(world)
    status, taker = await projects.named(start), await projects.named(end)
    moved = await world.store.set_status(cards(*made), taker.id, world.now)
    by_moves = _lives(world, made[:-2])
    await world.store.undo(world.now)

    _write_at_once_from(monkeypatch, many)
    monkeypatch.setattr(rehousing, "PORTION", 4)
    ticks: list[tuple[int, int]] = []
    deleted = await world.store.delete_status(
        status.id, taker.id, world.now, progress=lambda done, steps: ticks.append((done, steps))
    )
    assert _lives(world, made[:-2]) == by_moves
    assert (deleted.cards, deleted.closed_tasks >= moved.closed_tasks) == (len(made), True)
    assert ticks == [(2, 6), (3, 6), (5, 6), (6, 6)]
    assert world.query("SELECT DISTINCT status_id FROM card") == [(taker.id,)]
    assert kept(world) == recounted(world)
    _nothing_to_refresh(world)
    assert _triggers(world) == triggers
    await world.undone_gives_back(before)
    assert _triggers(world) == triggers


async def test_its_cards_need_a_status_that_takes_them(projects: Pipelines, world: World) -> None:
    await projects.cards_of_every_sort("Review")
    review, solved = await projects.named("Review"), await world.status(Kind.HELPDESK, "solved")
    before = world.image()
    for into in (None, review.id, solved.id, StatusId(999)):
        with pytest.raises(Refused, match="cards") as refused:
            await world.store.delete_status(review.id, into, world.now)
        assert refused.value.hint == "Choose the status that takes its cards."
    assert world.image() == before


async def test_cards_in_the_trash_are_cards_too(projects: Pipelines, world: World) -> None:
    made = await projects.cards_of_every_sort("Review")
    await world.store.trash(cards(*made[:-2]), world.now)
    review, planning = await projects.named("Review"), await projects.named("Planning")
    with pytest.raises(Refused, match="6 cards"):
        await world.store.delete_status(review.id, None, world.now)
    await world.store.delete_status(review.id, planning.id, world.now)
    await world.store.restore_cards(cards(made[0]).cards, world.now)
    assert (await world.store.card(made[0])).status == planning


async def test_a_status_that_requires_what_the_cards_lack_does_not_take_them(projects: Pipelines, world: World) -> None:
    await projects.cards_of_every_sort("Planning")
    planning, review = await projects.named("Planning"), await projects.named("Review")
    field = FieldDraft(FieldKind.TEXT, "Budget", required=True, from_status=review.id)
    await world.store.add_field(review.module_id, field, world.now)
    before = world.image()
    with pytest.raises(Missing, match="4 cards need this first: Budget") as refused:
        await world.store.delete_status(planning.id, review.id, world.now)
    assert refused.value.hint == "Fill it in, or choose another status."
    assert world.image() == before
    idea = await projects.named("Idea")
    assert (await world.store.delete_status(planning.id, idea.id, world.now)).cards == 6


@pytest.mark.parametrize(
    ("deleted", "heir"),
    [("Planning", "In progress"), ("Review", "Completed"), ("Done", "Completed"), ("Off", "Cancelled")],
)
async def test_a_field_that_was_required_from_a_deleted_status_is_so_from_the_next(
    projects: Pipelines, world: World, deleted: str, heir: str
) -> None:
    await projects.add("Done", Group.SUCCESS)
    await projects.add("Off", Group.FAILED)
    status = await projects.named(deleted)
    field = await world.store.add_field(
        status.module_id, FieldDraft(FieldKind.TEXT, "Budget", required=True, from_status=status.id), world.now
    )
    before = world.image()
    await world.store.delete_status(status.id, None, world.now)
    assert world.one("SELECT from_status FROM field WHERE id = ?", field.id) == (await projects.named(heir)).id
    await world.undone_gives_back(before)


async def test_new_cards_begin_in_the_first_status_that_is_left(projects: Pipelines, world: World) -> None:
    idea = await projects.named("Idea")
    await projects.add("Wish", Group.LEAD)
    await world.store.move_status((await projects.named("Wish")).id, -1, world.now)
    assert (await world.add("Site", kind=Kind.PROJECTS)).status.name == "Wish"
    await world.store.delete_status(idea.id, None, world.now)
    assert (await world.add("House", kind=Kind.PROJECTS)).status.name == "Wish"


@pytest.mark.parametrize("many", [wide.MANY, 1])
async def test_a_wish_to_stop_or_a_failure_in_the_middle_leaves_all_as_it_was(
    projects: Pipelines, world: World, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    _write_at_once_from(monkeypatch, many)
    monkeypatch.setattr(rehousing, "PORTION", 4)
    await projects.cards_of_every_sort("Review")
    before, triggers, stop = world.image(), _triggers(world), Event()
    review, planning = await projects.named("Review"), await projects.named("Planning")

    def breaks(_done: int, _steps: int) -> None:
        raise ZeroDivisionError

    with pytest.raises(Refused, match="Cancelled"):
        await world.store.delete_status(
            review.id, planning.id, world.now, progress=lambda done, _steps: stop.set() if done > 3 else None, stop=stop
        )
    with pytest.raises(ZeroDivisionError):
        await world.store.delete_status(review.id, planning.id, world.now, progress=breaks)
    assert (world.image(), _triggers(world)) == (before, triggers)
    await world.store.delete_status(review.id, planning.id, world.now)
    await world.undone_gives_back(before)


async def test_the_history_reads_as_the_statuses_were_called(projects: Pipelines, world: World) -> None:
    """Also a name that another status has as its key."""
    await projects.add("planning", Group.SUCCESS)
    (card,) = [await world.add("Site", kind=Kind.PROJECTS)]
    await world.store.set_status(cards(card.row.id), (await projects.named("planning")).id, world.now)
    await world.store.edit_status(
        (await projects.named("planning")).id, StatusDraft("Finished", Group.SUCCESS), world.now
    )
    set_language("ro")
    entry = (await world.store.card(card.row.id)).history[0]
    assert (entry.old, entry.new) == ("Idee", "planning")


def _write_at_once_from(monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    """The number of cards from which on statements do what triggers do for fewer, also when it is undone."""
    monkeypatch.setattr(wide, "MANY", many)
    monkeypatch.setattr(journal, "MANY", many)


def _lives(world: World, made: list[CardId]) -> Image:
    """All that is kept of these cards."""
    ids = ", ".join(map(str, made))
    return world.tables(
        {
            "card": f"SELECT * FROM card WHERE id IN ({ids}) ORDER BY id",
            "task": f"SELECT * FROM task WHERE card_id IN ({ids}) ORDER BY id",
            "history": "SELECT card_id, at, kind, text, field, old, new, by_itself FROM history"
            f" WHERE card_id IN ({ids}) ORDER BY card_id, id",
        }
    )


def _triggers(world: World) -> list[tuple[object, ...]]:
    return sorted(world.query("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))


def _nothing_to_refresh(world: World) -> None:
    """What is kept on the cards is what follows from their tasks, status and client."""
    ids = [card_id for (card_id,) in world.query("SELECT id FROM card")]
    conn = engine.connect(world.path)
    with engine.writing(conn):
        assert upkeep.refresh(conn, ids) == 0
    engine.close(conn)
