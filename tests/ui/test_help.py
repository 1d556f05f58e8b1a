"""The help: what works here, found by typing."""

from __future__ import annotations

from textual.widgets import Static

from minicrm_tui.screens.help import HelpScreen, keys_of
from tests.ui.conftest import Crm


def shown(crm: Crm) -> str:
    return str(crm.app.screen.query_one("#keys-shown", Static).visual)


async def test_the_keys_of_the_cards_are_listed(crm: Crm) -> None:
    names = {line.name for line in keys_of(crm.screen)}
    assert {"Undo", "Filter", "Next expired"} <= names


async def test_sales_keys_are_not_shown_in_projects(crm: Crm) -> None:
    there = {line.name for line in keys_of(crm.screen)}
    await crm.press("4")
    assert {line.name for line in keys_of(crm.screen)} < there


async def test_question_mark_opens_it_typing_narrows_it_and_escape_closes_it(crm: Crm) -> None:
    await crm.press("question_mark")
    assert isinstance(crm.app.screen, HelpScreen)
    assert "Take back the latest action" in shown(crm)
    await crm.type("postpone")
    assert "Take back" not in shown(crm)
    assert "Postpone as last time" in shown(crm)
    await crm.press("escape")
    assert crm.app.screen is crm.screen
