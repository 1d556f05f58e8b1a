"""The profile of a card: each field edited where it stands."""

from __future__ import annotations

from textual.widgets import Input, Static

from minicrm_tui.domain.fields import FieldDraft, FieldKind
from minicrm_tui.domain.records import Money
from minicrm_tui.widgets.card_page import PROFILE
from tests.ui.conftest import Crm, Opening


async def to_line(crm: Crm, key: str) -> None:
    """Open the first card's page, with the cursor on that line of the profile."""
    if not crm.bench.page.is_open:
        await crm.press("enter", "shift+tab")
    profile = crm.screen.page.profile
    await crm.press("home")
    for _ in range(30):
        if profile.cursor_item is not None and profile.cursor_item.key == key:
            return
        await crm.press("down")
    raise AssertionError(f"no line {key}")


async def write(crm: Crm, text: str, *keys: str) -> None:
    crm.screen.page.editor.query_one(Input).value = text
    await crm.press(*(keys or ("enter",)))


def told(crm: Crm) -> str:
    """What is said of the field, its lines joined."""
    return " ".join(str(crm.screen.page.editor.query_one("#edit-note", Static).content).split())


async def test_a_field_is_edited_where_it_stands_and_u_takes_it_back(crm: Crm) -> None:
    await to_line(crm, "value")
    await crm.press("enter")
    await write(crm, "9.999,50 RON")
    assert (await crm.card("Acme Industries")).row.value == Money(999950, "RON")
    assert not crm.screen.page.editor.is_open
    assert crm.app.focused is crm.screen.page.profile
    await crm.press("u")
    assert (await crm.card("Acme Industries")).row.value == Money(450000, "EUR")
    assert crm.screen.page.cursor_zone == PROFILE


async def test_what_is_wrong_stands_under_the_field_which_stays_open(crm: Crm) -> None:
    await to_line(crm, "value")
    await crm.press("enter")
    await write(crm, "1e999")
    assert crm.screen.page.editor.is_open
    assert crm.screen.page.editor.query_one("#edit-note").has_class("-wrong")
    await crm.press("escape")
    assert not crm.screen.page.editor.is_open
    assert (await crm.card("Acme Industries")).row.value == Money(450000, "EUR")
    assert crm.bench.page.is_open


async def test_a_card_keeps_a_name(crm: Crm) -> None:
    await to_line(crm, "name")
    await crm.press("e")
    await write(crm, "x" * 300)
    assert told(crm) == "A name can have 200 characters at most."


async def test_tab_saves_and_goes_on_to_the_next_field(crm: Crm) -> None:
    await to_line(crm, "name")
    await crm.press("enter")
    await write(crm, "Acme Two", "tab")
    assert crm.bench.page.row.name == "Acme Two"  # type: ignore[union-attr]
    assert crm.screen.page.editor.is_open
    assert crm.screen.page.editor.key == "value"


async def test_key_fields_move_the_card(crm: Crm) -> None:
    await to_line(crm, "qualification")
    await crm.press("enter", "v")
    assert (await crm.card("Acme Industries")).status.key == "lead_vip"
    assert [entry.kind for entry in (await crm.card("Acme Industries")).history[:2]] == ["status", "field"]


async def test_a_closing_date_is_read_as_typed(crm: Crm) -> None:
    await to_line(crm, "expected_close")
    await crm.press("enter")
    await write(crm, "1.1.1850")
    assert crm.screen.page.editor.is_open
    await write(crm, "15 dec")
    closing = (await crm.card("Acme Industries")).expected_close
    assert closing is not None
    assert closing.isoformat() == "2026-12-15"


async def test_fields_of_the_module_keep_their_kind(crm: Crm) -> None:
    module = crm.bench.module.id
    seats = await crm.store.add_field(module, FieldDraft(FieldKind.NUMBER, "Seats"), crm.clock())
    draft = FieldDraft(FieldKind.CHOICE, "Source", required=True, choices=("Web", "Fair"))
    source = await crm.store.add_field(module, draft, crm.clock())
    await to_line(crm, seats.key)
    await crm.press("enter")
    await write(crm, "many")
    assert told(crm) == "Write a number, such as 12.5."
    await write(crm, "1.250,5")
    await to_line(crm, source.key)
    await crm.press("enter", "down", "down", "enter")
    values = {field.name: value for field, value in await crm.store.field_values(crm.bench.page.row.id)}  # type: ignore[union-attr]
    assert values == {"Seats": "1250.5", "Source": str(source.choices[1].id)}
    await crm.press("enter")
    await write(crm, "")
    assert told(crm) == "This field is required here."


async def test_what_can_not_be_changed_says_so(crm: Crm) -> None:
    await to_line(crm, "created_at")
    await crm.press("enter")
    assert crm.toasts == ["This can't be changed."]


async def test_the_choices_are_said_and_the_footer_names_the_fields_keys_alone(crm: Crm) -> None:
    await to_line(crm, "sales_step")
    await crm.press("enter")
    assert told(crm) == "Choose: First contact, Offer, Follow-up offer, Contracting."
    assert [item.name for item in crm.screen.keys.items] == ["edit.save", "edit.next", "edit.down", "edit.cancel"]
    await crm.press("down", "down", "enter")
    assert (await crm.card("Acme Industries")).sales_step == "Offer"
    await to_line(crm, "value")
    await crm.press("enter")
    assert [item.name for item in crm.screen.keys.items] == ["edit.save", "edit.next", "edit.cancel"]


