"""The demo's data: the same for the same seed, and as the store itself would have kept it."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from minicrm_tui.demo import write_demo
from minicrm_tui.demo.plan import apportion, sizes
from minicrm_tui.domain.agenda import BUCKETS, bounds
from minicrm_tui.domain.errors import CannotStart, Refused
from minicrm_tui.domain.records import Bucket, Kind
from minicrm_tui.domain.views import View
from minicrm_tui.store import engine, tally
from minicrm_tui.store.bulk_rows import (
    CardValues,
    ChannelValues,
    CompanyValues,
    DocumentValues,
    HistoryValues,
    LineValues,
    LinkValues,
    PersonValues,
    PriceValues,
    ProductValues,
    TaskValues,
)
from minicrm_tui.store.document_tables import DocumentTable, LineTable, PriceTable, ProductTable
from minicrm_tui.store.store import Store
from minicrm_tui.store.tables import (
    BUSINESS,
    CardTable,
    ChannelTable,
    CompanyTable,
    HistoryTable,
    LinkTable,
    PersonTable,
    TaskTable,
)
from minicrm_tui.store.upkeep import refresh
from tests.five import FIVE

Make = Callable[..., Path]

TABLES = tuple(str(table.__tablename__) for table in BUSINESS)


@pytest.fixture
def make(tmp_path: Path, now: datetime) -> Make:
    """Writes demo files of their own names."""
    made: list[Path] = []

    def written(at: datetime = now, **options: object) -> Path:
        path = tmp_path / f"demo{len(made)}.db"
        made.append(path)
        write_demo(path, now=at, **options)  # type: ignore[arg-type]
        return path

    return written


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as file:
        return {table: file.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in TABLES}


def ask(path: Path, query: str, *values: object) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as file:
        return file.execute(query, values).fetchall()


def in_bucket(path: Path, bucket: Bucket, now: datetime) -> int:
    query = """
        SELECT count(*) FROM card JOIN module ON module.id = module_id
        WHERE kind = 'sales' AND place = 0 AND sort_key >= ? AND sort_key < ?
    """
    [(count,)] = ask(path, query, *bounds(bucket, now))
    assert isinstance(count, int)
    return count


def test_the_same_seed_gives_the_same_data(make: Make) -> None:
    first, second, other = make(seed=7), make(seed=7), make(seed=8)
    assert contents(first) == contents(second)
    assert contents(first) != contents(other)


def test_there_are_250_cards_over_all_nine_kinds(make: Make) -> None:
    found = ask(make(), "SELECT kind, count(*) FROM card JOIN module ON module.id = module_id GROUP BY kind")
    assert {kind for kind, _count in found} == {kind.value for kind in Kind}
    assert sum(int(str(count)) for _kind, count in found) == 250


@pytest.mark.parametrize("hour", [0, 9, 13, 23])
@pytest.mark.parametrize("days", range(7))
def test_twelve_are_expired_in_sales_on_any_day_at_any_hour(make: Make, now: datetime, hour: int, days: int) -> None:
    then = now.replace(hour=hour, minute=59) + timedelta(days=days)
    path = make(at=then)
    for bucket in BUCKETS:
        low, high = bounds(bucket, then)
        if bucket is Bucket.EXPIRED:
            assert in_bucket(path, bucket, then) == 12
        elif low < high:
            assert in_bucket(path, bucket, then) > 0, bucket


def test_nothing_expires_in_the_first_minutes(make: Make, now: datetime) -> None:
    assert in_bucket(make(), Bucket.EXPIRED, now + timedelta(minutes=25)) == 12


def test_some_were_postponed_twice_and_some_have_two_tasks(make: Make) -> None:
    path = make()
    assert len(ask(path, "SELECT 1 FROM task WHERE closed_at IS NULL AND postponed = 2")) >= 3
    assert len(ask(path, "SELECT 1 FROM card WHERE open_tasks = 2")) >= 3
    assert {currency for (currency,) in ask(path, "SELECT DISTINCT currency FROM card")} == {None, "EUR", "RON"}


def test_there_is_a_past(make: Make, now: datetime) -> None:
    path = make()
    kinds = {str(kind) for (kind,) in ask(path, "SELECT DISTINCT kind FROM history")}
    assert kinds == {"created", "task", "status", "field", "note", "document", "linked"}
    [(latest,)] = ask(path, "SELECT max(at) FROM history")
    assert str(latest) < now.strftime("%Y-%m-%dT%H:%M:%SZ")
    [(closed_early,)] = ask(path, "SELECT count(*) FROM task WHERE closed_at < created_at")
    assert closed_early == 0


@pytest.mark.parametrize("cards", [1, 250, 6_000])
def test_the_file_is_as_the_store_would_have_kept_it(make: Make, cards: int) -> None:
    path = make(cards=cards)
    conn = engine.connect(path)
    try:
        with engine.writing(conn):
            assert conn.exec_driver_sql("PRAGMA foreign_key_check").all() == []
            assert conn.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
            ids = conn.exec_driver_sql("SELECT id FROM card").scalars().all()
            assert len(ids) == cards
            # What the cards keep of their tasks and clients is what the store works out itself.
            assert refresh(conn, ids) == 0
            counts = ["SELECT * FROM tally ORDER BY 1, 2, 3, 4", "SELECT * FROM worth", "SELECT * FROM load"]
            before = [conn.exec_driver_sql(query).all() for query in counts]
            tally.rebuild(conn)
            assert [conn.exec_driver_sql(query).all() for query in counts] == before
    finally:
        engine.close(conn)


def test_a_finished_card_stands_where_the_store_would_put_it(make: Make) -> None:
    """Its sort key is the moment of its finishing, which the store looks up in the history."""
    path = make()
    latest = """
        SELECT card.id, sort_key, -CAST(strftime('%s', max(at)) AS INTEGER) FROM card
        JOIN history ON card_id = card.id AND history.kind IN ('status', 'task') WHERE place = 1 GROUP BY card.id
    """
    found = ask(path, latest)
    assert len(found) > 50
    assert all(kept == worked_out for _card, kept, worked_out in found)


def test_indexes_and_triggers_are_those_of_a_new_file(make: Make, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.db"
    conn = engine.connect(fresh)
    from minicrm_tui.store import schema

    with engine.writing(conn):
        schema.create(conn, FIVE)
    engine.close(conn)
    query = "SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2"
    assert ask(make(), query) == ask(fresh, query)


async def test_the_store_opens_it_and_nothing_can_be_undone(make: Make, now: datetime) -> None:
    store = await Store.open(make(), now=now)
    try:
        modules = await store.modules(now)
        assert [summary.module.kind for summary in modules][:3] == [Kind.SALES, Kind.ORDERS, Kind.INVOICING]
        assert modules[0].expired == 12
        outline = await store.outline(View(modules[0].module.id), now)
        assert outline.buckets[Bucket.EXPIRED] == 12
        assert await store.undo(now) is None
    finally:
        await store.close()


def test_names_and_texts_have_no_placeholder_left(make: Make) -> None:
    path = make(language="ro")
    texts = ask(path, "SELECT text FROM task UNION ALL SELECT text FROM history UNION ALL SELECT name FROM card")
    assert all("{" not in str(text) for (text,) in texts)
    assert len({text for (text,) in ask(path, "SELECT name FROM company")}) == len(ask(path, "SELECT 1 FROM company"))


def test_the_language_of_the_program_is_left_as_it_was(make: Make) -> None:
    from minicrm_tui.i18n import language

    make(language="ro", cards=5)
    assert language() == "en"


def test_a_file_that_is_there_is_left_alone(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "mine.db"
    path.write_text("mine")
    with pytest.raises(Refused, match="already there"):
        write_demo(path, now=now)
    assert path.read_text() == "mine"


def test_a_forbidden_folder_is_refused(tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """By what the system says of it: root, as which tests may run, is forbidden nothing."""

    def forbidding(ask: Callable[..., os.stat_result]) -> Callable[..., os.stat_result]:
        def asked(path: Path, **more: bool) -> os.stat_result:
            if Path(path).name == "demo.db":
                raise PermissionError(errno.EACCES, "Permission denied")
            return ask(path, **more)

        return asked

    monkeypatch.setattr(os, "stat", forbidding(os.stat))
    monkeypatch.setattr(os, "lstat", forbidding(os.lstat))
    with pytest.raises(CannotStart, match="no permission"):
        write_demo(tmp_path / "demo.db", now=now, cards=1)


def test_an_interrupted_demo_leaves_nothing_behind(tmp_path: Path, now: datetime) -> None:
    def interrupted(_done: int, _all: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_demo(tmp_path / "demo.db", now=now, progress=interrupted)
    assert list(tmp_path.iterdir()) == []


def test_progress_goes_from_little_to_all(tmp_path: Path, now: datetime) -> None:
    told: list[tuple[int, int]] = []
    write_demo(tmp_path / "demo.db", now=now, cards=5_000, progress=lambda done, all_: told.append((done, all_)))
    assert [done for done, _all in told] == sorted(done for done, _all in told)
    assert told[-1][0] == told[-1][1]
    assert len(told) > 5


def test_the_file_is_its_owners_alone(make: Make) -> None:
    assert make().stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("cards", [1, 2, 9, 250, 10_000, 1_000_000])
def test_the_modules_share_all_the_cards(cards: int) -> None:
    shares = sizes(cards)
    assert sum(shares.values()) == cards
    assert shares[Kind.SALES] == max(shares.values())


def test_whole_shares_add_up() -> None:
    assert apportion(10, (1, 1, 1)) == (4, 3, 3)
    assert apportion(0, (3, 2)) == (0, 0)
    assert apportion(7, (0, 1)) == (0, 7)


@pytest.mark.parametrize(
    ("values", "table"),
    [
        (CompanyValues, CompanyTable),
        (PersonValues, PersonTable),
        (ChannelValues, ChannelTable),
        (CardValues, CardTable),
        (TaskValues, TaskTable),
        (HistoryValues, HistoryTable),
        (ProductValues, ProductTable),
        (PriceValues, PriceTable),
        (DocumentValues, DocumentTable),
        (LineValues, LineTable),
        (LinkValues, LinkTable),
    ],
)
def test_bulk_rows_have_the_columns_of_their_tables(values: type, table: type) -> None:
    columns = {column.name: column for column in table.__table__.columns}  # type: ignore[attr-defined]
    fields = set(values._fields)  # type: ignore[attr-defined]
    assert fields <= set(columns)
    left_out = set(columns) - fields - {"id"}
    empty = {column for column in left_out if columns[column].server_default is not None}
    nullable = {"trashed_at", "retired_at", "minutes", "customer_step", "loss_details"}
    assert left_out - empty <= nullable, "a new column needs a value here, or a place among these"
