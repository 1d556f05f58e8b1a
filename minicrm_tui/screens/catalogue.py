"""The catalogue: what is sold, by unit, VAT and price; filtered as one types, made, changed, taken out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.lines import ProductId, shown_rate
from minicrm_tui.domain.product_forms import (
    PRODUCT_FIELDS,
    fill_product_form,
    parse_prices,
    read_product_form,
    shown_prices,
)
from minicrm_tui.domain.products import Product
from minicrm_tui.domain.views import Spot
from minicrm_tui.i18n import N_, _, format_decimal, format_number
from minicrm_tui.screens.asking import ask
from minicrm_tui.screens.forms import Drafts, FieldForm, FormField, Note
from minicrm_tui.screens.listing import ListScreen
from minicrm_tui.widgets.cells import fit
from minicrm_tui.widgets.row_list import RowList
from minicrm_tui.widgets.sections import Section
from minicrm_tui.widgets.strips import Piece

if TYPE_CHECKING:
    from minicrm_tui.clock import Clock
    from minicrm_tui.settings import Settings
    from minicrm_tui.store.store import Store

_SKU_CELLS, _UNIT_CELLS, _VAT_CELLS = 14, 8, 7
_WIDE = 90
"""From which width on the SKU stands in the row."""


class ProductList(RowList[Product]):
    """Items by name."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,e", "choose", N_("Change"), tooltip=N_("Name, SKU, unit, VAT, prices"), id="product.edit"),
        Binding("home", "top", N_("Top"), show=False, tooltip=N_("The first item"), id="list.top"),
    ]

    chosen: Callable[[], None] = staticmethod(lambda: None)

    @property
    def cursor_product(self) -> Product | None:
        """The item under the cursor."""
        return self._item

    def item_chosen(self, item: Product) -> None:
        """Enter changes it."""
        self.chosen()

    def heading_pieces(self, section: Section, folded: bool, width: int) -> Iterable[Piece]:
        """How many there are, and what the columns are."""
        title = f"{section.title} {format_number(section.count)}"
        name, sku, prices = _shares(width)
        yield Piece(fit(title, name + 1), "heading", True)
        yield Piece(fit(f" {_('SKU')}", sku), "muted")
        yield Piece(fit(f" {_('Unit')}", _UNIT_CELLS), "muted")
        yield Piece(fit(_("VAT"), _VAT_CELLS, right=True), "muted")
        yield Piece(fit(_("Net price"), prices - 2, right=True) + " ", "muted")

    def item_pieces(self, product: Product, section: Section, marked: bool, width: int) -> Iterable[Piece]:
        """Name, SKU, unit, VAT, prices."""
        name, sku, prices = _shares(width)
        yield Piece(" " + fit(product.name, name))
        yield Piece(fit(f" {product.sku}", sku), "muted")
        yield Piece(fit(f" {product.unit}", _UNIT_CELLS), "muted")
        yield Piece(fit(f"{format_decimal(shown_rate(product.vat))}%", _VAT_CELLS, right=True))
        shown = shown_prices(product.prices) if product.prices else "–"
        yield Piece(fit(shown, prices - 2, right=True) + " ", "accent" if product.prices else "muted")


