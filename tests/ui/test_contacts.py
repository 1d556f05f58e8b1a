"""The contacts: filtered, opened, made, changed, merged, deleted, by their keys."""

from __future__ import annotations

import pytest
from textual.widgets import Input, OptionList, Static

from minicrm_tui.domain.contacts import ContactKind, ContactRef
from minicrm_tui.screens.asking import ChoiceScreen
from minicrm_tui.screens.contact import ContactScreen
from minicrm_tui.screens.contact_form import ContactForm
from minicrm_tui.screens.contact_picker import ContactPicker
from minicrm_tui.screens.contacts import ContactsScreen, FilterInput
from minicrm_tui.screens.known import KnownScreen
from minicrm_tui.screens.merge import MergeScreen
from minicrm_tui.widgets.contact_list import ContactList
from tests.ui.conftest import Crm, Opening

COMPANIES = [
    "Acme Industries",
    "Beta SRL",
    "Călin Popescu",
    "Delta SA",
    "Epsilon Trading",
    "Gamma Ltd",
    "New website",
    "Warehouse roof",
]


@pytest.fixture
async def book(opening: Opening) -> Crm:
    """The contacts of the seeded file, in a Romanian's settings."""
    crm = await opening(country="RO")
    await crm.press("g", "c")
    assert isinstance(crm.app.screen, ContactsScreen)
    return crm


def names(crm: Crm) -> list[str]:
    rows = crm.app.screen.query_one(ContactList)
    return [item.name for index in range(rows.place.rows.total) if (item := rows.item_at(index)) is not None]


def cursor(crm: Crm) -> str:
    row = crm.app.screen.query_one(ContactList).cursor_contact
    return row.name if row is not None else ""


def form(crm: Crm) -> ContactForm:
    assert isinstance(crm.app.screen, ContactForm)
    return crm.app.screen


def fill(crm: Crm, **fields: str) -> None:
    for key, text in fields.items():
        form(crm).query_one(f"#{key.replace('_no', '-')}", Input).value = text


def title(crm: Crm) -> str:
    return str(crm.app.screen.query_one("#screen-title", Static).content)


def note(crm: Crm, field: str) -> Static:
    return form(crm).query_one(f"#{field}-note", Static)


async def new(crm: Crm, kind: str = "c", **fields: str) -> None:
    await crm.press("n")
    assert isinstance(crm.app.screen, ChoiceScreen)
    await crm.press(kind)
    for key, text in fields.items():
        fill(crm, **{key: text})
        await crm.idle()


# --- looking


async def test_companies_and_persons_by_name(book: Crm) -> None:
    assert names(book) == [*COMPANIES, "Ana Pop"]
    await book.press("escape")
    assert book.app.screen is book.screen


async def test_the_filter_narrows_with_each_key_and_esc_takes_it_away(book: Crm) -> None:
    await book.press("slash")
    await book.type("acm")
    assert names(book) == ["Acme Industries", "Ana Pop"]
    await book.press("backspace", "backspace", "backspace")
    await book.type("0722")
    assert names(book) == ["Ana Pop"]
    await book.press("enter")
    assert cursor(book) == "Ana Pop"
    await book.press("escape")
    assert book.app.screen.query_one(FilterInput).value == ""
    assert len(names(book)) == 9
    assert isinstance(book.app.screen, ContactsScreen)


async def test_nobody_matches(book: Crm) -> None:
    await book.press("slash")
    await book.type("nobody")
    assert names(book) == []


async def test_enter_shows_all_about_it_and_a_card_of_it_opens(book: Crm) -> None:
    await book.press("enter")
    assert isinstance(book.app.screen, ContactScreen)
    assert title(book).startswith("Acme Industries")
    await book.press("end", "enter")
    assert book.app.screen is book.screen
    assert book.bench.page.row is not None
    assert book.bench.page.row.name == "Acme Industries"


async def test_from_the_company_to_a_person_and_back(book: Crm) -> None:
    await book.press("enter", "end", "up", "up", "enter")
    assert title(book).startswith("Ana Pop")
    await book.press("backspace")
    assert title(book).startswith("Acme Industries")
    await book.press("escape")
    assert isinstance(book.app.screen, ContactsScreen)


