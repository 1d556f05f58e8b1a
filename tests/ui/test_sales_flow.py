"""What only opportunities have, by one key each: qualification, loss and its reason, steps, what is forgotten."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from minicrm_tui.domain.records import ModuleId
from minicrm_tui.domain.sales_lists import SalesList
from minicrm_tui.domain.views import Targets
from minicrm_tui.widgets.line_text import ChoiceText
from tests.ui.conftest import Crm, Opening
from tests.ui.test_profile import to_line, told, write

SALES = ModuleId(1)


def offered(crm: Crm) -> dict[str, str]:
    """The choices that the line shows: key → label and what comes of it."""
    choices = crm.screen.line.query_one(ChoiceText)._choices
    return {choice.key: f"{choice.label} {choice.detail}".strip() for choice in choices}


async def status(crm: Crm, name: str) -> str:
    return (await crm.card(name)).status.key


# --- Q


async def test_q_says_where_each_of_the_four_qualifications_leads(crm: Crm) -> None:
    await crm.press("L", "Q")
    assert offered(crm) == {
        "v": "VIP → In progress · VIP",
        "q": "qualified → In progress · Qualified",
        "u": "unqualified → In progress · Unqualified",
        "n": "none now",
    }
    await crm.press("3")
    assert await status(crm, "Acme Industries") == "open_unqualified"
    await crm.press("exclamation_mark", "Q")
    assert offered(crm)["v"] == "VIP → In progress · VIP, decided"
    assert offered(crm)["u"] == "unqualified now"


async def test_for_several_cards_q_promises_nothing(crm: Crm) -> None:
    await crm.press("space", "space", "Q")
    assert offered(crm) == {"v": "VIP", "q": "qualified", "u": "unqualified", "n": "none"}
    await crm.press("v")
    assert [await status(crm, name) for name in ("Acme Industries", "Beta SRL")] == ["lead_vip", "lead_vip"]


async def test_the_history_says_what_moved_the_card(crm: Crm) -> None:
    await crm.press("Q", "v", "enter")
    history = crm.screen.page.history
    assert history.cursor_item is not None
    await crm.press("down")
    whole = crm.screen.page.whole
    said = "".join(whole.render_line(y).text for y in range(whole.size.height))
    assert "Qualify → VIP — moved by itself: qualification → VIP" in " ".join(said.split())


# --- X


async def test_a_loss_wants_a_reason_and_takes_details(crm: Crm) -> None:
    await crm.press("X")
    assert offered(crm) == {
        "1": "Price", "2": "Timing", "3": "Competitor", "4": "No need", "5": "No answer", "t": "another reason",
    }  # fmt: skip
    await crm.press("0", "enter")
    assert crm.asks
    await crm.press("3")
    assert await status(crm, "Acme Industries") == "lead_qualify"
    await crm.type("They chose Beta")
    await crm.press("enter")
    card = await crm.card("Acme Industries")
    assert (card.status.key, card.loss_reason, card.loss_details) == (
        "failed_unqualified", "Competitor", "They chose Beta",
    )  # fmt: skip
    await crm.press("u")
    card = await crm.card("Acme Industries")
    assert (card.status.key, card.loss_reason, card.loss_details, len(card.tasks)) == ("lead_qualify", None, None, 1)


@pytest.mark.parametrize("keys", [("X", "escape"), ("X", "1", "escape"), ("X", "t", "escape"), ("m", "l", "escape")])
async def test_esc_at_any_question_leaves_the_card_as_it_is(crm: Crm, keys: tuple[str, ...]) -> None:
    await crm.press(*keys)
    card = await crm.card("Acme Industries")
    assert (card.status.key, len(card.tasks), crm.asks) == ("lead_qualify", 1, False)


async def test_another_reason_is_typed_but_never_nothing(crm: Crm) -> None:
    await crm.press("X", "t", "enter")
    assert crm.asks
    await crm.type("Moved abroad")
    await crm.press("enter", "enter")
    assert (await crm.card("Acme Industries")).loss_reason == "Moved abroad"


async def test_m_asks_why_too_and_a_dot_loses_the_next_card_for_the_same(crm: Crm) -> None:
    await crm.press("m", "l", "2", "enter")
    assert (await crm.card("Acme Industries")).loss_reason == "Timing"
    await crm.press("full_stop")
    assert (await crm.card("Beta SRL")).loss_reason == "Timing"


async def test_reasons_are_the_modules_own(crm: Crm) -> None:
    await crm.store.rename_entry(SALES, SalesList.LOSS_REASON, "Price", "Too dear", crm.clock())
    await crm.press("X", "1", "enter")
    assert (await crm.card("Acme Industries")).loss_reason == "Too dear"


async def test_several_cards_are_lost_for_one_reason(crm: Crm) -> None:
    await crm.press("space", "space", "X", "1", "enter")
    assert [(await crm.card(name)).loss_reason for name in ("Acme Industries", "Beta SRL")] == ["Price", "Price"]
    await crm.press("u")
    assert [await status(crm, name) for name in ("Acme Industries", "Beta SRL")] == ["lead_qualify"] * 2


# --- S


async def test_a_step_of_the_sale_by_a_digit(crm: Crm) -> None:
    await crm.press("S")
    assert offered(crm) == {
        "1": "First contact", "2": "Offer", "3": "Follow-up offer", "4": "Contracting",
        "t": "another step", "0": "none",
    }  # fmt: skip
    await crm.press("2")
    assert (await crm.card("Acme Industries")).sales_step == "Offer"
    assert crm.cursor_name == "Acme Industries"
    assert crm.toasts == []
    await crm.press("S")
    assert offered(crm)["2"] == "Offer now"
    await crm.press("0")
    assert (await crm.card("Acme Industries")).sales_step is None
    await crm.press("u", "u")
    assert (await crm.card("Acme Industries")).sales_step is None


async def test_a_won_card_gets_a_customer_step(crm: Crm) -> None:
    await crm.press("W", "S")
    assert offered(crm) == {"1": "Implementation", "2": "Feedback", "t": "another step", "0": "none"}
    await crm.press("2")
    assert (await crm.card("Acme Industries")).customer_step == "Feedback"


async def test_another_step_is_typed_and_a_dot_gives_it_to_the_next_card(crm: Crm) -> None:
    await crm.press("S", "t")
    await crm.type("Demo")
    await crm.press("enter", "down", "full_stop")
    assert [(await crm.card(name)).sales_step for name in ("Acme Industries", "Beta SRL")] == ["Demo", "Demo"]


async def test_marked_cards_get_the_step_together(crm: Crm) -> None:
    await crm.press("space", "space", "S", "1")
    assert [(await crm.card(name)).sales_step for name in ("Acme Industries", "Beta SRL")] == ["First contact"] * 2
    assert crm.toasts == ["First contact · 2 cards"]


async def test_where_no_peek_shows_the_step_it_is_said(opening: Opening) -> None:
    crm = await opening(size=(80, 24))
    await crm.press("tab", "S", "2")
    name = crm.cursor_name
    assert (await crm.card(name)).sales_step == "Offer"
    assert crm.toasts == [f"{name}: Offer."]


async def test_a_lost_card_has_no_step(crm: Crm) -> None:
    await crm.store.lose(Targets((crm.cursor.id,)), crm.clock(), "Price")  # type: ignore[union-attr]
    await crm.press("ctrl+k")
    await crm.type("acme ind")
    await crm.press("enter", "S")
    assert crm.toasts == ["A lost opportunity has no step. Bring it back first (m)."]


async def test_elsewhere_s_does_nothing(crm: Crm) -> None:
    await crm.press("4", "S")
    assert not crm.asks
    assert crm.toasts == []


# --- the profile


async def test_the_step_is_chosen_in_the_profile_from_the_modules_list(crm: Crm) -> None:
    await crm.store.add_entry(SALES, SalesList.SALES_STEP, "Demo", crm.clock())
    await to_line(crm, "sales_step")
    await crm.press("enter")
    assert told(crm) == "Choose: First contact, Offer, Follow-up offer, Contracting, Demo."
    await crm.press("up", "enter")
    assert (await crm.card("Acme Industries")).sales_step == "Demo"


async def test_a_won_cards_profile_has_a_customer_step(crm: Crm) -> None:
    await crm.press("W")
    await to_line(crm, "customer_step")
    await crm.press("enter", "down", "down", "enter")
    assert (await crm.card("Acme Industries")).customer_step == "Feedback"


async def test_a_lost_cards_profile_says_why_and_keeps_a_reason(crm: Crm) -> None:
    await crm.press("enter", "X", "1", "enter")
    await to_line_here(crm, "loss_reason")
    await crm.press("enter")
    await write(crm, "")
    assert told(crm) == "A lost opportunity keeps a reason: write another one."
    await write(crm, "Timing", "tab")
    assert crm.screen.page.editor.key == "loss_details"
    await write(crm, "Next year again")
    card = await crm.card("Acme Industries")
    assert (card.loss_reason, card.loss_details) == ("Timing", "Next year again")


async def to_line_here(crm: Crm, key: str) -> None:
    await crm.press("shift+tab", "home")
    profile = crm.screen.page.profile
    for _ in range(20):
        if profile.cursor_item is not None and profile.cursor_item.key == key:
            return
        await crm.press("down")
    raise AssertionError(f"no line {key}")


# --- what is forgotten


async def test_the_days_are_set_from_the_palette_and_mark_the_card_everywhere(opening: Opening) -> None:
    crm = await opening(size=(200, 50))
    await crm.press("L")
    crm.clock.advance(days=23)
    await crm.press("ctrl+p")
    await crm.type("forgotten")
    await crm.press("down", "enter")
    line = crm.screen.line
    assert line.query_one(Input).value == ""
    await crm.type("14")
    assert str(line.query_one("#line-reading")._piece.text) == "after 14 quiet days"  # type: ignore[attr-defined]
    await crm.press("enter")
    assert "◷23d Acme" in shown(crm, "In progress")
    assert "forgotten 23 d" in peek(crm)
    await crm.press("enter")
    assert "forgotten 23 d" in "".join(piece.text for piece in crm.screen.page.title._pieces)
    await crm.press("o")
    await crm.type("Called")
    await crm.press("ctrl+s")
    assert "forgotten" not in "".join(piece.text for piece in crm.screen.page.title._pieces)


async def test_what_is_no_number_of_days_is_said(crm: Crm) -> None:
    await crm.press("ctrl+p")
    await crm.type("forgotten")
    await crm.press("down", "enter")
    await crm.type("0")
    await crm.press("enter")
    assert crm.asks
    await crm.press("escape")
    assert (await crm.store.modules(crm.clock()))[0].module.forgotten_days is None


def shown(crm: Crm, group: str) -> str:
    """What a column of the pipeline shows."""
    at = ["Prospecting", "In progress", "Customers", "Database"].index(group)
    column = crm.screen.desk.board.columns[at]
    return "\n".join(column.render_line(y).text for y in range(column.size.height))


def peek(crm: Crm) -> str:
    widget = crm.screen.desk.peek
    return "\n".join(widget.render_line(y).text for y in range(widget.size.height))
