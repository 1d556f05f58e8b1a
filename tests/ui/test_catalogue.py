"""The catalogue on the screen: filtered, made, changed, taken out and brought back."""

from __future__ import annotations

import pytest
from textual.widgets import Input, Static

from minicrm_tui.domain.products import Product, ProductDraft
from minicrm_tui.screens.catalogue import CatalogueScreen, ProductForm, ProductList
from tests.ui.conftest import Crm, Opening
from tests.ui.papers import DOOR, lines, opened, paper, shown

ITEMS = (
    ProductDraft("Door", "D-90", "pcs", 2100, {"EUR": 15_050, "RON": 75_000}),
    ProductDraft("Door handle", "H-1", "pcs", 2100, {"EUR": 2490}),
    ProductDraft("Ușă metalică", "U-1", "buc", 1100, {"RON": 99_900}),
)


@pytest.fixture
async def book(opening: Opening) -> Crm:
    """The catalogue with three items."""
    crm = await opening(vat=2100, currency="RON")
    for item in ITEMS:
        await crm.store.add_product(item, crm.clock())
    await crm.press("g", "k")
    assert isinstance(crm.app.screen, CatalogueScreen)
    return crm


def names(crm: Crm) -> list[str]:
    rows = crm.app.screen.query_one(ProductList)
    return [item.name for index in range(rows.place.rows.total) if (item := rows.item_at(index)) is not None]


def cursor(crm: Crm) -> str:
    product = crm.app.screen.query_one(ProductList).cursor_product
    return "" if product is None else product.name


def form(crm: Crm) -> ProductForm:
    assert isinstance(crm.app.screen, ProductForm)
    return crm.app.screen


async def fill(crm: Crm, **fields: str) -> None:
    for key, text in fields.items():
        form(crm).query_one(f"#{key}", Input).value = text
    await crm.idle()


def note(crm: Crm, field: str) -> str:
    return str(form(crm).query_one(f"#{field}-note", Static).content)


async def found(crm: Crm, text: str) -> Product:
    (product,) = await crm.store.products(text)
    return product


async def test_items_by_name_with_unit_vat_and_prices(book: Crm) -> None:
    assert names(book) == ["Door", "Door handle", "Ușă metalică"]
    assert any("D-90 pcs" in " ".join(line.split()) and "21%" in line for line in shown(book))
    assert any("150.50 EUR · 750.00 RON" in line for line in shown(book))
    await book.press("escape")
    assert book.app.screen is book.screen


async def test_the_filter_narrows_by_name_and_sku(book: Crm) -> None:
    await book.press("slash", *"usa")
    assert names(book) == ["Ușă metalică"]
    await book.press("backspace", "backspace", "backspace", *"door h-1")
    assert names(book) == ["Door handle"]
    await book.press("enter", "escape")
    assert len(names(book)) == 3
    await book.press("slash", *"nothing")
    assert any("No item matches: n makes a new one." in line for line in shown(book))


async def test_an_empty_catalogue_teaches(crm: Crm) -> None:
    await crm.press("g", "k")
    assert any("The catalogue is empty: n makes the first item." in line for line in shown(crm))
    await crm.press("delete", "e", "enter", "escape")
    assert crm.app.screen is crm.screen


async def test_a_new_item_is_made_and_the_cursor_goes_to_it(book: Crm) -> None:
    await book.press("n")
    assert form(book).query_one("#vat", Input).value == "21"
    await fill(book, name="Paint, white", unit="l", prices="9,5 EUR, 45")
    assert note(book, "prices") == "→ 9.50\u00a0EUR · 45.00\u00a0RON"
    await book.press("enter")
    assert cursor(book) == "Paint, white"
    item = await found(book, "paint")
    assert (item.unit, item.vat, dict(item.prices)) == ("l", 2100, {"EUR": 950, "RON": 4500})
    await book.press("u")
    assert book.toasts == ["Undone: added to the catalogue: Paint, white"]
    assert names(book) == ["Door", "Door handle", "Ușă metalică"]


async def test_an_item_is_changed_and_documents_keep_what_they_have(book: Crm) -> None:
    card = await paper(book, DOOR)
    await book.press("home", "enter")
    await fill(book, name="Gate", sku="", vat="9", prices="80 EUR")
    await book.press("ctrl+s")
    assert cursor(book) == "Gate"
    item = await found(book, "gate")
    assert (item.sku, item.vat, dict(item.prices)) == ("", 900, {"EUR": 8000})
    assert await lines(book, card) == [DOOR]


async def test_an_item_is_taken_out_and_brought_back(book: Crm) -> None:
    await book.press("down", "delete")
    assert names(book) == ["Door", "Ușă metalică"]
    assert cursor(book) == "Ușă metalică"
    assert book.toasts == ["Door handle is out of the catalogue · u brings it back"]
    await book.press("u")
    assert names(book) == ["Door", "Door handle", "Ușă metalică"]


WRONG = (
    ({"name": ""}, "name", "An item needs a name."),
    ({"name": "DOOR HANDLE"}, "name", "The catalogue has an item of that name."),
    ({"vat": "101"}, "vat", "A rate of VAT is a percentage from 0 to 100, like 21 or 5,5."),
    ({"prices": "abc"}, "prices", "“abc” is not an amount: write it like 4500 or 4500,50 EUR."),
    ({"prices": "1 EUR, 2 EUR"}, "prices", "There are two prices in EUR."),
)


async def test_what_is_wrong_stands_under_its_field(book: Crm) -> None:
    for fields, field, why in WRONG:
        await book.press("e")
        await fill(book, **fields)
        await book.press("enter")
        assert note(book, field) == why
        assert len(await book.store.products("door")) == 2, why
        await book.press("escape")


async def test_keys_typed_ahead_wait_for_the_form(book: Crm) -> None:
    await book.press("n", *"Paint", "enter", "delete")
    assert names(book) == ["Door", "Door handle", "Ușă metalică"]


async def test_a_document_is_filled_from_it(book: Crm) -> None:
    await book.press("escape")
    card = await paper(book)
    await opened(book, card)
    await book.press(*"nmetal", "tab", "enter")
    assert [(line.name, line.price) for line in await lines(book, card)] == [("Ușă metalică", 99_900)]
