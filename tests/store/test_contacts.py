"""Clients: found by name, made when they are new, given phones and e-mails once."""

from __future__ import annotations

import pytest
from store_world import World

from minicrm_tui.domain.quickadd import parse_line
from minicrm_tui.domain.records import CardDetails
from minicrm_tui.store.store import Store


async def typed(store: Store, world: World, line: str) -> CardDetails:
    draft = parse_line(line, world.now, currency="EUR")
    return await store.create_card(await world.module(), draft, world.now)


async def test_a_bare_new_name_is_a_company(store: Store, world: World) -> None:
    card = await typed(store, world, "Acme Industries 4500 EUR")
    assert (card.row.company, card.row.person) == ("Acme Industries", None)


@pytest.mark.parametrize(
    "again", ["Țesătoria Ștefan", "TESATORIA STEFAN", "  țesătoria   ştefan ", "Roof @ tesatoria stefan"]
)
async def test_a_known_company_is_reused_whatever_its_letters(store: Store, world: World, again: str) -> None:
    first = await typed(store, world, "Țesătoria Ștefan")
    second = await typed(store, world, again)
    assert second.company == first.company
    assert world.query("SELECT name FROM company") == [("Țesătoria Ștefan",)]


async def test_a_known_persons_name_links_to_the_person(store: Store, world: World) -> None:
    await typed(store, world, "Roof @ (Ana Pop)")
    by_name = await typed(store, world, "ana pop")
    by_client = await typed(store, world, "Windows @ Ana Pop")
    assert [(card.row.company, card.row.person) for card in (by_name, by_client)] == [(None, "Ana Pop")] * 2
    assert world.query("SELECT count(*) FROM company") == [(0,)]


async def test_a_company_goes_before_a_person_of_the_same_name(store: Store, world: World) -> None:
    await typed(store, world, "Roof @ (Popescu)")
    await typed(store, world, "Windows @ Popescu (Ion)")
    card = await typed(store, world, "Popescu")
    assert (card.row.company, card.row.person) == ("Popescu", None)


async def test_a_person_alone_in_parentheses(store: Store, world: World) -> None:
    card = await typed(store, world, "Roof @ (Ana Pop)")
    assert (card.row.company, card.row.person) == (None, "Ana Pop")


async def test_company_and_person_are_both_linked_and_to_each_other(store: Store, world: World) -> None:
    card = await typed(store, world, "Roof @ Acme SRL (Ana Pop)")
    assert card.company is not None
    assert card.person is not None
    assert card.person.company_id == card.company.id


async def test_a_cards_name_may_hold_both(store: Store, world: World) -> None:
    card = await typed(store, world, "Acme SRL (Ana Pop) 0722 000 111 > sună mâine")
    assert (card.row.name, card.row.company, card.row.person) == ("Acme SRL (Ana Pop)", "Acme SRL", "Ana Pop")
    assert card.person is not None
    assert [phone.value for phone in card.person.phones] == ["0722 000 111"]


async def test_a_person_without_a_company_joins_the_first_one(store: Store, world: World) -> None:
    await typed(store, world, "Roof @ (Ana Pop)")
    card = await typed(store, world, "Windows @ Acme (Ana Pop)")
    assert card.company is not None
    assert world.query("SELECT name, company_id FROM person") == [("Ana Pop", card.company.id)]


async def test_a_person_of_a_company_stays_there(store: Store, world: World) -> None:
    first = await typed(store, world, "Roof @ Acme (Ana Pop)")
    second = await typed(store, world, "Windows @ Beta (Ana Pop)")
    assert second.row.company == "Beta"
    assert second.person == first.person


async def test_of_two_persons_of_a_name_the_companys_own_is_taken(store: Store, world: World) -> None:
    await typed(store, world, "Roof @ Acme (Ana Pop)")
    beta = await typed(store, world, "Windows @ Beta")
    assert beta.company is not None
    world.run(
        "INSERT INTO person (company_id, name, folded, created_at) VALUES (?, 'Ana Pop', 'ana pop', '')",
        beta.company.id,
    )
    card = await typed(store, world, "Door @ Beta (Ana Pop)")
    assert card.person is not None
    assert card.person.company_id == beta.company.id


async def test_channels_go_to_the_company_when_there_is_no_person(store: Store, world: World) -> None:
    card = await typed(store, world, "Acme 0722 000 111 office@acme.ro")
    assert card.company is not None
    assert [phone.value for phone in card.company.phones] == ["0722 000 111"]
    assert [email.value for email in card.company.emails] == ["office@acme.ro"]


async def test_channels_that_are_known_are_not_doubled(store: Store, world: World) -> None:
    await typed(store, world, "Acme 0722 000 111 office@acme.ro")
    card = await typed(store, world, "Roof @ Acme 0722000111 Office@ACME.ro +40 722 000 222")
    assert card.company is not None
    assert [phone.value for phone in card.company.phones] == ["0722 000 111", "+40 722 000 222"]
    assert [email.value for email in card.company.emails] == ["office@acme.ro"]
    assert world.query("SELECT plain FROM channel WHERE kind = 'phone' ORDER BY id") == [
        ("0722000111",),
        ("40722000222",),
    ]


async def test_two_contacts_may_share_a_phone(store: Store, world: World) -> None:
    await typed(store, world, "Acme 0722 000 111")
    card = await typed(store, world, "Beta 0722 000 111")
    assert card.company is not None
    assert [phone.value for phone in card.company.phones] == ["0722 000 111"]
