"""Copies, links, the trash screen and the fields of a module, by their keys."""

from __future__ import annotations

import asyncio
from datetime import datetime
from threading import Event

import pytest
from textual.widgets import Input, OptionList, Static

from minicrm_tui.domain.fields import FieldKind
from minicrm_tui.screens.confirm import ConfirmScreen
from minicrm_tui.screens.fields import FieldEditor, FieldList, FieldsScreen
from minicrm_tui.screens.jump import CardPicker
from minicrm_tui.screens.trash import TrashList, TrashScreen
from minicrm_tui.store.access import Progress
from minicrm_tui.widgets.pick import Pick
from minicrm_tui.widgets.sections import Section
from tests.ui.conftest import Crm
from tests.ui.widget_cards import lines_of


async def test_y_capital_copies_the_card(crm: Crm) -> None:
    await crm.press("Y")
    assert (await crm.names("expired")).count("Acme Industries") == 2
    await crm.press("u")
    assert (await crm.names("expired")).count("Acme Industries") == 1


async def test_on_the_page_the_copy_is_shown(crm: Crm) -> None:
    await crm.press("enter")
    before = crm.bench.page.row
    await crm.press("Y")
    after = crm.bench.page.row
    assert before is not None
    assert after is not None
    assert (after.name, after.id == before.id) == (before.name, False)
    await crm.press("backspace")
    assert crm.bench.page.row == before


async def test_two_cards_are_linked_shown_and_parted_again(crm: Crm) -> None:
    await crm.press("enter", "ctrl+l")
    await crm.type("gamma")
    await crm.press("enter")
    await crm.type("same owner")
    await crm.press("enter")
    page = crm.bench.page.page
    assert page is not None
    assert [(each.row.name, each.description) for each in page.links] == [("Gamma Ltd", "same owner")]
    await crm.press("tab", "end", "enter")
    assert crm.bench.page.row is not None
    assert crm.bench.page.row.name == "Gamma Ltd"
    await crm.press("end", "delete")
    assert crm.bench.page.page is not None
    assert crm.bench.page.page.links == ()
    assert crm.bench.page.row.name == "Gamma Ltd"
    await crm.press("u")
    assert len(crm.bench.page.page.links) == 1


async def test_only_another_card_can_be_linked_and_only_once(crm: Crm) -> None:
    await crm.press("ctrl+l")
    await crm.type("acme")
    picker = crm.app.screen
    assert isinstance(picker, CardPicker)
    assert picker.query_one(OptionList).option_count == 0
    assert str(picker.query_one("#jump").border_subtitle) == "No other card is called so."
    await crm.press("enter")
    assert crm.app.screen is picker
    await crm.press("ctrl+u")
    await crm.type("gamma")
    await crm.press("enter", "enter")
    await crm.press("ctrl+l")
    await crm.type("gamma")
    await crm.press("enter")
    assert not crm.asks
    assert crm.toasts == ["These two cards are linked already."]


async def test_a_new_card_for_the_same_client_in_another_module(crm: Crm) -> None:
    await crm.press("enter", "n", "4")
    assert crm.line_text == "Acme Industries @ Acme Industries (Ana Pop)"
    await crm.press("enter")
    page = crm.bench.page.page
    assert page is not None
    assert (page.module.kind, page.details.company and page.details.company.name) == ("projects", "Acme Industries")
    assert [other.row.name for other in page.others] == ["Acme Industries"]
    await crm.press("backspace")
    assert crm.bench.page.row is not None
    assert crm.bench.page.row.module_id == crm.bench.state.module_id


# --- the trash


def title(crm: Crm) -> str:
    return str(crm.app.screen.query_one("#screen-title", Static).content)


def trash(crm: Crm) -> TrashList:
    assert isinstance(crm.app.screen, TrashScreen)
    return crm.app.screen.query_one(TrashList)


