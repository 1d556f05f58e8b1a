"""Set-ups given out and taken over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from minicrm_tui.store import rooms
from minicrm_tui.store.access import Access, Progress

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from minicrm_tui.domain.records import ModuleId
    from minicrm_tui.domain.shop_file.differences import ModuleChange
    from minicrm_tui.domain.shop_file.records import ShopModule
    from minicrm_tui.domain.shop_file.status_maps import StatusMap


class _TriedError(Exception):
    """It was only tried: nothing of it stays."""

    def __init__(self, changes: tuple[ModuleChange, ...]) -> None:
        super().__init__()
        self.changes = changes


class ShopCalls(Access):
    """Modules as a shop file has them; no cards."""

    async def shop_modules(self, ids: Sequence[ModuleId]) -> tuple[ShopModule, ...]:
        """The set-ups of these modules; NotFound."""

        def work(conn: Connection) -> tuple[ShopModule, ...]:
            found = [rooms.lookups.module_record(conn, module_id) for module_id in ids]
            return tuple(rooms.shop_reads.shop_module(conn, module) for module in found)

        return await self._read(work)

    async def import_shop(
        self,
        shop: Sequence[ShopModule],
        maps: Sequence[StatusMap],
        now: datetime,
        *,
        progress: Progress | None = None,
    ) -> tuple[ModuleChange, ...]:
        """Make modules what the file says, as one undo step. Raises ShopProblems, Missing.

        In a file without modules they are its first ones, and no undo step.
        """

        def acted(conn: Connection) -> tuple[ModuleChange, ...]:
            rooms.shop_check.check(conn, shop, maps)
            if rooms.rows.modules(conn):
                name = ", ".join(module.called for module in shop)
                rooms.journal.begin_action(conn, "module.import", name, len(shop), None, None, now)
            return rooms.shop_import.take_over(conn, shop, maps, now, progress)

        return await self._act(acted)

    async def try_shop(
        self, shop: Sequence[ShopModule], maps: Sequence[StatusMap], now: datetime
    ) -> tuple[ModuleChange, ...]:
        """What `import_shop` would do: it is done, and taken back with its transaction."""

        def tried(conn: Connection) -> None:
            rooms.shop_check.check(conn, shop, maps)
            raise _TriedError(rooms.shop_import.take_over(conn, shop, maps, now))

        try:
            await self._write(tried)
        except _TriedError as tried_one:
            return tried_one.changes
        raise AssertionError("a trial always ends by its error")
