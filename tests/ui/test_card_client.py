"""The client on a card's page: what its lines say, and what is done on them."""

from __future__ import annotations

from minicrm_tui.domain.quickadd import parse_line
from minicrm_tui.domain.records import Kind
from minicrm_tui.screens.contact import ContactScreen
from minicrm_tui.screens.contact_form import ContactForm
from minicrm_tui.widgets.card_page import CLIENT
from tests.ui.conftest import Crm

ACME = "@ Acme Industries (Ana Pop)"


async def client(crm: Crm, *keys: str) -> None:
    """The client of the first card, with the cursor moved by these keys."""
    await crm.press("enter", "tab", *keys)
    assert crm.screen.page.cursor_zone == CLIENT


def drawn(crm: Crm) -> list[str]:
    zone = crm.screen.page.client
    return [zone.render_line(y).text.rstrip() for y in range(zone.size.height)]


def whole(crm: Crm) -> list[str]:
    """The lines under the zones."""
    lines = crm.screen.page.whole
    return [text for y in range(lines.content_size.height) if (text := lines.render_line(y).text.strip())]


async def more_cards(crm: Crm) -> None:
    modules = {summary.module.kind: summary.module.id for summary in crm.bench.showing.modules}
    for kind, line in (
        (Kind.PROJECTS, f"Warehouse roof {ACME} 9000 EUR > Visit the site 2026-11-20"),
        (Kind.SALES, f"A second offer {ACME}"),
    ):
        await crm.store.create_card(modules[kind], parse_line(line, crm.clock(), currency="EUR"), crm.clock())


async def test_enter_on_a_contact_shows_it_and_esc_comes_back_to_the_card(crm: Crm) -> None:
    await client(crm, "enter")
    assert isinstance(crm.app.screen, ContactScreen)
    await crm.press("escape")
    assert crm.app.screen is crm.screen
    assert crm.bench.page.row is not None
    assert crm.bench.page.row.name == "Acme Industries"
    assert crm.screen.page.cursor_zone == CLIENT


async def test_a_card_that_is_chosen_at_the_contact_is_come_back_from(crm: Crm) -> None:
    await more_cards(crm)
    await client(crm, "enter", "end", "enter")
    assert crm.bench.page.row is not None
    assert crm.bench.page.row.name == "A second offer"
    await crm.press("backspace")
    assert crm.bench.page.row.name == "Acme Industries"


async def test_a_phone_is_copied_by_enter_and_by_y(crm: Crm) -> None:
    await client(crm, "down", "down", "enter")
    assert crm.app.clipboard == "0722 000 111"
    assert crm.toasts == ["Copied: 0722 000 111"]
    crm.app.copy_to_clipboard("something else")
    await crm.press("y")
    assert crm.app.clipboard == "0722 000 111"


async def test_e_changes_the_contact_whose_line_it_is(crm: Crm) -> None:
    await more_cards(crm)
    await client(crm, "down", "down", "e")
    assert isinstance(crm.app.screen, ContactForm)
    assert "Ana" in crm.app.screen.typed().values()
    await crm.press("escape", "end", "e")
    assert not isinstance(crm.app.screen, ContactForm)


async def test_other_cards_stand_under_their_module_and_are_said_whole_below(crm: Crm) -> None:
    await more_cards(crm)
    await client(crm)
    lines = drawn(crm)
    roof, offer = lines.index(" Other cards · Projects"), lines.index(" Other cards · Sales")
    assert lines[roof + 1] == "  ● Warehouse ro… Idea · Fri 20 N…"
    assert lines[offer + 1].split() == ["◌", "A", "second", "offer", "Qualify"]
    await crm.press("end", "up")
    assert whole(crm) == ["Warehouse roof", "Projects · Idea · 9\u00a0000\u00a0EUR · Fri 20 Nov Visit the site"]


async def test_what_is_cut_in_the_profile_is_said_whole_below(crm: Crm) -> None:
    name = "The whole name of a client who insists on all of its many words"
    await crm.press("n")
    await crm.type(f"{name} > call today 23:00")
    await crm.press("enter", "enter", "shift+tab")
    assert whole(crm) == ["Name", name]


async def test_a_task_and_what_has_happened_are_said_whole_below(crm: Crm) -> None:
    await crm.press("enter")
    assert whole(crm) == ["Call · Sat 14 Nov · 9d late", "Call about the offer"]
    await crm.press("D")
    assert whole(crm) == ["Closed task · Mon 23 Nov 2026 09:30 · done", "Call about the offer"]


async def test_a_long_name_leaves_the_status_in_the_title(crm: Crm) -> None:
    await crm.press("n")
    await crm.type(f"{'long ' * 38}name 4500 EUR > call today 23:00")
    await crm.press("enter", "enter")
    title = crm.screen.page.title.render_line(0).text
    assert title.startswith("long long")
    assert title.endswith("…  ·  Sales  ·  Qualify  ·  4\u00a0500\u00a0EUR")
