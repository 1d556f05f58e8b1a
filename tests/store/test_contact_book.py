"""Companies and persons in the file: filtered, saved, pointed out, deleted, merged; each write one undo step."""

from __future__ import annotations

import pkgutil
import sqlite3
from collections.abc import Mapping

import pytest
from store_world import World

from minicrm_tui.domain.contact_forms import read_contact_form
from minicrm_tui.domain.contacts import ContactDraft, ContactKind, ContactRef
from minicrm_tui.domain.errors import NotFound, Refused
from minicrm_tui.domain.quickadd import parse_line
from minicrm_tui.domain.records import CardDetails, Company, Money, Person, SalesStatus
from minicrm_tui.domain.sales import Change
from minicrm_tui.domain.views import Targets, View
from minicrm_tui.store.store import Store

COMPANY, PERSON = ContactKind.COMPANY, ContactKind.PERSON


async def typed(store: Store, world: World, line: str) -> CardDetails:
    draft = parse_line(line, world.now, currency="EUR")
    return await store.create_card(await world.module(), draft, world.now)


def company(**fields: str) -> ContactDraft:
    return read_contact_form(COMPANY, _keyed(fields), "RO")


def person(**fields: str) -> ContactDraft:
    return read_contact_form(PERSON, _keyed(fields), "RO")


def _keyed(fields: Mapping[str, str]) -> dict[str, str]:
    return {key.replace("_1", "-1").replace("_2", "-2").replace("_3", "-3"): text for key, text in fields.items()}


async def made(store: Store, world: World, draft: ContactDraft) -> ContactRef:
    return await store.save_contact(ContactRef(draft.kind), draft, world.now)


async def names(store: Store, text: str) -> list[str]:
    counts = await store.contacts_count(text)
    rows = [row for kind in ContactKind for row in await store.contacts(text, kind, 0, 50)]
    assert len(rows) == sum(counts.values())
    return [row.name for row in rows]


def everything(world: World) -> list[list[tuple[object, ...]]]:
    tables = ("company", "person", "channel", "card", "history", "task")
    return [world.query(f"SELECT * FROM {table} ORDER BY id") for table in tables]


# --- reading


async def test_the_filter_asks_each_word_of_name_company_phone_and_email(store: Store, world: World) -> None:
    await made(store, world, company(name="Țesătoria Ștefan", email_1="office@tesatoria.ro"))
    await made(store, world, company(name="Acme SRL", phone_1="0722 000 111"))
    await made(store, world, person(first_name="Ana", last_name="Pop", company="Acme SRL", phone_1="+40 733 000 222"))
    assert await names(store, "") == ["Acme SRL", "Țesătoria Ștefan", "Ana Pop"]
    assert await names(store, "tesat stef") == ["Țesătoria Ștefan"]
    assert await names(store, "acme") == ["Acme SRL", "Ana Pop"]
    assert await names(store, "acme ana") == ["Ana Pop"]
    assert await names(store, "office@") == ["Țesătoria Ștefan"]
    for number in ("0722", "+40 722", "722 000", "0722 000 111", "0040722000111"):
        assert await names(store, number) == ["Acme SRL"], number
    assert await names(store, "0733 000") == ["Ana Pop"]
    assert await names(store, "nobody") == []


async def test_the_filter_sees_what_was_written_since(store: Store, world: World) -> None:
    await made(store, world, company(name="Acme"))
    assert await names(store, "beta") == []
    beta = await made(store, world, company(name="Beta"))
    assert await names(store, "beta") == ["Beta"]
    await store.delete_contact(beta, world.now)
    assert await names(store, "bet") == []
    await store.undo(world.now)
    assert await names(store, "beta") == ["Beta"]
    await store.forget_contacts()
    assert await names(store, "beta") == ["Beta"]


async def test_pages_go_on_where_the_last_one_ended(store: Store, world: World) -> None:
    for number in range(30):
        await made(store, world, company(name=f"Firm {number:02}"))
    for text in ("", "firm"):
        pages = [await store.contacts(text, COMPANY, offset, 12) for offset in (0, 12, 24)]
        assert [row.name for page in pages for row in page] == [f"Firm {number:02}" for number in range(30)]


