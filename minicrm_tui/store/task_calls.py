"""What is done to a single task."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from minicrm_tui.domain.records import Task, TaskId
from minicrm_tui.store import rooms
from minicrm_tui.store.access import Access

if TYPE_CHECKING:
    from minicrm_tui.domain.tasks import TaskDraft


class TaskCalls(Access):
    """Changing a task; closing and postponing are among the `Writes`."""

    async def edit_task(self, task_id: TaskId, draft: TaskDraft, now: datetime) -> Task:
        """Change an open task; raises NotFound, Refused or Invalid."""
        return await self._act(lambda conn: rooms.task_edits.edit_task(conn, task_id, draft, now))

    async def reopen_task(self, task_id: TaskId, now: datetime) -> Task:
        """Open a closed task again; raises NotFound or Refused."""
        return await self._act(lambda conn: rooms.task_edits.reopen_task(conn, task_id, now))