async def test_the_trash_gives_back(crm: Crm) -> None:
    await crm.press("delete", "g", "t")
    assert trash(crm).cursor_card is not None
    await crm.press("enter")
    assert trash(crm).cursor_card is None
    await crm.press("escape")
    assert (await crm.names("expired"))[0] == "Acme Industries"


async def test_emptying_asks_once(crm: Crm) -> None:
    await crm.press("delete", "g", "t", "E")
    assert isinstance(crm.app.screen, ConfirmScreen)
    await crm.press("enter", "escape")
    assert await crm.store.trash_count() == 1
    await crm.press("E", "y")
    assert await crm.store.trash_count() == 0
    assert crm.toasts == ["1 card is gone for good."]
    await crm.press("u")
    assert crm.toasts == ["Nothing to undo."]


async def test_emptying_a_large_trash_shows_how_far_it_is_and_esc_cancels_it(
    crm: Crm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("minicrm_tui.screens.trash.MANY", 1)
    going_on, whole = asyncio.Event(), crm.store.empty_trash

    async def slowly(now: datetime, *, progress: Progress, stop: Event) -> int:
        progress(1, 2)
        await going_on.wait()
        return await whole(now, progress=progress, stop=stop)

    monkeypatch.setattr(crm.store, "empty_trash", slowly)
    await crm.press("delete", "delete", "g", "t", "E", "y")
    assert "█████░░░░░  1 of 2" in title(crm)
    await crm.press("enter", "E", "escape")
    assert isinstance(crm.app.screen, TrashScreen)
    going_on.set()
    for worker in [worker for worker in crm.app.workers if worker.group == "flows" and worker.node is crm.app.screen]:
        await worker.wait()
    await crm.idle()
    assert crm.toasts == ["Cancelled: nothing was changed."]
    assert title(crm) == "Trash"
    assert await crm.store.trash_count() == 2
    await crm.press("escape")
    assert crm.app.screen is crm.screen


async def test_an_empty_trash_says_so(crm: Crm) -> None:
    await crm.press("g", "t", "E")
    assert crm.toasts == ["The trash is empty."]


async def test_a_trash_without_cards_says_where_the_trashed_modules_are(crm: Crm) -> None:
    sentence = "No card in the trash. Modules come back from their own screen: g m."
    await crm.press("g", "m", "delete", "escape", "g", "t")
    assert sentence in " ".join(lines_of(trash(crm)))
    await crm.press("E")
    assert crm.toasts == [sentence]


# --- the fields of a module


def fields(crm: Crm) -> FieldList:
    assert isinstance(crm.app.screen, FieldsScreen)
    return crm.app.screen.query_one(FieldList)


async def define(crm: Crm, **texts: str) -> None:
    for field, text in texts.items():
        entry = crm.app.screen.query_one(f"#{field}")
        assert isinstance(entry, Input | Pick)
        entry.value = text
    await crm.press("enter")


async def test_fields_are_made_moved_retired_and_brought_back(crm: Crm) -> None:
    await crm.press("g", "f", "n")
    await define(crm, name="Seats", kind="number")
    await crm.press("n")
    await define(crm, name="Source", kind="one choice", choices="Web, Fair", required="yes")
    module = crm.bench.module.id
    assert [field.name for field in await crm.store.fields(module)] == ["Seats", "Source"]
    assert fields(crm).cursor_field is not None
    assert fields(crm).cursor_field.name == "Source"
    await crm.press("K")
    assert [field.name for field in await crm.store.fields(module)] == ["Source", "Seats"]
    assert fields(crm).cursor_field.name == "Source"
    await crm.press("J")
    assert fields(crm).cursor_field.name == "Source"
    await crm.press("K", "down")
    assert fields(crm).cursor_field.name == "Seats"
    await crm.press("delete")
    assert [field.retired for field in await crm.store.fields(module)] == [False, True]
    await crm.press("u")
    assert [field.retired for field in await crm.store.fields(module)] == [False, False]


async def test_a_field_is_changed(crm: Crm) -> None:
    await crm.press("g", "f", "n")
    await define(crm, name="Seats", kind="number")
    await crm.press("enter")
    await define(crm, name="Places", required="yes")
    (field,) = await crm.store.fields(crm.bench.module.id)
    assert (field.name, field.required) == ("Places", True)


FULL = "A row of the list shows 3 fields at most: Source, Field 1, Field 2."


async def test_a_field_is_shown_in_the_row_and_in_the_peek_by_its_keys_and_by_its_form(crm: Crm) -> None:
    module, acme = crm.bench.module.id, await crm.card("Acme Industries")
    await crm.press("g", "f", "n")
    await define(crm, name="Source", shown="card, list")
    (source,) = await crm.store.fields(module)
    assert (source.in_row, source.in_peek) == (True, False)
    await crm.press("b", "l", "l")
    (source,) = await crm.store.fields(module)
    assert (source.in_row, source.in_peek) == (True, True)
    await crm.store.set_value(acme.row.id, source.id, "Fair", crm.clock())
    for number in (1, 2):
        await crm.press("n")
        await define(crm, name=f"Field {number}", shown="all three")
    await crm.press("n")
    await define(crm, name="One too many", shown="card, list")
    note = crm.app.screen.query_one("#shown-note", Static)
    assert note.has_class("-wrong")
    assert str(note.render()).startswith(FULL)
    await define(crm, shown="card")
    await crm.press("l")
    assert crm.toasts == [
        "A row of the list shows 3 fields at most: Source, Field 1, Field 2. Take one of them out first."
    ]
    await crm.press("u", "escape")
    assert len(await crm.store.fields(module)) == 3
    assert crm.cursor_name == "Acme Industries"
    assert "Fair" in crm.screen.desk.cards.render_line(1).text
    assert any("Source: Fair" in crm.screen.desk.peek.render_line(y).text for y in range(6))


async def test_what_is_wrong_stands_under_its_field(crm: Crm) -> None:
    await crm.press("g", "f", "n")
    await define(crm, name="", kind="one choice")
    assert isinstance(crm.app.screen, FieldEditor)
    assert crm.app.screen.query_one("#name-note", Static).has_class("-wrong")
    await define(crm, name="Source")
    assert crm.app.screen.query_one("#choices-note", Static).has_class("-wrong")
    await define(crm, choices=", ".join(str(number) for number in range(17)))
    await crm.press("escape")
    (field,) = await crm.store.fields(crm.bench.module.id)
    assert len(field.choices) == 17


async def test_kind_and_status_are_chosen_with_the_arrows(crm: Crm) -> None:
    await crm.press("g", "f", "n")
    await crm.type("Tags")
    await crm.press("tab", "s")
    assert crm.app.screen.query_one("#choices").display
    await crm.press("right")
    assert not crm.app.screen.query_one("#choices").display
    await crm.press("left", "tab")
    await crm.type("a, b")
    await crm.press("tab", "right", "right", "right", "enter")
    (field,) = await crm.store.fields(crm.bench.module.id)
    qualified = [status for status in crm.bench.statuses if status.name == "Qualified"]
    assert (field.kind, field.required, field.from_status) == (FieldKind.CHOICES, True, qualified[0].id)
    assert len(qualified) > 2
    shown = fields(crm).item_pieces(field, Section("used", "", 1), False, 100)
    assert "required from Prospecting · Qualified on" in "".join(piece.text for piece in shown)
    await crm.press("enter")
    required = crm.app.screen.query_one("#required", Pick)
    assert required.value == "Prospecting · Qualified"
    await crm.press("tab", "right")
    assert crm.app.screen.query_one("#kind", Pick).value == "several choices"
    required.value = f"In progress · {qualified[1].name}"
    await crm.press("enter")
    (field,) = await crm.store.fields(crm.bench.module.id)
    assert field.from_status == qualified[1].id
