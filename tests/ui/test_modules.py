"""The modules on their screen, the shop, and what the bar and the main screen make of it."""

from __future__ import annotations

import pytest
from textual.widgets import Input, OptionList, Static

from minicrm_tui.domain.module_drafts import ModuleDraft
from minicrm_tui.domain.records import Kind
from minicrm_tui.screens.commands import places
from minicrm_tui.screens.jump import JumpScreen
from minicrm_tui.screens.modules import ModuleList, ModulesScreen
from minicrm_tui.screens.shop import KindList, ShopScreen
from minicrm_tui.widgets.kind_window import KindWindow
from tests.ui.conftest import Crm
from tests.ui.widget_cards import lines_of


def here(crm: Crm) -> str:
    """The module under the cursor, with a mark where it is in the trash."""
    assert isinstance(crm.app.screen, ModulesScreen)
    row = crm.app.screen.query_one(ModuleList).cursor_row
    return "" if row is None else row.listed.module.name + (" (trash)" if row.since else "")


def bar(crm: Crm) -> list[str]:
    return [tab.name for tab in crm.screen.tabs._tabs]


def rows(crm: Crm) -> list[str]:
    return [" ".join(line.split()) for line in lines_of(crm.app.screen.query_one(ModuleList)) if line.strip()]


async def test_g_m_lists_the_modules_with_their_kinds_cards_and_expired_ones(crm: Crm) -> None:
    await crm.press("g", "m")
    assert rows(crm) == [
        "Installed in the order of the bar",
        "▌ 1 Sales Sales 6 cards 3 expired",
        "2 Orders Orders 0 cards",
        "3 Invoicing Invoicing 0 cards",
        "4 Projects Projects 2 cards 1 expired",
        "5 Helpdesk Helpdesk 0 cards",
    ]
    await crm.press("escape", "4", "g", "m")
    assert here(crm) == "Projects", "the cursor is on the module that one comes from"


async def test_enter_enter_installs_a_module_and_o_shows_it(crm: Crm) -> None:
    await crm.press("g", "m", "n")
    shop = crm.app.screen
    assert isinstance(shop, ShopScreen)
    await crm.press("down", "down", "down")
    ware = shop.query_one(KindList).cursor_ware
    assert ware is not None
    assert ware.kind is Kind.PROJECTS
    window = str(shop.query_one(KindWindow).render())
    assert "○ Planning" in window
    assert "building site" in window
    await crm.press("enter", "enter")
    assert here(crm) == "Projects 2"
    assert crm.toasts == ["Projects 2 is installed: o shows it, or 6 on the main screen."]
    await crm.press("o")
    assert crm.tab == "Projects 2"
    assert bar(crm)[-1] == "Projects 2"
    await crm.press("u")
    assert bar(crm) == ["Sales", "Orders", "Invoicing", "Projects", "Helpdesk"]
    assert crm.tab == "Helpdesk"


async def test_a_second_orders_module_is_dim_and_refused_with_the_reason(crm: Crm) -> None:
    await crm.press("g", "m", "n", "down")
    assert "installed only once" in str(crm.app.screen.query_one(KindWindow).render())
    await crm.press("enter")
    assert isinstance(crm.app.screen, ShopScreen)
    assert crm.toasts == ["Orders can be installed only once."]


async def test_the_form_says_what_is_wrong_under_its_field_and_writes_all_at_once(crm: Crm) -> None:
    await crm.press("g", "m", "e")
    form = crm.app.screen
    form.query_one("#name", Input).value = "helpdesk"
    await crm.press("enter")
    assert "There is a module of that name" in str(form.query_one("#name-note", Static).content)
    form.query_one("#name", Input).value = "Roofs"
    for field, wrong in (("currency", "ABCD"), ("forgotten_days", "-3"), ("follow_days", "-3")):
        form.query_one("#follow_text", Input).value = "Call"
        form.query_one(f"#{field}", Input).value = wrong
        await crm.press("enter")
        assert form.query_one(f"#{field}-note", Static).has_class("-wrong")
        form.query_one(f"#{field}", Input).value = ""
    form.query_one("#currency", Input).value = "lei"
    form.query_one("#item", Input).value = "Roof"
    form.query_one("#forgotten_days", Input).value = "14"
    form.query_one("#follow_days", Input).value = "3"
    await crm.press("enter")
    assert here(crm) == "Roofs"
    module = (await crm.store.modules(crm.clock()))[0].module
    assert (module.item, module.currency, module.forgotten_days) == ("Roof", "RON", 14)
    assert module.follow_up is not None
    assert (module.follow_up.text, module.follow_up.days) == ("Call", 3)
    await crm.press("u")
    assert here(crm) == "Sales"
    assert crm.toasts == ["Undone: module changed: Roofs"]


async def test_j_and_k_reorder_and_the_bar_follows_with_the_module_that_was_on_the_screen(crm: Crm) -> None:
    await crm.press("g", "m", "J", "J", "K")
    assert here(crm) == "Sales"
    await crm.press("K", "K")
    assert crm.toasts == ["There is no place further in this direction."]
    await crm.press("J", "escape")
    assert bar(crm)[:3] == ["Orders", "Sales", "Invoicing"]
    assert (crm.tab, crm.screen.tabs._active) == ("Sales", 1)
    assert crm.cursor_name == "Acme Industries"


