"""What this connection has written to the cards since the hits were found: each row as it was and as it became.

Kept by triggers of this connection alone, in a temporary table: also an undo goes through them. Made when a text is
first typed; another process's writes are known by `PRAGMA data_version` instead.

SQL text: temporary tables and triggers are none of SQLModel's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOST: Final = 1000
"""Written rows that are kept; after more, the hits are better found anew."""

_COLUMNS: Final = ("id", "module_id", "place", "sort_key", "status_id", "amount", "currency", "folded", "search")


class Written(NamedTuple):
    """A card's row as it was (`sign` -1) or became (1)."""

    number: int
    sign: int
    id: int
    module_id: int
    place: int
    sort_key: int
    status_id: int
    amount: int | None
    currency: str | None
    folded: str
    search: str


def watch(conn: Connection) -> None:
    """Begin to keep what is written; in a transaction of its own, so that nothing else rolls it back."""
    conn.exec_driver_sql(
        "CREATE TEMP TABLE IF NOT EXISTS touched"
        f" (number INTEGER PRIMARY KEY AUTOINCREMENT, sign, {', '.join(_COLUMNS)})"
    )
    for event, sides in (("INSERT", ("new",)), ("UPDATE", ("old", "new")), ("DELETE", ("old",))):
        conn.exec_driver_sql(
            f"CREATE TEMP TRIGGER IF NOT EXISTS touched_{event.lower()} AFTER {event} ON main.card"
            f" WHEN ifnull((SELECT max(number) FROM touched) - (SELECT min(number) FROM touched), 0) <= {MOST}"
            f" BEGIN {' '.join(_kept(side) for side in sides)} END"
        )


def written(conn: Connection, since: int) -> list[Written] | None:
    """The rows after this number; None when they were too many to be kept."""
    span = "SELECT ifnull((SELECT max(number) FROM touched) - (SELECT min(number) FROM touched), 0)"
    if conn.exec_driver_sql(span).scalar_one() > MOST:
        return None
    query = "SELECT * FROM touched WHERE number > ? ORDER BY number"
    return [Written(*row) for row in conn.exec_driver_sql(query, (since,))]


def latest(conn: Connection) -> int:
    """The number of the last row."""
    return int(conn.exec_driver_sql("SELECT ifnull(max(number), 0) FROM touched").scalar_one())


def forget(conn: Connection, until: int) -> None:
    """Let go of the rows before this number. When that is rolled back, they are only read past once more."""
    conn.exec_driver_sql("DELETE FROM touched WHERE number < ?", (until,))


def _kept(side: str) -> str:
    sign = 1 if side == "new" else -1
    columns = ", ".join(f"{side}.{name}" for name in _COLUMNS)
    return f"INSERT INTO touched (sign, {', '.join(_COLUMNS)}) VALUES ({sign}, {columns});"
