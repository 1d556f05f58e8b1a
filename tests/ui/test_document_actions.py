"""What is done with an order or a document from its own screen: the same as from its card, without leaving it."""

from __future__ import annotations

import pytest

from minicrm_tui.domain.actions import Action
from minicrm_tui.domain.documents import DocumentKind
from minicrm_tui.screens.asking import ChoiceScreen
from minicrm_tui.screens.confirm import ConfirmScreen
from minicrm_tui.screens.document.screen import DocumentScreen
from minicrm_tui.screens.seller import SellerForm
from tests.ui.conftest import Crm, Opening
from tests.ui.papers import DOOR, SELLER, TERMS, opened, paper, screen, shown


@pytest.fixture
async def crm(opening: Opening) -> Crm:
    """The app of a known seller."""
    return await opening(seller=SELLER)


async def test_an_invoice_is_issued_and_paid_on_its_screen(crm: Crm) -> None:
    card = await paper(crm, DOOR)
    await opened(crm, card)
    await crm.press("m")
    assert isinstance(crm.app.screen, ChoiceScreen)
    await crm.press("i")
    assert isinstance(crm.app.screen, ConfirmScreen)
    await crm.press("y")
    assert "Invoice INV-2026-EUR/00001 · issued" in shown(crm)[0]
    assert crm.toasts == ["INV-2026-EUR/00001 issued."]
    await crm.press("m", "p")
    assert "Invoice INV-2026-EUR/00001 · paid" in shown(crm)[0]
    assert screen(crm).card_id == card
    await crm.press("m")
    assert "This is its end: nothing more can be done." in crm.toasts[0]


async def test_an_issue_that_is_not_confirmed_changes_nothing(crm: Crm) -> None:
    card = await paper(crm, DOOR)
    await opened(crm, card)
    await crm.press("m", "i", "escape")
    assert (await crm.store.document(card)).number is None
    await crm.press("m", "escape")
    assert screen(crm).card_id == card


async def test_what_can_not_be_issued_says_why(crm: Crm) -> None:
    card = await paper(crm)
    await opened(crm, card)
    await crm.press("m", "i")
    assert crm.toasts == ["It has no items. Add at least one item first (I)."]
    assert screen(crm).card_id == card


async def test_an_order_goes_back_to_draft_and_is_typed_again(crm: Crm) -> None:
    card = await paper(crm, DOOR, kind=DocumentKind.ORDER)
    await crm.store.act(card, Action.FINALISE, crm.clock(), TERMS)
    await opened(crm, card)
    await crm.press("5")
    assert not screen(crm).pane.editor.is_open
    await crm.press("m", "e", "l", "5", "enter")
    assert (await crm.store.document(card)).lines[0].quantity == 5000
    await crm.press("u", "u")
    assert crm.toasts == ["Undone: order back to draft: ORD-2026-EUR/00001 · Doors"]
    assert "In progress" in shown(crm)[0]


async def test_marks_of_the_list_are_not_meant_here(crm: Crm) -> None:
    other, card = await paper(crm, DOOR, name="A"), await paper(crm, DOOR, name="B")
    await crm.bench.go_to((await crm.store.card(card)).row.module_id, card)
    await crm.idle()
    await crm.press("ctrl+a", "I")
    found = screen(crm).card_id
    await crm.press("m", "i", "y")
    assert [(await crm.store.document(each)).number is not None for each in (other, card)] == [
        found == other,
        found == card,
    ]
    await crm.press("escape")
    assert crm.bench.state.marks


async def test_what_is_made_of_it_is_shown(crm: Crm) -> None:
    card = await paper(crm, DOOR, kind=DocumentKind.OFFER)
    for action in (Action.ISSUE, Action.ACCEPT):
        await crm.store.act(card, action, crm.clock(), TERMS)
    await opened(crm, card)
    await crm.press("m")
    choice = crm.app.screen
    assert isinstance(choice, ChoiceScreen)
    await crm.press(next(key for key, label in choice._choices.items() if "Invoice" in label))
    assert crm.app.screen is crm.screen
    assert crm.cursor is not None
    assert (crm.cursor.name, crm.cursor.id == card) == ("Doors", False)


async def test_the_seller_is_asked_for_before_the_first_issue(opening: Opening) -> None:
    crm = await opening()
    card = await paper(crm, DOOR)
    await opened(crm, card)
    await crm.press("m", "i")
    assert isinstance(crm.app.screen, SellerForm)
    await crm.press(*"Nord", "tab", *"Cluj", "enter", "y")
    found = await crm.store.document(card)
    assert found.seller is not None
    assert (found.number, found.seller.name, found.seller.address) == ("INV-2026-EUR/00001", "Nord", "Cluj")
    assert isinstance(crm.app.screen, DocumentScreen)
