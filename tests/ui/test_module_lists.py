"""The lists of a module on their screen: added, renamed, reordered, taken off; how long until forgotten."""

from __future__ import annotations

from textual.widgets import Input, Static

from minicrm_tui.domain.records import ModuleId
from minicrm_tui.domain.sales_lists import SalesList
from minicrm_tui.screens.module_lists import EntryList, ModuleListsScreen
from tests.ui.conftest import Crm

SALES = ModuleId(1)

STEPS = ("g", "l", *["down"] * 6)
"""To the first sales step, under the types and the templates."""


def screen(crm: Crm) -> ModuleListsScreen:
    assert isinstance(crm.app.screen, ModuleListsScreen)
    return crm.app.screen


def here(crm: Crm) -> str:
    """The value under the cursor."""
    entry = screen(crm).query_one(EntryList).cursor_entry
    return "" if entry is None else entry.name


async def names(crm: Crm, which: SalesList) -> tuple[str, ...]:
    return (await crm.store.sales_lists(SALES))[which]


async def test_g_l_shows_the_lists_of_the_module(crm: Crm) -> None:
    await crm.press("g", "l")
    assert here(crm) == "Call"
    rows = [screen(crm).query_one(EntryList).render_line(y).text.strip("▌ ") for y in range(22)]
    assert rows[:7] == [
        "Task types  by the first word of a task, or typed in full (T)",
        *("Call", "Meeting", "E-mail", "Other"),
        "Task templates  tab in the line of a task · n makes one",
        "Sales steps  S on an open opportunity",
    ]
    assert rows[-2:] == [
        "Forgotten opportunities  marked in the pipeline, where nothing was noted or changed on the tasks",
        "never",
    ]
    await crm.press("escape", "4", "g", "l", "f")
    assert here(crm) == "Call"
    rows = [screen(crm).query_one(EntryList).render_line(y).text.strip("▌ ") for y in range(8)]
    assert rows[5].startswith("Task templates")
    assert rows[6:] == ["", ""]


async def test_a_type_is_added_renamed_and_taken_off(crm: Crm) -> None:
    await crm.press("g", "l", "n")
    await crm.type("Site visit")
    await crm.press("enter")
    assert here(crm) == "Site visit"
    await crm.press("K", "escape", "t")
    await crm.type("site plan")
    await crm.press("enter")
    assert (await crm.card("Acme Industries")).tasks[-1].type == "Site visit"
    await crm.press("g", "l", *["down"] * 3, "e")
    assert crm.app.screen.query_one(Input).value == "Site visit"
    crm.app.screen.query_one(Input).value = "Measuring"
    await crm.press("enter")
    assert crm.toasts == ["1 open task was changed with it."]
    await crm.press("delete")
    assert crm.toasts == ["“Measuring” is off the list; tasks that have it keep it."]
    assert (await crm.card("Acme Industries")).tasks[-1].type == "Measuring"


async def test_a_template_is_made_changed_and_deleted(crm: Crm) -> None:
    await crm.press("g", "l", *["down"] * 4, "n")
    await crm.type("Contract")
    await crm.press("tab")
    await crm.type("Send the contract")
    await crm.press("tab")
    await crm.type("e")
    await crm.press("tab")
    await crm.type("-3")
    await crm.press("tab")
    await crm.type("Price")
    await crm.press("enter")
    await crm.type("Stamp")
    await crm.press("ctrl+s")
    note = crm.app.screen.query_one("#follow_days-note", Static)
    assert note.has_class("-wrong")
    crm.app.screen.query_one("#follow_days", Input).value = "3"
    await crm.press("ctrl+s")
    assert here(crm) == "Contract"
    row = screen(crm).query_one(EntryList).render_line(6).text
    assert row.strip("▌ ") == "Contract  Send the contract · E-mail · in 3 days · 2 to tick"
    await crm.press("enter")
    crm.app.screen.query_one("#name", Input).value = "Papers"
    await crm.press("ctrl+s")
    assert here(crm) == "Papers"
    await crm.press("delete")
    assert crm.toasts == ["Template “Papers” deleted · u brings it back"]
    await crm.press("u")
    (template,) = await crm.store.templates(SALES)
    assert (template.name, template.checklist) == ("Papers", ("Price", "Stamp"))


async def test_a_value_is_added_where_the_cursor_is_and_offered_at_once(crm: Crm) -> None:
    await crm.press(*STEPS, "n")
    await crm.type("Demo")
    await crm.press("enter")
    assert here(crm) == "Demo"
    assert (await names(crm, SalesList.SALES_STEP))[-1] == "Demo"
    await crm.press("escape", "S", "5")
    assert (await crm.card("Acme Industries")).sales_step == "Demo"


async def test_what_is_wrong_with_a_name_stands_under_it(crm: Crm) -> None:
    await crm.press(*STEPS, "n")
    await crm.type("offer")
    await crm.press("enter")
    note = crm.app.screen.query_one("#name-note", Static)
    assert str(note.content) == "The list has a value of that name."
    await crm.press("escape")
    assert len(await names(crm, SalesList.SALES_STEP)) == 4


async def test_a_value_is_renamed_on_the_cards_too_and_u_takes_both_back(crm: Crm) -> None:
    await crm.press("S", "2", *STEPS, "down", "e")
    crm.app.screen.query_one(Input).value = "Proposal"
    await crm.press("enter")
    assert crm.toasts == ["1 card was changed with it."]
    assert (await crm.card("Acme Industries")).sales_step == here(crm) == "Proposal"
    await crm.press("u")
    assert crm.toasts == ["Undone: renamed in a list: Proposal"]
    assert (await crm.card("Acme Industries")).sales_step == here(crm) == "Offer"


async def test_the_cursor_goes_with_a_value_that_changes_places(crm: Crm) -> None:
    await crm.press(*STEPS, "J", "J", "K")
    assert here(crm) == "First contact"
    assert (await names(crm, SalesList.SALES_STEP))[:3] == ("Offer", "First contact", "Follow-up offer")
    await crm.press("K", "K")
    assert crm.toasts == ["There is no place further in this direction."]
    assert here(crm) == "First contact"


async def test_a_value_is_taken_off_and_the_last_one_stays(crm: Crm) -> None:
    await crm.press(*STEPS, *["down"] * 5)
    assert here(crm) == "Implementation"
    await crm.press("delete")
    assert crm.toasts == ["“Implementation” is off the list; cards that have it keep it."]
    assert here(crm) == "Feedback"
    await crm.press("delete")
    assert crm.toasts == ["A list keeps one value at least. Rename it instead."]
    assert await names(crm, SalesList.CUSTOMER_STEP) == ("Feedback",)


async def test_how_long_until_an_opportunity_is_forgotten_is_set_here_too(crm: Crm) -> None:
    await crm.press("g", "l", "f")
    await crm.type("14")
    assert str(crm.app.screen.query_one("#days-note", Static).content) == "after 14 quiet days"
    await crm.press("enter", "end")
    assert here(crm) == "after 14 quiet days"
    await crm.press("enter")
    crm.app.screen.query_one(Input).value = "400"
    await crm.press("enter")
    note = crm.app.screen.query_one("#days-note", Static)
    assert note.has_class("-wrong")
    crm.app.screen.query_one(Input).value = ""
    await crm.press("enter")
    assert here(crm) == "never"
    assert (await crm.store.modules(crm.clock()))[0].module.forgotten_days is None


async def test_the_palette_leads_there(crm: Crm) -> None:
    await crm.press("ctrl+p")
    await crm.type("lists of this")
    await crm.press("down", "enter")
    assert here(crm) == "Call"
