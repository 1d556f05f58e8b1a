"""The filter, the narrowing, modules, and x."""

from __future__ import annotations

from datetime import datetime

import pytest

from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.views import Outline, View
from minicrm_tui.store import looking, portions
from minicrm_tui.widgets.line_text import ReadingText
from tests.ui.conftest import Crm
from tests.ui.widget_cards import lines_of


async def listed(crm: Crm) -> int:
    outline = await crm.store.outline(crm.bench.state.view, crm.clock())
    return sum(outline.buckets.values())


async def test_the_list_follows_each_key(crm: Crm) -> None:
    await crm.press("slash")
    await crm.type("calin")
    assert await listed(crm) == 1
    assert crm.asks
    await crm.press("enter")
    assert crm.cursor_name == "Călin Popescu"
    assert crm.bench.state.filter == "calin"


async def test_down_goes_to_the_list_and_keeps_the_filter(crm: Crm) -> None:
    await crm.press("slash")
    await crm.type("beta")
    await crm.press("down")
    assert not crm.asks
    assert crm.bench.state.filter == "beta"


async def test_escape_in_the_line_shows_all_again(crm: Crm) -> None:
    await crm.press("slash")
    await crm.type("beta")
    await crm.press("escape")
    assert crm.bench.state.filter == ""
    assert await listed(crm) == 6


async def test_each_module_keeps_its_filter_and_cursor(crm: Crm) -> None:
    await crm.press("down", "4", "1")
    assert crm.cursor_name == "Beta SRL"
    await crm.press("slash")
    await crm.type("gamma")
    await crm.press("enter", "4")
    assert crm.bench.state.filter == ""
    await crm.press("1")
    assert crm.bench.state.filter == "gamma"
    assert crm.cursor_name == "Gamma Ltd"


async def test_brackets_turn_the_modules_round(crm: Crm) -> None:
    await crm.press("left_square_bracket")
    assert crm.tab == "Helpdesk"
    await crm.press("right_square_bracket")
    assert crm.tab == "Sales"


async def test_x_goes_to_the_next_expired_card_then_to_the_next_module(crm: Crm) -> None:
    await crm.press("x")
    assert crm.cursor_name == "Beta SRL"
    await crm.press("D", "D", "x", "D", "x")
    assert (crm.tab, crm.cursor_name) == ("Projects", "Warehouse roof")


async def test_x_with_nothing_expired_says_so(empty_crm: Crm) -> None:
    await empty_crm.press("x")
    assert any("No expired" in toast for toast in empty_crm.toasts)


async def test_enter_on_a_status_narrows_and_escape_widens(crm: Crm) -> None:
    await crm.press("Q", "v", "tab")
    assert crm.screen.desk.on_board
    await crm.press("home", "up", "enter")
    assert crm.bench.state.status_id is not None
    assert await listed(crm) == 1
    await crm.press("escape")
    assert crm.bench.state.status_id is None


async def test_g_g_goes_to_the_top_and_another_key_does_nothing(crm: Crm) -> None:
    await crm.press("G", "g", "z")
    assert crm.asks
    await crm.press("g")
    assert crm.cursor_name == "Acme Industries"


async def test_what_is_typed_after_enter_is_not_for_the_filter(crm: Crm) -> None:
    await crm.press("slash", "b", "e", "t", "a", "enter", "D")
    assert crm.bench.state.filter == "beta"
    assert (await crm.card("Beta SRL")).tasks == ()


async def test_an_expired_heading_that_a_filter_has_emptied_is_no_praise(crm: Crm) -> None:
    await crm.press("slash")
    await crm.type("gamma")
    await crm.press("enter")
    assert lines_of(crm.screen.desk.cards)[0].strip() == "· Expired: none here; x goes to the others"
    await crm.press("x")
    assert crm.cursor_name == "Acme Industries"
    await crm.press("D", "D", "D")
    assert lines_of(crm.screen.desk.cards)[0].strip() == "✓ Expired: nothing is late · Projects 1 — x"


@pytest.fixture
def _in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a module of a million cards: a text is looked for in several steps."""
    monkeypatch.setattr(portions, "PORTION", 2)
    monkeypatch.setattr(looking, "SOON", 2)
    monkeypatch.setattr(looking, "FEW", 2)


@pytest.mark.usefixtures("_in_portions")
async def test_a_search_that_takes_long_ends_with_all_that_matches(crm: Crm) -> None:
    await crm.press("slash")
    await crm.type("a")
    assert await listed(crm) == crm.bench.showing.listed
    assert crm.bench.showing.is_whole
    shown = " ".join(crm.screen.line.query_one("#line-reading", ReadingText).render_line(0).text.split())
    assert shown == f"{crm.bench.showing.listed} cards match"


@pytest.mark.usefixtures("_in_portions")
async def test_a_search_that_takes_long_keeps_the_cursor_on_its_card(crm: Crm) -> None:
    await crm.press("end")
    name = crm.cursor_name
    await crm.press("slash")
    await crm.type(name[0])
    await crm.press("enter")
    assert crm.cursor_name == name


@pytest.mark.usefixtures("_in_portions")
async def test_after_a_search_that_breaks_off_the_peek_follows_the_cursor_again(
    crm: Crm, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_view: View, _now: datetime) -> Outline:
        raise Refused("The file can't be read.")

    monkeypatch.setattr(crm.store, "outline", broken)
    await crm.press("slash")
    await crm.type("a")
    await crm.press("enter", "down")
    assert crm.cursor is not None
    assert crm.bench.state.card == crm.cursor.id
