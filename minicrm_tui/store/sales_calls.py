"""What sales ask of the store besides moving cards: steps, the lists that they are chosen from, what is forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from threading import Event

from minicrm_tui.domain.records import ModuleId
from minicrm_tui.domain.sales_lists import SalesList
from minicrm_tui.domain.views import Targets
from minicrm_tui.store import rooms
from minicrm_tui.store.access import Access, Progress
from minicrm_tui.store.results import Stepped


class SalesCalls(Access):
    """Steps of opportunities, and the lists of a sales module."""

    async def set_step(
        self,
        targets: Targets,
        which: SalesList,
        step: str,
        now: datetime,
        *,
        progress: Progress | None = None,
        stop: Event | None = None,
    ) -> Stepped:
        """Give open opportunities this sales step, or won ones this customer step; nothing takes it away."""
        return await self._act(
            lambda conn: rooms.steps.set_step(conn, targets, which, step, now, progress=progress, stop=stop)
        )

    async def sales_lists(self, module_id: ModuleId) -> Mapping[SalesList, tuple[str, ...]]:
        """What each list of a sales module offers, in its order."""
        return await self._read(lambda conn: rooms.sales_list_reads.lists_of(conn, module_id))

    async def add_entry(self, module_id: ModuleId, which: SalesList, name: str, now: datetime) -> None:
        """A new value at the end of a list; raises Invalid."""
        await self._act(lambda conn: rooms.sales_lists.add_entry(conn, module_id, which, name, now))

    async def rename_entry(self, module_id: ModuleId, which: SalesList, old: str, new: str, now: datetime) -> int:
        """Call a value otherwise, on the cards too, and say on how many; raises Invalid, NotFound."""
        return await self._act(lambda conn: rooms.sales_lists.rename_entry(conn, module_id, which, old, new, now))

    async def move_entry(self, module_id: ModuleId, which: SalesList, name: str, direction: int, now: datetime) -> None:
        """One place up (-1) or down (1); raises Refused at the ends, NotFound."""
        await self._act(lambda conn: rooms.sales_lists.move_entry(conn, module_id, which, name, direction, now))

    async def delete_entry(self, module_id: ModuleId, which: SalesList, name: str, now: datetime) -> None:
        """Offer a value no more; the cards keep it. Raises Refused for the last one, NotFound."""
        await self._act(lambda conn: rooms.sales_lists.delete_entry(conn, module_id, which, name, now))

    async def set_forgotten_days(self, module_id: ModuleId, days: int | None, now: datetime) -> None:
        """After how many quiet days an opportunity in progress is marked as forgotten; None: never."""
        await self._act(lambda conn: rooms.sales_lists.set_forgotten_days(conn, module_id, days, now))
