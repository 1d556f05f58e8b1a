"""One action that changes very many cards, their tasks and their history by statements over all of them.

Where they are few, the triggers journal and count row by row, as everywhere. Where they are many, these are away until
the end of the transaction: the journal is written by a statement beside each change, and the counts once. With either
the rows are the same, byte for byte. What makes triggers goes back with the transaction: a failure leaves none behind.

SQL text: the journal's images and the expressions that are both written and journaled are SQLite's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from minicrm_tui.store import journal
from minicrm_tui.store.engine import driver, roomy

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from minicrm_tui.domain.records import ActionId
    from minicrm_tui.store.updates import Value

MANY: Final = 5000
"""Cards from which on it pays to take the triggers away."""

TABLES: Final = ("card", "task", "history")


@dataclass(frozen=True, slots=True)
class Wide:
    """Writes by statement, under the current action. `action`: None where the triggers journal."""

    conn: Connection
    action: ActionId | None = None

    def update(self, table: str, becoming: Mapping[str, str], where: str, values: Mapping[str, Value]) -> int:
        """Give these columns the values of these expressions, which see the row as it was; says how many rows."""
        if self.action is not None:
            columns = journal.columns_of(self.conn, table)
            old, new = journal.image(columns, table), journal.image(columns, table, becoming)
            self._note(table, f"{table}.id, {old}, {new} FROM {table} WHERE {where}", values)
        changes = ", ".join(f"{name} = {value}" for name, value in becoming.items())
        return driver(self.conn).execute(f"UPDATE {table} SET {changes} WHERE {where}", values).rowcount

    def insert(self, table: str, columns: Sequence[str], select: str, values: Mapping[str, Value]) -> int:
        """Add the rows of a query; says how many."""
        first = driver(self.conn).execute(f"SELECT ifnull(max(id), 0) FROM {table}").fetchone()[0]
        sql = f"INSERT INTO {table} ({', '.join(columns)}) {select}"
        count = driver(self.conn).execute(sql, values).rowcount
        if self.action is not None:
            new = journal.image(journal.columns_of(self.conn, table), table)
            self._note(table, f"id, NULL, {new} FROM {table} WHERE id > :first", {"first": first})
        return count

    def _note(self, table: str, changes: str, values: Mapping[str, Value]) -> None:
        sql = f"INSERT INTO change (action_id, tbl, row_id, old, new) SELECT {self.action}, '{table}', {changes}"
        driver(self.conn).execute(sql, values).close()


@contextmanager
def wide(conn: Connection, count: int, counting: AbstractContextManager[None]) -> Iterator[Wide]:
    """Write to so many cards under the action that has begun; `counting` is entered where they are many."""
    if count < MANY:
        yield Wide(conn)
        return
    with roomy(conn), counting, journal.without_triggers(conn, TABLES) as action:
        yield Wide(conn, action)
