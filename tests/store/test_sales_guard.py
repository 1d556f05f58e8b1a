"""The file itself keeps an opportunity where its key fields put it: no path leads to a card that stands elsewhere."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from store_world import World

from minicrm_tui.domain.records import Kind
from minicrm_tui.store import engine, schema
from minicrm_tui.store.installing import install
from minicrm_tui.store.store import Store
from tests.sales_table import ROWS

STATUSES = sorted(set(ROWS.values()))

_INSERT = """
    INSERT INTO card (module_id, status_id, name, folded, sort_key, created_at, sales_status, qualification, decided)
    VALUES (?, (SELECT id FROM status WHERE module_id = ? AND key = ?), 'Acme', 'acme', 0, '2026-11-20T08:00:00Z',
            ?, ?, ?)
"""

_UPDATE = """
    UPDATE card SET status_id = (SELECT id FROM status WHERE module_id = ? AND key = ?),
                    sales_status = ?, qualification = ?, decided = ? WHERE id = ?
"""


@pytest.fixture
def conn(path: Path) -> sqlite3.Connection:
    """A plain connection to a new file with two modules of sales: what is tried is not the store's doing."""
    made = engine.connect(path)
    with engine.writing(made):
        schema.create(made)
        install(made, Kind.SALES)
        install(made, Kind.SALES)
    engine.close(made)
    return sqlite3.connect(path)


def accepts(conn: sqlite3.Connection, sql: str, *values: object) -> bool:
    """Whether the file takes this; it is rolled back either way."""
    try:
        conn.execute(sql, values)
    except sqlite3.IntegrityError as refused:
        if "key fields" not in str(refused):
            raise
        return False
    finally:
        conn.rollback()
    return True


def test_the_table_has_every_combination_and_every_status() -> None:
    assert (len(ROWS), len(STATUSES)) == (4 * 4 * 2, 17)


def test_a_new_opportunity_stands_in_the_one_right_status_of_seventeen(conn: sqlite3.Connection) -> None:
    with closing(conn):
        for keys, right in ROWS.items():
            taken = [key for key in STATUSES if accepts(conn, _INSERT, 1, 1, key, *keys)]
            assert taken == [right], keys


def test_a_changed_opportunity_goes_to_the_one_right_status_of_seventeen(conn: sqlite3.Connection) -> None:
    with closing(conn):
        card = conn.execute(_INSERT, (1, 1, "lead_qualify", "discovery", "none", 0)).lastrowid
        conn.commit()
        for keys, right in ROWS.items():
            taken = [key for key in STATUSES if accepts(conn, _UPDATE, 1, key, *keys, card)]
            assert taken == [right], keys


@pytest.mark.parametrize("column", ["sales_status", "qualification", "decided", "status_id", "module_id"])
def test_no_single_column_can_be_changed_out_of_step(conn: sqlite3.Connection, column: str) -> None:
    """Each alone would put the card elsewhere; the other module of sales has statuses of the same names."""
    other = {"sales_status": "won", "qualification": "qualified", "decided": 0, "module_id": 2}
    status = conn.execute("SELECT id FROM status WHERE module_id = 2 AND key = 'open_vip_decided'").fetchone()[0]
    with closing(conn):
        card = conn.execute(_INSERT, (1, 1, "open_vip_decided", "in_progress", "vip", 1)).lastrowid
        conn.commit()
        value = other.get(column, status)
        assert not accepts(conn, f"UPDATE card SET {column} = ? WHERE id = ?", value, card)


@pytest.mark.parametrize("keys", [(None, "vip", 0), ("won", None, 0), ("sold", "vip", 0), ("won", "gold", 0)])
def test_key_fields_that_are_none_stand_nowhere(conn: sqlite3.Connection, keys: tuple[object, ...]) -> None:
    with closing(conn):
        assert not any(accepts(conn, _INSERT, 1, 1, key, *keys) for key in STATUSES)


async def test_cards_of_other_modules_have_no_key_fields_and_stand_where_they_are_put(
    store: Store, world: World
) -> None:
    card = await world.add("Site", kind=Kind.PROJECTS)
    review = await world.status(Kind.PROJECTS, "review")
    world.run("UPDATE card SET status_id = ? WHERE id = ?", review.id, card.row.id)
    assert (await store.card(card.row.id)).status == review
