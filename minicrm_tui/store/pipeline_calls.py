"""Changing the pipeline of a module: each call is one undo step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from minicrm_tui.domain.records import Group, ModuleId, StatusId
from minicrm_tui.domain.text import clean
from minicrm_tui.store import rooms
from minicrm_tui.store.access import Access, Progress

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from minicrm_tui.domain.status_drafts import StatusDraft
    from minicrm_tui.store.results import Rehoused

T = TypeVar("T")


class PipelineCalls(Access):
    """Statuses and groups of a customisable pipeline; a fixed one lets its rules be changed. Refused, NotFound."""

    async def add_status(self, module_id: ModuleId, draft: StatusDraft, now: datetime) -> StatusId:
        """A new status at the end of its group; raises Invalid too."""

        def work(conn: Connection) -> StatusId:
            rooms.journal.begin_action(conn, "status.add", clean(draft.name), 1, None, module_id, now)
            return rooms.pipeline_edits.add_status(conn, module_id, draft)

        return await self._act(work)

    async def edit_status(self, status_id: StatusId, draft: StatusDraft, now: datetime) -> None:
        """Change its name, colour, rotting and rule; raises Invalid too."""
        await self._act_on(
            status_id, "status.edit", now, lambda conn: rooms.pipeline_edits.edit_status(conn, status_id, draft)
        )

    async def move_status(self, status_id: StatusId, direction: int, now: datetime) -> None:
        """One place up (-1) or down (1) in its group."""
        await self._act_on(
            status_id, "status.move", now, lambda conn: rooms.pipeline_edits.move_status(conn, status_id, direction)
        )

    async def move_status_to(
        self,
        status_id: StatusId,
        group: Group,
        now: datetime,
        *,
        progress: Progress | None = None,
        stop: Event | None = None,
    ) -> None:
        """Into another group: first in a later one, last in an earlier one. Its cards keep their tasks."""
        await self._act_on(
            status_id,
            "status.move",
            now,
            lambda conn: rooms.pipeline_edits.move_to_group(conn, status_id, group, progress=progress, stop=stop),
        )

    async def delete_status(
        self,
        status_id: StatusId,
        into: StatusId | None,
        now: datetime,
        *,
        progress: Progress | None = None,
        stop: Event | None = None,
    ) -> Rehoused:
        """Delete it; `into` takes its cards, those in the trash too. Raises Missing where it needs what they lack."""
        return await self._act_on(
            status_id,
            "status.delete",
            now,
            lambda conn: rooms.pipeline_edits.delete_status(conn, status_id, into, now, progress=progress, stop=stop),
        )

    async def status_cards(self, status_id: StatusId) -> int:
        """How many cards stand in a status, those in the trash too."""
        return await self._read(lambda conn: rooms.pipeline_edits.count_cards(conn, status_id))

    async def rename_group(self, module_id: ModuleId, group: Group, name: str, now: datetime) -> None:
        """Call a group otherwise; nothing gives back what its kind calls it. Raises Invalid too."""

        def work(conn: Connection) -> None:
            subject = rooms.pipeline_edits.heading_after(conn, module_id, group, name)
            rooms.journal.begin_action(conn, "group.rename", subject, 1, None, module_id, now)
            rooms.pipeline_edits.rename_group(conn, module_id, group, name)

        await self._act(work)

    async def _act_on(self, status_id: StatusId, verb: str, now: datetime, work: Callable[[Connection], T]) -> T:
        """An action that is called by the status as it was."""

        def acted(conn: Connection) -> T:
            found = rooms.pipeline_edits.find(conn, status_id)
            rooms.journal.begin_action(conn, verb, found.status.name, 1, None, found.module.id, now)
            return work(conn)

        return await self._act(acted)
