"""Undo and redo of every action: triggers write each changed row, old and new, under the current action.

An action's function in the store calls `begin_action` (or `join_action`) before its first write; `finish` is called
by the store at the end of every write. An action that changed nothing leaves no trace, and keeps what can be redone.
The stack is linear: a new action drops the undone ones. What fell out of the stack is deleted a little at a time.

SQL text throughout: triggers and JSON images are SQLite's own, and the same few statements serve every table by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from types import MappingProxyType

from sqlalchemy import Connection

from minicrm_tui.domain.errors import Conflict, Refused
from minicrm_tui.domain.records import ActionId, CardId, ModuleId
from minicrm_tui.i18n import _
from minicrm_tui.store import tally
from minicrm_tui.store.engine import roomy
from minicrm_tui.store.results import Undone

JOURNALED = (
    *("module", "status", "company", "person", "channel", "card", "task", "history"),
    *("field", "field_choice", "field_value", "link"),
    *("product", "price", "series", "document", "line", "list_entry", "template"),
)
"""The journaled tables, parents before children; a test holds them against `tables.BUSINESS`.

By name, and their columns as the file has them: importing SQLModel would cost the start a quarter of a second.
"""

BARRIERS = ("document.issue", "document.storno")
"""Actions that nobody takes back, nor anything before them: they gave a number, and it may have been sent out."""

RETENTION = 1000
"""How many actions can be undone; older ones are dropped."""

PRUNED_AT_ONCE = 2000
"""Journal rows that one write deletes at most, so that dropping a huge action never makes anyone wait."""


MANY = 10_000
"""Changes of one action from which on they are counted at once."""


def begin_action(
    conn: Connection,
    verb: str,
    subject: str,
    count: int,
    card_id: CardId | None,
    module_id: ModuleId | None,
    now: datetime,
) -> ActionId:
    """Start an undo step: every change from here to the end of the transaction belongs to it."""
    row = conn.exec_driver_sql(
        "INSERT INTO action (verb, subject, count, card_id, module_id, at, undone) VALUES (?, ?, ?, ?, ?, ?, 0)",
        (verb, subject, count, card_id, module_id, now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")),
    )
    action_id = ActionId(row.lastrowid or 0)
    _journal_under(conn, action_id)
    return action_id


def join_action(conn: Connection, action_id: ActionId) -> bool:
    """Go on with an earlier undo step; False (and nothing done) when it is no longer the latest, or was undone."""
    latest = conn.exec_driver_sql(
        "SELECT id, undone FROM action WHERE undone < 2 ORDER BY id DESC LIMIT 1"
    ).one_or_none()
    if latest is None or tuple(latest) != (action_id, 0):
        return False
    _journal_under(conn, action_id)
    return True


def finish(conn: Connection) -> None:
    """End the current undo step, if there is one; harmless to call twice."""
    action_id = conn.exec_driver_sql("SELECT action_id FROM journal").scalar_one()
    if action_id is None:
        return
    _journal_under(conn, None)
    if _is_empty(conn, action_id):
        conn.exec_driver_sql("DELETE FROM action WHERE id = ?", (action_id,))
        return
    _drop_what_fell_out(conn, action_id)
    _prune(conn)


def undo(conn: Connection) -> Undone | None:
    """Take back the latest action that is not undone; None when there is none.

    Raises Conflict, or Refused for one of the barriers, having done nothing.
    """
    return _turn(conn, "SELECT max(id) FROM action WHERE undone = 0", backwards=True)


def redo(conn: Connection) -> Undone | None:
    """Do the action again that was undone last; None when there is none. Raises Conflict, having done nothing."""
    return _turn(conn, "SELECT min(id) FROM action WHERE undone = 1", backwards=False)


def create_triggers(conn: Connection, tables: Sequence[str] = JOURNALED) -> None:
    """Make the triggers of these journaled tables."""
    for table in tables:
        for statement in _triggers(table, columns_of(conn, table)):
            conn.exec_driver_sql(statement)


def drop_triggers(conn: Connection, tables: Sequence[str] = JOURNALED) -> None:
    """Take the triggers away: for a migration, or for writes that are no action, or that journal themselves."""
    for table in tables:
        for event in ("insert", "update", "delete"):
            conn.exec_driver_sql(f"DROP TRIGGER IF EXISTS journal_{table}_{event}")


@contextmanager
def without_triggers(conn: Connection, tables: Sequence[str]) -> Iterator[ActionId]:
    """The current action, whose changes of these tables are written down by whoever makes them."""
    drop_triggers(conn, tables)
    yield ActionId(conn.exec_driver_sql("SELECT action_id FROM journal").scalar_one())
    create_triggers(conn, tables)


def forget_everything(conn: Connection) -> None:
    """Empty the journal: nothing that happened before can be undone. A migration is such a barrier."""
    conn.exec_driver_sql("DELETE FROM change")
    conn.exec_driver_sql("DELETE FROM action")


def close_the_past(conn: Connection) -> None:
    """Nothing that happened before can be undone; what the journal holds of it is deleted a little at a time."""
    conn.exec_driver_sql("UPDATE action SET undone = 2 WHERE undone < 2")
    _prune(conn)


def _journal_under(conn: Connection, action_id: ActionId | None) -> None:
    conn.exec_driver_sql("UPDATE journal SET action_id = ?", (action_id,))


def _is_empty(conn: Connection, action_id: ActionId) -> bool:
    return conn.exec_driver_sql("SELECT 1 FROM change WHERE action_id = ? LIMIT 1", (action_id,)).first() is None


def _drop_what_fell_out(conn: Connection, action_id: ActionId) -> None:
    conn.exec_driver_sql("UPDATE action SET undone = 2 WHERE undone = 1 AND id < ?", (action_id,))
    conn.exec_driver_sql(
        "UPDATE action SET undone = 2 WHERE undone = 0 AND id <="
        " (SELECT id FROM action WHERE undone = 0 ORDER BY id DESC LIMIT 1 OFFSET ?)",
        (RETENTION,),
    )


def _prune(conn: Connection) -> None:
    if conn.exec_driver_sql("SELECT 1 FROM action WHERE undone = 2 LIMIT 1").first() is None:
        return
    conn.exec_driver_sql(
        "DELETE FROM change WHERE id IN (SELECT change.id FROM action JOIN change ON change.action_id = action.id"
        " WHERE action.undone = 2 LIMIT ?)",
        (PRUNED_AT_ONCE,),
    )
    conn.exec_driver_sql(
        "DELETE FROM action WHERE undone = 2 AND NOT EXISTS (SELECT 1 FROM change WHERE action_id = action.id)"
    )


def _turn(conn: Connection, which: str, *, backwards: bool) -> Undone | None:
    action_id = conn.exec_driver_sql(which).scalar_one()
    if action_id is None:
        return None
    if backwards:
        _refuse_barrier(conn, action_id)
    conn.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    _journal_under(conn, None)
    tables = _changed_tables(conn, action_id)
    with _counting(conn, action_id, tables):
        for table in tables:
            _collect(conn, table, action_id, backwards=backwards)
            _refuse_if_changed_since(conn, table)
            _put_back(conn, table)
    return _turned(conn, action_id, undone=backwards)


@contextmanager
def _counting(conn: Connection, action_id: int, tables: Sequence[str]) -> Iterator[None]:
    """Very many cards and tasks are counted at once; not where modules came or went, whose cards triggers count."""
    query = "SELECT count(*) FROM (SELECT 1 FROM change WHERE action_id = ? LIMIT ?)"
    if "module" in tables or conn.exec_driver_sql(query, (action_id, MANY)).scalar_one() < MANY:
        yield
        return
    owner = columns_of(conn, "task").index("card_id")
    cards = "SELECT row_id FROM change WHERE action_id = ? AND tbl = 'card'" + "".join(
        f" UNION SELECT json_extract({side}, '$[{owner}]') FROM change"
        f" WHERE action_id = ? AND tbl = 'task' AND {side} IS NOT NULL"
        for side in ("old", "new")
    )
    with roomy(conn), tally.counted_at_once(conn, cards, (action_id,) * 3):
        yield


def _refuse_barrier(conn: Connection, action_id: int) -> None:
    verb, subject = conn.exec_driver_sql("SELECT verb, subject FROM action WHERE id = ?", (action_id,)).one()
    if verb in BARRIERS:
        raise Refused(
            _("{document} was issued: that can't be undone.").format(document=subject), _("Cancel it instead (m).")
        )


def _changed_tables(conn: Connection, action_id: int) -> list[str]:
    rows = conn.exec_driver_sql("SELECT DISTINCT tbl FROM change WHERE action_id = ?", (action_id,))
    names = {name for (name,) in rows}
    return [table for table in JOURNALED if table in names]


def _collect(conn: Connection, table: str, action_id: int, *, backwards: bool) -> None:
    """Note for each row what it must be now, and what it shall be: the ends of its chain of changes."""
    conn.exec_driver_sql(
        "CREATE TEMP TABLE IF NOT EXISTS turn (row_id INTEGER PRIMARY KEY, expected TEXT, wanted TEXT)"
    )
    conn.exec_driver_sql("DELETE FROM temp.turn")
    before, after = ("wanted", "expected") if backwards else ("expected", "wanted")
    conn.exec_driver_sql(
        f"INSERT INTO temp.turn (row_id, {before}, {after})"
        " SELECT row_id, (SELECT old FROM change WHERE id = first), (SELECT new FROM change WHERE id = last) FROM"
        " (SELECT row_id, min(id) AS first, max(id) AS last FROM change"
        " WHERE action_id = ? AND tbl = ? GROUP BY row_id)",
        (action_id, table),
    )


def _refuse_if_changed_since(conn: Connection, table: str) -> None:
    is_now = image(columns_of(conn, table), "t")
    changed = conn.exec_driver_sql(
        f'SELECT 1 FROM temp.turn LEFT JOIN "{table}" AS t ON t.id = turn.row_id'
        f" WHERE turn.expected IS NOT CASE WHEN t.id IS NULL THEN NULL ELSE {is_now} END LIMIT 1"
    ).first()
    if changed is not None:
        raise data_has_changed()


def data_has_changed() -> Conflict:
    """The refusal of an undo whose rows are no longer as the action left them."""
    return Conflict(_("The data has changed since; nothing was undone."), _("Change it by hand instead."))


def _put_back(conn: Connection, table: str) -> None:
    columns = columns_of(conn, table)
    values = {name: f"json_extract(turn.wanted, '$[{place}]')" for place, name in enumerate(columns)}
    conn.exec_driver_sql(f'DELETE FROM "{table}" WHERE id IN (SELECT row_id FROM temp.turn WHERE wanted IS NULL)')
    conn.exec_driver_sql(
        f'INSERT INTO "{table}" ({_listed(columns)}) SELECT {", ".join(values.values())} FROM temp.turn'
        " WHERE expected IS NULL AND wanted IS NOT NULL"
    )
    assignments = ", ".join(f'"{name}" = {value}' for name, value in values.items() if name != "id")
    conn.exec_driver_sql(
        f'UPDATE "{table}" SET {assignments} FROM temp.turn WHERE turn.row_id = "{table}".id'
        " AND turn.expected IS NOT NULL AND turn.wanted IS NOT NULL"
    )


def _turned(conn: Connection, action_id: int, *, undone: bool) -> Undone:
    conn.exec_driver_sql("DELETE FROM temp.turn")
    conn.exec_driver_sql("UPDATE action SET undone = ? WHERE id = ?", (int(undone), action_id))
    verb, subject, count, card_id, module_id = conn.exec_driver_sql(
        "SELECT verb, subject, count, card_id, module_id FROM action WHERE id = ?", (action_id,)
    ).one()
    if count > 1:
        card_id, module_id = _first_in_the_list(conn, action_id) or (card_id, module_id)
    return Undone(verb, subject, count, card_id, module_id)


def _first_in_the_list(conn: Connection, action_id: int) -> tuple[CardId, ModuleId] | None:
    """Of many cards, the one that a person reads first."""
    row = conn.exec_driver_sql(
        "SELECT card.id, card.module_id FROM change JOIN card ON card.id = change.row_id"
        " WHERE change.action_id = ? AND change.tbl = 'card'"
        " ORDER BY card.place, card.sort_key, card.folded, card.id LIMIT 1",
        (action_id,),
    ).first()
    return None if row is None else (CardId(row[0]), ModuleId(row[1]))


def columns_of(conn: Connection, table: str) -> Sequence[str]:
    """The names of a table's columns, in their order."""
    return list(conn.exec_driver_sql("SELECT name FROM pragma_table_info(?) ORDER BY cid", (table,)).scalars())


