"""The store as the program knows it: every method is async, and one transaction on the store's one thread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from minicrm_tui.domain.pipelines import NEW_DATABASE
from minicrm_tui.domain.records import Kind
from minicrm_tui.store import rooms
from minicrm_tui.store.contact_calls import ContactCalls
from minicrm_tui.store.document_calls import DocumentCalls
from minicrm_tui.store.export_calls import ExportCalls
from minicrm_tui.store.field_calls import FieldCalls
from minicrm_tui.store.import_calls import ImportCalls
from minicrm_tui.store.life_calls import LifeCalls
from minicrm_tui.store.module_calls import ModuleCalls
from minicrm_tui.store.order_calls import OrderCalls
from minicrm_tui.store.page_calls import PageCalls
from minicrm_tui.store.pipeline_calls import PipelineCalls
from minicrm_tui.store.reads import Reads
from minicrm_tui.store.sales_calls import SalesCalls
from minicrm_tui.store.shop_calls import ShopCalls
from minicrm_tui.store.task_calls import TaskCalls
from minicrm_tui.store.task_list_calls import TaskListCalls
from minicrm_tui.store.writes import Writes

if TYPE_CHECKING:
    from minicrm_tui.store.backups.safe import Safe

WORKING_DAYS = frozenset(range(5))


class Store(
    Reads,
    OrderCalls,
    PageCalls,
    TaskCalls,
    TaskListCalls,
    FieldCalls,
    LifeCalls,
    ContactCalls,
    DocumentCalls,
    SalesCalls,
    ShopCalls,
    ModuleCalls,
    PipelineCalls,
    ExportCalls,
    ImportCalls,
    Writes,
):
    """An open data file. Frozen records come out, rows never do; what goes wrong is a CrmError."""

    @classmethod
    async def open(
        cls,
        path: Path,
        *,
        now: datetime,
        week_start: int = 0,
        working_days: frozenset[int] = WORKING_DAYS,
        default_currency: str = "EUR",
        country: str = "",
        vat: int = 0,
        install: Sequence[Kind] = NEW_DATABASE,
        safe: Safe | None = None,
    ) -> Self:
        """Open the file, make it (0600, its folder 0700) or bring it up to date. Raises CannotStart, Busy.

        `install`: the modules that are put into a file that has none. `safe`: where its backups go; without it the copy
        before a change of format lies beside the file.
        """
        store = cls(
            week_start=week_start,
            working_days=working_days,
            default_currency=default_currency,
            country=country,
            vat=vat,
            safe=safe,
        )
        try:
            await store._open(path, now, install)
        except BaseException:
            await store.close()
            raise
        return store

    async def install_first(self, kinds: Sequence[Kind]) -> None:
        """The first modules of a file that has none, in this order. They are no undo step."""
        await self._write(lambda conn: rooms.installing.install_first(conn, kinds))