async def test_the_module_on_the_screen_goes_to_the_trash_and_a_neighbour_is_shown(crm: Crm) -> None:
    await crm.press("g", "m", "delete")
    assert crm.toasts == ["Sales is in the trash with its 6 cards: u takes it back."]
    assert here(crm) == "Orders"
    assert rows(crm)[-2:] == [
        "In the trash with their cards; r brings one back",
        "Sales Sales 6 cards since 23 Nov",
    ]
    await crm.press("escape")
    assert (crm.tab, bar(crm)[0]) == ("Orders", "Orders")
    await crm.press("u")
    assert (crm.tab, bar(crm)[0]) == ("Sales", "Sales")
    assert crm.cursor_name == "Acme Industries"
    await crm.press("U")
    assert crm.tab == "Orders"
    await crm.press("g", "m", "G", "e")
    assert here(crm) == "Sales"
    assert crm.toasts == ["Sales is back, at the end of the bar."]
    await crm.press("escape")
    assert bar(crm)[-1] == "Sales"


async def test_the_cursor_goes_to_the_module_that_an_undo_brings_back_or_changes(crm: Crm) -> None:
    await crm.press("g", "m", "delete", "u")
    assert here(crm) == "Sales"
    await crm.press("U", "G")
    assert here(crm) == "Sales (trash)"
    await crm.press("r", "home", "u")
    assert here(crm) == "Sales (trash)"
    await crm.press("home", "n", "down", "down", "down", "enter", "enter", "home", "down", "u")
    assert here(crm) == "Invoicing"


async def test_what_needs_an_installed_module_says_so_of_one_in_the_trash(crm: Crm) -> None:
    await crm.press("g", "m", "delete", "G", "f")
    assert crm.toasts == ["It is in the trash: r brings it back."]
    await crm.press("home", "r")
    assert crm.toasts == ["It is not in the trash."]


async def test_its_pipeline_fields_and_lists_are_a_key_away_and_lead_back(crm: Crm) -> None:
    await crm.press("g", "m", *["down"] * 3)
    for key, title in (("p", "Pipeline of Projects"), ("f", "Fields of Projects"), ("l", "Lists of Projects")):
        await crm.press(key)
        assert str(crm.app.screen.query_one("#screen-title", Static).content) == title
        await crm.press("escape")
        assert here(crm) == "Projects"


async def test_the_last_module_stays(crm: Crm) -> None:
    await crm.press("g", "m", *["delete"] * 5)
    assert crm.toasts == ["This is the last module: it stays. Install another one first."]


async def test_an_open_card_whose_module_goes_to_the_trash_closes(crm: Crm) -> None:
    await crm.press("enter", "g", "m", "delete", "escape")
    assert not crm.bench.page.is_open
    assert crm.tab == "Orders"


async def test_a_module_that_another_program_has_moved_to_the_trash_gives_way(crm: Crm) -> None:
    await crm.store.trash_module(crm.bench.module.id, crm.clock())
    await crm.press("x")
    await crm.idle()
    assert (crm.tab, bar(crm)[0]) == ("Projects", "Orders")


async def fill(crm: Crm) -> None:
    """Fourteen modules."""
    for number in range(9):
        await crm.store.install_module(Kind.CUSTOM, ModuleDraft(f"Process {number} [/red]"), crm.clock())
    await crm.press("g", "m", "escape")


async def test_more_than_nine_are_reached_by_the_bar_ctrl_k_and_the_palette(crm: Crm) -> None:
    await fill(crm)
    await crm.press("left_square_bracket")
    assert crm.tab == "Process 8 [/red]"
    assert "Process 8 [/red]" in lines_of(crm.screen.tabs)[0]
    await crm.press("right_square_bracket")
    assert crm.tab == "Sales"
    await crm.press("ctrl+k")
    assert isinstance(crm.app.screen, JumpScreen)
    await crm.type("ocess 7")
    option = crm.app.screen.query_one(OptionList).get_option_at_index(0)
    assert str(option.prompt).startswith("Module      Process 7 [/red]")
    await crm.press("enter")
    assert crm.tab == "Process 7 [/red]"
    titles = [command.title for command in places(crm.screen)]
    assert "Go to module Process 6 \\[/red]" in titles
    command = next(command for command in places(crm.screen) if command.title.endswith("Orders"))
    command.callback()
    await crm.idle()
    assert crm.tab == "Orders"


@pytest.mark.parametrize("size", [(60, 16), (80, 24)])
async def test_the_screens_stand_on_small_terminals(opening: object, size: tuple[int, int]) -> None:
    crm = await opening(size=size)  # type: ignore[operator]
    await crm.press("g", "m")
    assert "6 cards" in rows(crm)[1]
    await crm.press("n", "down", "enter", "escape", "escape")
    assert crm.tab == "Sales"
