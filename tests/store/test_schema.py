"""The tables keep the rules that the journal lives by; every released schema can be brought up to this one."""

from __future__ import annotations

import re
import shutil
import sqlite3
import stat
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import REAL, CheckConstraint, Float, LargeBinary, Numeric, Table
from sqlmodel import SQLModel
from store_world import World
from tallying import kept, recounted

from minicrm_tui.domain.errors import StoreFailed
from minicrm_tui.domain.records import CardId, ModuleId
from minicrm_tui.domain.views import View
from minicrm_tui.store import engine, journal, preflight, schema, tables
from minicrm_tui.store.migrations import HEAD, REVISIONS
from minicrm_tui.store.migrations.upgrade import SCRIPTS, migrate, script_directory, upgrade
from minicrm_tui.store.preflight import FileState
from minicrm_tui.store.store import Store

DATA = Path(__file__).parents[1] / "data"
BUSINESS = [SQLModel.metadata.tables[str(table.__tablename__)] for table in tables.BUSINESS]
TABLES = [SQLModel.metadata.tables[str(table.__tablename__)] for table in tables.ALL]


def test_every_table_is_known() -> None:
    assert {table.name for table in TABLES} == set(SQLModel.metadata.tables)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_column_holds_what_json_loses(table: Table) -> None:
    for column in table.columns:
        assert not isinstance(column.type, Float | REAL | Numeric | LargeBinary), column


@pytest.mark.parametrize("table", BUSINESS, ids=lambda table: table.name)
def test_a_journaled_row_has_an_id_that_is_never_given_again(table: Table) -> None:
    assert [column.name for column in table.primary_key] == ["id"]
    assert table.dialect_options["sqlite"]["autoincrement"]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_nothing_is_deleted_by_a_cascade(table: Table) -> None:
    for key in table.foreign_keys:
        assert key.ondelete is None
        assert key.onupdate is None


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_check_has_a_name(table: Table) -> None:
    """A batch migration loses those without one."""
    assert all(check.name for check in table.constraints if isinstance(check, CheckConstraint))


def test_the_journal_knows_every_business_table() -> None:
    assert [table.name for table in BUSINESS] == list(journal.JOURNALED)


def test_parents_come_before_children_in_the_journal() -> None:
    names = [table.name for table in BUSINESS]
    for table in BUSINESS:
        for key in table.foreign_keys:
            assert names.index(key.column.table.name) < names.index(table.name)


def test_the_triggers_write_no_journaled_table(path: Path) -> None:
    """What a trigger changes there, an undo would change twice."""
    conn = engine.connect(path)
    with engine.writing(conn):
        schema.create(conn)
        query = "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
        bodies = [sql.split(" BEGIN ", 1)[1] for sql in conn.exec_driver_sql(query).scalars()]
    engine.close(conn)
    written = {name for body in bodies for name in re.findall(r"(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)", body)}
    assert written - {"SET"} == {"change", "tally", "worth", "load", "said"}


def test_the_revisions_are_those_in_the_folder() -> None:
    scripts = list(script_directory().walk_revisions())
    assert tuple(script.revision for script in reversed(scripts)) == REVISIONS
    assert script_directory().get_heads() == [HEAD]


def test_a_migrated_file_equals_a_created_one(tmp_path: Path) -> None:
    created, migrated = tmp_path / "created.db", tmp_path / "migrated.db"
    conn = engine.connect(created)
    with engine.writing(conn):
        schema.create(conn)
    engine.close(conn)
    conn = engine.connect(migrated)
    with engine.writing(conn):
        migrate(conn, SCRIPTS, HEAD)
    engine.close(conn)
    assert _shape(migrated) == _shape(created)


def _shape(path: Path) -> dict[str, object]:
    """Every table, index and trigger, in words that don't depend on the layout of the text.

    A column that was added stands behind the table's constraints in the text: clauses are compared as a set, and the
    order of the columns by itself.
    """
    with closing(sqlite3.connect(path)) as conn:
        found = conn.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        columns = {
            name: conn.execute(f"PRAGMA table_info({name})").fetchall() for kind, name, _ in found if kind == "table"
        }
    # A table that was made anew and renamed has its name in quotes.
    plain = [(kind, name, sql.replace(f'TABLE "{name}"', f"TABLE {name}")) for kind, name, sql in found]
    said = {f"{kind} {name}": _clauses(re.sub(r"\s*([(),])\s*|\s+", r"\1 ", sql).strip()) for kind, name, sql in plain}
    return {**said, **columns}


def _clauses(sql: str) -> list[str]:
    """The parts between a statement's outermost commas, sorted."""
    parts, depth = [""], 0
    for character in sql:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth <= 1 and character in "(),":
            parts.append("")
        else:
            parts[-1] += character
    return sorted(part.strip() for part in parts)


