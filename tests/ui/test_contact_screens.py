"""What the contacts' screens show and say: at every width, with awkward names, and where the cursor goes."""

from __future__ import annotations

import re

import pytest
from textual import events
from textual.widgets import Input

from minicrm_tui.domain.contact_forms import read_contact_form
from minicrm_tui.domain.contacts import ContactDraft, ContactKind, ContactRef
from minicrm_tui.screens.asking import ChoiceScreen
from minicrm_tui.screens.contact import ContactScreen, LineList
from minicrm_tui.screens.contact_form import ContactForm
from minicrm_tui.screens.contacts import ContactsScreen
from minicrm_tui.screens.known import KnownScreen
from minicrm_tui.screens.merge import MergeScreen
from minicrm_tui.widgets.contact_list import ContactList
from minicrm_tui.widgets.key_bar import KeyBar
from tests.ui.conftest import Crm, Opening

COMPANY, PERSON = ContactKind.COMPANY, ContactKind.PERSON
AWKWARD = ("株式会社テスト製作所東京本社営業部第一課", "שלום בע״מ", "X" * 200, "Bob [/red] [bold]", "e\u0301" * 40)


def screen_lines(crm: Crm) -> list[str]:
    return [strip.text for strip in crm.app.screen._compositor.render_strips()]


def shown(crm: Crm) -> str:
    return "\n".join(line.rstrip() for line in screen_lines(crm))


def form(crm: Crm) -> ContactForm:
    assert isinstance(crm.app.screen, ContactForm)
    return crm.app.screen


def cursor(crm: Crm) -> str:
    row = crm.app.screen.query_one(ContactList).cursor_contact
    return row.name if row is not None else ""


async def save(crm: Crm, kind: ContactKind, ref_id: int = 0, **fields: str) -> ContactRef:
    keyed = {key.replace("_no", "-"): text for key, text in fields.items()}
    draft: ContactDraft = read_contact_form(kind, keyed, "RO")
    return await crm.store.save_contact(ContactRef(kind, ref_id), draft, crm.clock())


async def type_into(crm: Crm, **fields: str) -> None:
    for key, text in fields.items():
        form(crm).query_one(f"#{key.replace('_no', '-')}", Input).value = text
        await crm.idle()


@pytest.fixture(params=[(60, 16), (80, 24), (200, 50)], ids=str)
async def sized(opening: Opening, request: pytest.FixtureRequest) -> Crm:
    return await opening(size=request.param, country="RO")


# --- what can be read


async def test_awkward_names_stay_in_their_columns(sized: Crm) -> None:
    for name in AWKWARD:
        ref = await save(sized, COMPANY, name=name, phone_no1="0722 000 111", address="Str. Lungă " * 15)
        await save(sized, PERSON, first_name=name, company=name, job=name, phone_no1="12345")
    width = sized.app.size.width
    await sized.press("g", "c")
    assert {len(screen_lines(sized)), *()} == {sized.app.size.height}
    rows = sized.app.screen.query_one(ContactList)
    assert {rows.render_line(y).cell_length for y in range(rows.size.height)} <= {width, width - 1}
    await sized.press("slash")
    await sized.type("[/red]")
    await sized.press("enter", "enter")
    assert isinstance(sized.app.screen, ContactScreen)
    assert "Bob [/red] [bold]" in shown(sized)
    lines = sized.app.screen.query_one(LineList)
    assert {lines.render_line(y).cell_length for y in range(lines.size.height)} <= {width, width - 1}
    await sized.press("M")
    await sized.type("x")
    await sized.press("enter")
    assert isinstance(sized.app.screen, MergeScreen)
    await sized.press("escape", "escape", "escape", "escape")
    assert ref.id


async def test_a_long_description_can_be_read_whole(sized: Crm) -> None:
    said = "one two three four five six seven eight nine ten " * 4
    await save(sized, COMPANY, 1, name="Acme Industries", description=said.strip())
    await sized.press("g", "c", "enter")
    words = [word for line in screen_lines(sized) for word in line.split()]
    assert [words.count(word) for word in said.split()[:10]] == [4] * 10


async def test_the_day_of_a_card_is_not_cut_off(sized: Crm) -> None:
    await sized.press("g", "c", "enter")
    (line,) = [line for line in screen_lines(sized) if line.strip().startswith("Sales")]
    assert "Sat 14 Nov" in line


