"""Importing: what a file's rows are checked against, and taking them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from threading import Event
from typing import TYPE_CHECKING

from minicrm_tui.domain.backups import Reason
from minicrm_tui.domain.imports import ImportReport, Landing, Read, Wish
from minicrm_tui.store import rooms
from minicrm_tui.store.access import Progress
from minicrm_tui.store.backup_calls import BackupCalls
from minicrm_tui.store.imports import TakenBack

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from minicrm_tui.domain.records import ModuleId


class ImportCalls(BackupCalls):
    """What comes in from files."""

    async def landing(self, module_id: ModuleId) -> Landing:
        """A module with all that the rows of a file are checked against; raises NotFound."""
        return await self._read(lambda conn: _landing(conn, module_id, self.default_currency))

    async def import_rows(
        self,
        wish: Wish,
        rows: Callable[[], Iterator[Read]],
        total: int,
        now: datetime,
        *,
        progress: Progress | None = None,
        stop: Event | None = None,
        at_the_end: Callable[[ImportReport], None] | None = None,
    ) -> ImportReport:
        """Take the rows of a file, all or none, in one undo step; nothing at all where it is a dry run.

        `rows` is called, and read, on the store's thread. `at_the_end`: called there with the report before anything
        is kept; what it raises takes all back. A set `stop` refuses the whole.
        """

        def acted(conn: Connection) -> ImportReport:
            from minicrm_tui.store.imports.applying import import_rows

            return import_rows(conn, wish, rows(), total, now, progress=progress, stop=stop, at_the_end=at_the_end)

        if not wish.dry_run:
            await self.back_up(Reason.IMPORT, now)
        try:
            return await self._act(acted)
        except TakenBack as dry:
            return dry.report


def _landing(conn: Connection, module_id: ModuleId, currency: str) -> Landing:
    module = rooms.lookups.module_record(conn, module_id)
    pipeline = rooms.rows.statuses(conn, module)
    fields = rooms.field_reads.fields_of(conn, module_id)
    types = rooms.task_lists.task_types(conn, module_id)
    return Landing(module, pipeline, fields, module.currency or currency, types)
