"""Fields of modules, and what cards have in them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from minicrm_tui.domain.records import CardId, ModuleId
from minicrm_tui.store import rooms
from minicrm_tui.store.access import Access

if TYPE_CHECKING:
    from minicrm_tui.domain.fields import Field, FieldDraft, FieldId


class FieldCalls(Access):
    """Defining fields, and filling them in."""

    async def fields(self, module_id: ModuleId) -> tuple[Field, ...]:
        """A module's fields in their order, those out of use last."""
        return await self._read(lambda conn: rooms.field_reads.fields_of(conn, module_id))

    async def field_values(self, card_id: CardId) -> tuple[tuple[Field, str], ...]:
        """The fields of a card's module, each with its value as it is kept; raises NotFound."""
        return await self._read(
            lambda conn: rooms.field_reads.field_values(conn, card_id, rooms.rows.module_id_of(conn, card_id))
        )

    async def add_field(self, module_id: ModuleId, draft: FieldDraft, now: datetime) -> Field:
        """A new field; raises NotFound, Invalid."""
        return await self._act(lambda conn: rooms.fields.add_field(conn, module_id, draft, now))

    async def edit_field(self, field_id: FieldId, draft: FieldDraft, now: datetime) -> Field:
        """Change a field; its values stay. Raises NotFound, Invalid."""
        return await self._act(lambda conn: rooms.fields.edit_field(conn, field_id, draft, now))

    async def show_field(self, field_id: FieldId, now: datetime, *, in_row: bool, in_peek: bool) -> Field:
        """Show a field in the list's rows and in the peek, or not; raises NotFound, Invalid for the fourth in a row."""
        return await self._act(
            lambda conn: rooms.fields.show_field(conn, field_id, now, in_row=in_row, in_peek=in_peek)
        )

    async def move_field(self, field_id: FieldId, direction: int, now: datetime) -> Field:
        """One place up (-1) or down (1); raises Refused at the ends."""
        return await self._act(lambda conn: rooms.fields.move_field(conn, field_id, direction, now))

    async def retire_field(self, field_id: FieldId, now: datetime, *, retired: bool = True) -> Field:
        """Take a field out of use, or into it again; its values are kept."""
        return await self._act(lambda conn: rooms.fields.retire_field(conn, field_id, now, retired=retired))

    async def set_value(self, card_id: CardId, field_id: FieldId, value: str, now: datetime) -> None:
        """Give a card this value, as `fields.parse_value` reads it; raises Invalid for a required one emptied."""
        await self._act(lambda conn: rooms.fields.set_value(conn, card_id, field_id, value, now))
