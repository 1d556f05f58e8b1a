"""The form of an item of the catalogue: what was typed → a draft, or every field that is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Final

from minicrm_tui.domain.drafts import TypedForm
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.lines import NAME_LIMIT, SKU_LIMIT, UNIT_LIMIT, parse_rate, shown_rate
from minicrm_tui.domain.money import parse_money, to_decimal_string
from minicrm_tui.domain.products import Product, ProductDraft
from minicrm_tui.domain.records import Money
from minicrm_tui.i18n import NO_BREAK, _, format_decimal, format_price

PRODUCT_FIELDS: Final = ("name", "sku", "unit", "vat", "prices")
"""In order: the keys of what is read, and the `field` of what is wrong."""

_BETWEEN: Final = re.compile(r";|,(?!\d)|(?<=\D),")


def fill_product_form(product: Product | None, vat: int) -> dict[str, str]:
    """The texts with which the form opens; a new item has this rate of VAT."""
    if product is None:
        return {"name": "", "sku": "", "unit": "", "vat": format_decimal(shown_rate(vat)), "prices": ""}
    prices = [f"{to_decimal_string(Money(minor, code))} {code}" for code, minor in product.prices.items()]
    return {
        "name": product.name,
        "sku": product.sku,
        "unit": product.unit,
        "vat": format_decimal(shown_rate(product.vat)),
        "prices": format_decimal(", ".join(prices)),
    }


def read_product_form(typed: Mapping[str, str], currency: str) -> ProductDraft:
    """Read the texts of PRODUCT_FIELDS; a price without a currency has this one. Raises InvalidForm."""
    form = TypedForm(typed)
    name = form.read("name", _name)
    sku = form.read("sku", partial(_short, limit=SKU_LIMIT))
    unit = form.read("unit", partial(_short, limit=UNIT_LIMIT))
    vat = form.read("vat", parse_rate)
    prices = form.read("prices", partial(parse_prices, currency=currency))
    form.refuse(PRODUCT_FIELDS)
    return ProductDraft(name or "", sku or "", unit or "", vat or 0, prices or {})


def parse_prices(text: str, currency: str) -> dict[str, int]:
    """`100 EUR, 480 RON` in minor units by currency; Invalid("prices", …).

    A comma between two digits is a decimal mark.
    """
    prices: dict[str, int] = {}
    for part in filter(str.strip, _BETWEEN.split(text)):
        price = parse_money(part, currency)
        if price.currency in prices:
            raise Invalid("prices", _("There are two prices in {code}.").format(code=price.currency))
        prices[price.currency] = price.minor
    return prices


def shown_prices(prices: Mapping[str, int]) -> str:
    """The prices as a row shows them: 100.00 EUR · 480.00 RON."""
    return " · ".join(f"{format_price(Money(minor, code))}{NO_BREAK}{code}" for code, minor in prices.items())


def _name(text: str) -> str:
    if not text:
        raise Invalid("name", _("An item needs a name."))
    return _short(text, NAME_LIMIT)


def _short(text: str, limit: int) -> str:
    if len(text) > limit:
        raise Invalid("", _("This has {limit} characters at most.").format(limit=limit))
    return text
