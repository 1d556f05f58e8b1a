"""Counts, sums and the days' loads: kept by triggers, so that no screen ever counts a million cards.

The triggers hold at every statement, in any order of statements: they are right during an undo too. SQL text:
triggers are that, and the first screen reads the counts without SQLModel.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection

from minicrm_tui.domain.records import MINUTES_IN_KEY

EVERY_STATUS = 0
"""The status under which the tally keeps the whole module."""


def create_triggers(conn: Connection) -> None:
    """Make the triggers that keep tally, worth and load."""
    for name, event, condition, statements in _TRIGGERS:
        body = " ".join(f"{statement};" for statement in statements)
        conn.exec_driver_sql(f"CREATE TRIGGER {name} AFTER {event} WHEN {condition} BEGIN {body} END")


def drop_triggers(conn: Connection) -> None:
    """Take them away, for a migration or for bulk writes; `rebuild` must follow."""
    for name, *_rest in _TRIGGERS:
        conn.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")


def rebuild(conn: Connection, books: str = "main") -> None:
    """Count everything anew, into the tables of this schema."""
    for statement in _REBUILD:
        conn.exec_driver_sql(statement.format(books=books))


def differs(conn: Connection) -> bool:
    """Whether counts, sums or loads are not those that a new counting gives."""
    for table in _BOOKS:
        conn.exec_driver_sql(f"CREATE TEMP TABLE {table} AS SELECT * FROM main.{table} LIMIT 0")
    try:
        rebuild(conn, "temp")
        return any(_have_different_rows(conn, table) for table in _BOOKS)
    finally:
        for table in _BOOKS:
            conn.exec_driver_sql(f"DROP TABLE temp.{table}")


def _have_different_rows(conn: Connection, table: str) -> bool:
    kept, anew = f"SELECT * FROM main.{table}", f"SELECT * FROM temp.{table}"
    query = f"SELECT EXISTS ({kept} EXCEPT {anew}) OR EXISTS ({anew} EXCEPT {kept})"
    return bool(conn.exec_driver_sql(query).scalar_one())


@contextmanager
def counted_at_once(
    conn: Connection, cards: str, values: Sequence[int | str] = (), *, tasks: bool = True
) -> Iterator[None]:
    """Write very many rows of these cards without triggers: out of the counts first, then in again.

    `cards`: a query of their ids; some may be yet to come, and some may go. Their modules stay where they are.
    `tasks`: whether tasks are written too, or cards come out of the trash or go there; else the days' loads stand.
    """
    drop_triggers(conn)
    conn.exec_driver_sql("CREATE TEMP TABLE IF NOT EXISTS counted (id INTEGER PRIMARY KEY)")
    conn.exec_driver_sql(
        "CREATE TEMP TABLE IF NOT EXISTS alike (module_id, status_id, place, day, currency, cards, amount)"
    )
    conn.exec_driver_sql("DELETE FROM temp.counted")
    conn.exec_driver_sql(f"INSERT OR IGNORE INTO temp.counted {cards}", tuple(values))
    for statement in _at_once(-1, tasks):
        conn.exec_driver_sql(statement)
    yield
    for statement in (*_at_once(1, tasks), *_NOTHING_LEFT, "DELETE FROM temp.counted"):
        conn.exec_driver_sql(statement)
    create_triggers(conn)


@contextmanager
def taken_over(conn: Connection, status_id: int, taker_id: int) -> Iterator[None]:
    """Put all cards of a status into another one without triggers, as they are: its counts go along, uncounted."""
    drop_triggers(conn)
    yield
    conn.exec_driver_sql(
        f"INSERT INTO tally SELECT module_id, {taker_id}, place, day, cards FROM tally WHERE status_id = {status_id}"
        " ON CONFLICT DO UPDATE SET cards = cards + excluded.cards"
    )
    conn.exec_driver_sql(
        f"INSERT INTO worth SELECT module_id, {taker_id}, currency, cards, amount FROM worth"
        f" WHERE status_id = {status_id}"
        " ON CONFLICT DO UPDATE SET cards = cards + excluded.cards, amount = amount + excluded.amount"
    )
    for table in ("tally", "worth"):
        conn.exec_driver_sql(f"DELETE FROM {table} WHERE status_id = {status_id}")
    create_triggers(conn)


def _at_once(sign: int, tasks: bool) -> tuple[str, ...]:
    """All counted cards come into the counts, or with a minus go out of them."""
    found = "FROM card WHERE id IN (SELECT id FROM temp.counted) AND place <> 2"
    more = "WHERE TRUE GROUP BY {} ON CONFLICT DO UPDATE SET cards = cards + excluded.cards"
    tallied = (
        f"INSERT INTO tally SELECT module_id, {status}, place, day, {sign} * sum(cards) FROM temp.alike "
        + more.format("1, 2, 3, 4")
        for status in (EVERY_STATUS, "status_id")
    )
    worth = (
        f"INSERT INTO worth SELECT module_id, status_id, currency, {sign} * sum(cards), {sign} * sum(amount)"
        f" FROM temp.alike {more.format('1, 2, 3')}, amount = amount + excluded.amount"
    )
    load = (
        f"INSERT INTO load SELECT day, {sign} * count(*) FROM task"
        f" WHERE card_id IN (SELECT id {found} AND module_id IN (SELECT id FROM module WHERE trashed_at IS NULL))"
        " AND closed_at IS NULL GROUP BY 1"
        " ON CONFLICT DO UPDATE SET tasks = tasks + excluded.tasks"
    )
    alike = (
        f"INSERT INTO temp.alike SELECT module_id, status_id, place, {_BY_DAY}, ifnull(currency, ''), count(*),"
        f" ifnull(sum(amount), 0) {found} GROUP BY 1, 2, 3, 4, 5"
    )
    return ("DELETE FROM temp.alike", alike, *tallied, worth, *((load,) if tasks else ()))


def _day(side: str) -> str:
    return f"CASE {side}.place WHEN 0 THEN {side}.sort_key / 1441 ELSE 0 END"


def _worth_key(side: str) -> str:
    return f"ifnull({side}.currency, '')"


def _count(side: str) -> tuple[str, ...]:
    """The card on this side of the change comes into the counts."""
    tallied = (
        f"INSERT INTO tally VALUES ({side}.module_id, {status}, {side}.place, {_day(side)}, 1)"
        " ON CONFLICT DO UPDATE SET cards = cards + 1"
        for status in (EVERY_STATUS, f"{side}.status_id")
    )
    worth = (
        f"INSERT INTO worth"
        f" VALUES ({side}.module_id, {side}.status_id, {_worth_key(side)}, 1, ifnull({side}.amount, 0))"
        " ON CONFLICT DO UPDATE SET cards = cards + 1, amount = amount + excluded.amount"
    )
    return (*tallied, worth)


def _discount(side: str) -> tuple[str, ...]:
    """The card on this side of the change goes out of the counts; what falls to nothing is deleted."""
    return (*_out_of_tally(side, str(EVERY_STATUS)), *_out_of_tally(side, f"{side}.status_id"), *_out_of_worth(side))


def _out_of_tally(side: str, status: str) -> tuple[str, str]:
    row = f"module_id = {side}.module_id AND status_id = {status} AND place = {side}.place AND day = {_day(side)}"
    return f"UPDATE tally SET cards = cards - 1 WHERE {row}", f"DELETE FROM tally WHERE {row} AND cards = 0"


def _out_of_worth(side: str) -> tuple[str, str]:
    row = f"module_id = {side}.module_id AND status_id = {side}.status_id AND currency = {_worth_key(side)}"
    return (
        f"UPDATE worth SET cards = cards - 1, amount = amount - ifnull({side}.amount, 0) WHERE {row}",
        f"DELETE FROM worth WHERE {row} AND cards = 0",
    )


def _load(side: str) -> str:
    return f"INSERT INTO load VALUES ({side}.day, 1) ON CONFLICT DO UPDATE SET tasks = tasks + 1"


def _unload(side: str) -> tuple[str, str]:
    return (
        f"UPDATE load SET tasks = tasks - 1 WHERE day = {side}.day",
        f"DELETE FROM load WHERE day = {side}.day AND tasks = 0",
    )


def _load_all(side: str) -> str:
    """All open tasks of a card that comes to be, or back from the trash."""
    return (
        f"INSERT INTO load SELECT day, count(*) FROM task WHERE card_id = {side}.id AND closed_at IS NULL GROUP BY day"
        " ON CONFLICT DO UPDATE SET tasks = tasks + excluded.tasks"
    )


def _unload_all(side: str) -> tuple[str, str]:
    open_tasks = f"FROM task WHERE card_id = {side}.id AND closed_at IS NULL"
    return (
        f"UPDATE load SET tasks = tasks - (SELECT count(*) {open_tasks} AND task.day = load.day)"
        f" WHERE day IN (SELECT day {open_tasks})",
        f"DELETE FROM load WHERE tasks = 0 AND day IN (SELECT day {open_tasks})",
    )


# The deadline's key is in the index by card, its day is not: for a hundred thousand cards, that is half of the time.
_DAY_OF_KEY = f"date(task.due_key / {MINUTES_IN_KEY} + 1721424.5)"
_OF_MODULE = (
    "FROM card JOIN task ON task.card_id = card.id WHERE card.module_id = {side}.id AND card.place IN (0, 1)"
    f" AND task.closed_at IS NULL GROUP BY task.due_key / {MINUTES_IN_KEY}"
    " ON CONFLICT DO UPDATE SET tasks = tasks + excluded.tasks"
)


def _load_module(side: str) -> str:
    """All open tasks of a module that comes back from the trash."""
    return f"INSERT INTO load SELECT {_DAY_OF_KEY}, count(*) {_OF_MODULE.format(side=side)}"


def _unload_module(side: str) -> tuple[str, str]:
    """All open tasks of a module that goes to the trash."""
    return (
        f"INSERT INTO load SELECT {_DAY_OF_KEY}, -count(*) {_OF_MODULE.format(side=side)}",
        "DELETE FROM load WHERE tasks = 0",
    )


def _counts(side: str) -> str:
    """Whether the task on this side of the change is open, on a card that is there; neither it nor its module trashed.

    Each trigger asks this of the rows as they are by then: so any order of statements comes to the same counts.
    """
    card = f"SELECT 1 FROM card JOIN module ON module.id = card.module_id WHERE card.id = {side}.card_id"
    return f"{side}.closed_at IS NULL AND EXISTS ({card} AND card.place <> 2 AND module.trashed_at IS NULL)"


def _is_there(side: str) -> str:
    """Whether the card on this side of the change is not in the trash, nor its module."""
    module = f"SELECT 1 FROM module WHERE id = {side}.module_id AND trashed_at IS NULL"
    return f"({side}.place <> 2 AND EXISTS ({module}))"


_TALLIED = "module_id, place, sort_key, status_id, amount, currency"
_LOADED = "card_id, day, closed_at"

_PLACED = "UPDATE OF place, module_id ON card"
_TRASHED = "UPDATE OF trashed_at ON module"
_MOVED = "(old.place <> new.place OR old.module_id <> new.module_id)"

_TRIGGERS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("tally_card_insert", "INSERT ON card", "new.place <> 2", _count("new")),
    ("tally_card_delete", "DELETE ON card", "old.place <> 2", _discount("old")),
    ("tally_card_leaves", f"UPDATE OF {_TALLIED} ON card", "old.place <> 2", _discount("old")),
    ("tally_card_enters", f"UPDATE OF {_TALLIED} ON card", "new.place <> 2", _count("new")),
    ("load_card_insert", "INSERT ON card", _is_there("new"), (_load_all("new"),)),
    ("load_card_delete", "DELETE ON card", _is_there("old"), _unload_all("old")),
    ("load_card_trashed", _PLACED, f"{_MOVED} AND {_is_there('old')} AND NOT {_is_there('new')}", _unload_all("old")),
    ("load_card_restored", _PLACED, f"{_MOVED} AND NOT {_is_there('old')} AND {_is_there('new')}", (_load_all("new"),)),
    ("load_task_insert", "INSERT ON task", _counts("new"), (_load("new"),)),
    ("load_task_delete", "DELETE ON task", _counts("old"), _unload("old")),
    ("load_task_leaves", f"UPDATE OF {_LOADED} ON task", _counts("old"), _unload("old")),
    ("load_task_enters", f"UPDATE OF {_LOADED} ON task", _counts("new"), (_load("new"),)),
    ("load_module_insert", "INSERT ON module", "new.trashed_at IS NULL", (_load_module("new"),)),
    ("load_module_delete", "DELETE ON module", "old.trashed_at IS NULL", _unload_module("old")),
    ("load_module_trashed", _TRASHED, "old.trashed_at IS NULL AND new.trashed_at IS NOT NULL", _unload_module("new")),
    ("load_module_restored", _TRASHED, "old.trashed_at IS NOT NULL AND new.trashed_at IS NULL", (_load_module("new"),)),
)

_BY_DAY = "CASE place WHEN 0 THEN sort_key / 1441 ELSE 0 END"

_BOOKS = ("tally", "worth", "load")

_NOTHING_LEFT = (
    "DELETE FROM tally WHERE cards = 0",
    "DELETE FROM worth WHERE cards = 0",
    "DELETE FROM load WHERE tasks = 0",
)

_REBUILD = (
    "DELETE FROM {books}.tally",
    "DELETE FROM {books}.worth",
    "DELETE FROM {books}.load",
    f"INSERT INTO {{books}}.tally SELECT module_id, status_id, place, {_BY_DAY}, count(*) FROM card WHERE place <> 2"
    " GROUP BY 1, 2, 3, 4",
    f"INSERT INTO {{books}}.tally SELECT module_id, {EVERY_STATUS}, place, day, sum(cards) FROM {{books}}.tally"
    " GROUP BY 1, 3, 4",
    "INSERT INTO {books}.worth SELECT module_id, status_id, ifnull(currency, ''), count(*), ifnull(sum(amount), 0)"
    " FROM card WHERE place <> 2 GROUP BY 1, 2, 3",
    "INSERT INTO {books}.load SELECT task.day, count(*) FROM task JOIN card ON card.id = task.card_id"
    " JOIN module ON module.id = card.module_id"
    " WHERE task.closed_at IS NULL AND card.place <> 2 AND module.trashed_at IS NULL GROUP BY 1",
)
