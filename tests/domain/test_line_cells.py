"""A line of a document as cells: what is shown can be typed again, and what is wrong changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.line_cells import COMPUTED, Cell, of_product, shown_cell, typed_cell, with_cell
from minicrm_tui.domain.lines import LineDraft, ProductId
from minicrm_tui.domain.products import Product
from minicrm_tui.i18n import Language, set_language

LINE = LineDraft("Door", 1500, "pcs", 123_450, 550, "D-1")

LINES = st.builds(
    LineDraft,
    name=st.just("Door"),
    quantity=st.integers(-(10**6), 10**6).filter(bool),
    unit=st.sampled_from(["", "pcs", "m²"]),
    price=st.integers(0, 10**8),
    vat=st.integers(0, 10_000),
    sku=st.sampled_from(["", "D-1"]),
)


@pytest.mark.parametrize(
    ("cell", "english", "romanian"),
    [
        (Cell.SKU, "D-1", "D-1"),
        (Cell.NAME, "Door", "Door"),
        (Cell.QUANTITY, "1.5", "1,5"),
        (Cell.UNIT, "pcs", "pcs"),
        (Cell.PRICE, "1\u00a0234.50", "1.234,50"),
        (Cell.VAT, "5.5%", "5,5%"),
        (Cell.NET, "1\u00a0851.75", "1.851,75"),
        (Cell.TAX, "101.85", "101,85"),
        (Cell.GROSS, "1\u00a0953.60", "1.953,60"),
    ],
)
def test_what_a_cell_shows(cell: Cell, english: str, romanian: str) -> None:
    assert shown_cell(LINE, cell, "EUR") == english
    set_language("ro")
    assert shown_cell(LINE, cell, "EUR") == romanian


@pytest.mark.parametrize(("currency", "shown"), [("JPY", "123.450"), ("KWD", "123,450"), ("RON", "1.234,50")])
def test_prices_have_the_decimals_of_their_currency(currency: str, shown: str) -> None:
    set_language("ro")
    assert shown_cell(LINE, Cell.PRICE, currency) == shown


@given(LINES, st.sampled_from(list(Cell)), st.sampled_from(["EUR", "JPY", "KWD"]), st.sampled_from(["en", "ro"]))
def test_what_a_cell_is_typed_as_changes_nothing(line: LineDraft, cell: Cell, currency: str, spoken: Language) -> None:
    set_language(spoken)
    assert with_cell(line, cell, typed_cell(line, cell, currency), currency) == line


@pytest.mark.parametrize(
    ("cell", "text", "changed"),
    [
        (Cell.QUANTITY, "-2,25", LineDraft("Door", -2250, "pcs", 123_450, 550, "D-1")),
        (Cell.PRICE, "1.234,5", LineDraft("Door", 1500, "pcs", 123_450, 550, "D-1")),
        (Cell.VAT, " 9 % ", LineDraft("Door", 1500, "pcs", 123_450, 900, "D-1")),
        (Cell.VAT, "", LineDraft("Door", 1500, "pcs", 123_450, 0, "D-1")),
        (Cell.UNIT, " kg ", LineDraft("Door", 1500, "kg", 123_450, 550, "D-1")),
        (Cell.NAME, "Gate\x1b[2J\n", LineDraft("Gate", 1500, "pcs", 123_450, 550, "D-1")),
    ],
)
def test_what_is_typed_is_read(cell: Cell, text: str, changed: LineDraft) -> None:
    assert with_cell(LINE, cell, text, "EUR") == changed


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        *((Cell.PRICE, text) for text in ("abc", "", "1e9", "-1", "5 RON", "9" * 16, "1,2,3")),
        *((Cell.QUANTITY, text) for text in ("", "x", "0", "1.2345", "2000000", "1e3")),
        *((Cell.VAT, text) for text in ("101", "-1", "x", "5.555")),
        *((Cell.NAME, text) for text in ("", "\t", "x" * 501)),
        (Cell.UNIT, "x" * 21),
        (Cell.SKU, "x" * 61),
    ],
)
def test_what_is_wrong_is_refused(cell: Cell, text: str) -> None:
    with pytest.raises(Invalid):
        with_cell(LINE, cell, text, "EUR")


def test_what_is_computed_is_not_typed() -> None:
    assert [with_cell(LINE, cell, "7", "EUR") for cell in COMPUTED] == [LINE] * len(COMPUTED)


def test_an_item_of_the_catalogue_fills_the_line_but_for_how_many() -> None:
    item = Product(ProductId(7), "Gate", "G-1", "m", 900, {"EUR": 500})
    assert of_product(LINE, item, "EUR") == LineDraft("Gate", 1500, "m", 500, 900, "G-1", ProductId(7))
    assert of_product(LINE, item, "RON").price == LINE.price
