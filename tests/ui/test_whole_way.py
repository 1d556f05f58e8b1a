"""From a new prospect to its payment, by keyboard alone; and the seller, who is asked for on the way."""

from __future__ import annotations

from textual.widgets import Input

from minicrm_tui.domain.parties import Party
from minicrm_tui.screens.confirm import ConfirmScreen
from minicrm_tui.screens.seller import SellerForm
from tests.ui.conftest import Opening
from tests.ui.test_acting_flow import SELLER, new_document, on_screen


async def test_a_sale_goes_from_prospect_to_payment_by_keyboard_alone(opening: Opening) -> None:
    crm = await opening(seller=SELLER, vat=2100)
    await crm.press("n")
    await crm.type("Roof repair @ Zenit SRL 1000 EUR > call tomorrow")
    await crm.press("enter", "Q", "v", "L", "exclamation_mark")
    assert (await crm.card("Roof repair")).status.key == "open_vip_decided"
    await crm.press("M", "o", "L", "y")
    assert (await on_screen(crm)).number == "OFF-2026-EUR/00001"
    await crm.press("W", "r", "g", "n", "enter", "L", "L", "L", "M", "L", "y", "W")
    order, offer = [await crm.store.card_of_number(number) for number in ("ORD-2026-EUR/1", "OFF-2026-EUR/1")]
    assert (await crm.store.card(order)).status.key == "successful"
    assert offer in {link.row.id for link in await crm.store.links(order)}
    invoice = await crm.store.card_of_number("INV-2026-EUR/00001")
    card = await crm.store.card(invoice)
    assert (card.status.key, card.tasks) == ("invoice_paid", ())
    assert card.row.value is not None
    assert card.row.value.minor == 121_000
    assert [entry.kind for entry in card.history].count("status") == 2


async def test_the_seller_is_asked_for_before_the_first_issue(opening: Opening) -> None:
    crm = await opening(vat=2100)
    await new_document(crm, "i")
    await crm.press("L")
    assert isinstance(crm.app.screen, SellerForm)
    await crm.press("escape")
    assert crm.toasts == ["Not issued: a document must say who sells."]
    assert (await crm.card("Doors")).row.number is None
    await crm.press("L")
    assert isinstance(crm.app.screen, SellerForm)
    crm.app.screen.query_one("#name", Input).value = "Nord SRL"
    crm.app.screen.query_one("#address", Input).value = "Brașov"
    await crm.press("ctrl+s")
    assert isinstance(crm.app.screen, ConfirmScreen)
    await crm.press("y")
    assert (await on_screen(crm)).seller == Party("Nord SRL", "Brașov")
