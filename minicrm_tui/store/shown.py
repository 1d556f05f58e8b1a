"""What cards have in the fields that the rows of the list, or the peek, show.

SQL text, since both are on the first screen. It is looked up for the rows of a page only, all in one query; a module
that shows no field costs one look at the fields, and nothing is imported for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from minicrm_tui.domain.records import CardDetails, CardRow
from minicrm_tui.store import quiet, rooms
from minicrm_tui.store.engine import driver
from minicrm_tui.store.rows import id_list

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from minicrm_tui.domain.fields import Field

_ARE_SHOWN = "SELECT 1 FROM field WHERE module_id = ? AND (in_row OR in_peek) AND retired_at IS NULL LIMIT 1"

_VALUES = """
    SELECT card_id, field_id, value FROM field_value
    WHERE card_id IN (SELECT value FROM json_each(?)) AND field_id IN (SELECT value FROM json_each(?))
"""


def with_shown(conn: Connection, module_id: int, cards: Sequence[CardRow]) -> tuple[CardRow, ...]:
    """The same rows of one module with the values that the list shows; a card without one shows none."""
    fields = [field for field in _fields(conn, module_id) if field.in_row] if cards else []
    if not fields:
        return tuple(cards)
    values = _values(conn, (card.id for card in cards), fields)
    return tuple(replace(card, shown=_only_values(values[card.id])) if card.id in values else card for card in cards)


def card_details(conn: Connection, card_id: int) -> CardDetails:
    """As `quiet.card_details`, with what its row and the peek show of the module's fields."""
    details = quiet.card_details(conn, card_id)
    fields = _fields(conn, details.row.module_id)
    if not fields:
        return details
    values = _values(conn, (card_id,), fields).get(card_id, [])
    in_row = [(field, value) for field, value in values if field.in_row]
    return replace(
        details,
        row=replace(details.row, shown=_only_values(in_row)),
        shown=tuple((field.name, value) for field, value in values if field.in_peek),
    )


def _fields(conn: Connection, module_id: int) -> list[Field]:
    """The fields of the module that are shown in the rows or in the peek, in their order."""
    if driver(conn).execute(_ARE_SHOWN, (module_id,)).fetchone() is None:
        return []
    fields = rooms.field_reads.fields_of(conn, module_id)
    return [field for field in fields if (field.in_row or field.in_peek) and not field.retired]


def _only_values(values: Sequence[tuple[Field, str]]) -> tuple[str, ...]:
    return tuple(value for _field, value in values)


def _values(conn: Connection, cards: Iterable[int], fields: Sequence[Field]) -> dict[int, list[tuple[Field, str]]]:
    """By card, those of the fields in which it has something, and that as a person reads it."""
    from minicrm_tui.domain.fields import shown_value

    kept: dict[int, dict[int, str]] = {}
    asked = id_list(cards), id_list(field.id for field in fields)
    for card_id, field_id, value in driver(conn).execute(_VALUES, asked):
        kept.setdefault(card_id, {})[field_id] = value
    return {
        card_id: [(field, shown_value(field, values[field.id])) for field in fields if field.id in values]
        for card_id, values in kept.items()
    }
