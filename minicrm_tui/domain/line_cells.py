"""One line of a document as a row of cells: what each shows, what it is typed as, and what a typed text makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Final, TypeVar

from minicrm_tui.domain.lines import (
    LineDraft,
    checked_line,
    parse_price,
    parse_quantity,
    parse_rate,
    shown_quantity,
    shown_rate,
)
from minicrm_tui.domain.money import to_decimal_string
from minicrm_tui.domain.products import Product
from minicrm_tui.domain.records import Money
from minicrm_tui.domain.text import clean
from minicrm_tui.i18n import N_, _, format_decimal, format_price

_Draft = TypeVar("_Draft", bound=LineDraft)


class Cell(StrEnum):
    """A column. What can be typed has the name that `Invalid.field` has for it."""

    SKU = "sku"
    NAME = "name"
    QUANTITY = "quantity"
    UNIT = "unit"
    PRICE = "price"
    VAT = "vat"
    TAX = "tax"
    NET = "net"
    GROSS = "gross"


COMPUTED: Final = frozenset({Cell.TAX, Cell.NET, Cell.GROSS})
"""What follows from the others."""

NUMERIC: Final = frozenset({Cell.QUANTITY, Cell.PRICE, Cell.VAT}) | COMPUTED

_TITLES: Final[Mapping[Cell, str]] = {
    Cell.SKU: N_("SKU"),
    Cell.NAME: N_("Item"),
    Cell.QUANTITY: N_("Qty"),
    Cell.UNIT: N_("Unit"),
    Cell.PRICE: N_("Net price"),
    Cell.VAT: N_("VAT"),
    Cell.TAX: N_("VAT amount"),
    Cell.NET: N_("Net"),
    Cell.GROSS: N_("Gross"),
}


def cell_title(cell: Cell) -> str:
    """The heading of the column, translated."""
    return _(_TITLES[cell])


def shown_cell(line: LineDraft, cell: Cell, currency: str) -> str:
    """What the cell shows."""
    match cell:
        case Cell.SKU:
            return line.sku
        case Cell.NAME:
            return line.name
        case Cell.QUANTITY:
            return format_decimal(shown_quantity(line.quantity))
        case Cell.UNIT:
            return line.unit
        case Cell.VAT:
            return f"{format_decimal(shown_rate(line.vat))}%"
        case _:
            return format_price(Money(_amount(line, cell), currency))


def _amount(line: LineDraft, cell: Cell) -> int:
    return {Cell.PRICE: line.price, Cell.TAX: line.tax, Cell.NET: line.net, Cell.GROSS: line.gross}[cell]


def typed_cell(line: LineDraft, cell: Cell, currency: str) -> str:
    """The text that the cell is edited as: read again unchanged, it changes nothing."""
    match cell:
        case Cell.PRICE:
            return format_decimal(to_decimal_string(Money(line.price, currency)))
        case Cell.VAT:
            return format_decimal(shown_rate(line.vat))
        case _:
            return shown_cell(line, cell, currency)


def with_cell(line: _Draft, cell: Cell, text: str, currency: str) -> _Draft:
    """The line with what was typed into one of its cells; Invalid for what it can't have."""
    match cell:
        case Cell.SKU:
            changed = replace(line, sku=clean(text))
        case Cell.NAME:
            changed = replace(line, name=clean(text))
        case Cell.QUANTITY:
            changed = replace(line, quantity=parse_quantity(text))
        case Cell.UNIT:
            changed = replace(line, unit=clean(text))
        case Cell.PRICE:
            changed = replace(line, price=parse_price(text, currency))
        case Cell.VAT:
            changed = replace(line, vat=parse_rate(text))
        case _:
            return line
    checked_line(changed)
    return changed


def of_product(line: _Draft, product: Product, currency: str) -> _Draft:
    """The line as one of this item of the catalogue: its quantity stays, and its price where the catalogue has none."""
    return replace(
        line,
        name=product.name,
        unit=product.unit,
        price=product.prices.get(currency, line.price),
        vat=product.vat,
        sku=product.sku,
        product_id=product.id,
    )
