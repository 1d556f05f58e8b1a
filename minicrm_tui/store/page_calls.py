"""What a card's page asks of the store."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from minicrm_tui.domain.pages import CardPage
from minicrm_tui.domain.records import CardId, HistoryEntry
from minicrm_tui.store import rooms
from minicrm_tui.store.access import Access

if TYPE_CHECKING:
    from minicrm_tui.store.card_change import ReadChange
    from minicrm_tui.store.results import Changed


class PageCalls(Access):
    """The page of a card, and its history."""

    async def card_page(self, card_id: CardId) -> CardPage:
        """All of a card's page but its history; raises NotFound."""
        return await self._read(lambda conn: rooms.card_page.card_page(conn, card_id))

    async def set_card_field(self, card_id: CardId, key: str, value: str, now: datetime) -> None:
        """Change one of the plain fields of an opportunity; raises NotFound, Refused."""
        await self._act(lambda conn: rooms.profile.set_card_field(conn, card_id, key, value, now))

    async def change_card(self, card_id: CardId, read: ReadChange, now: datetime) -> Changed:
        """Change several fields as one undo step: `read` is shown the card, and called on the store's thread."""
        return await self._act(lambda conn: rooms.card_change.change_card(conn, card_id, read, now))

    async def history_place(self, card_id: CardId, entry: int) -> int | None:
        """How many entries of a card's whole history stand above this one; None where it is not there any more."""
        return await self._read(lambda conn: rooms.card_page.history_place(conn, card_id, entry))

    async def history(
        self, card_id: CardId, kinds: Collection[str], offset: int, limit: int
    ) -> tuple[HistoryEntry, ...]:
        """A page of a card's history, newest first; `kinds` as in HistoryKind, none for all. Raises NotFound."""
        return await self._read(lambda conn: rooms.card_page.history(conn, card_id, kinds, offset, limit))
