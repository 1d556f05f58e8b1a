"""Reading the fields of a module, and what a card has in them: SQL text, since a card's page shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minicrm_tui.domain.errors import NotFound
from minicrm_tui.domain.fields import ChoiceId, Field, FieldChoice, FieldId, FieldKind
from minicrm_tui.domain.records import ModuleId, StatusId
from minicrm_tui.i18n import _
from minicrm_tui.store.engine import driver

if TYPE_CHECKING:
    from sqlalchemy import Connection

_FIELDS = """
    SELECT id, module_id, kind, name, position, required, from_status, retired_at IS NOT NULL,
        in_row, in_peek
    FROM field
    WHERE module_id = ? ORDER BY retired_at IS NOT NULL, position, id
"""

_CHOICES = """
    SELECT c.field_id, c.id, c.name, c.retired_at IS NOT NULL FROM field_choice AS c
    JOIN field AS f ON f.id = c.field_id WHERE f.module_id = ? ORDER BY c.position, c.id
"""


def fields_of(conn: Connection, module_id: int) -> tuple[Field, ...]:
    """A module's fields in their order, those out of use last."""
    found = driver(conn).execute(_FIELDS, (module_id,)).fetchall()
    if not found:
        return ()
    choices: dict[int, list[FieldChoice]] = {}
    for field_id, choice_id, name, retired in driver(conn).execute(_CHOICES, (module_id,)):
        choices.setdefault(field_id, []).append(FieldChoice(ChoiceId(choice_id), name, bool(retired)))
    return tuple(
        Field(
            FieldId(field_id),
            ModuleId(module),
            FieldKind(kind),
            name,
            position,
            bool(required),
            None if from_status is None else StatusId(from_status),
            tuple(choices.get(field_id, ())),
            bool(retired),
            bool(in_row),
            bool(in_peek),
        )
        for field_id, module, kind, name, position, required, from_status, retired, in_row, in_peek in found
    )


def field_of(conn: Connection, field_id: int) -> Field:
    """One field, in use or not; NotFound without it."""
    found = driver(conn).execute("SELECT module_id FROM field WHERE id = ?", (field_id,)).fetchone()
    if found is None:
        raise NotFound(_("There is no such field."))
    return next(field for field in fields_of(conn, found[0]) if field.id == field_id)


def values_of(conn: Connection, card_id: int) -> dict[FieldId, str]:
    """What a card has in its fields."""
    query = "SELECT field_id, value FROM field_value WHERE card_id = ?"
    return {FieldId(field_id): value for field_id, value in driver(conn).execute(query, (card_id,))}


def field_values(conn: Connection, card_id: int, module_id: int) -> tuple[tuple[Field, str], ...]:
    """The fields of the card's module with its values; those out of use where the card has a value."""
    values = values_of(conn, card_id)
    return tuple(
        (field, values.get(field.id, ""))
        for field in fields_of(conn, module_id)
        if not field.retired or field.id in values
    )
