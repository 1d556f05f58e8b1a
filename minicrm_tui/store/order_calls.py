"""What is asked of the store in the order of a module's list, and which order that is."""

from __future__ import annotations

from array import array
from collections.abc import AsyncIterator
from datetime import datetime
from typing import TYPE_CHECKING

from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.records import Bucket, CardId, CardRow, ModuleId, Sort
from minicrm_tui.i18n import _
from minicrm_tui.store import rooms
from minicrm_tui.store.access import Access

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from minicrm_tui.store.calendar import Calendar
    from minicrm_tui.store.order import Standing


class OrderCalls(Access):
    """The agenda, the next expired card, and the order that both follow."""

    async def next_expired(
        self, module_id: ModuleId, after: CardId | None, now: datetime
    ) -> tuple[ModuleId, CardId] | None:
        """The next expired card: in this module, from the top again at its end, then in the next that has one."""
        return await self._read(lambda conn: rooms.expired.next_expired(conn, self._in_order(), module_id, after, now))

    async def agenda(self, module_id: ModuleId, now: datetime, bucket: Bucket | None = None) -> AsyncIterator[CardRow]:
        """A module's listed cards in the order of the list, all or one bucket's: `async for row in …`."""
        calendar = self._calendar(now)
        ids = await self._read(lambda conn: rooms.agenda.in_order(conn, self._in_order(), module_id, bucket, calendar))
        pages = self._by_deadline(module_id, bucket, calendar) if ids is None else self._of(ids)
        async for page in pages:
            for row in page:
                yield row

    async def _of(self, ids: array[int]) -> AsyncIterator[tuple[CardRow, ...]]:
        for at in range(0, len(ids), rooms.agenda.PAGE):
            some = ids[at : at + rooms.agenda.PAGE]
            yield await self._rows_of(some)

    async def _rows_of(self, ids: array[int]) -> tuple[CardRow, ...]:
        return await self._read(lambda conn: rooms.rows.card_rows(conn, ids))

    async def _by_deadline(
        self, module_id: ModuleId, bucket: Bucket | None, calendar: Calendar
    ) -> AsyncIterator[tuple[CardRow, ...]]:
        keys = rooms.agenda.keys_of(bucket, calendar)
        after: Standing | None = None
        while True:
            page, after = await self._page(module_id, keys, after)
            yield page
            if after is None:
                return

    async def _page(
        self, module_id: ModuleId, keys: tuple[int, int], after: Standing | None
    ) -> tuple[tuple[CardRow, ...], Standing | None]:
        return await self._read(lambda conn: rooms.agenda.page(conn, module_id, keys, after))

    async def set_sort(self, module_id: ModuleId, sort: Sort, now: datetime) -> None:
        """In which order the module lists the cards of a bucket; raises Refused, NotFound."""

        def acted(conn: Connection) -> None:
            module = rooms.lookups.module_record(conn, module_id)
            if module.sort is sort:
                raise Refused(_("Nothing to change: it is so already."))
            rooms.journal.begin_action(conn, "module.sort", module.name, 1, None, module_id, now)
            rooms.order_edits.set_sort(conn, module_id, sort)

        await self._act(acted)
