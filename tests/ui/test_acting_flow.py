"""Orders and documents by their actions: keys, menu, the two questions, what follows, and what is refused."""

from __future__ import annotations

import pytest

from minicrm_tui.domain.documents import Document
from minicrm_tui.domain.parties import Party
from minicrm_tui.domain.records import Money
from minicrm_tui.screens.confirm import ConfirmScreen
from tests.ui.conftest import Crm, Opening

SELLER = Party("Nord Servicii SRL", "Str. Lungă 1, Brașov", "RO123")


@pytest.fixture
async def crm(opening: Opening) -> Crm:
    """The app with a seller, on the seeded file; the standard rate of VAT is 21%."""
    return await opening(seller=SELLER, vat=2100)


async def new_order(crm: Crm, line: str = "Doors @ Acme SRL 100 EUR") -> None:
    await crm.press("2", "n")
    await crm.type(line)
    await crm.press("enter")


async def new_document(crm: Crm, letter: str, line: str = "Doors @ Acme SRL 100 EUR") -> None:
    await crm.press("3", "n", letter)
    await crm.type(line)
    await crm.press("enter")


async def on_screen(crm: Crm) -> Document:
    """The document under the cursor, or on the page."""
    row = crm.bench.cursor_card
    assert row is not None
    return await crm.store.document(row.id)


# --- orders


async def test_an_order_goes_its_whole_way_by_l(crm: Crm) -> None:
    await new_order(crm)
    statuses = []
    for _step in range(3):
        await crm.press("L")
        statuses.append((await crm.card("Doors")).status.key)
    assert statuses == ["in_progress", "completed", "successful"]
    assert (await crm.card("Doors")).row.number == "ORD-2026-EUR/00001"


async def test_the_toast_says_the_number_that_was_given(crm: Crm) -> None:
    await new_order(crm)
    await crm.press("L")
    assert crm.toasts == ["ORD-2026-EUR/00001 finalised."]
    assert crm.cursor_name == "Doors"


async def test_h_takes_an_order_back_to_draft_and_u_forward_again(crm: Crm) -> None:
    await new_order(crm)
    await crm.press("L", "H")
    assert (await crm.card("Doors")).status.key == "draft"
    await crm.press("u")
    assert (await crm.card("Doors")).status.key == "in_progress"


async def test_the_menu_offers_only_what_is_possible(crm: Crm) -> None:
    await new_order(crm)
    await crm.press("L", "m")
    assert offered(crm) == ["Edit", "Complete"] or offered(crm) == ["Complete", "Edit"]
    await crm.press("c")
    assert (await crm.card("Doors")).status.key == "completed"


async def test_w_on_a_draft_is_refused_with_what_is_possible(crm: Crm) -> None:
    await new_order(crm)
    await crm.press("W")
    assert crm.toasts == ["“Paid” is not possible in this status. Possible: Finalise."]
    assert (await crm.card("Doors")).status.key == "draft"


async def test_x_cancels_a_completed_order_and_w_pays_it_again(crm: Crm) -> None:
    await new_order(crm)
    await crm.press("L", "L", "X")
    assert (await crm.card("Doors")).status.key == "failed"
    # A failed order is in the pipeline alone.
    await crm.press("tab", "right", "right", "right", "down", "W")
    assert (await crm.card("Doors")).status.key == "successful"


async def test_several_orders_are_paid_in_one_step(crm: Crm) -> None:
    for name in ("One", "Two", "Three"):
        await new_order(crm, f"{name} @ Acme SRL 100 EUR")
        await crm.press("L", "L")
    await crm.press("asterisk", "m", "p")
    assert crm.toasts == ["3 payments noted"]
    assert {(await crm.card(name)).status.key for name in ("One", "Two", "Three")} == {"successful"}
    await crm.press("u")
    assert {(await crm.card(name)).status.key for name in ("One", "Two", "Three")} == {"completed"}


async def test_one_of_several_that_can_not_is_named_and_nothing_changes(crm: Crm) -> None:
    await new_order(crm, "One @ Acme SRL 100 EUR")
    await new_order(crm, "Empty @ Acme SRL")
    await crm.press("asterisk", "m", "f")
    assert crm.toasts == ["Empty: It has no items. Nothing was changed; unmark it."]
    assert (await crm.card("One")).row.number is None


async def test_l_does_not_guess_for_several(crm: Crm) -> None:
    await new_order(crm, "One @ Acme SRL 100 EUR")
    await new_order(crm, "Two @ Acme SRL 100 EUR")
    await crm.press("asterisk", "L")
    assert "m says what can be done" in crm.toasts[0]
    assert (await crm.card("One")).status.key == "draft"