async def test_ctrl_k_on_a_client_opens_it(crm: Crm) -> None:
    await crm.press("ctrl+k")
    await crm.type("ana pop")
    await crm.press("enter")
    assert isinstance(crm.app.screen, ContactScreen)
    assert title(crm).startswith("Ana Pop")
    await crm.press("escape", "escape")
    assert crm.app.screen is crm.screen


async def test_the_palette_knows_the_way(crm: Crm) -> None:
    commands = {command.title: command.callback for command in crm.app.get_system_commands(crm.app.screen)}
    commands["Contacts"]()
    await crm.idle()
    assert isinstance(crm.app.screen, ContactsScreen)


# --- making and changing


async def test_a_company_is_made_and_taken_back(book: Crm) -> None:
    await new(book, name="Omega SRL")
    fill(book, phone_no1="0722 000 999, work")
    await book.idle()
    assert str(note(book, "phone-1").content) == "→ +40722000999 · work"
    fill(book, phone_no2="0722 000 998 *", email_no1="office@omega.ro")
    await book.idle()
    assert form(book).query("#phone-3")
    await book.press("enter")
    assert isinstance(book.app.screen, ContactScreen)
    (row,) = await book.store.contacts("omega", ContactKind.COMPANY, 0, 5)
    assert row.phone is not None
    assert (row.phone.value, row.phone.normal) == ("0722 000 998", "+40722000998")
    await book.press("escape")
    assert "Omega SRL" in names(book)
    await book.press("u")
    assert "Omega SRL" not in names(book)
    await book.press("U")
    assert "Omega SRL" in names(book)


async def test_a_person_of_a_company_is_made_from_its_details(book: Crm) -> None:
    await book.press("enter", "n")
    assert form(book).typed()["company"] == "Acme Industries"
    fill(book, first_name="Ion", last_name="Rus")
    await book.press("ctrl+s")
    details = await book.store.contact(ContactRef(ContactKind.COMPANY, 1))
    assert [each.name for each in details.persons] == ["Ana Pop", "Ion Rus"]


async def test_e_changes_all_fields(book: Crm) -> None:
    await book.press("e")
    assert form(book).typed()["name"] == "Acme Industries"
    fill(book, name="Acme Group", industry="Steel")
    await book.press("enter")
    assert isinstance(book.app.screen, ContactsScreen)
    assert cursor(book) == "Acme Group"
    await book.press("u")
    assert cursor(book) == "Acme Industries"


WRONG = (("name", ""), ("phone-1", "call Ana"), ("email-1", "ana@"), ("website", "x" * 1000), ("name", "x" * 201))


async def test_what_is_wrong_stands_under_its_field_and_nothing_is_saved(book: Crm) -> None:
    for field, text in WRONG:
        case = f"{field}: {text[:20]}"
        await book.press("e")
        box = form(book).query_one(f"#{field}", Input)
        right, box.value = box.value, text
        form(book).query_one("#industry", Input).value = "Steel"
        await book.press("enter")
        assert note(book, field).has_class("-wrong"), case
        assert form(book).focused is box, case
        details = await book.store.contact(ContactRef(ContactKind.COMPANY, 1))
        assert getattr(details.contact, "industry", None) == "", case
        box.value = right  # what is half typed is kept
        await book.press("escape")


async def test_a_phone_that_no_plan_knows_is_kept_and_said(book: Crm) -> None:
    await book.press("e")
    fill(book, phone_no1="112 112")
    await book.idle()
    assert "kept as typed" in str(note(book, "phone-1").content)
    await book.press("enter")
    (row,) = await book.store.contacts("acme", ContactKind.COMPANY, 0, 5)
    assert row.phone is not None
    assert row.phone.doubtful


async def test_typing_is_kept_for_the_next_time(book: Crm) -> None:
    await book.press("e")
    fill(book, phone_no1="0722 000 555")
    await book.idle()
    fill(book, phone_no2="0722 000 556")
    await book.idle()
    await book.press("escape", "e")
    assert form(book).typed()["phone-2"] == "0722 000 556"
    assert form(book).typed()["phone-3"] == ""


# --- who is known


