"""Single records by their id, for writes: through the tables. What the first screen shows is read in `rows`."""

from __future__ import annotations

from sqlalchemy import Connection
from sqlmodel import Session

from minicrm_tui.domain.errors import NotFound
from minicrm_tui.domain.records import Module, Task
from minicrm_tui.i18n import _
from minicrm_tui.store.rows import module_of, task_of
from minicrm_tui.store.tables import ModuleTable, TaskTable


def task_record(conn: Connection, task_id: int) -> Task:
    """The task with this id, open or closed; NotFound without one."""
    with Session(conn) as session:
        found = session.get(TaskTable, task_id)
    if found is None:
        raise NotFound(_("There is no task {id}.").format(id=task_id))
    return task_of(task_id, found)


def module_record(conn: Connection, module_id: int) -> Module:
    """The installed module with this id; NotFound without one."""
    with Session(conn) as session:
        found = session.get(ModuleTable, module_id)
    if found is None or found.trashed_at is not None:
        raise NotFound(_("There is no module {id}.").format(id=module_id))
    return module_of(module_id, found)
