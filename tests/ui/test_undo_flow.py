"""Undo and redo: named, and the cursor goes to what came back, in whichever module."""

from __future__ import annotations

from tests.ui.conftest import Crm


async def test_nothing_to_undo_in_a_new_file(empty_crm: Crm) -> None:
    await empty_crm.press("u")
    assert empty_crm.toasts == ["Nothing to undo."]


async def test_nothing_to_redo(crm: Crm) -> None:
    await crm.press("U")
    assert crm.toasts == ["Nothing to redo."]


async def test_the_toast_names_what_was_undone(crm: Crm) -> None:
    await crm.press("D", "u")
    assert any("Undone" in toast and "Call about the offer" in toast for toast in crm.toasts)


async def test_redo_does_it_again(crm: Crm) -> None:
    await crm.press("D", "u", "ctrl+r")
    assert (await crm.card("Acme Industries")).tasks == ()


async def test_undo_goes_to_the_module_of_what_came_back(crm: Crm) -> None:
    await crm.press("4", "D", "1")
    assert crm.tab == "Sales"
    await crm.press("u")
    assert crm.tab == "Projects"
    assert crm.cursor_name == "Warehouse roof"


async def test_undo_lifts_a_filter_that_hides_what_came_back(crm: Crm) -> None:
    await crm.press("D", "slash")
    await crm.type("gamma")
    await crm.press("enter", "u")
    assert crm.cursor_name == "Acme Industries"
    assert crm.bench.state.filter == ""


async def test_a_card_from_the_trash_comes_back_under_the_cursor(crm: Crm) -> None:
    await crm.press("number_sign")
    assert "Acme Industries" not in await crm.names("expired")
    assert crm.cursor_name == "Beta SRL"
    await crm.press("u")
    assert crm.cursor_name == "Acme Industries"


async def test_undoing_a_new_card_takes_it_away(crm: Crm) -> None:
    await crm.press("n")
    await crm.type("zeta")
    await crm.press("enter", "u")
    assert "zeta" not in await crm.names("no_task")


async def test_twelve_steps_back_restore_all_twelve(crm: Crm) -> None:
    before = await crm.names("expired")
    await crm.press("d", "enter", "p", "3", "D")
    assert await crm.names("expired") == []
    await crm.press("u", "u", "u")
    assert await crm.names("expired") == before


async def test_toasts_never_pile_up(crm: Crm) -> None:
    await crm.press("D", "D", "u", "u", "U")
    assert crm.toasts == ["Done again: task closed: Call about the offer"]


async def test_what_was_said_goes_with_the_next_action(crm: Crm) -> None:
    await crm.press("D", "u", "D")
    assert crm.toasts == []


async def test_a_toast_stands_above_an_open_line(crm: Crm) -> None:
    await crm.press("D", "u", "p")
    await crm.pilot.pause()
    toast = crm.screen.query_one("Toast").region
    assert toast.bottom <= crm.screen.line.region.y
    await crm.press("escape")
    await crm.pilot.pause()
    assert crm.screen.query_one("Toast").region.bottom > toast.bottom