# --- documents


async def test_n_in_invoicing_asks_which_document_and_reads_the_amount_as_net(crm: Crm) -> None:
    await crm.press("3", "n")
    assert offered(crm) == ["Offer", "Proforma", "Invoice"]
    await crm.press("p")
    await crm.type("Doors @ Acme SRL 100 EUR")
    assert "100\u00a0EUR net + 21% VAT = 121\u00a0EUR" in crm.screen.line._shown._piece.text
    await crm.press("enter")
    card = await crm.card("Doors")
    assert (card.status.key, card.row.value) == ("proforma_draft", Money(12_100, "EUR"))


async def test_issuing_asks_once_and_says_the_number(crm: Crm) -> None:
    await new_document(crm, "i")
    await crm.press("L")
    assert isinstance(crm.app.screen, ConfirmScreen)
    assert "Acme SRL, 121\u00a0EUR" in crm.app.screen._sentence
    await crm.press("escape")
    assert (await crm.card("Doors")).row.number is None
    await crm.press("L", "y")
    assert crm.toasts == ["INV-2026-EUR/00001 issued."]
    document = await on_screen(crm)
    assert (document.status_key, document.seller, document.due_on) == (
        "invoice_issued", SELLER, crm.clock().date().replace(month=12, day=1),
    )  # fmt: skip


async def test_undo_stops_at_what_was_issued(crm: Crm) -> None:
    await new_document(crm, "i")
    await crm.press("L", "y", "u")
    assert crm.toasts == ["INV-2026-EUR/00001 · Doors was issued: that can't be undone. Cancel it instead (m)."]
    assert (await crm.card("Doors")).status.key == "invoice_issued"


async def test_cancelling_an_invoice_asks_and_makes_the_next_number(crm: Crm) -> None:
    await new_document(crm, "i")
    await crm.press("L", "y", "X")
    assert isinstance(crm.app.screen, ConfirmScreen)
    await crm.press("n")
    assert (await crm.card("Doors")).status.key == "invoice_issued"
    await crm.press("X", "y")
    assert (await crm.card("Doors")).status.key == "invoice_cancelled"
    assert "Invoice made: INV-2026-EUR/00002 · g n goes there" in crm.toasts[0]
    await crm.press("g", "n")
    assert crm.cursor_name == "Cancels INV-2026-EUR/00001"


async def test_what_lacks_items_is_refused_before_anything_is_asked(crm: Crm) -> None:
    await new_document(crm, "i", "Doors @ Acme SRL")
    await crm.press("L")
    assert crm.app.screen is crm.screen
    assert crm.toasts == ["It has no items. Add at least one item first (I)."]


@pytest.mark.parametrize(
    ("letter", "tab", "status"), [("r", "Orders", "draft"), ("i", "Invoicing", "invoice_to_be_issued")]
)
async def test_an_accepted_offer_is_followed_by_what_one_chooses(crm: Crm, letter: str, tab: str, status: str) -> None:
    await new_document(crm, "o")
    await crm.press("L", "y", "L")
    assert offered(crm) == ["make: Order", "make: Invoice", "nothing yet"]
    await crm.press(letter, "g", "n")
    assert crm.tab == tab
    row = crm.cursor
    assert row is not None
    assert (await crm.store.card(row.id)).status.key == status


async def test_an_offer_is_not_accepted_by_esc_and_accepted_alone_by_n(crm: Crm) -> None:
    await new_document(crm, "o")
    await crm.press("L", "y", "W", "escape")
    assert (await crm.card("Doors")).status.key == "offer_awaiting"
    await crm.press("W", "n")
    assert (await crm.card("Doors")).status.key == "offer_accepted"
    assert crm.bench.made is None


async def test_a_paid_proforma_makes_its_invoice(crm: Crm) -> None:
    await new_document(crm, "p")
    await crm.press("L", "y", "W")
    assert crm.toasts == ["PRO-2026-EUR/00001: Proforma: paid. Invoice draft made: Doors · g n goes there"]
    await crm.press("u")
    assert (await crm.card("Doors")).status.key == "proforma_issued"


async def test_nothing_is_left_to_do_at_the_end(crm: Crm) -> None:
    await new_document(crm, "i")
    await crm.press("enter", "L", "y", "L")
    assert (await crm.card("Doors")).status.key == "invoice_paid"
    for key in ("m", "L", "M"):
        await crm.press(key)
        assert "nothing more can be done" in crm.toasts[-1], key


# --- making