async def test_a_row_has_open_tasks_and_worth_but_lost_cards(store: Store, world: World) -> None:
    await typed(store, world, "Roof @ Acme SRL (Ana Pop) 1000 EUR > call tomorrow")
    await typed(store, world, "Door @ Acme SRL 500 EUR > call fri")
    await typed(store, world, "Wall @ Acme SRL 300 RON > call fri")
    gone = await typed(store, world, "Lift @ Acme SRL 900 EUR > call fri")
    lost = await typed(store, world, "Mill @ Acme SRL 7000 EUR > call fri")
    await store.trash(Targets((gone.row.id,)), world.now)
    await store.set_keys(Targets((lost.row.id,)), Change(sales=SalesStatus.LOST), world.now, loss_reason="Price")
    (row,) = await store.contacts("acme", COMPANY, 0, 10)
    assert (row.cards, row.open_tasks) == (4, 3)
    assert row.worth == (Money(150000, "EUR"), Money(30000, "RON"))
    (ana,) = await store.contacts("", PERSON, 0, 10)
    assert (ana.name, ana.company, ana.cards, ana.worth) == ("Ana Pop", "Acme SRL", 1, (Money(100000, "EUR"),))


async def test_details_have_persons_and_cards(store: Store, world: World) -> None:
    card = await typed(store, world, "Roof @ Acme SRL (Ana Pop) 0722 000 111 > call tomorrow")
    assert card.company is not None
    assert card.person is not None
    found = await store.contact(ContactRef(COMPANY, card.company.id))
    assert [each.name for each in found.persons] == ["Ana Pop"]
    assert [(each.row.name, each.module) for each in found.cards] == [("Roof", "Sales")]
    ana = await store.contact(ContactRef(PERSON, card.person.id))
    assert ana.company is not None
    assert ana.company.name == "Acme SRL"
    assert ana.row.phone is not None
    assert ana.row.phone.value == "0722 000 111"
    with pytest.raises(NotFound):
        await store.contact(ContactRef(PERSON, 99))


# --- writing


async def test_a_company_is_saved_whole_and_changed(store: Store, world: World) -> None:
    ref = await made(
        store,
        world,
        company(
            name="Acme SRL",
            address="Main 1",
            website="acme.ro",
            tax_number="RO123",
            registration_number="J40/1",
            industry="Steel",
            description="pays late",
            phone_1="0722 000 111, reception",
            phone_2="0722 000 222, boss *",
            email_1="Office@acme.ro",
        ),
    )
    contact = (await store.contact(ref)).contact
    assert isinstance(contact, Company)
    assert (contact.address, contact.tax_number, contact.industry) == ("Main 1", "RO123", "Steel")
    assert [(each.value, each.label, each.normal, each.is_default) for each in contact.phones] == [
        ("0722 000 222", "boss", "+40722000222", True),
        ("0722 000 111", "reception", "+40722000111", False),
    ]
    before = world.query("SELECT id, value FROM channel ORDER BY id")
    await store.save_contact(ref, company(name="Acme SRL", phone_1="0722000111", email_1="office@acme.ro"), world.now)
    assert world.query("SELECT id, value, is_default FROM channel ORDER BY id") == [
        (before[1][0], "0722000111", 1),
        (before[2][0], "office@acme.ro", 1),
    ]
    await store.undo(world.now)
    assert world.query("SELECT id, value FROM channel ORDER BY id") == before


async def test_a_persons_company_is_known_or_made(store: Store, world: World) -> None:
    acme = await made(store, world, company(name="Acme SRL"))
    ana = await made(store, world, person(first_name="Ana", last_name="Pop", job="CEO", company="acme srl"))
    contact = (await store.contact(ana)).contact
    assert isinstance(contact, Person)
    assert (contact.company_id, contact.first_name, contact.last_name, contact.job) == (acme.id, "Ana", "Pop", "CEO")
    await store.save_contact(ana, person(first_name="Ana", company="Beta"), world.now)
    assert world.query("SELECT name FROM company ORDER BY id") == [("Acme SRL",), ("Beta",)]
    await store.save_contact(ana, person(first_name="Ana"), world.now)
    assert world.query("SELECT company_id FROM person") == [(None,)]


