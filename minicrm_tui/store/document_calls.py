"""Orders, documents and the catalogue, as they are asked of the store."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from threading import Event
from typing import TYPE_CHECKING, Final

from minicrm_tui.domain.actions import Action
from minicrm_tui.domain.documents import Document, DocumentId, DocumentKind, Listed, Terms
from minicrm_tui.domain.lines import LineDraft, LineId, ProductId
from minicrm_tui.domain.products import Product, ProductDraft
from minicrm_tui.domain.records import CardDetails, CardId
from minicrm_tui.domain.views import Targets
from minicrm_tui.store import rooms
from minicrm_tui.store.access import Access, Progress

if TYPE_CHECKING:
    from minicrm_tui.store.results import Acted, ActedOnSeveral


LAST: Final = DocumentId(2**63 - 1)
"""Before this one is every document."""


class DocumentCalls(Access):
    """Reading and changing the content of orders and documents, and moving them."""

    async def document(self, card_id: CardId) -> Document:
        """The order or document of a card, whole; raises NotFound."""
        return await self._read(lambda conn: rooms.document_reads.document(conn, card_id))

    async def documents(
        self,
        kinds: Collection[DocumentKind],
        keys: Collection[str],
        *,
        overdue_on: date | None = None,
        before: DocumentId = LAST,
        most: int = 500,
    ) -> tuple[Listed, ...]:
        """Some of these kinds and statuses, the newest first, those made before that one; see `document_reads`."""
        return await self._read(
            lambda conn: rooms.document_reads.documents(conn, kinds, keys, overdue_on, before, most)
        )

    async def card_of_number(self, number: str) -> CardId:
        """The card of the order or document with this number; raises NotFound."""
        return await self._read(lambda conn: rooms.document_reads.card_of_number(conn, number))

    async def add_line(self, card_id: CardId, line: LineDraft, now: datetime, at: int | None = None) -> LineId:
        """A new line of a draft, before that place or at its end; raises NotFound, Refused, Invalid."""
        return await self._act(lambda conn: rooms.documents.add_line(conn, card_id, line, now, at))

    async def edit_line(self, card_id: CardId, line_id: LineId, line: LineDraft, now: datetime) -> None:
        """Give a line of a draft another content; raises NotFound, Refused, Invalid."""
        await self._act(lambda conn: rooms.documents.edit_line(conn, card_id, line_id, line, now))

    async def delete_line(self, card_id: CardId, line_id: LineId, now: datetime) -> None:
        """Take a line off a draft; raises NotFound, Refused."""
        await self._act(lambda conn: rooms.documents.delete_line(conn, card_id, line_id, now))

    async def move_line(self, card_id: CardId, line_id: LineId, direction: int, now: datetime) -> None:
        """A line of a draft one place up (-1) or down (1); raises NotFound, Refused."""
        await self._act(lambda conn: rooms.documents.move_line(conn, card_id, line_id, direction, now))

    async def edit_document(self, card_id: CardId, due_on: date | None, notes: str, now: datetime) -> None:
        """Another payment date and other notes for a draft; raises NotFound, Refused, Invalid."""
        await self._act(lambda conn: rooms.documents.edit_document(conn, card_id, due_on, notes, now))

    async def act(
        self, card_id: CardId, action: Action, now: datetime, terms: Terms, *, follower: DocumentKind | None = None
    ) -> Acted:
        """Move an order or a document by an action; raises NotFound, Refused. See `acting.act`."""
        return await self._act(lambda conn: rooms.acting.act(conn, card_id, action, now, terms, follower=follower))

    async def act_on_several(
        self,
        targets: Targets,
        action: Action,
        now: datetime,
        terms: Terms,
        *,
        progress: Progress | None = None,
        stop: Event | None = None,
    ) -> ActedOnSeveral:
        """The same for several cards, as one undo step: all of them or none; raises NotFound, Refused."""
        return await self._act(
            lambda conn: rooms.acting.act_on_several(conn, targets, action, now, terms, progress=progress, stop=stop)
        )

    async def make_document(self, card_id: CardId, kind: DocumentKind, now: datetime) -> CardDetails:
        """A draft of this kind for a card's client, filled in and linked; raises NotFound, Refused."""
        return await self._act(
            lambda conn: rooms.followers.make_document(
                conn, card_id, kind, now, currency=self.default_currency, vat=self.vat
            )
        )

    # --- the catalogue

    async def products(self, text: str = "", offset: int = 0, limit: int = -1) -> tuple[Product, ...]:
        """Items of the catalogue by name, those that match a text; so many of them from that place on, or all."""
        return await self._read(lambda conn: rooms.catalogue.products(conn, text, offset, limit))

    async def product_count(self, text: str = "") -> int:
        """How many items of the catalogue match a text."""
        return await self._read(lambda conn: rooms.catalogue.count(conn, text))

    async def product_place(self, product_id: ProductId, text: str = "") -> int | None:
        """Its place among the items that match a text; None where it is not one of them."""
        return await self._read(lambda conn: rooms.catalogue.place(conn, product_id, text))

    async def add_product(self, draft: ProductDraft, now: datetime) -> ProductId:
        """A new item; raises Invalid."""
        return await self._act(lambda conn: rooms.catalogue.add_product(conn, draft, now))

    async def edit_product(self, product_id: ProductId, draft: ProductDraft, now: datetime) -> None:
        """Give an item other data; raises Invalid, NotFound."""
        await self._act(lambda conn: rooms.catalogue.edit_product(conn, product_id, draft, now))

    async def retire_product(self, product_id: ProductId, now: datetime) -> None:
        """Take an item out of the catalogue; raises NotFound."""
        await self._act(lambda conn: rooms.catalogue.retire_product(conn, product_id, now))
