"""The catalogue: what is sold, by unit, net price in each currency, rate of VAT and SKU."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from minicrm_tui.domain.lines import LineDraft, ProductId


@dataclass(frozen=True, slots=True)
class Product:
    """An item of the catalogue; `prices` are net, in minor units by currency."""

    id: ProductId
    name: str
    sku: str = ""
    unit: str = ""
    vat: int = 0
    prices: Mapping[str, int] = field(default_factory=dict, hash=False)

    def line(self, currency: str) -> LineDraft:
        """A line of it, one unit; the price is zero where the catalogue has none in this currency."""
        return LineDraft(
            self.name,
            unit=self.unit,
            price=self.prices.get(currency, 0),
            vat=self.vat,
            sku=self.sku,
            product_id=self.id,
        )


@dataclass(frozen=True, slots=True)
class ProductDraft:
    """An item of the catalogue as a person defines it."""

    name: str
    sku: str = ""
    unit: str = ""
    vat: int = 0
    prices: Mapping[str, int] = field(default_factory=dict)
