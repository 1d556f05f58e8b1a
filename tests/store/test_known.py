"""Whom the phones and e-mails of a typed line belong to, and such a contact as the client of a new card."""

from __future__ import annotations

import pytest
from store_world import World

from minicrm_tui.domain.contact_forms import read_contact_form
from minicrm_tui.domain.contacts import ContactKind, ContactRef
from minicrm_tui.domain.quickadd import LineDraft, parse_line
from minicrm_tui.store.store import Store

COMPANY, PERSON = ContactKind.COMPANY, ContactKind.PERSON


@pytest.fixture
async def known(store: Store, world: World) -> dict[str, ContactRef]:
    """Ana Pop of Acme SRL, who has her own phone; the company has another one and an e-mail. Ion Rus is of nobody."""
    store.country = "RO"
    drafts = {
        "acme": (COMPANY, {"name": "Acme SRL", "phone-1": "0722 000 111", "email-1": "office@acme.ro"}),
        "ana": (PERSON, {"first_name": "Ana", "last_name": "Pop", "company": "Acme SRL", "phone-1": "0733 000 222"}),
        "ion": (PERSON, {"first_name": "Ion", "last_name": "Rus", "phone-1": "0744 000 333"}),
    }
    return {
        name: await store.save_contact(ContactRef(kind), read_contact_form(kind, fields, "RO"), world.now)
        for name, (kind, fields) in drafts.items()
    }


def line(world: World, text: str) -> LineDraft:
    return parse_line(text, world.now, currency="EUR")


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Roof @ Beta SRL 0733 000 222", "ana"),
        ("Roof @ Beta SRL +40 722 000 111", "acme"),
        ("Beta SRL OFFICE@acme.ro", "acme"),
        ("Beta SRL (Ana Pop) 0722 000 111", None),  # Ana Pop is known by her name
        ("Roof @ Acme SRL (Maria Pop) 0722 000 111", None),  # it is her company's
        ("Roof @ Acme SRL (Maria Pop) 0733 000 222", "ana"),
        ("Roof @ acme srl 0733 000 222", None),
        ("Ana Pop 0722 000 111", None),
        ("Roof @ (Gheorghe Rus) 0744 000 333", "ion"),
        ("Roof @ Beta SRL 0755 000 000", None),
        ("Roof @ Beta SRL", None),
    ],
)
async def test_a_new_client_with_a_known_phone_or_email_is_known(
    store: Store, world: World, known: dict[str, ContactRef], text: str, who: str | None
) -> None:
    found = await store.known_by(line(world, text))
    assert [each.ref for each in found] == ([known[who]] if who else [])


async def test_the_known_one_gets_the_card_and_what_is_new(
    store: Store, world: World, known: dict[str, ContactRef]
) -> None:
    draft = line(world, "Roof @ Beta SRL 0733 000 222 ana@pop.ro")
    before = world.image()
    card = await store.create_card(await world.module(), draft, world.now, known["ana"])
    assert card.company is not None
    assert card.person is not None
    assert (card.company.name, card.person.name) == ("Acme SRL", "Ana Pop")
    assert [each.value for each in card.person.emails] == ["ana@pop.ro"]
    assert [each.value for each in card.person.phones] == ["0733 000 222"]
    assert world.one("SELECT count(*) FROM company") == 1
    await world.undone_gives_back(before)


async def test_the_company_can_be_the_client(store: Store, world: World, known: dict[str, ContactRef]) -> None:
    draft = line(world, "Roof @ Beta SRL (Maria Pop) office@acme.ro")
    card = await store.create_card(await world.module(), draft, world.now, known["acme"])
    assert card.company is not None
    assert (card.company.name, card.person) == ("Acme SRL", None)


async def test_a_person_of_nobody_joins_the_company_of_the_line(
    store: Store, world: World, known: dict[str, ContactRef]
) -> None:
    draft = line(world, "Roof @ Beta SRL (Gheorghe Rus) 0744 000 333")
    card = await store.create_card(await world.module(), draft, world.now, known["ion"])
    assert card.company is not None
    assert card.person is not None
    assert (card.company.name, card.person.name) == ("Beta SRL", "Ion Rus")
    assert card.person.company_id == card.company.id
