"""One plain field of many cards written at once: two statements, one of which tells the history."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

import sqlalchemy
from sqlmodel import bindparam, col, func, insert, literal, update

from minicrm_tui.store.rows import id_list
from minicrm_tui.store.statements import listed_ids
from minicrm_tui.store.tables import CardTable, HistoryTable

if TYPE_CHECKING:
    from sqlalchemy import Connection, Insert, Update
    from sqlalchemy.orm import Mapped


class _Statements(NamedTuple):
    """What writes a column of the cards that have something else there."""

    tell: Insert
    write: Update


def _statements(name: str, column: Mapped[str | None]) -> _Statements:
    kept = func.coalesce(column, "")
    these = col(CardTable.id).in_(listed_ids), kept != bindparam("new")
    tell = insert(HistoryTable).from_select(
        ["card_id", "at", "kind", "field", "old", "new"],
        sqlalchemy.select(col(CardTable.id), bindparam("at"), literal("field"), literal(name), kept, bindparam("new"))
        .where(*these)
        .order_by(col(CardTable.id)),
    )
    return _Statements(tell, update(CardTable).where(*these))


_BY_COLUMN: Final = {
    name: _statements(name, column)
    for name, column in (
        ("sales_step", col(CardTable.sales_step)),
        ("customer_step", col(CardTable.customer_step)),
        ("expected_close", col(CardTable.expected_close)),
        ("loss_reason", col(CardTable.loss_reason)),
        ("loss_details", col(CardTable.loss_details)),
    )
}


def write_column(conn: Connection, card_ids: Iterable[int], column: str, value: str, at: str) -> int:
    """Give the cards this value (nothing takes it away), inside a running undo step; says how many had another."""
    statements, values = _BY_COLUMN[column], {"ids": id_list(card_ids), "new": value}
    conn.execute(statements.tell, {**values, "at": at})
    return conn.execute(statements.write, {**values, column: value or None}).rowcount
