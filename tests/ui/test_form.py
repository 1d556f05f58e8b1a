"""The form: saving, errors under the fields, and the draft that esc keeps."""

from __future__ import annotations

from textual.widgets import Input, Static

from minicrm_tui.domain.records import Money
from minicrm_tui.screens.form import FormScreen
from tests.ui.conftest import Crm


def form(crm: Crm) -> FormScreen:
    assert isinstance(crm.app.screen, FormScreen)
    return crm.app.screen


async def fill(crm: Crm, field: str, text: str) -> None:
    form(crm).query_one(f"#{field}", Input).value = text
    await crm.idle()


async def test_e_on_a_card_opens_its_form_and_enter_saves(crm: Crm) -> None:
    await crm.press("e")
    await fill(crm, "value", "9.999,50 RON")
    await crm.press("enter")
    assert crm.app.screen is crm.screen
    assert (await crm.card("Acme Industries")).row.value == Money(999950, "RON")


async def test_ctrl_s_saves_from_everywhere(crm: Crm) -> None:
    await crm.press("e")
    await fill(crm, "name", "Acme Works")
    await crm.press("tab", "ctrl+s")
    assert crm.cursor_name == "Acme Works"


async def test_an_unchanged_form_changes_nothing(crm: Crm) -> None:
    before = await crm.card("Acme Industries")
    await crm.press("e", "enter")
    assert (await crm.card("Acme Industries")).row == before.row


async def test_what_is_wrong_stands_under_its_field_which_gets_the_focus(crm: Crm) -> None:
    await crm.press("e")
    await fill(crm, "value", "1e999")
    await fill(crm, "when", "30 feb")
    await crm.press("enter")
    assert form(crm).query_one("#value-note", Static).has_class("-wrong")
    assert form(crm).query_one("#when-note", Static).has_class("-wrong")
    assert form(crm).focused is form(crm).query_one("#value", Input)
    assert (await crm.card("Acme Industries")).row.value == Money(450000, "EUR")


async def test_escape_keeps_the_draft_for_the_next_time(crm: Crm) -> None:
    await crm.press("e")
    await fill(crm, "name", "Acme half-typed")
    await crm.press("escape")
    assert crm.cursor_name == "Acme Industries"
    await crm.press("e")
    assert form(crm).typed()["name"] == "Acme half-typed"
    await crm.press("enter", "e")
    assert form(crm).typed()["name"] == "Acme half-typed"
    assert crm.bench.drafts == {}


async def test_leaving_the_form_twice_says_so_once(crm: Crm) -> None:
    await crm.press("e", "x", "escape", "e", "y", "escape")
    assert len(crm.toasts) == 1