async def test_letters_that_are_commands_elsewhere_are_text_here(crm: Crm) -> None:
    await to_line(crm, "name")
    await crm.press("enter", "slash", "J", "question_mark", "u", "ctrl+k", "ctrl+r", "enter")
    assert crm.bench.page.row.name == "/J?u"  # type: ignore[union-attr]


async def test_what_is_said_of_the_last_line_stands_over_it(opening: Opening) -> None:
    crm = await opening(size=(80, 16))
    module = crm.bench.module.id
    for name in ("One", "Two", "Three"):
        await crm.store.add_field(module, FieldDraft(FieldKind.NUMBER, name, required=True), crm.clock())
    await crm.press("enter", "shift+tab", "end", "enter")
    await write(crm, "many")
    page = crm.screen.page
    note, field = page.editor.query_one("#edit-note"), page.editor.query_one(Input)
    assert note.region.bottom == field.region.y
    assert page.profile.region.contains_region(note.region)
    assert page.profile.region.contains_region(field.region)
    await write(crm, "12")
    assert not page.editor.is_open


async def test_a_click_elsewhere_saves_what_was_typed(crm: Crm) -> None:
    await to_line(crm, "value")
    await crm.press("enter")
    crm.screen.page.editor.query_one(Input).value = "7000"
    await crm.pilot.click(crm.screen.page.history, offset=(3, 1))
    await crm.idle()
    assert (await crm.card("Acme Industries")).row.value == Money(700000, "EUR")
    assert crm.app.focused is crm.screen.page.history


async def test_a_click_elsewhere_comes_back_to_what_is_wrong(crm: Crm) -> None:
    await to_line(crm, "value")
    await crm.press("enter")
    crm.screen.page.editor.query_one(Input).value = "much"
    await crm.pilot.click(crm.screen.page.history, offset=(3, 1))
    await crm.idle()
    assert told(crm).startswith("“much” is not an amount")
    assert crm.app.focused is crm.screen.page.editor.query_one(Input)


async def test_a_field_that_was_left_open_is_never_another_cards(crm: Crm) -> None:
    await to_line(crm, "value")
    await crm.press("enter")
    crm.screen.page.editor.query_one(Input).value = "1"
    crm.screen.action_enter_module(3)
    await crm.idle()
    assert not crm.bench.page.is_open
    await crm.press("enter")
    assert not crm.screen.page.editor.is_open
    assert (await crm.card("Acme Industries")).row.value == Money(450000, "EUR")


FIELDS = (
    FieldDraft(FieldKind.TEXT, "Code", required=True),
    FieldDraft(FieldKind.NUMBER, "Seats"),
    FieldDraft(FieldKind.DATE, "Ends"),
    FieldDraft(FieldKind.CHOICE, "Source", choices=("Web", "Fair", "Friend")),
    FieldDraft(FieldKind.CHOICES, "Interests", choices=("Roofs", "Doors")),
    FieldDraft(FieldKind.LINK, "Folder"),
)


BAD = (
    ("name", "x" * 1_000_000, "A name can have 200 characters at most."),
    ("value", "1e999", "“1e999” is not an amount"),
    ("expected_close", "1.1.1850", "The year must lie between 1900 and 2199."),
    ("expected_close", "15 dec 14:00", "A date here has no time."),
    ("sales_step", "x" * 1_000_000, "This has 200 characters at most."),
    ("Code", "", "This field is required here."),
    ("Code", "x" * 1_000_000, "A text has 2 000 characters at most."),
    ("Seats", "many", "Write a number, such as 12.5."),
    ("Ends", "31.12.1899", "The year must lie between 1900 and 2199."),
    ("Source", "Fair", "“Fair” is no longer offered. Choose: Web, Friend."),
    ("Interests", "Roofs, Cars", "Choose: Roofs, Doors."),
    ("Folder", "no address", "Write an address such as https://example.com"),
)


async def test_bad_input_is_a_line_under_the_field_and_nothing_is_saved(crm: Crm) -> None:
    module, now = crm.bench.module.id, crm.clock()
    fields = {draft.name: await crm.store.add_field(module, draft, now) for draft in FIELDS}
    source = fields["Source"]
    await crm.store.edit_field(source.id, FieldDraft(source.kind, source.name, choices=("Web", "Friend")), now)
    card = (await crm.card("Acme Industries")).row.id
    await crm.store.set_value(card, fields["Code"].id, "A 17", now)
    before = await crm.card("Acme Industries"), await crm.store.field_values(card)
    for name, text, why in BAD:
        case = f"{name}: {text[:20]}"
        await to_line(crm, fields[name].key if name in fields else name)
        await crm.press("enter")
        await write(crm, text)
        assert told(crm).startswith(why), case
        assert crm.screen.page.editor.query_one("#edit-note").has_class("-wrong"), case
        assert crm.app.focused is crm.screen.page.editor.query_one(Input), case
        assert (await crm.card("Acme Industries"), await crm.store.field_values(card)) == before, case
        await crm.press("escape")