async def test_every_phone_has_its_label_and_one_is_the_default(crm: Crm) -> None:
    await save(crm, COMPANY, 1, name="Acme Industries", phone_no1="0722 000 111, desk", phone_no2="12345, boss *")
    await crm.press("g", "c", "enter")
    told = shown(crm)
    assert re.search("Phone 12345 +boss · the default · not verified", told)
    assert re.search("Phone 0722 000 111 +desk$", told, re.MULTILINE)


async def test_the_title_of_a_question_is_whole(crm: Crm) -> None:
    await crm.press("g", "c", "n")
    assert isinstance(crm.app.screen, ChoiceScreen)
    assert "A new contact" in shown(crm)


async def test_in_the_filter_the_keys_are_its_own(crm: Crm) -> None:
    await crm.press("g", "c", "slash")
    names = {item.name for item in crm.app.screen.query_one(KeyBar).items}
    assert "contacts.filter" not in names
    assert "contacts.to_list" in names


# --- where the cursor goes


async def test_the_cursor_keeps_who_was_renamed_made_or_looked_at(crm: Crm) -> None:
    await crm.press("g", "c", "e")
    await type_into(crm, name="Zenith")
    await crm.press("enter")
    assert cursor(crm) == "Zenith"
    await crm.press("n", "c")
    await type_into(crm, name="Mill")
    await crm.press("enter", "escape")
    assert cursor(crm) == "Mill"
    await crm.press("enter", "e")
    await type_into(crm, name="Abacus")
    await crm.press("enter", "escape")
    assert cursor(crm) == "Abacus"


async def test_the_cursor_keeps_who_is_left_of_two(crm: Crm) -> None:
    await crm.press("g", "c", "M")
    await crm.type("gamma")
    await crm.press("enter", "x", "enter")
    assert cursor(crm) == "Gamma Ltd"


async def test_a_name_that_nobody_has_begins_the_new_contact(crm: Crm) -> None:
    await crm.press("g", "c", "slash")
    await crm.type("Ion Rus")
    await crm.press("enter", "n", "p")
    assert (form(crm).typed()["first_name"], form(crm).typed()["last_name"]) == ("Ion", "Rus")
    await crm.press("enter")
    assert isinstance(crm.app.screen, ContactScreen)
    await crm.press("escape")
    assert cursor(crm) == "Ion Rus"
    await crm.press("n", "c")
    assert form(crm).typed()["name"] == ""


# --- who is known


async def test_a_contact_whose_making_is_taken_back_is_left(crm: Crm) -> None:
    await crm.press("g", "c", "n", "c")
    await type_into(crm, name="Mill")
    await crm.press("enter")
    assert isinstance(crm.app.screen, ContactScreen)
    await crm.press("u")
    assert isinstance(crm.app.screen, ContactsScreen)
    assert crm.toasts == ["Undone: contact added: Mill"]


async def test_a_merge_is_one_step_back_and_forth(crm: Crm) -> None:
    await crm.press("g", "c", "M")
    await crm.type("beta")
    await crm.press("enter", "enter")
    assert crm.toasts == ["Acme Industries is one contact now · u takes it back"]
    await crm.press("u")
    assert crm.toasts == ["Undone: contacts merged: Beta SRL → Acme Industries"]
    assert (await crm.store.contacts("beta", COMPANY, 0, 5))[0].cards == 1
    await crm.press("U")
    assert await crm.store.contacts("beta", COMPANY, 0, 5) == ()
    assert (await crm.store.contacts("acme", COMPANY, 0, 5))[0].cards == 2


async def test_a_known_one_gets_what_is_new(crm: Crm) -> None:
    await crm.press("g", "c", "n", "p")
    await type_into(crm, first_name="Ana", last_name="Pop", email_no1="ana@pop.ro", job="CEO")
    await crm.press("enter")
    assert isinstance(crm.app.screen, KnownScreen)
    await crm.press("enter")
    assert isinstance(crm.app.screen, ContactScreen)
    assert crm.toasts == ["What is new was added to Ana Pop · u takes it back"]
    (row,) = await crm.store.contacts("ana pop", PERSON, 0, 5)
    assert (row.job, row.company, row.email and row.email.value) == ("CEO", "Acme Industries", "ana@pop.ro")
    assert row.phone is not None
    await crm.press("u")
    (row,) = await crm.store.contacts("ana pop", PERSON, 0, 5)
    assert (row.job, row.email) == ("", None)
    await crm.press("escape", "n", "p")
    await type_into(crm, first_name="Ana", last_name="Pop", company="Beta SRL")
    await crm.press("enter", "enter")
    assert crm.toasts == []