@pytest.mark.parametrize("revision", REVISIONS)
async def test_a_file_of_every_released_schema_opens(tmp_path: Path, now: datetime, revision: str) -> None:
    path = tmp_path / "crm.db"
    shutil.copy(DATA / f"schema-{revision}.db", path)
    store = await Store.open(path, now=now)
    card = await store.card(CardId(1))
    assert (card.row.name, card.row.company, card.row.person) == ("Acme Industries", "Acme SRL", "Ana Pop")
    rows = await store.rows(View(ModuleId(4)), "next_month", 0, 5, now)
    assert [row.person for row in rows] == ["Călin Ștefan"]
    world = World(store, path, now)
    assert kept(world) == recounted(world)
    await store.close()


NEXT = """
from alembic import op
import sqlalchemy as sa

revision = "9999"
down_revision = "{head}"


def upgrade():
    with op.batch_alter_table("card") as batch:
        batch.add_column(sa.Column("colour", sa.Text(), nullable=True))
        batch.alter_column("name", existing_type=sa.Text(), nullable=True)
    {more}
"""


def _next_revision(folder: Path, more: str = "pass") -> Path:
    scripts = folder / "scripts with % and spaces"
    shutil.copytree(SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "r9999_next.py").write_text(NEXT.format(more=more, head=HEAD))
    return scripts


def test_an_upgrade_keeps_the_rows_and_makes_the_triggers_again(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "crm.db"
    shutil.copy(DATA / f"schema-{HEAD}.db", path)
    before = _rows(path)
    copy = upgrade(path, now, scripts=_next_revision(tmp_path), target="9999")
    assert _rows(copy) == before
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    after = _rows(path)
    assert after["card"] == [(*row, None) for row in before["card"]]
    assert {table: rows for table, rows in after.items() if table != "card"} == {
        table: rows for table, rows in before.items() if table != "card"
    }
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]
        assert conn.execute("SELECT count(*) FROM action").fetchone() == (0,)
        assert conn.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone() > (20,)
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []


def _rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    names = (*journal.JOURNALED, "tally", "worth", "load")
    with closing(sqlite3.connect(path)) as conn:
        return {name: sorted(conn.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in names}


@pytest.mark.parametrize(
    ("more", "error"),
    [('op.execute("DELETE FROM module WHERE id = 1")', StoreFailed), ("raise ZeroDivisionError", ZeroDivisionError)],
    ids=["orphans", "a failure"],
)
def test_a_failed_upgrade_leaves_the_file_as_it_was(
    tmp_path: Path, now: datetime, more: str, error: type[Exception]
) -> None:
    path = tmp_path / "crm.db"
    shutil.copy(DATA / f"schema-{HEAD}.db", path)
    before, shape = _rows(path), _shape(path)
    with pytest.raises(error):
        upgrade(path, now, scripts=_next_revision(tmp_path, more), target="9999")
    assert (_rows(path), _shape(path)) == (before, shape)


async def test_a_file_that_is_behind_is_brought_up_to_date_when_opened(
    tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "crm.db"
    shutil.copy(DATA / f"schema-{HEAD}.db", path)
    monkeypatch.setattr(preflight, "REVISIONS", (*REVISIONS, "9999"))
    monkeypatch.setattr(preflight, "HEAD", "9999")
    assert preflight.check(path) is FileState.BEHIND
    store = await Store.open(path, now=now)
    assert (await store.card(CardId(2))).row.name == "Beta"
    assert await store.undo(now) is None
    await store.close()
    assert len(list(tmp_path.glob("*.before-upgrade-*"))) == 1


def test_orders_and_documents_from_before_get_their_content(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "crm.db"
    shutil.copy(DATA / "schema-0002.db", path)
    with closing(sqlite3.connect(path)) as conn, conn:
        for name, kind, status, amount in (
            ("Roof", "orders", "draft", 450_000),
            ("Roof repair", "invoicing", "offer_draft", None),
            ("Doors", "invoicing", "invoice_to_be_issued", 12_000),
        ):
            conn.execute(
                "INSERT INTO card (module_id, status_id, name, folded, amount, currency, sort_key, created_at)"
                " SELECT m.id, s.id, ?, lower(?), ?, iif(? IS NULL, NULL, 'RON'), 9, '2026-11-20T08:00:00Z'"
                " FROM module m JOIN status s ON s.module_id = m.id WHERE m.kind = ? AND s.key = ?",
                (name, name, amount, amount, kind, status),
            )
    upgrade(path, now)
    with closing(sqlite3.connect(path)) as conn:
        found = conn.execute(
            "SELECT document.kind, document.currency, line.name, line.quantity, line.price, line.vat"
            " FROM document LEFT JOIN line ON line.document_id = document.id ORDER BY document.id"
        ).fetchall()
    assert sorted(found, reverse=True, key=lambda row: row[0]) == [
        ("order", "RON", "Roof", 1000, 450_000, 0),
        ("offer", "EUR", None, None, None, None),
        ("invoice", "RON", "Doors", 1000, 12_000, 0),
    ]
