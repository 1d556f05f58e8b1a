"""ctrl+k: any card, company or person; what is not found becomes a card."""

from __future__ import annotations

from minicrm_tui.screens.jump import JumpScreen
from tests.ui.conftest import Crm


async def test_a_card_of_another_module_is_one_name_away(crm: Crm) -> None:
    await crm.press("ctrl+k")
    assert isinstance(crm.app.screen, JumpScreen)
    await crm.type("website")
    await crm.press("enter")
    assert (crm.tab, crm.cursor_name) == ("Projects", "New website")


async def test_typed_in_one_burst_it_goes_to_what_was_typed(crm: Crm) -> None:
    await crm.press("ctrl+k", "w", "e", "b", "s", "i", "t", "e", "enter")
    assert crm.cursor_name == "New website"


async def test_a_phone_in_any_spacing_finds_its_client_and_from_there_the_card(crm: Crm) -> None:
    await crm.press("down", "ctrl+k")
    await crm.type("072200 0111")
    await crm.press("enter", "end", "enter")
    assert crm.bench.page.row is not None
    assert crm.bench.page.row.name == "Acme Industries"
    await crm.press("escape")
    assert crm.cursor_name == "Acme Industries"


async def test_a_finished_card_is_shown_in_the_pipeline(crm: Crm) -> None:
    await crm.press("W", "D", "ctrl+k")
    await crm.type("acme")
    await crm.press("enter")
    assert crm.screen.desk.on_board
    assert crm.cursor_name == "Acme Industries"


async def test_what_is_not_found_becomes_a_new_card(crm: Crm) -> None:
    await crm.press("ctrl+k")
    await crm.type("nobody yet")
    await crm.press("enter")
    assert crm.line_text == "nobody yet"
    await crm.press("enter")
    assert crm.cursor_name == "nobody yet"


async def test_escape_stays(crm: Crm) -> None:
    await crm.press("ctrl+k", "a", "escape")
    assert crm.app.screen is crm.screen
    assert crm.cursor_name == "Acme Industries"