async def test_a_known_company_stays_when_a_person_has_its_phone(crm: Crm) -> None:
    await save(crm, COMPANY, 2, name="Beta SRL", phone_no1="0733 000 222")
    before = await crm.store.contact(ContactRef(COMPANY, 2))
    await crm.press("g", "c", "n", "p")
    await type_into(crm, first_name="Ion", phone_no1="0733 000 222", job="CEO")
    await crm.press("enter", "enter")
    assert isinstance(crm.app.screen, ContactScreen)
    assert crm.toasts == []
    assert await crm.store.contact(ContactRef(COMPANY, 2)) == before


async def test_a_known_person_is_shown_from_the_company(crm: Crm) -> None:
    await crm.press("g", "c", "down", "enter", "n")
    await type_into(crm, first_name="Ana", last_name="Pop")
    await crm.press("enter", "enter")
    assert "Ana Pop · Acme Industries" in screen_lines(crm)[0]
    await crm.press("escape")
    assert "Beta SRL" in screen_lines(crm)[0]


async def test_a_new_company_of_a_person_is_said_to_be_new(crm: Crm) -> None:
    await crm.press("g", "c", "n", "p")
    await type_into(crm, company="Acme Industry")
    assert "a new company" in shown(crm)
    await type_into(crm, company="acme industries")
    assert "a new company" not in shown(crm)


async def test_more_phones_than_the_form_asks_for_are_kept(crm: Crm) -> None:
    numbers = {f"phone_no{place}": f"0722 000 {place:03}" for place in range(1, 36)}
    await save(crm, COMPANY, 1, name="Acme Industries", **numbers)
    await crm.press("g", "c", "e")
    await type_into(crm, industry="Steel")
    await crm.press("enter")
    contact = (await crm.store.contact(ContactRef(COMPANY, 1))).contact
    assert len(contact.phones) == 35


async def test_each_company_has_its_own_half_typed_person(crm: Crm) -> None:
    await crm.press("g", "c", "enter", "n")
    await type_into(crm, first_name="Ion")
    await crm.press("escape", "escape", "down", "enter", "n")
    assert (form(crm).typed()["first_name"], form(crm).typed()["company"]) == ("", "Beta SRL")
    await crm.press("escape", "escape", "up", "enter", "n")
    assert (form(crm).typed()["first_name"], form(crm).typed()["company"]) == ("Ion", "Acme Industries")


async def test_pasted_lines_are_one_and_a_megabyte_is_refused_under_its_field(crm: Crm) -> None:
    await crm.press("g", "c", "e", "tab", "tab", "tab")
    assert form(crm).focused is form(crm).query_one("#address")
    crm.app.post_message(events.Paste("Str. Lungă 1\n500123 Brașov\n"))
    await crm.idle()
    assert form(crm).typed()["address"] == "Str. Lungă 1 500123 Brașov"
    for field in ("name", "phone-1", "email-1", "description"):
        form(crm).query_one(f"#{field}").focus()
        crm.app.post_message(events.Paste("x y" * 400_000))
        await crm.idle()
    await crm.press("enter")
    wrong = {note.id for note in form(crm).query(".note.-wrong")}
    assert wrong == {"name-note", "phone-1-note", "email-1-note", "description-note"}
    details = await crm.store.contact(ContactRef(COMPANY, 1))
    assert (details.row.name, details.contact.phones) == ("Acme Industries", ())


async def test_an_empty_file_has_no_contacts_and_a_first_one_is_made(empty_crm: Crm) -> None:
    await empty_crm.press("g", "c", "enter", "e", "delete", "M", "space")
    assert isinstance(empty_crm.app.screen, ContactsScreen)
    assert "No contacts yet: n makes one." in shown(empty_crm)
    await empty_crm.press("n", "c")
    await type_into(empty_crm, name="Acme")
    await empty_crm.press("enter", "escape")
    assert cursor(empty_crm) == "Acme"