@pytest.mark.parametrize(("letter", "tab"), [("o", "Invoicing"), ("r", "Orders"), ("i", "Invoicing")])
async def test_m_of_an_opportunity_makes_a_document_filled_in_and_linked(crm: Crm, letter: str, tab: str) -> None:
    await crm.press("M", letter)
    assert crm.tab == tab
    document = await on_screen(crm)
    assert (document.totals.net, document.totals.tax, document.currency) == (450_000, 94_500, "EUR")
    assert document.buyer is not None
    assert document.buyer.name == "Acme Industries"
    sale = (await crm.store.links(document.card_id))[0]
    assert sale.row.name == "Acme Industries"
    assert [link.row.id for link in await crm.store.links(sale.row.id)] == [document.card_id]
    await crm.press("u")
    assert await crm.store.links(sale.row.id) == ()


async def test_m_from_a_page_opens_the_page_of_what_was_made(crm: Crm) -> None:
    await crm.press("enter", "M", "o")
    assert crm.bench.page.is_open
    assert crm.bench.page.page is not None
    assert crm.bench.page.page.details.status.key == "offer_draft"


async def test_m_of_a_successful_order_makes_its_invoice_without_a_question(crm: Crm) -> None:
    await new_order(crm)
    await crm.press("enter", "L", "L", "L", "M")
    document = await on_screen(crm)
    assert (document.status_key, document.totals.gross) == ("invoice_to_be_issued", 12_100)


async def test_what_was_made_already_is_gone_to_or_made_once_more(crm: Crm) -> None:
    await new_document(crm, "p")
    await crm.press("enter", "L", "y", "L")
    assert crm.bench.made is not None
    first = crm.bench.made.id
    await crm.press("M")
    assert offered(crm) == ["go there", "make another one"]
    await crm.press("enter")
    assert (await on_screen(crm)).card_id == first
    await crm.press("backspace", "M", "a")
    other = await on_screen(crm)
    assert other.status_key == "invoice_to_be_issued"
    assert other.card_id != first


async def test_m_is_refused_where_nothing_can_be_made(crm: Crm) -> None:
    await new_order(crm)
    await crm.press("M")
    assert crm.toasts == ["Nothing can be made of it in this status. Possible: Finalise."]


async def test_projects_have_no_m(crm: Crm) -> None:
    await crm.press("4", "M")
    assert not crm.asks
    assert crm.toasts == []


def offered(crm: Crm) -> list[str]:
    """The choices of the open line, by name."""
    question = crm.screen.line._question
    assert question is not None
    return [choice.label for choice in question.choices]  # type: ignore[union-attr]


# --- what a status proposes


async def propose(crm: Crm, key: str) -> None:
    """This status has a rule."""
    sql = "UPDATE status SET follow_text = 'Call about it', follow_days = 3 WHERE key = ?"
    await crm.store._write(lambda conn: conn.exec_driver_sql(sql, (key,)))


async def test_an_order_that_enters_a_status_is_proposed_its_task_in_the_same_undo_step(crm: Crm) -> None:
    await propose(crm, "in_progress")
    await new_order(crm)
    await crm.press("L")
    assert crm.line_text == "Call about it +3d"
    await crm.press("enter")
    card = await crm.card("Doors")
    assert (card.status.key, [task.text for task in card.tasks]) == ("in_progress", ["Call about it"])
    await crm.press("u")
    card = await crm.card("Doors")
    assert (card.status.key, card.tasks) == ("draft", ())


async def test_with_an_issued_document_the_next_step_is_an_undo_step_of_its_own(crm: Crm) -> None:
    await propose(crm, "invoice_issued")
    await new_document(crm, "i")
    await crm.press("L", "y")
    assert crm.line_text == "Call about it +3d"
    await crm.press("enter")
    assert len((await crm.card("Doors")).tasks) == 2
    await crm.press("u")
    card = await crm.card("Doors")
    assert (card.status.key, len(card.tasks)) == ("invoice_issued", 1)


async def test_several_orders_are_proposed_one_task(crm: Crm) -> None:
    await propose(crm, "in_progress")
    await new_order(crm)
    await new_order(crm, "Windows @ Beta SRL 200 EUR")
    await crm.press("asterisk", "m", "f")
    assert crm.line_text == "Call about it +3d"
    await crm.press("enter")
    assert [len((await crm.card(name)).tasks) for name in ("Doors", "Windows")] == [1, 1]
    await crm.press("u")
    assert [(await crm.card(name)).status.key for name in ("Doors", "Windows")] == ["draft", "draft"]
