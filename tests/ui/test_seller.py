"""Who sells: typed once, kept in the settings, on documents at once."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from textual.widgets import Input, Static

from minicrm_tui.domain.documents import Terms
from minicrm_tui.domain.parties import Party
from minicrm_tui.paths import find_paths
from minicrm_tui.screens.seller import SellerForm, ensure_seller
from minicrm_tui.settings import load_settings
from tests.ui.conftest import Crm, Opening
from tests.ui.papers import DOOR, SELLER, opened, paper, shown


def form(crm: Crm) -> SellerForm:
    assert isinstance(crm.app.screen, SellerForm)
    return crm.app.screen


def fill(crm: Crm, **fields: str) -> None:
    for key, text in fields.items():
        form(crm).query_one(f"#{key}", Input).value = text


def note(crm: Crm, field: str) -> str:
    return str(form(crm).query_one(f"#{field}-note", Static).content)


def settings_file() -> Path:
    return find_paths(os.environ).settings


async def test_the_sellers_data_is_kept_and_used_at_once(crm: Crm) -> None:
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text('# mine\ncurrency = "RON"\n')
    await crm.press("g", "s")
    fill(crm, name="Nord SRL", address="Str. Lungă 1, Brașov", email="office@nord.ro", bank_account="RO49 AAAA")
    await crm.press("enter")
    assert crm.app.screen is crm.screen
    kept = load_settings(settings_file(), {})
    assert kept.seller == Party("Nord SRL", "Str. Lungă 1, Brașov", bank_account="RO49 AAAA", email="office@nord.ro")
    assert kept.currency == "RON"
    assert settings_file().read_text().startswith("# mine")
    await opened(crm, await paper(crm, DOOR))
    await crm.press("v")
    assert any("Nord SRL" in line for line in shown(crm))


async def test_what_is_wrong_stands_under_its_field(crm: Crm) -> None:
    await crm.press("g", "s")
    fill(crm, email="nobody")
    await crm.press("ctrl+s")
    assert note(crm, "name") == "A seller needs a name."
    assert note(crm, "address") == "A seller needs an address: street, postcode, town."
    assert note(crm, "email").startswith("This is no e-mail address")
    assert crm.app.focused is form(crm).query_one("#name")
    assert not settings_file().exists()
    await crm.press("escape", "g", "s")
    assert form(crm).query_one("#email", Input).value == "nobody"


async def test_a_settings_file_that_can_not_be_written_is_said_and_the_form_stays(crm: Crm) -> None:
    settings_file().parent.parent.mkdir(parents=True, exist_ok=True)
    settings_file().parent.write_text("no folder")
    await crm.press("g", "s")
    fill(crm, name="Nord SRL", address="Str. Lungă 1, Brașov")
    await crm.press("enter")
    assert isinstance(crm.app.screen, SellerForm)
    assert "can't be" in crm.toasts[0]
    assert crm.bench.settings.seller == Party()


async def test_a_small_screen_shows_the_name_of_the_field_that_is_typed(opening: Opening) -> None:
    crm = await opening(size=(80, 24))
    await crm.press("g", "s")
    assert any("Name" in line for line in shown(crm))
    await crm.press(*["tab"] * 8)
    assert any("Website" in line for line in shown(crm))
    await crm.press(*["shift+tab"] * 8)
    assert any("│ Name" in line for line in shown(crm))


# --- before the first issue


async def test_a_known_seller_is_not_asked_for(opening: Opening) -> None:
    crm = await opening(seller=SELLER, payment_days=14)
    assert await ensure_seller(crm.bench) == Terms(SELLER, 14)


async def test_a_missing_seller_is_asked_for(crm: Crm) -> None:
    terms: list[Terms | None] = []

    async def ask(bench: object) -> None:
        terms.append(await ensure_seller(crm.bench))

    crm.screen.start(ask)
    await crm.idle()
    fill(crm, name="Nord SRL", address="Str. Lungă 1, Brașov")
    await crm.press("enter")
    assert terms == [Terms(Party("Nord SRL", "Str. Lungă 1, Brașov"), 8)]


async def test_a_seller_who_is_not_told_is_none(crm: Crm) -> None:
    done: asyncio.Future[Terms | None] = asyncio.get_running_loop().create_future()

    async def ask(bench: object) -> None:
        done.set_result(await ensure_seller(crm.bench))

    crm.screen.start(ask)
    await crm.idle()
    await crm.press("escape")
    assert done.result() is None


async def test_a_demo_leaves_the_persons_settings_alone(crm: Crm) -> None:
    crm.screen.keeps_settings = False
    await crm.press("g", "s")
    fill(crm, name="Made Up SRL", address="Str. Lungă 1, Brașov")
    await crm.press("enter")
    assert not settings_file().exists()
    assert crm.bench.settings.seller.name == "Made Up SRL"
    assert crm.toasts == ["Used in this demo; your settings are as they were."]
