"""The rows that an import writes, in the order of their columns, and writing many of them at once.

SQL text on the driver: a hundred thousand rows by SQLModel's statements would take minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from minicrm_tui.store.engine import driver

if TYPE_CHECKING:
    from sqlalchemy import Connection


class CompanyRow(NamedTuple):
    """A row of `company`."""

    id: int
    name: str
    folded: str
    created_at: str
    address: str = ""
    website: str = ""
    tax_number: str = ""
    registration_number: str = ""
    industry: str = ""
    description: str = ""


class PersonRow(NamedTuple):
    """A row of `person`."""

    id: int
    company_id: int | None
    name: str
    folded: str
    created_at: str
    first_name: str = ""
    last_name: str = ""
    job: str = ""
    description: str = ""


class ChannelRow(NamedTuple):
    """A row of `channel`, but for its id."""

    company_id: int | None
    person_id: int | None
    kind: str
    value: str
    plain: str
    label: str
    normal: str
    is_default: int
    doubtful: int


class CardRow(NamedTuple):
    """A row of `card`."""

    id: int
    module_id: int
    status_id: int
    name: str
    folded: str
    company_id: int | None
    person_id: int | None
    amount: int | None
    currency: str | None
    sales_status: str | None
    qualification: str | None
    decided: int
    sales_step: str | None
    expected_close: str | None
    loss_reason: str | None
    place: int
    next_task_id: int | None
    open_tasks: int
    sort_key: int
    search: str
    created_at: str
    customer_step: str | None
    loss_details: str | None


class TaskRow(NamedTuple):
    """A row of `task`."""

    id: int
    card_id: int
    text: str
    type: str
    day: str
    at: str | None
    due_key: int
    created_at: str
    closed_at: str | None
    outcome: str | None
    comment: str | None
    minutes: int | None


class HistoryRow(NamedTuple):
    """A row of `history`, but for its id."""

    card_id: int
    at: str
    kind: str
    text: str = ""
    field: str = ""
    old: str = ""
    new: str = ""
    by_itself: int = 0


class ValueRow(NamedTuple):
    """A row of `field_value`, but for its id."""

    card_id: int
    field_id: int
    value: str
    sort: int | None
    folded: str


_TABLES: Final[dict[type[tuple[object, ...]], str]] = {
    CompanyRow: "company",
    PersonRow: "person",
    ChannelRow: "channel",
    CardRow: "card",
    TaskRow: "task",
    HistoryRow: "history",
    ValueRow: "field_value",
}


def insert(conn: Connection, kind: type[tuple[object, ...]], rows: Sequence[tuple[object, ...]]) -> None:
    """Write these new rows."""
    if not rows:
        return
    columns: tuple[str, ...] = getattr(kind, "_fields", ())
    marks = ", ".join("?" * len(columns))
    sql = f"INSERT INTO {_TABLES[kind]} ({', '.join(columns)}) VALUES ({marks})"
    driver(conn).executemany(sql, rows).close()


def update(conn: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Set these columns; each row ends with its id."""
    assignments = ", ".join(f"{column} = ?" for column in columns)
    driver(conn).executemany(f"UPDATE {table} SET {assignments} WHERE id = ?", [tuple(row) for row in rows]).close()


class Ids:
    """The next ids of a table: never one that was given before."""

    def __init__(self, conn: Connection, table: str) -> None:
        given = driver(conn).execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
        self.first = self.next = (given[0] if given else 0) + 1

    def take(self) -> int:
        """A new id."""
        taken = self.next
        self.next += 1
        return taken