async def test_a_new_name_is_found_on_its_cards_at_once(store: Store, world: World) -> None:
    card = await typed(store, world, "Roof @ Acme SRL > call tomorrow")
    assert card.company is not None
    await store.save_contact(ContactRef(COMPANY, card.company.id), company(name="Nordwind"), world.now)
    outline = await store.outline(View(await world.module(), text="nordwind"), world.now)
    assert sum(outline.buckets.values()) == 1


async def test_channels_of_the_one_line_language_are_checked_too(store: Store, world: World) -> None:
    store.country = "RO"
    await typed(store, world, "Acme 0722 000 111 office@acme.ro")
    await typed(store, world, "Roof @ Acme +40722000111 sales@acme.ro")
    assert world.query("SELECT value, normal, is_default, doubtful FROM channel ORDER BY id") == [
        ("0722 000 111", "+40722000111", 1, 0),
        ("office@acme.ro", "office@acme.ro", 1, 0),
        ("sales@acme.ro", "sales@acme.ro", 0, 0),
    ]


# --- known ones


@pytest.mark.parametrize(
    ("draft", "why"),
    [
        (company(name="Other", email_1="OFFICE@acme.ro"), "email"),
        (company(name="Other", phone_1="+40722000111"), "phone"),
        (person(first_name="Ana", phone_1="0722-000-111"), "phone"),
        (company(name="ACME srl"), "name"),
        (company(name="Another"), None),
    ],
)
async def test_who_is_known_is_pointed_out(store: Store, world: World, draft: ContactDraft, why: str | None) -> None:
    acme = await made(store, world, company(name="Acme SRL", phone_1="0722 000 111", email_1="office@acme.ro"))
    found = await store.similar(draft, ContactRef(draft.kind))
    assert [(each.ref, each.why) for each in found] == ([(acme, why)] if why else [])
    assert await store.similar(draft, acme) == ()


async def test_a_phone_of_an_older_version_is_known_by_its_digits(store: Store, world: World) -> None:
    await typed(store, world, "Acme 0722 000 111")
    assert world.query("SELECT normal FROM channel") == [("",)]
    (found,) = await store.similar(company(name="B", phone_1="+40 722 000 111"), ContactRef(COMPANY))
    assert found.why == "phone"


async def test_a_persons_names_may_stand_the_other_way_round(store: Store, world: World) -> None:
    await made(store, world, person(first_name="Ana", last_name="Pop"))
    (found,) = await store.similar(person(first_name="POP", last_name="Ana"), ContactRef(PERSON))
    assert found.why == "name"


# --- deleting


async def test_a_contact_on_which_something_hangs_stays(store: Store, world: World) -> None:
    card = await typed(store, world, "Roof @ Acme SRL (Ana Pop)")
    other = await typed(store, world, "Door @ Acme SRL")
    await store.trash(Targets((other.row.id,)), world.now)
    assert card.company is not None
    with pytest.raises(Refused) as told:
        await store.delete_contact(ContactRef(COMPANY, card.company.id), world.now)
    assert "2 cards (1 in the trash) and 1 person" in told.value.message


async def test_a_contact_goes_and_comes_back(store: Store, world: World) -> None:
    ref = await made(store, world, company(name="Acme SRL", phone_1="0722 000 111"))
    before = everything(world)
    await store.delete_contact(ref, world.now)
    assert world.query("SELECT count(*) FROM company") == world.query("SELECT count(*) FROM channel") == [(0,)]
    undone = await store.undo(world.now)
    assert undone is not None
    assert (undone.verb, undone.subject) == ("contact.delete", "Acme SRL")
    assert everything(world) == before


# --- merging


