"""Copies, links and the trash."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from threading import Event
from typing import TYPE_CHECKING

from minicrm_tui.domain.pages import LinkId, OtherCard
from minicrm_tui.domain.records import CardId, CardRow
from minicrm_tui.store import rooms
from minicrm_tui.store.access import Access, Progress

if TYPE_CHECKING:
    from minicrm_tui.store.results import Trashed


class LifeCalls(Access):
    """What becomes of cards."""

    async def copy_card(self, card_id: CardId, now: datetime) -> CardId:
        """A copy with fields and open tasks, without a past; raises NotFound, Refused for a card in the trash."""
        return await self._act(lambda conn: rooms.life.copy_card(conn, card_id, now))

    async def link_cards(self, one: CardId, other: CardId, description: str, now: datetime) -> LinkId:
        """Link two cards; raises NotFound, Refused, Invalid."""
        return await self._act(lambda conn: rooms.life.link_cards(conn, one, other, description, now))

    async def unlink(self, link_id: LinkId, now: datetime) -> None:
        """Take a link away; raises NotFound."""
        await self._act(lambda conn: rooms.life.unlink(conn, link_id, now))

    async def links(self, card_id: CardId) -> tuple[OtherCard, ...]:
        """The cards that a card is linked to."""
        return await self._read(lambda conn: rooms.card_page.links(conn, card_id))

    async def trashed(self, offset: int, limit: int) -> tuple[CardRow, ...]:
        """A page of the trash of all modules, what came last first."""
        return await self._read(lambda conn: rooms.life_reads.trash(conn, offset, limit))

    async def trash_count(self) -> int:
        """How many cards are in the trash."""
        return await self._read(rooms.life_reads.trash_count)

    async def restore_cards(self, cards: Sequence[CardId], now: datetime) -> Trashed:
        """Take cards out of the trash, with all that they had; raises NotFound where none is in it."""
        return await self._act(lambda conn: rooms.cards.restore(conn, cards, now))

    async def empty_trash(self, now: datetime, *, progress: Progress | None = None, stop: Event | None = None) -> int:
        """Take what is in the trash out of the file, for good: neither this nor what was before can be undone."""
        return await self._act(lambda conn: rooms.life.empty_trash(conn, now, progress=progress, stop=stop))
