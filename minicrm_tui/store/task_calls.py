"""What is done to a single task."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from minicrm_tui.domain.records import CardId, StatusId, Task, TaskId
from minicrm_tui.store import rooms
from minicrm_tui.store.access import Access

if TYPE_CHECKING:
    from minicrm_tui.domain.tasks import TaskDraft
    from minicrm_tui.store.results import Proposed


class TaskCalls(Access):
    """Changing a task; closing and postponing are among the `Writes`."""

    async def edit_task(self, task_id: TaskId, draft: TaskDraft, now: datetime) -> Task:
        """Change an open task; raises NotFound, Refused or Invalid."""
        return await self._act(lambda conn: rooms.task_edits.edit_task(conn, task_id, draft, now))

    async def proposed(self, cards: Collection[CardId], status_id: StatusId, now: datetime) -> Proposed | None:
        """What this status proposes to cards that have just entered it; None where it proposes nothing to any."""
        return await self._read(
            lambda conn: rooms.next_steps.after_entering(conn, cards, status_id, now, self.working_days)
        )

    async def set_check(self, task_id: TaskId, place: int, now: datetime, *, done: bool) -> Task:
        """Tick a line of an open task's checklist, or take the tick away; raises NotFound or Refused."""
        return await self._act(lambda conn: rooms.task_edits.set_check(conn, task_id, place, now, done=done))

    async def reopen_task(self, task_id: TaskId, now: datetime) -> Task:
        """Open a closed task again; raises NotFound or Refused."""
        return await self._act(lambda conn: rooms.task_edits.reopen_task(conn, task_id, now))
