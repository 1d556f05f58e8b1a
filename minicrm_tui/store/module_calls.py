"""Modules as they are asked of the store: listed, put in, changed, reordered, moved to the trash and back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from minicrm_tui.store import rooms
from minicrm_tui.store.access import Access

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from minicrm_tui.domain.module_drafts import ModuleDraft
    from minicrm_tui.domain.modules import ListedModule
    from minicrm_tui.domain.records import Kind, Module, ModuleId


class ModuleCalls(Access):
    """The modules of the file; every change is one undo step."""

    async def installed_modules(self, now: datetime) -> tuple[ListedModule, ...]:
        """The modules in the order of the bar, with the numbers of their cards."""
        return await self._read(lambda conn: rooms.modules.installed(conn, now))

    async def trashed_modules(self) -> tuple[ListedModule, ...]:
        """The modules in the trash, what went there last first."""
        return await self._read(lambda conn: rooms.modules.trashed(conn))

    async def install_module(self, kind: Kind, draft: ModuleDraft, now: datetime) -> ModuleId:
        """A new module at the end of the bar; raises Invalid, Refused. Without a name it gets a free one."""

        def acted(conn: Connection) -> ModuleId:
            checked = rooms.module_edits.checked_new(conn, kind, draft)
            rooms.journal.begin_action(conn, "module.install", checked.name, 1, None, None, now)
            return rooms.module_edits.install_module(conn, kind, checked)

        return await self._act(acted)

    async def edit_module(self, module_id: ModuleId, draft: ModuleDraft, now: datetime) -> None:
        """Give a module other names and settings; raises Invalid, NotFound."""

        def acted(conn: Connection) -> None:
            checked = rooms.module_edits.checked_edit(conn, module_id, draft)
            rooms.journal.begin_action(conn, "module.edit", checked.name, 1, None, module_id, now)
            rooms.module_edits.edit_module(conn, module_id, checked)

        await self._act(acted)

    async def move_module(self, module_id: ModuleId, direction: int, now: datetime) -> None:
        """One place to the left (-1) or the right (1) in the bar; raises Refused at its ends, NotFound."""

        def acted(conn: Connection) -> None:
            _begin(conn, "module.move", rooms.lookups.module_record(conn, module_id), now)
            rooms.module_edits.move_module(conn, module_id, direction)

        await self._act(acted)

    async def trash_module(self, module_id: ModuleId, now: datetime) -> None:
        """Move a module to the trash with its cards; raises Refused for the last one, NotFound."""

        def acted(conn: Connection) -> None:
            _begin(conn, "module.trash", rooms.lookups.module_record(conn, module_id), now)
            rooms.module_edits.trash_module(conn, module_id, now)

        await self._act(acted)

    async def restore_module(self, module_id: ModuleId, now: datetime) -> Module:
        """Bring a module back, and say what it is called now; raises Refused, NotFound."""

        def acted(conn: Connection) -> Module:
            _begin(conn, "module.restore", rooms.module_edits.trashed_module(conn, module_id), now)
            rooms.module_edits.restore_module(conn, module_id)
            return rooms.lookups.module_record(conn, module_id)

        return await self._act(acted)


def _begin(conn: Connection, verb: str, module: Module, now: datetime) -> None:
    rooms.journal.begin_action(conn, verb, module.name, 1, None, module.id, now)
