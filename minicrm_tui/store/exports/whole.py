"""Everything that the file holds, as records of its parts: what our own JSON is written from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from minicrm_tui.domain.whole import Json, Record
from minicrm_tui.store.engine import driver
from minicrm_tui.store.exports.kinds import Value
from minicrm_tui.store.exports.layout import LAYOUT, Part
from minicrm_tui.store.rows import FINISHED, stamp

if TYPE_CHECKING:
    from sqlalchemy import Connection

_FINISHED_CARDS = f"CASE place WHEN {FINISHED} THEN sort_key END"
"""A finished card keeps the moment of its finishing as its sort key; no other one does."""


def counts(conn: Connection) -> dict[str, int]:
    """How many records each part has."""
    return {
        name: int(conn.exec_driver_sql(f'SELECT count(*) FROM "{part.table}"').scalar_one())
        for name, part in LAYOUT.items()
    }


def records(conn: Connection) -> Iterator[Record]:
    """All of them, in the order of the parts and of their ids."""
    for name, part in LAYOUT.items():
        query = f'SELECT {_selected(part)} FROM "{part.table}" ORDER BY id'
        for row in driver(conn).execute(query):
            yield Record(name, _said(part, row))


def _selected(part: Part) -> str:
    return ", ".join(
        _FINISHED_CARDS if column.key == "finished_at" else f'"{column.column}"' for column in part.columns
    )


def _said(part: Part, row: tuple[Value, ...]) -> dict[str, Json]:
    """What a row says beyond the defaults."""
    return {
        column.key: _finished_at(value) if column.key == "finished_at" else column.kind.give(value)
        for column, value in zip(part.columns, row, strict=True)
        if value != column.missing
    }


def _finished_at(sort_key: Value) -> Json:
    return stamp(datetime.fromtimestamp(-int(sort_key or 0), UTC))
