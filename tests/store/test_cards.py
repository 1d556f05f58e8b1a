"""Making, editing, noting, trashing and restoring cards."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

import pytest
from store_world import World, cards

from minicrm_tui.domain.drafts import CardEdit
from minicrm_tui.domain.errors import Invalid, NotFound, Refused
from minicrm_tui.domain.quickadd import LineDraft, TaskDraft, parse_line
from minicrm_tui.domain.records import CardDetails, CardId, Kind, ModuleId, Money, Outcome, Place
from minicrm_tui.store import cards as card_room
from minicrm_tui.store import engine, journal
from minicrm_tui.store.store import Store


def edit_of(card: CardDetails) -> CardEdit:
    """The form as it opens: what changes nothing."""
    task = card.row.task
    return CardEdit(
        name=card.row.name,
        value=card.row.value,
        company=card.row.company,
        person=card.row.person,
        task_text=None if task is None else task.text,
        due=None if task is None else task.due,
    )


async def typed(store: Store, world: World, line: str) -> CardDetails:
    draft = parse_line(line, world.now, currency="EUR")
    return await store.create_card(await world.module(), draft, world.now)


# --- making


async def test_a_line_makes_a_card_with_its_value_client_and_task(store: Store, world: World) -> None:
    card = await typed(store, world, "Roof repair @ Acme SRL (Ana Pop) 0722 000 111 4500 EUR > call Ana fri 14:00")

    assert (card.row.name, card.row.value) == ("Roof repair", Money(450000, "EUR"))
    assert (card.row.company, card.row.person) == ("Acme SRL", "Ana Pop")
    assert card.person is not None
    assert [phone.value for phone in card.person.phones] == ["0722 000 111"]
    assert card.row.task is not None
    assert (card.row.task.text, card.row.task.type, card.row.task.due) == ("call Ana", "call", world.day(4, time(14)))
    assert card.created_at == world.now
    assert [entry.kind for entry in card.history] == ["created"]
    assert world.query("SELECT folded, search, sort_key, open_tasks FROM card") == [
        ("roof repair", "acme srl\nana pop\ncall ana", world.day(4, time(14)).key, 1)
    ]


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (Kind.SALES, "lead_qualify"),
        (Kind.ORDERS, "draft"),
        (Kind.INVOICING, "invoice_to_be_issued"),
        (Kind.PROJECTS, "idea"),
        (Kind.HELPDESK, "to_process"),
    ],
)
async def test_a_new_card_begins_in_the_first_status_of_its_kind(
    store: Store, world: World, kind: Kind, status: str
) -> None:
    card = await world.add("Acme", kind=kind)
    assert card.status.key == status
    assert (card.keys is not None) == (kind is Kind.SALES)


async def test_making_a_card_is_one_undo_step_with_its_client(store: Store, world: World) -> None:
    before = world.image()
    card = await typed(store, world, "Roof @ Acme (Ana Pop) ana@acme.ro 12k > write Ana")
    assert world.actions() == [("card.add", "Roof", 1)]
    assert world.one("SELECT card_id FROM action") == card.row.id
    assert world.one("SELECT count(*) FROM channel") == 1
    await world.undone_gives_back(before)


async def test_the_id_of_an_undone_card_is_never_given_again(store: Store, world: World) -> None:
    first = await world.add("First")
    await store.undo(world.now)
    assert (await world.add("Second")).row.id > first.row.id


async def test_a_card_without_a_name_is_called_after_its_client(store: Store, world: World) -> None:
    draft = LineDraft("", company="Acme SRL", person="Ana Pop", client_from_name=False)
    card = await store.create_card(await world.module(), draft, world.now)
    assert card.row.name == "Acme SRL (Ana Pop)"


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (LineDraft("x" * 201), "name"),
        (LineDraft("Roof", company="x" * 201, client_from_name=False), "client"),
        (LineDraft("Roof", person="x" * 201, client_from_name=False), "client"),
    ],
)
async def test_names_that_are_too_long_make_nothing(store: Store, world: World, draft: LineDraft, field: str) -> None:
    before = world.image()
    with pytest.raises(Invalid) as refused:
        await store.create_card(await world.module(), draft, world.now)
    assert refused.value.field == field
    assert world.image() == before


async def test_a_task_that_is_too_long_makes_no_card(store: Store, world: World) -> None:
    before = world.image()
    draft = LineDraft("Roof", task=TaskDraft("x" * 501, "other", world.day(0)))
    with pytest.raises(Invalid) as refused:
        await store.create_card(await world.module(), draft, world.now)
    assert refused.value.field == "task"
    assert world.image() == before


async def test_an_unknown_module_is_not_found(store: Store, world: World) -> None:
    with pytest.raises(NotFound, match="module 99"):
        await store.create_card(ModuleId(99), LineDraft("Roof"), world.now)


@pytest.mark.parametrize("name", ["Bob [/red] Ltd", "100%s", 'O\'Hara "x"', "北京公司", "שלום", "e\u0301te\u0301"])
async def test_odd_names_are_kept(store: Store, world: World, name: str) -> None:
    card = await world.add(name, world.day(0), task=name)
    again = await store.card(card.row.id)
    assert again.row.task is not None
    assert again.row.name == again.row.task.text != ""


async def test_an_escape_sequence_never_reaches_the_file(store: Store, world: World) -> None:
    await world.add("Acme\x1b[31m\x07 red\u202e", world.day(0), task="Call\x1b]0;title\x07 Ana")
    assert world.query("SELECT name FROM card") == [("Acme red",)]
    assert world.query("SELECT text FROM task") == [("Call Ana",)]


# --- editing


async def test_an_unchanged_form_changes_nothing_and_is_no_action(store: Store, world: World) -> None:
    card = await typed(store, world, "Roof @ Acme (Ana Pop) 4500 EUR > call Ana fri")
    before, actions = world.image(), world.actions()
    assert await store.edit_card(card.row.id, edit_of(card), world.now) == card
    assert world.image() == before
    assert world.actions() == actions


async def test_every_changed_field_goes_to_the_history(store: Store, world: World) -> None:
    card = await typed(store, world, "Roof @ Acme 4500 EUR")
    before = world.image()
    edit = CardEdit("Big roof", value=Money(1200050, "RON"), company="Beta SRL", person="Ion Ionescu")

    after = await store.edit_card(card.row.id, edit, world.now)

    assert world.history(card.row.id)[1:] == [
        ("field", "", "name", "Roof", "Big roof", 0),
        ("field", "", "value", "4500.00 EUR", "12000.50 RON", 0),
        ("field", "", "company", "Acme", "Beta SRL", 0),
        ("field", "", "person", "", "Ion Ionescu", 0),
    ]
    assert (after.row.name, after.row.value) == ("Big roof", Money(1200050, "RON"))
    assert world.one("SELECT folded || '|' || search FROM card") == "big roof|beta srl\nion ionescu"
    assert world.actions()[-1] == ("card.edit", "Roof", 1)
    await world.undone_gives_back(before)


async def test_a_task_is_edited_in_place(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(1), task="Call Ana")
    edit = replace(edit_of(card), task_text="Email Ana", due=world.day(6, time(9)))
    after = await store.edit_card(card.row.id, edit, world.now)

    assert card.row.task is not None
    assert after.row.task is not None
    assert after.row.task.id == card.row.task.id
    assert (after.row.task.text, after.row.task.type, after.row.task.due) == (
        "Email Ana",
        "email",
        world.day(6, time(9)),
    )
    assert after.row.task.postponed == 0
    assert world.one("SELECT sort_key FROM card") == world.day(6, time(9)).key


async def test_a_task_typed_into_the_form_is_added(store: Store, world: World) -> None:
    card = await world.add("Acme")
    after = await store.edit_card(card.row.id, replace(edit_of(card), task_text="Call Ana"), world.now)
    assert after.row.task is not None
    assert (after.row.task.text, after.row.task.due) == ("Call Ana", world.day(0))


async def test_a_task_is_not_emptied_away(store: Store, world: World) -> None:
    card = await world.add("Acme", world.day(1))
    before = world.image()
    with pytest.raises(Invalid) as refused:
        await store.edit_card(card.row.id, replace(edit_of(card), name="New", task_text=None, due=None), world.now)
    assert refused.value.field == "task"
    assert world.image() == before


async def test_an_empty_client_is_unlinked_and_kept_as_a_contact(store: Store, world: World) -> None:
    card = await typed(store, world, "Roof @ Acme (Ana Pop)")
    after = await store.edit_card(card.row.id, replace(edit_of(card), company=None, person=None), world.now)
    assert (after.company, after.person) == (None, None)
    assert world.one("SELECT search FROM card") == ""
    assert world.one("SELECT count(*) FROM company") == 1
    assert world.one("SELECT count(*) FROM person") == 1


async def test_another_name_is_another_client_and_renames_nobody(store: Store, world: World) -> None:
    card = await typed(store, world, "Roof @ Acme")
    after = await store.edit_card(card.row.id, replace(edit_of(card), company="Acme Industries"), world.now)
    assert after.row.company == "Acme Industries"
    assert world.query("SELECT name FROM company ORDER BY id") == [("Acme",), ("Acme Industries",)]


async def test_the_same_name_in_other_letters_keeps_the_client(store: Store, world: World) -> None:
    card = await typed(store, world, "Roof @ Țiriac")
    after = await store.edit_card(card.row.id, replace(edit_of(card), company="TIRIAC"), world.now)
    assert after.company == card.company
    assert world.one("SELECT count(*) FROM company") == 1


async def test_a_card_in_the_trash_is_not_edited(store: Store, world: World) -> None:
    card = await world.add("Acme")
    await store.trash(cards(card.row.id), world.now)
    with pytest.raises(Refused, match="trash"):
        await store.edit_card(card.row.id, edit_of(card), world.now)


async def test_an_unknown_card_is_not_edited(store: Store, world: World) -> None:
    with pytest.raises(NotFound):
        await store.edit_card(CardId(5), CardEdit("x"), world.now)


# --- notes


async def test_a_note_keeps_its_lines(store: Store, world: World) -> None:
    card = await world.add("Acme")
    before = world.image()
    noted = await store.add_note(cards(card.row.id), "First line\nSecond \x1b[1mline", world.now)
    latest = (await store.card(card.row.id)).history[0]
    assert noted.cards == 1
    assert (latest.kind, latest.text) == ("note", "First line\nSecond line")
    assert world.actions()[-1] == ("note.add", "Acme", 1)
    await world.undone_gives_back(before)


async def test_an_empty_note_is_none(store: Store, world: World) -> None:
    card = await world.add("Acme")
    with pytest.raises(Invalid) as refused:
        await store.add_note(cards(card.row.id), " \n ", world.now)
    assert refused.value.field == "note"


# --- the trash


async def test_a_trashed_card_is_counted_nowhere_and_comes_back_by_undo(store: Store, world: World) -> None:
    ids = [(await world.add(f"Card {number}", world.day(1), value=Money(100, "EUR"))).row.id for number in range(3)]
    before = world.image()
    trashed = await store.trash(cards(*ids), world.now)

    assert trashed.cards == 3
    after = world.image()
    assert (after["tally"], after["worth"], after["load"]) == ([], [], [])
    assert (await store.card(ids[0])).row.place is Place.TRASHED
    assert world.actions()[-1] == ("card.trash", "Card 0", 3)
    await world.undone_gives_back(before)


def restore(path: Path, card_ids: list[CardId], now: datetime) -> int:
    conn = engine.connect(path)
    try:
        with engine.writing(conn):
            restored = card_room.restore(conn, card_ids, now)
            journal.finish(conn)
        return restored.cards
    finally:
        engine.close(conn)


async def test_a_restored_card_stands_where_it_stood(store: Store, world: World) -> None:
    listed = await world.add("Listed", world.day(2))
    ended = await world.add("Ended", world.day(1))
    await store.close_tasks(cards(ended.row.id), Outcome.DONE, "", world.now)
    await store.win(cards(ended.row.id), world.now)
    columns = "SELECT id, place, sort_key, next_task_id, open_tasks, folded, search FROM card ORDER BY id"
    before, counted = world.query(columns), world.image()["tally"]
    await store.trash(cards(listed.row.id, ended.row.id), world.now)

    assert restore(world.path, [listed.row.id, ended.row.id], world.now) == 2

    assert world.query(columns) == before
    assert world.image()["tally"] == counted
    assert [entry[0] for entry in world.history(listed.row.id)[-2:]] == ["trashed", "restored"]


async def test_what_is_not_in_the_trash_is_not_restored(store: Store, world: World) -> None:
    card = await world.add("Acme")
    with pytest.raises(NotFound):
        restore(world.path, [card.row.id], world.now)
