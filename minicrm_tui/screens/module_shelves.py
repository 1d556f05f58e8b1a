"""What is done with the values of a module's list, whichever list that is: each write is the store's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from minicrm_tui.domain.sales_lists import SalesList, list_name
from minicrm_tui.domain.task_types import task_type_name
from minicrm_tui.i18n import _, format_number, ngettext

if TYPE_CHECKING:
    from datetime import datetime

    from minicrm_tui.domain.records import ModuleId
    from minicrm_tui.store.store import Store


class Shelf(Protocol):
    """A list of names that a person edits; `key` is what the store knows a value by."""

    title: str

    async def keys(self) -> Sequence[str]:
        """The values in their order."""

    def name(self, key: str) -> str:
        """What a value is called."""

    async def add(self, name: str, now: datetime) -> None:
        """A new value at the end."""

    async def rename(self, key: str, name: str, now: datetime) -> str:
        """Call a value otherwise; says what was changed with it."""

    async def move(self, key: str, direction: int, now: datetime) -> None:
        """One place up or down."""

    async def delete(self, key: str, now: datetime) -> str:
        """Offer it no more; says what becomes of those that have it."""


class SalesShelf:
    """One of the lists of sales."""

    def __init__(self, store: Store, module_id: ModuleId, which: SalesList) -> None:
        self._store, self._module, self._which = store, module_id, which
        self.title = list_name(which)

    async def keys(self) -> Sequence[str]:
        """Its values are their names."""
        return (await self._store.sales_lists(self._module))[self._which]

    def name(self, key: str) -> str:
        """As it is kept."""
        return key

    async def add(self, name: str, now: datetime) -> None:
        """A new value at the end."""
        await self._store.add_entry(self._module, self._which, name, now)

    async def rename(self, key: str, name: str, now: datetime) -> str:
        """Call a value otherwise, on the cards too."""
        renamed = await self._store.rename_entry(self._module, self._which, key, name, now)
        if not renamed:
            return ""
        n = format_number(renamed)
        return ngettext("{n} card was changed with it.", "{n} cards were changed with it.", renamed).format(n=n)

    async def move(self, key: str, direction: int, now: datetime) -> None:
        """One place up or down."""
        await self._store.move_entry(self._module, self._which, key, direction, now)

    async def delete(self, key: str, now: datetime) -> str:
        """Offer it no more."""
        await self._store.delete_entry(self._module, self._which, key, now)
        return _("“{name}” is off the list; cards that have it keep it.").format(name=key)


class TypeShelf:
    """The types of a module's tasks."""

    def __init__(self, store: Store, module_id: ModuleId) -> None:
        self._store, self._module = store, module_id
        self.title = _("Task types")

    async def keys(self) -> Sequence[str]:
        """The types as tasks keep them."""
        return await self._store.task_types(self._module)

    def name(self, key: str) -> str:
        """That of a default type in the person's language."""
        return task_type_name(key)

    async def add(self, name: str, now: datetime) -> None:
        """A new type at the end."""
        await self._store.add_task_type(self._module, name, now)

    async def rename(self, key: str, name: str, now: datetime) -> str:
        """Call a type otherwise, on the open tasks too."""
        renamed = await self._store.rename_task_type(self._module, key, name, now)
        if not renamed:
            return ""
        n = format_number(renamed)
        return ngettext("{n} open task was changed with it.", "{n} open tasks were changed with it.", renamed).format(
            n=n
        )

    async def move(self, key: str, direction: int, now: datetime) -> None:
        """One place up or down."""
        await self._store.move_task_type(self._module, key, direction, now)

    async def delete(self, key: str, now: datetime) -> str:
        """Offer it no more."""
        await self._store.delete_task_type(self._module, key, now)
        return _("“{name}” is off the list; tasks that have it keep it.").format(name=task_type_name(key))
