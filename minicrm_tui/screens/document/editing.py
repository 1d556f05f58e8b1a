"""Typing into the cells of a document: read as one types, completed from the catalogue, saved cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from minicrm_tui.domain.errors import CrmError, Invalid
from minicrm_tui.domain.line_cells import Cell, of_product, shown_cell, typed_cell, with_cell
from minicrm_tui.domain.lines import LineDraft, LineId, totals
from minicrm_tui.domain.products import Product
from minicrm_tui.domain.text import fold
from minicrm_tui.screens.reads import read_anew

if TYPE_CHECKING:
    from minicrm_tui.screens.document.screen import DocumentScreen

OFFERED = 6
"""Items of the catalogue that are offered at a time."""


@dataclass(slots=True)
class Typing:
    """One cell that is being typed. `line` is as it was; of a new line, `line_id` is None."""

    row: int
    cell: Cell
    line: LineDraft
    line_id: LineId | None
    text: str
    offers: tuple[Product, ...] = ()
    offered_for: str | None = None
    product: Product | None = None
    """The item of the catalogue that the line becomes."""


class Editing:
    """The cell of a document's screen that is being typed; none most of the time."""

    def __init__(self, screen: DocumentScreen) -> None:
        self._screen = screen
        self._typing: Typing | None = None

    @property
    def is_open(self) -> bool:
        """Whether a cell is being typed."""
        return self._typing is not None

    # --- beginning and leaving

    def open(self, text: str = "") -> None:
        """Type into the cell under the cursor: from this text on, or from what it holds."""
        pane, document = self._screen.pane, self._screen.document
        line = document.lines[pane.grid.row]
        held = typed_cell(line, pane.grid.cell, document.currency)
        self._begin(Typing(pane.grid.row, pane.grid.cell, line, line.id, text or held), begun=bool(text))
        if text:
            self.read(text)

    def open_new(self, row: int) -> None:
        """Type the name of a new line in this row."""
        screen = self._screen
        line = LineDraft("", vat=screen.settings.vat)
        lines = screen.document.lines
        screen.pane.grid.show((*lines[:row], line, *lines[row:]), screen.document.currency, empty="")
        screen.pane.grid.go_to(row, Cell.NAME)
        self._begin(Typing(row, Cell.NAME, line, None, ""), begun=True)
        self.read("")

    def _begin(self, typing: Typing, *, begun: bool) -> None:
        self._typing = typing
        self._screen.pane.open(typing.text, begun=begun)
        self._screen.refresh_bindings()

    def leave(self) -> None:
        """`esc`: the cell is as it was; a new line goes."""
        if self._typing is not None:
            self._close()
            self._screen.show_lines()

    def _close(self) -> None:
        self._typing = None
        self._screen.pane.close()
        self._screen.refresh_bindings()

    # --- reading what is typed

    def read(self, text: str) -> None:
        """Show what the line and the totals would be; offer what the catalogue has."""
        typing = self._typing
        if typing is None:
            return
        typing.text = text
        if typing.cell is Cell.NAME:
            typing.product = _called(typing.offers, text)
            read_anew(self._screen, "find", partial(self._offer, typing, text))
        self._draw(typing)

    def _draw(self, typing: Typing) -> None:
        """The line as it would be, where what is typed can be read; else as it was, and why."""
        currency = self._screen.document.currency
        try:
            line = self._changed(typing)
        except Invalid as error:
            line = typing.line
            self._screen.pane.say(error.why if typing.text.strip() else "")
        else:
            shown = shown_cell(line, typing.cell, currency)
            is_plain = typing.cell is Cell.NAME or shown == typing.text.strip()
            self._screen.pane.say("" if is_plain else f"→ {shown}")
        self._screen.pane.grid.redraw_line(typing.row, line)
        self._screen.show_totals(totals(self._screen.pane.grid.lines))
        if typing.cell is Cell.NAME:
            self._show_offers(typing)

    def _changed(self, typing: Typing) -> LineDraft:
        currency = self._screen.document.currency
        if typing.product is not None:
            return of_product(typing.line, typing.product, currency)
        return with_cell(typing.line, typing.cell, typing.text, currency)

    # --- the catalogue

    async def _offer(self, typing: Typing, text: str) -> None:
        if typing.offered_for == text:
            return
        offers = await self._screen.store.products(text, 0, OFFERED)
        if typing is self._typing and typing.text == text:
            typing.offers, typing.offered_for = offers, text
            typing.product = _called(offers, text) if text != typing.line.name else None
            self._draw(typing)

    def _show_offers(self, typing: Typing) -> None:
        """Under the name; nothing while it is the name that the line has."""
        if typing.text == typing.line.name and typing.line.name:
            return
        chosen = next((at for at, each in enumerate(typing.offers) if each == typing.product), None)
        self._screen.pane.offer([self._offered(product) for product in typing.offers], chosen)

    def _offered(self, product: Product) -> tuple[str, str]:
        currency = self._screen.document.currency
        line = product.line(currency)
        price = shown_cell(line, Cell.PRICE, currency) if currency in product.prices else "–"
        unit = f" / {product.unit}" if product.unit else ""
        return product.name, f"{price}{unit} · {shown_cell(line, Cell.VAT, currency)}"

    async def step(self, by: int) -> None:
        """`down`, `up`: the next one of what is offered."""
        typing = self._typing
        if typing is None or typing.cell is not Cell.NAME:
            return
        await self._offer(typing, typing.text)
        if typing.offers:
            at = typing.offers.index(typing.product) + by if typing.product in typing.offers else min(0, by)
            self._take(typing, typing.offers[at % len(typing.offers)])

    def _take(self, typing: Typing, product: Product) -> None:
        """The name is completed; the field stays open, so that one sees what was taken."""
        typing.product, typing.text, typing.offered_for = product, product.name, product.name
        self._screen.pane.editor.write(product.name)
        self._draw(typing)

    # --- saving

    async def save(self, text: str, turn: int) -> str | None:
        """Keep what was typed, as one step; what is wrong with it is said below the cell, which stays open."""
        typing = self._typing
        if typing is None:
            return None
        typing.text = text
        if typing.cell is Cell.NAME:
            await self._offer(typing, text)
            if turn > 0 and typing.product is None and text.strip() and text != typing.line.name and typing.offers:
                self._take(typing, typing.offers[0])
                return None
        try:
            line_id = await self._write(typing, self._changed(typing))
        except Invalid as error:
            self._screen.pane.say(f"✗ {error.why}", wrong=True)
            return None
        except CrmError:
            self._close()
            raise
        self._go_on(typing, line_id, turn)
        return None

    async def _write(self, typing: Typing, line: LineDraft) -> LineId:
        screen = self._screen
        card, now = screen.document.card_id, screen.clock()
        if typing.line_id is None:
            return await screen.store.add_line(card, line, now, typing.row)
        await screen.store.edit_line(card, typing.line_id, line, now)
        return typing.line_id

    def _go_on(self, typing: Typing, line_id: LineId, turn: int) -> None:
        """Where the cursor goes once the document is read again: after a new line's name, to how many."""
        grid = self._screen.pane.grid
        row, cell = grid.beside(turn) if turn else (typing.row, typing.cell)
        if typing.line_id is None and not turn:
            row, cell = grid.beside(1)
        self._close()
        self._screen.go_to_after(row, cell, typed=bool(turn))


def _called(products: Sequence[Product], text: str) -> Product | None:
    """The item of exactly this name."""
    return next((product for product in products if fold(product.name) == fold(text)), None)
