"""ctrl+k: any card, company or person; what is not found becomes a card."""

from __future__ import annotations

from textual.widgets import OptionList

from minicrm_tui.domain.records import HistoryEntry
from minicrm_tui.domain.views import Targets
from minicrm_tui.screens.jump import JumpScreen
from minicrm_tui.widgets.card_page import HISTORY
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


async def test_words_of_a_note_lead_to_it_on_its_cards_page(crm: Crm) -> None:
    card = (await crm.card("Delta SA")).row.id
    for text in ("They want it before Christmas.", "Paid the first half.", "Called back."):
        await crm.store.add_note(Targets((card,)), text, crm.clock())
    await crm.press("ctrl+k")
    await crm.type("christmas want")
    answers = crm.app.screen.query_one(OptionList)
    assert "Note        Delta SA  They want it before Christmas." in str(answers.get_option_at_index(0).prompt)
    await crm.press("enter")
    assert crm.bench.page.row is not None
    assert crm.bench.page.row.name == "Delta SA"
    entry = crm.screen.page.history.cursor_item
    assert isinstance(entry, HistoryEntry)
    assert entry.text == "They want it before Christmas."
    assert crm.app.focused is crm.screen.page.history
    await crm.press("escape")
    assert crm.cursor_name == "Delta SA"


async def test_from_another_cards_page_too(crm: Crm) -> None:
    card = (await crm.card("Delta SA")).row.id
    await crm.store.add_note(Targets((card,)), "They want it before Christmas.", crm.clock())
    await crm.press("enter", "tab", "ctrl+k")
    await crm.type("christmas")
    await crm.press("enter")
    assert crm.bench.page.row is not None
    assert crm.bench.page.row.name == "Delta SA"
    assert crm.screen.page.cursor_zone == HISTORY