async def test_a_known_phone_is_pointed_out_and_the_known_one_used(book: Crm) -> None:
    await new(book, "p", first_name="Anca", phone_no1="+40722000111")
    await book.press("enter")
    assert isinstance(book.app.screen, KnownScreen)
    assert book.app.screen.query_one(OptionList).option_count == 1
    await book.press("enter")
    assert isinstance(book.app.screen, ContactScreen)
    assert title(book).startswith("Ana Pop")
    assert len(await book.store.contacts("", ContactKind.PERSON, 0, 9)) == 1


async def test_it_can_be_saved_all_the_same(book: Crm) -> None:
    await new(book, "c", name="ACME industries")
    await book.press("enter", "s")
    assert isinstance(book.app.screen, ContactScreen)
    assert len(await book.store.contacts("acme", ContactKind.COMPANY, 0, 9)) == 2


async def test_or_the_form_goes_on_with_a_line_under_the_field(book: Crm) -> None:
    await new(book, "p", first_name="Anca", phone_no1="0700 000 001", phone_no2="+40722000111")
    await book.press("enter", "escape")
    assert str(note(book, "phone-2").content) == "Ana Pop has this too."
    assert len(await book.store.contacts("", ContactKind.PERSON, 0, 9)) == 1


async def test_a_change_that_makes_no_new_twin_asks_nothing(book: Crm) -> None:
    await new(book, "c", name="Acme Industries")
    await book.press("enter", "s", "e")
    fill(book, industry="Steel")
    await book.press("enter")
    assert not isinstance(book.app.screen, KnownScreen | ContactForm)


# --- merging and deleting


async def test_two_become_one_and_two_again(book: Crm) -> None:
    await book.press("M")
    assert isinstance(book.app.screen, ContactPicker)
    await book.type("beta")
    await book.press("enter")
    assert isinstance(book.app.screen, MergeScreen)
    await book.press("space", "enter")
    assert names(book) == ["Beta SRL", *COMPANIES[2:], "Ana Pop"]
    (row,) = await book.store.contacts("beta", ContactKind.COMPANY, 0, 5)
    assert (row.ref.id, row.cards, row.open_tasks) == (1, 2, 2)
    await book.press("u")
    assert names(book) == [*COMPANIES, "Ana Pop"]


async def test_the_other_one_can_stay(book: Crm) -> None:
    await book.press("M")
    await book.type("beta")
    await book.press("enter", "x", "enter")
    assert names(book) == ["Beta SRL", *COMPANIES[2:], "Ana Pop"]
    (row,) = await book.store.contacts("beta srl", ContactKind.COMPANY, 0, 5)
    assert row.ref.id == 2


async def test_two_marked_ones_are_merged(book: Crm) -> None:
    await book.press("space", "down", "space", "M")
    assert isinstance(book.app.screen, MergeScreen)
    await book.press("escape")
    assert names(book) == [*COMPANIES, "Ana Pop"]
    await book.press("M", "enter")
    assert names(book) == [*(name for name in COMPANIES if name != "Călin Popescu"), "Ana Pop"]


async def test_a_company_and_a_person_stay_two(book: Crm) -> None:
    await book.press("space", "end", "space", "M")
    assert "A company and a person can't be merged." in book.toasts[0]
    await book.press("escape")
    assert isinstance(book.app.screen, ContactsScreen)


async def test_what_has_cards_is_not_deleted_and_the_rest_comes_back(book: Crm) -> None:
    await book.press("delete")
    assert "1 card and 1 person" in book.toasts[0]
    await new(book, "c", name="Omega")
    await book.press("enter", "delete")
    assert book.toasts == ["Omega is deleted · u brings it back"]
    assert isinstance(book.app.screen, ContactsScreen)
    assert "Omega" not in names(book)
    await book.press("u")
    assert "Omega" in names(book)


async def test_what_was_typed_is_never_markup(book: Crm) -> None:
    await new(book, "c", name="[red]Omega[/red] [/]", website="[b]")
    await book.press("enter")
    assert "[red]Omega[/red] [/]" in title(book)
    await book.press("M")
    await book.type("beta")
    await book.press("enter", "escape", "escape")
    assert "[red]Omega[/red] [/]" in names(book)
