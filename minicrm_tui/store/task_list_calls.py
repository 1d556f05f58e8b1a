"""What a module offers for its tasks: types and templates, read and edited."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from minicrm_tui.domain.records import ModuleId
from minicrm_tui.store import rooms
from minicrm_tui.store.access import Access

if TYPE_CHECKING:
    from minicrm_tui.domain.template_forms import TemplateDraft
    from minicrm_tui.domain.templates import TaskOffer, TaskTemplate, TemplateId


class TaskListCalls(Access):
    """Types of tasks, and task templates. Every edit is one step of undo, and raises NotFound without the module."""

    async def task_offer(self, module_id: ModuleId) -> TaskOffer:
        """Types and templates of a module."""
        return await self._read(lambda conn: rooms.task_lists.task_offer(conn, module_id))

    async def task_types(self, module_id: ModuleId) -> tuple[str, ...]:
        """The types of a module's tasks in their order, as tasks keep them."""
        return await self._read(lambda conn: rooms.task_lists.task_types(conn, module_id))

    async def templates(self, module_id: ModuleId) -> tuple[TaskTemplate, ...]:
        """The templates of a module in their order."""
        return await self._read(lambda conn: rooms.task_lists.templates(conn, module_id))

    async def add_task_type(self, module_id: ModuleId, name: str, now: datetime) -> None:
        """A new type at the end; raises Invalid, Refused where the list is full."""
        await self._act(lambda conn: rooms.task_types.add_task_type(conn, module_id, name, now))

    async def rename_task_type(self, module_id: ModuleId, old: str, name: str, now: datetime) -> int:
        """Call a type otherwise, on the open tasks too, and say on how many; raises Invalid, NotFound."""
        return await self._act(lambda conn: rooms.task_types.rename_task_type(conn, module_id, old, name, now))

    async def move_task_type(self, module_id: ModuleId, kind: str, direction: int, now: datetime) -> None:
        """One place up (-1) or down (1); raises Refused at the ends, NotFound."""
        await self._act(lambda conn: rooms.task_types.move_task_type(conn, module_id, kind, direction, now))

    async def delete_task_type(self, module_id: ModuleId, kind: str, now: datetime) -> None:
        """Offer a type no more; tasks keep it. Raises Refused for the last one, NotFound."""
        await self._act(lambda conn: rooms.task_types.delete_task_type(conn, module_id, kind, now))

    async def add_template(self, module_id: ModuleId, draft: TemplateDraft, now: datetime) -> TemplateId:
        """A new template at the end; raises Invalid for a taken name, Refused where there are too many."""
        return await self._act(lambda conn: rooms.templates.add_template(conn, module_id, draft, now))

    async def edit_template(
        self, module_id: ModuleId, template_id: TemplateId, draft: TemplateDraft, now: datetime
    ) -> None:
        """Change a template; raises Invalid for a taken name, NotFound."""
        await self._act(lambda conn: rooms.templates.edit_template(conn, module_id, template_id, draft, now))

    async def move_template(self, module_id: ModuleId, template_id: TemplateId, direction: int, now: datetime) -> None:
        """One place up (-1) or down (1); raises Refused at the ends, NotFound."""
        await self._act(lambda conn: rooms.templates.move_template(conn, module_id, template_id, direction, now))

    async def delete_template(self, module_id: ModuleId, template_id: TemplateId, now: datetime) -> None:
        """Offer a template no more; raises NotFound."""
        await self._act(lambda conn: rooms.templates.delete_template(conn, module_id, template_id, now))
