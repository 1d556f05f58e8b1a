"""The first run: a file without modules opens on the welcome, and three keys later stands the first card."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from minicrm_tui.app import MiniCRMApp
from minicrm_tui.domain.records import Kind
from minicrm_tui.i18n import set_language
from minicrm_tui.paths import find_paths
from minicrm_tui.screens.welcome import WelcomeScreen
from minicrm_tui.settings import Settings, load_settings
from minicrm_tui.widgets.tick import Tick
from tests.conftest import HandClock
from tests.settling import still_runs
from tests.ui.conftest import Crm, Stage

Welcoming = Callable[..., Awaitable[Crm]]


@pytest.fixture
async def welcoming(tmp_path: Path, clock: HandClock) -> AsyncIterator[Welcoming]:
    """Opens the app on a new file, up to the welcome."""
    stages: list[Stage] = []

    async def open_app(size: tuple[int, int] = (120, 36)) -> Crm:
        settings = load_settings(find_paths(os.environ).settings, os.environ)
        stages.append(Stage(MiniCRMApp(tmp_path / "crm.db", settings, clock=clock), size))
        crm = Crm(await stages[-1].begin(), clock)
        while not isinstance(crm.app.screen, WelcomeScreen):
            await crm.idle()
            still_runs(crm.app)
        await crm.idle()
        return crm

    yield open_app
    for stage in stages:
        await stage.end()


def config() -> Path:
    return find_paths(os.environ).settings


def text_of(crm: Crm, widget: str) -> str:
    return str(crm.app.screen.query_one(widget, Static).content)


def kinds(crm: Crm) -> list[Kind]:
    return [summary.module.kind for summary in crm.bench.showing.modules]


async def test_three_keys_typed_in_one_go_lead_to_the_first_card_and_nothing_is_asked_twice(
    welcoming: Welcoming,
) -> None:
    crm = await welcoming()
    await crm.press("enter", "n", "A", "enter")
    await crm.started()
    assert (crm.cursor_name, kinds(crm)) == ("A", [Kind.SALES])
    assert not config().exists()
    await crm.press("u", "u")
    assert crm.toasts[-1].startswith("Nothing to undo")
    assert crm.tab == "Sales"


async def test_what_is_chosen_holds_at_once_and_is_kept(welcoming: Welcoming) -> None:
    crm = await welcoming()
    assert text_of(crm, "#name-label") == "Name"
    await crm.press("right")
    assert (text_of(crm, "#name-label"), text_of(crm, "#currency-label")) == ("Nume", "Monedă")
    assert crm.app.screen.query_one("#currency", Input).value == "RON"
    await crm.press("tab", *"dada", "tab", *"xyz", "enter")
    assert not text_of(crm, "#currency-note").startswith("pentru")
    assert crm.app.screen.query_one("#currency", Input).has_focus
    await crm.press("ctrl+u", *"huf", "tab", "down", "space", "enter")
    await crm.started()
    assert kinds(crm) == [Kind.SALES, Kind.ORDERS]
    assert (crm.tab, crm.bench.settings.currency, crm.bench.settings.seller.name) == ("Vânzări", "HUF", "dada")
    assert crm.store.default_currency == "HUF"
    kept = load_settings(config(), os.environ)
    assert (kept.language, kept.currency, kept.seller.name) == ("ro", "HUF", "dada")
    assert config().stat().st_mode & 0o777 == 0o600


async def test_esc_takes_sales_alone_whatever_was_typed_and_ticked(welcoming: Welcoming) -> None:
    config().parent.mkdir(parents=True)
    config().write_text("# mine\nbell = false\n")
    crm = await welcoming()
    await crm.press("tab", *"Acme", "tab", *"usd", "tab", "space", "down", "space", "escape")
    await crm.started()
    assert (kinds(crm), crm.bench.settings.currency) == ([Kind.SALES], "EUR")
    assert config().read_text() == "# mine\nbell = false\n"


async def test_without_a_module_a_sentence_says_so_and_nothing_is_made(welcoming: Welcoming) -> None:
    crm = await welcoming()
    await crm.press("tab", "tab", "tab", "space", "enter")
    assert "one at least" in text_of(crm, "#modules-note")
    assert crm.app.screen.query_one("#sales", Tick).has_focus
    await crm.press("space")
    assert "Opportunities" in text_of(crm, "#modules-note")
    await crm.press("enter")
    await crm.started()
    assert kinds(crm) == [Kind.SALES]


async def test_settings_that_can_not_be_written_are_a_sentence_and_the_program_goes_on(welcoming: Welcoming) -> None:
    config().parent.parent.mkdir(parents=True, exist_ok=True)
    config().parent.write_text("in the way")
    crm = await welcoming()
    await crm.press("tab", *"Acme", "enter")
    await crm.started()
    assert str(config()) in crm.toasts[-1]
    assert (kinds(crm), crm.bench.settings.seller.name) == ([Kind.SALES], "Acme")


@pytest.mark.parametrize("keys", [("right", "d"), ("right", "up", "enter")])
async def test_the_demo_is_asked_for_in_the_language_of_the_screen_and_the_file_stays_empty(
    welcoming: Welcoming, keys: tuple[str, ...]
) -> None:
    crm = await welcoming()
    for key in keys:
        await crm.pilot.press(key)
    await crm.pilot.pause()
    result = crm.app.return_value
    assert isinstance(result, Settings)
    assert result.language == "ro"
    assert not config().exists()
    set_language("en")
    again = await welcoming()
    assert text_of(again, "#name-label") == "Name"


@pytest.mark.parametrize(("size", "small"), [((80, 24), False), ((60, 16), False), ((59, 16), True), ((80, 15), True)])
async def test_it_fits_the_usual_sizes(welcoming: Welcoming, size: tuple[int, int], small: bool) -> None:
    crm = await welcoming(size)
    screen = crm.app.screen
    assert screen.query_one("#too-small").display is small
    for _ in range(13):
        await crm.press("down")
        assert small or screen.find_widget(screen.focused).visible_region.height == 1  # type: ignore[arg-type]