def _triggers(table: str, columns: Sequence[str]) -> tuple[str, str, str]:
    """The three triggers of a table; an update that changes nothing is not written down."""
    old, new = image(columns, "old"), image(columns, "new")
    differs = " OR ".join(f'old."{name}" IS NOT new."{name}"' for name in columns)
    return (
        _trigger(table, "insert", "TRUE", "new", "NULL", new),
        _trigger(table, "update", differs, "new", old, new),
        _trigger(table, "delete", "TRUE", "old", old, "NULL"),
    )


def _trigger(table: str, event: str, condition: str, side: str, old: str, new: str) -> str:
    return (
        f'CREATE TRIGGER journal_{table}_{event} AFTER {event.upper()} ON "{table}"'
        f" WHEN (SELECT action_id FROM journal) IS NOT NULL AND ({condition})"
        " BEGIN INSERT INTO change (action_id, tbl, row_id, old, new)"
        f" VALUES ((SELECT action_id FROM journal), '{table}', {side}.id, {old}, {new}); END"
    )


def image(columns: Sequence[str], alias: str, becoming: Mapping[str, str] = MappingProxyType({})) -> str:
    """A row as a JSON array in the order of the columns; `becoming`: the SQL of those that shall be otherwise."""
    values = ", ".join(becoming.get(name, f'{alias}."{name}"') for name in columns)
    return f"json_array({values})"


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)
