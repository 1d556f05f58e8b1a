"""What the made-up firm sells: its catalogue, and ready baskets of items for orders and documents."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import Final, NamedTuple

from minicrm_tui.demo.dice import Dice
from minicrm_tui.domain.lines import THOUSAND, LineDraft, ProductId, totals, turned
from minicrm_tui.domain.text import fold
from minicrm_tui.i18n import N_, _
from minicrm_tui.store.bulk_rows import Batch, LineValues, PriceValues, ProductValues

RATES: Final[Mapping[str, int]] = {"EUR": 1, "RON": 5}
"""What a euro costs, in round numbers, in the currencies of the demo."""

REDUCED_VAT: Final = 1100

_BASKETS: Final = 240
"""Of each currency: enough that no two documents beside each other are alike."""

_LINES: Final = (1, 1, 2, 2, 2, 3, 3, 4, 5)
_LOTS: Final = (1, 1, 1, 1, 3)
_HALF: Final = THOUSAND // 2


class Good(NamedTuple):
    """Something that is sold: its price in cents of a euro, and how many of it are sold at once, at most."""

    text: str
    unit: str
    cents: int
    sku: str
    most: int
    halves: bool = False
    is_reduced: bool = False


_PIECES, _HOURS, _METRES, _DAYS, _SETS = N_("pcs"), N_("h"), N_("m²"), N_("days"), N_("set")

GOODS: Final = (
    Good(N_("Interior door, oak"), _PIECES, 18_900, "DR-101", 14),
    Good(N_("Interior door, white"), _PIECES, 12_450, "DR-102", 20),
    Good(N_("Entrance door, steel"), _PIECES, 54_000, "DR-201", 4),
    Good(N_("Sliding door, glass"), _PIECES, 43_750, "DR-301", 6),
    Good(N_("Door frame, adjustable"), _PIECES, 6_290, "FR-010", 20),
    Good(N_("Handle set, brushed steel"), _SETS, 2_485, "HW-007", 30),
    Good(N_("Soft-close hinge"), _PIECES, 795, "HW-031", 60),
    Good(N_("Electric lock with card reader"), _SETS, 31_200, "HW-090", 8),
    Good(N_("Wall panel, oak veneer"), _METRES, 3_915, "WP-120", 60, halves=True),
    Good(N_("Glass partition"), _METRES, 14_600, "WP-240", 40, halves=True),
    Good(N_("Acoustic ceiling"), _METRES, 4_380, "CL-015", 120, halves=True),
    Good(N_("Measuring on site"), _HOURS, 3_800, "SV-001", 6, halves=True),
    Good(N_("Fitting and adjustment"), _HOURS, 3_200, "SV-002", 40, halves=True),
    Good(N_("Drawings and planning"), _HOURS, 4_800, "SV-003", 24, halves=True),
    Good(N_("Delivery and unloading"), _PIECES, 9_500, "SV-010", 2),
    Good(N_("Maintenance, yearly"), _PIECES, 24_000, "SV-020", 3),
    Good(N_("Training of the staff"), _DAYS, 39_000, "SV-030", 3),
    Good(N_("Printed catalogue"), _PIECES, 640, "PR-001", 50, is_reduced=True),
)
"""The catalogue, in the order of its ids."""


class Basket(NamedTuple):
    """The items of an order or a document, and their sums."""

    items: tuple[LineDraft, ...]
    net: int
    gross: int

    def turned(self) -> Basket:
        """What cancels it."""
        return _basket(tuple(turned(item) for item in self.items))

    def write(self, document_id: int, batch: Batch) -> None:
        """A row an item."""
        for position, item in enumerate(self.items):
            batch.lines.append(
                LineValues(
                    document_id,
                    position,
                    item.name,
                    item.quantity,
                    item.unit,
                    item.price,
                    item.vat,
                    item.sku,
                    item.product_id,
                )
            )


class Goods:
    """The catalogue in the program's language, and its baskets by currency, the cheapest first."""

    def __init__(self, dice: Dice, vat: int) -> None:
        """`vat`: the usual rate."""
        self._dice = dice
        self._vat = vat
        self._baskets = {currency: self._made(rate) for currency, rate in RATES.items()}
        self._nets = {currency: [basket.net for basket in known] for currency, known in self._baskets.items()}

    def write(self, created_at: str, batch: Batch) -> None:
        """The catalogue's rows."""
        for place, good in enumerate(GOODS, 1):
            name, vat = _(good.text), self._rate(good)
            batch.products.append(ProductValues(place, name, fold(name), good.sku, _(good.unit), vat, created_at))
            batch.prices.extend(PriceValues(place, currency, good.cents * rate) for currency, rate in RATES.items())

    def pick(self, currency: str) -> Basket:
        """Any basket."""
        return self._dice.pick(self._baskets[currency])

    def worth(self, net: int, currency: str) -> Basket:
        """The basket that comes nearest to this net amount from above, or the dearest."""
        known = self._baskets[currency]
        return known[min(bisect_left(self._nets[currency], net), len(known) - 1)]

    def _made(self, rate: int) -> tuple[Basket, ...]:
        made = (_basket(tuple(self._items(rate))) for _each in range(_BASKETS))
        return tuple(sorted(made, key=lambda basket: basket.net))

    def _items(self, rate: int) -> list[LineDraft]:
        places = range(len(GOODS))
        chosen = dict.fromkeys(self._dice.pick(places) for _each in range(self._dice.pick(_LINES)))
        return [self._item(place, rate) for place in chosen]

    def _item(self, place: int, rate: int) -> LineDraft:
        good = GOODS[place]
        quantity = self._dice.between(1, good.most + 1) * self._dice.pick(_LOTS) * THOUSAND
        if good.halves and self._dice.happens(40):
            quantity += _HALF
        return LineDraft(
            _(good.text), quantity, _(good.unit), good.cents * rate, self._rate(good), good.sku, ProductId(place + 1)
        )

    def _rate(self, good: Good) -> int:
        return min(self._vat, REDUCED_VAT) if good.is_reduced else self._vat


def _basket(items: tuple[LineDraft, ...]) -> Basket:
    sums = totals(items)
    return Basket(items, sums.net, sums.gross)