async def test_two_companies_become_one_in_one_step(store: Store, world: World) -> None:
    first = await typed(store, world, "Roof @ Acme SRL (Ana Pop) > call tomorrow")
    second = await typed(store, world, "Door @ Acme (Ion Rus) > call fri")
    assert first.company is not None
    assert second.company is not None
    keep, gone = ContactRef(COMPANY, first.company.id), ContactRef(COMPANY, second.company.id)
    await store.save_contact(keep, company(name="Acme SRL", phone_1="0722 000 111"), world.now)
    await store.save_contact(gone, company(name="Acme", phone_1="+40722000111, desk", phone_2="0733 000 222",
                                           industry="Steel"), world.now)  # fmt: skip
    before = everything(world)
    after = await store.merge_contacts(keep, gone, (), world.now)
    assert {each.row.name for each in after.cards} == {"Roof", "Door"}
    assert {each.name for each in after.persons} == {"Ana Pop", "Ion Rus"}
    assert isinstance(after.contact, Company)
    assert after.contact.industry == "Steel"
    assert [(each.value, each.label, each.is_default) for each in after.contact.phones] == [
        ("0722 000 111", "desk", True),
        ("0733 000 222", "", False),
    ]
    with pytest.raises(NotFound):
        await store.contact(gone)
    newest = (await store.card(second.row.id)).history[0]
    assert (newest.kind, newest.field, newest.old, newest.new) == ("field", "company", "Acme", "Acme SRL")
    undone = await store.undo(world.now)
    assert undone is not None
    assert undone.verb == "contact.merge"
    assert everything(world) == before
    await store.redo(world.now)
    assert (await store.contact(keep)).row.cards == 2


async def test_the_other_ones_values_can_be_taken(store: Store, world: World) -> None:
    keep = await made(store, world, person(first_name="Ana", last_name="Pop", job="CEO"))
    gone = await made(store, world, person(first_name="Ana Maria", last_name="Pop", job="CTO", company="Acme"))
    after = await store.merge_contacts(keep, gone, ("name",), world.now)
    assert isinstance(after.contact, Person)
    assert (after.contact.name, after.contact.first_name, after.contact.job) == ("Ana Maria Pop", "Ana Maria", "CEO")
    assert after.row.company == "Acme"


@pytest.mark.parametrize(
    "failing", ["contacts.insert_channel", "history.write", "refresh", "_write_channels_of", "details"]
)
async def test_a_merge_that_fails_in_its_middle_leaves_nothing_half_done(
    store: Store, world: World, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    first = await typed(store, world, "Roof @ Acme SRL (Ana Pop) 0722 000 111 > call tomorrow")
    second = await typed(store, world, "Door @ Acme (Ion Rus) > call fri")
    assert first.company is not None
    assert second.company is not None
    keep, gone = ContactRef(COMPANY, first.company.id), ContactRef(COMPANY, second.company.id)
    await store.save_contact(gone, company(name="Acme", phone_1="0733 000 222"), world.now)
    before, actions = world.image(), world.actions()
    with monkeypatch.context() as patched:
        calls = _last_call_fails(patched, f"minicrm_tui.store.contact_writes.{failing}")
        with pytest.raises(sqlite3.OperationalError):
            await store.merge_contacts(keep, gone, (), world.now)
    assert calls
    assert (world.image(), world.actions()) == (before, actions)
    await store.merge_contacts(keep, gone, (), world.now)
    await world.undone_gives_back(before)


def _last_call_fails(monkeypatch: pytest.MonkeyPatch, name: str) -> list[str]:
    """The function does its work, then breaks off: at its last call, where it is called more than once."""
    calls: list[str] = []
    whole = pkgutil.resolve_name(name)
    last = {"_write_channels_of": 4, "details": 3}.get(name.rpartition(".")[2], 1)

    def breaks_off(*args: object, **more: object) -> object:
        calls.append(name)
        result = whole(*args, **more)
        if len(calls) == last:
            raise sqlite3.OperationalError("broken off")
        return result

    monkeypatch.setattr(name, breaks_off)
    return calls


async def test_the_place_of_a_contact(store: Store, world: World) -> None:
    refs = [await made(store, world, company(name=name)) for name in ("Beta", "Acme", "Beta")]
    assert [await store.contact_place("", ref) for ref in refs] == [1, 0, 2]
    assert [await store.contact_place("bet", ref) for ref in refs] == [0, None, 1]
    assert await store.contact_place("", ContactRef(COMPANY, 99)) is None


async def test_what_can_not_be_merged(store: Store, world: World) -> None:
    acme = await made(store, world, company(name="Acme"))
    ana = await made(store, world, person(first_name="Ana"))
    for gone in (acme, ana):
        with pytest.raises(Refused):
            await store.merge_contacts(acme, gone, (), world.now)
    with pytest.raises(NotFound):
        await store.merge_contacts(acme, ContactRef(COMPANY, 99), (), world.now)
    assert await names(store, "a") == ["Acme", "Ana"]