def _shares(width: int) -> tuple[int, int, int]:
    """The cells of the name, of the SKU, and of the prices."""
    sku = _SKU_CELLS if width >= _WIDE else 0
    room = width - 1 - sku - _UNIT_CELLS - _VAT_CELLS
    prices = min(max(26, room * 2 // 5), 60)
    return room - prices, sku, prices


class ProductFilter(Input):
    """The text that the catalogue is filtered by."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,enter", "screen.to_list", N_("To the list"), show=False, tooltip=N_("To the items found"),
                id="product.to_list"),
    ]  # fmt: skip


class CatalogueScreen(ListScreen):
    """All items."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", N_("Filter"), tooltip=N_("Show only the items whose name or SKU matches"),
                id="product.filter"),
        Binding("n,i", "add", N_("New"), tooltip=N_("A new item"), id="product.add"),
        Binding("delete,number_sign", "retire", N_("Take out"), id="product.delete",
                tooltip=N_("Take it out of the catalogue; documents keep what they have")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    CatalogueScreen {
        ProductFilter { border: none; height: 1; padding: 0 1; background: $panel; }
        ProductFilter:focus { border: none; background: $primary 25%; }
    }
    """

    def __init__(self, store: Store, settings: Settings, clock: Clock, drafts: Drafts) -> None:
        super().__init__(_("Catalogue"), store, clock, ("product.filter", "product.add", "product.edit"))
        self._settings = settings
        self._drafts = drafts
        self._list = ProductList()
        self._list.chosen = self._edit
        self._text = ""
        self._shown_text: str | None = None
        self._written: ProductId | None = None

    def listed(self) -> Sequence[Widget]:
        """The items."""
        return (self._list,)

    def compose(self) -> ComposeResult:
        """The filter stands between the title and the list."""
        title, *rest = super().compose()
        yield title
        yield ProductFilter(placeholder=_("/ filters: name or SKU"), id="filter")
        yield from rest

    # --- reading

    async def load(self) -> None:
        """Their number and the first of them; the others are read as they come in sight."""
        text = self._text
        count = await self.store.product_count(text)
        first = await self.store.products(text, 0, self._list.page_size)

        async def fetch(_section: str, offset: int, limit: int) -> Sequence[Product]:
            return await self.store.products(text, offset, limit)

        nothing = _("No item matches: n makes a new one.")
        if not text.strip():
            nothing = _("The catalogue is empty: n makes the first item. What is typed on a document comes here too.")
        self._list.set_empty(nothing)
        spot = Spot("products", 0) if count and text != self._shown_text else await self._written_spot()
        was, self._shown_text = self._shown_text, text
        sections = [Section("products", _("Items"), count)] if count else []
        await self._list.show(sections, fetch, spot=spot, keep_scroll=text == was, first={"products": first})

    async def _written_spot(self) -> Spot | None:
        """Where the item stands that was made or changed just now."""
        written, self._written = self._written, None
        place = None if written is None else await self.store.product_place(written, self._text)
        return None if place is None else Spot("products", place)

    @on(Input.Changed, "#filter")
    def _typed(self, event: Input.Changed) -> None:
        self._text = event.value
        self.reload()

    # --- going

    def action_filter(self) -> None:
        """`/`."""
        self.query_one(ProductFilter).focus()

    def action_to_list(self) -> None:
        """`enter`, down: the filter stays."""
        self._list.focus()

    def action_close(self) -> None:
        """`esc`: what is typed goes first, then the field is left, then the screen."""
        field = self.query_one(ProductFilter)
        if field.value:
            field.value = ""
        elif field.has_focus:
            self._list.focus()
        else:
            self.dismiss(None)

    # --- writing

    def action_add(self) -> None:
        """`n`: a new item."""
        self.work(partial(self._fill_in, None))

    def _edit(self) -> None:
        """`enter`, `e`: the item under the cursor."""
        product = self._list.cursor_product
        if product is not None:
            self.work(partial(self._fill_in, product))

    async def _fill_in(self, product: Product | None) -> None:
        form = ProductForm(product, self.store, self._settings, self.clock, self._drafts)
        await ask(self, form)
        self._written = form.saved

    def action_retire(self) -> None:
        """`delete`: it is offered no more."""
        product = self._list.cursor_product
        if product is not None:
            self.work(partial(self._retire, product))

    async def _retire(self, product: Product) -> str:
        await self.store.retire_product(product.id, self.clock())
        return _("{item} is out of the catalogue · u brings it back").format(item=product.name)


class ProductForm(FieldForm):
    """An item that is made, or changed; `saved` says which one it was."""

    def __init__(self, product: Product | None, store: Store, settings: Settings, clock: Clock, drafts: Drafts) -> None:
        title = _("A new item of the catalogue") if product is None else product.name
        key = ("product", None if product is None else product.id)
        super().__init__(title, fill_product_form(product, settings.vat), key=key, drafts=drafts)
        self._product = product
        self._store = store
        self._settings = settings
        self._clock = clock
        self.saved: ProductId | None = None

    def fields(self) -> Sequence[FormField]:
        """What an item has."""
        return [FormField(field, _label(field), _placeholder(field)) for field in PRODUCT_FIELDS]

    def note_of(self, field: str, text: str) -> Note | None:
        """The prices as they are read."""
        if field != "prices" or not text.strip():
            return None
        try:
            return Note(f"→ {shown_prices(parse_prices(text, self._settings.currency))}")
        except Invalid as error:
            return Note(error.why, wrong=True)

    async def store(self, typed: Mapping[str, str]) -> None:
        """Write it, as one step."""
        draft = read_product_form(typed, self._settings.currency)
        if self._product is None:
            self.saved = await self._store.add_product(draft, self._clock())
        else:
            await self._store.edit_product(self._product.id, draft, self._clock())
            self.saved = self._product.id


def _label(field: str) -> str:
    return {
        "name": _("Name"),
        "sku": _("SKU"),
        "unit": _("Unit"),
        "vat": _("VAT, in percent"),
        "prices": _("Net price"),
    }[field]


def _placeholder(field: str) -> str:
    return {
        "unit": _("pcs, h, kg …"),
        "vat": "21",
        "prices": _("100 EUR, 480 RON"),
    }.get(field, "")
