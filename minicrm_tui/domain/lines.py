"""The lines of an order or a document: quantities, prices, VAT, and their sums, in whole minor units.

A quantity is in thousandths, a rate of VAT in hundredths of a percent, a price net for one unit. Each line is rounded
half-up to whole minor units, first its net amount, then its VAT; below zero as above it, so that a cancelling invoice
is its original with the sign turned. Totals are sums of rounded lines (ours; MiniCRM shows totals per rate, net and
gross).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NewType

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.money import LARGEST, parse_amount
from minicrm_tui.domain.records import Money
from minicrm_tui.domain.text import clean, shorten
from minicrm_tui.i18n import _, format_money

LineId = NewType("LineId", int)
ProductId = NewType("ProductId", int)

THOUSAND: Final = 1000
"""Parts of a unit that a quantity counts."""

WHOLE_RATE: Final = 100 * 100
"""A rate of VAT of a hundred percent."""

NAME_LIMIT: Final = 500
UNIT_LIMIT: Final = 20
SKU_LIMIT: Final = 60

MOST_QUANTITY: Final = 10**9
"""Thousandths: a million units."""

_NUMBER: Final = re.compile(r"(?P<sign>[-−+]?)(?P<whole>[0-9]{1,9})(?:[.,](?P<part>[0-9]{1,9}))?")


@dataclass(frozen=True, slots=True)
class LineDraft:
    """A line as it is to be kept: its own copy of what the catalogue says."""

    name: str
    quantity: int = THOUSAND
    unit: str = ""
    price: int = 0
    vat: int = 0
    sku: str = ""
    product_id: ProductId | None = None

    @property
    def net(self) -> int:
        """Its amount without VAT."""
        return half_up(self.quantity * self.price, THOUSAND)

    @property
    def tax(self) -> int:
        """Its VAT."""
        return half_up(self.net * self.vat, WHOLE_RATE)

    @property
    def gross(self) -> int:
        """Its amount with VAT."""
        return self.net + self.tax


@dataclass(frozen=True, slots=True)
class Line(LineDraft):
    """A line of an order or a document that is in the file."""

    id: LineId = LineId(0)


@dataclass(frozen=True, slots=True)
class RateTotal:
    """All lines of one rate of VAT."""

    rate: int
    net: int
    tax: int

    @property
    def gross(self) -> int:
        """With VAT."""
        return self.net + self.tax


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of some lines, over all and by rate of VAT, the highest rate first."""

    net: int = 0
    tax: int = 0
    rates: tuple[RateTotal, ...] = ()

    @property
    def gross(self) -> int:
        """With VAT."""
        return self.net + self.tax


def half_up(numerator: int, denominator: int) -> int:
    """Divide and round to the nearest whole number; a half goes away from zero. The denominator is positive."""
    rounded = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -rounded if numerator < 0 else rounded


def totals(lines: Iterable[LineDraft]) -> Totals:
    """The sums of these lines."""
    sums: dict[int, tuple[int, int]] = {}
    for line in lines:
        net, tax = sums.get(line.vat, (0, 0))
        sums[line.vat] = net + line.net, tax + line.tax
    rates = tuple(RateTotal(rate, *sums[rate]) for rate in sorted(sums, reverse=True))
    return Totals(sum(rate.net for rate in rates), sum(rate.tax for rate in rates), rates)


def turned(line: LineDraft) -> LineDraft:
    """The line of a cancelling invoice."""
    return LineDraft(line.name, -line.quantity, line.unit, line.price, line.vat, line.sku, line.product_id)


# --- what a person types


def checked_line(line: LineDraft) -> LineDraft:
    """The line with its texts cleaned; Invalid(field, …) for what it can't have. The field's key is its name here."""
    name, unit, sku = clean(line.name), clean(line.unit), clean(line.sku)
    if not name:
        raise Invalid("name", _("An item needs a name."))
    for field, text, limit in (("name", name, NAME_LIMIT), ("unit", unit, UNIT_LIMIT), ("sku", sku, SKU_LIMIT)):
        if len(text) > limit:
            raise Invalid(field, _("This has {limit} characters at most.").format(limit=limit))
    if not -MOST_QUANTITY <= line.quantity <= MOST_QUANTITY:
        raise Invalid("quantity", _("The quantity is too large."))
    if not 0 <= line.vat <= WHOLE_RATE:
        raise _no_rate()
    checked = LineDraft(name, line.quantity, unit, line.price, line.vat, sku, line.product_id)
    if not 0 <= line.price <= LARGEST or abs(checked.gross) > LARGEST:
        raise Invalid("price", _("The amount is too large."))
    return checked


def parse_quantity(text: str) -> int:
    """`2`, `1,5`, `-0.125` in thousandths; Invalid("quantity", …) for anything else, zero too."""
    found = _NUMBER.fullmatch(clean(text))
    part = "" if found is None else (found["part"] or "").rstrip("0")
    if found is None or len(part) > 3:
        said = shorten(clean(text))
        raise Invalid("quantity", _("“{text}” is not a quantity: write it like 2 or 1,5.").format(text=said))
    quantity = int(found["whole"]) * THOUSAND + int(f"{part:0<3}")
    if quantity == 0:
        raise Invalid("quantity", _("A quantity can't be zero."))
    if quantity > MOST_QUANTITY:
        raise Invalid("quantity", _("The quantity is too large."))
    return -quantity if found["sign"] in ("-", "−") else quantity


def parse_rate(text: str) -> int:
    """`21`, `21 %`, `5,5` in hundredths of a percent; nothing is none. Invalid("vat", …) for anything else."""
    typed = clean(text).removesuffix("%").rstrip()
    if not typed:
        return 0
    found = _NUMBER.fullmatch(typed)
    part = "" if found is None else (found["part"] or "").rstrip("0")
    if found is None or found["sign"] or len(part) > 2:
        raise _no_rate()
    rate = int(found["whole"]) * 100 + int(f"{part:0<2}")
    if rate > WHOLE_RATE:
        raise _no_rate()
    return rate


def parse_price(text: str, currency: str) -> int:
    """A net price in minor units of this currency; Invalid("price", …) for letters and other currencies."""
    try:
        return parse_amount(text, currency)
    except Invalid as error:
        raise Invalid("price", error.why) from None


def _no_rate() -> Invalid:
    return Invalid("vat", _("A rate of VAT is a percentage from 0 to 100, like 21 or 5,5."))


# --- as they are written


def shown_quantity(quantity: int) -> str:
    """The quantity with a decimal point and no more digits than it needs: 1.5."""
    return _decimal(quantity, 3)


def shown_rate(rate: int) -> str:
    """The rate in percent, likewise: 5.5."""
    return _decimal(rate, 2)


def shown_with_vat(value: Money, rate: int) -> str:
    """What a typed net amount comes to: 4 500 EUR net + 21% VAT = 5 445 EUR; without VAT, the amount alone."""
    if not rate:
        return format_money(value)
    gross = Money(LineDraft("", price=value.minor, vat=rate).gross, value.currency)
    return _("{net} net + {rate}% VAT = {gross}").format(
        net=format_money(value), rate=shown_rate(rate), gross=format_money(gross)
    )


def _decimal(number: int, places: int) -> str:
    whole, part = divmod(abs(number), 10**places)
    digits = f"{part:0{places}}".rstrip("0")
    return ("-" if number < 0 else "") + (f"{whole}.{digits}" if digits else str(whole))
