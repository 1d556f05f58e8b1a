"""Files that can be opened, and what is said of those that can't."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from store_world import World, cards
from tallying import kept, recounted

from minicrm_tui.domain.errors import Busy, CannotStart, CrmError, StoreFailed
from minicrm_tui.domain.quickadd import LineDraft
from minicrm_tui.domain.records import Kind, ModuleId, Outcome
from minicrm_tui.store import engine, journal, opening, preflight, schema
from minicrm_tui.store.migrations import HEAD
from minicrm_tui.store.preflight import FileState
from minicrm_tui.store.store import Store
from tests.five import FIVE


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("BEGIN EXCLUSIVE")
        yield


@contextmanager
def _umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "BUSY_SECONDS", 0.05)


async def _make(path: Path, now: datetime) -> None:
    await (await Store.open(path, now=now)).close()


@pytest.mark.parametrize("mask", [0o000, 0o077, 0o277])
async def test_a_new_file_and_its_folders_are_its_owners_alone(tmp_path: Path, now: datetime, mask: int) -> None:
    path = tmp_path / "one" / "two" / "crm.db"
    with _umask(mask):
        store = await Store.open(path, now=now)
        modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in (tmp_path / "one").rglob("*")}
        await store.close()
    assert modes.pop("two") == 0o700
    assert set(modes) >= {"crm.db"}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE((tmp_path / "one").stat().st_mode) == 0o700


async def test_a_new_file_has_the_first_modules_and_nothing_to_undo(path: Path, now: datetime) -> None:
    for install, kinds in ((None, [Kind.SALES]), (FIVE, list(FIVE)), ((), [])):
        path.unlink(missing_ok=True)
        given = {} if install is None else {"install": install}
        store = await Store.open(path, now=now, **given)
        assert [summary.module.kind for summary in await store.modules(now)] == kinds
        assert await store.undo(now) is None
        await store.close()


async def test_a_file_that_was_left_without_modules_gets_them_later_and_only_once(path: Path, now: datetime) -> None:
    store = await Store.open(path, now=now, install=())
    await store.close()
    for install in ((Kind.PROJECTS, Kind.SALES), FIVE):
        store = await Store.open(path, now=now, install=install)
        await store.install_first(FIVE)
        assert [summary.module.kind for summary in await store.modules(now)] == [Kind.PROJECTS, Kind.SALES]
        assert await store.undo(now) is None
        await store.close()


async def test_an_empty_file_is_filled(path: Path, now: datetime) -> None:
    path.touch()
    assert preflight.check(path) is FileState.NEW
    await _make(path, now)
    assert preflight.check(path) is FileState.CURRENT


def test_checking_makes_nothing(tmp_path: Path) -> None:
    assert preflight.check(tmp_path / "not" / "there" / "crm.db") is FileState.NEW
    assert list(tmp_path.iterdir()) == []


async def test_what_is_no_data_file_is_refused_and_left_alone(path: Path, now: datetime) -> None:
    for content in (b"hello, I am a letter" * 100, b"SQLite format 3\0 but not really" * 100):
        path.write_bytes(content)
        with pytest.raises(CannotStart):
            await Store.open(path, now=now)
        assert path.read_bytes() == content


async def test_another_programs_database_is_refused_and_left_alone(path: Path, now: datetime) -> None:
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("CREATE TABLE note (text)")
    before = path.read_bytes()
    with pytest.raises(CannotStart, match="not a data file of this program"):
        await Store.open(path, now=now)
    assert path.read_bytes() == before


async def test_a_newer_file_is_refused_with_what_to_do(path: Path, now: datetime) -> None:
    await _make(path, now)
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(CannotStart, match="newer version") as refused:
        await Store.open(path, now=now)
    assert "Update" in refused.value.hint


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="is a folder"):
        preflight.check(tmp_path)


def test_a_path_through_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("x")
    with pytest.raises(CannotStart):
        preflight.check(tmp_path / "letter" / "crm.db")


def test_a_pipe_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(CannotStart, match="is not a file"):
        preflight.check(tmp_path / "pipe")


def test_a_name_that_is_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotStart):
        preflight.check(tmp_path / ("x" * 5000))


@pytest.mark.parametrize("forbidden", [os.R_OK, os.W_OK])
async def test_a_file_without_permission_is_refused(
    path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch, forbidden: int
) -> None:
    """By what `os.access` says: root, as which tests may run, is forbidden nothing."""
    await _make(path, now)
    monkeypatch.setattr(os, "access", lambda _path, mode: not mode & forbidden)
    with pytest.raises(CannotStart, match="no permission"):
        preflight.check(path)


def test_a_forbidden_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    with pytest.raises(CannotStart, match="no permission"):
        preflight.check(tmp_path / "new" / "crm.db")


@pytest.mark.usefixtures("_impatient")
async def test_a_locked_file_is_busy(path: Path, now: datetime) -> None:
    await _make(path, now)
    with _locked(path), pytest.raises(Busy):
        preflight.check(path)


@pytest.mark.usefixtures("_impatient")
async def test_a_write_to_a_locked_file_is_refused_and_the_next_one_works(path: Path, now: datetime) -> None:
    store = await Store.open(path, now=now)
    with _locked(path):
        with pytest.raises(Busy):
            await store.undo(now)
        assert len(await store.modules(now)) == 1
    assert await store.undo(now) is None
    await store.close()


async def test_a_file_that_could_not_be_made_whole_is_taken_away(
    path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise sqlite3.OperationalError("no room")

    monkeypatch.setattr(schema, "create_triggers", fail)
    with pytest.raises(sqlite3.OperationalError):
        await Store.open(path, now=now)
    assert list(path.parent.iterdir()) == []


async def test_two_that_make_the_same_file_at_once_both_get_it(path: Path, now: datetime) -> None:
    """The second one waits, and finds the tables made."""
    preflight.make_room(path)
    conn = engine.connect(path)
    with engine.writing(conn):
        schema.create(conn, FIVE)
    engine.close(conn)
    conn = opening._fill(path, FIVE)
    engine.close(conn)
    store = await Store.open(path, now=now)
    assert len(await store.modules(now)) == 5
    await store.close()


async def test_one_that_is_making_the_file_is_waited_for(
    path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite itself refuses at once to change the journal's mode beside another process."""
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    with closing(other):
        other.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr("time.sleep", lambda _seconds: other.execute("ROLLBACK"))
        await _make(path, now)
    assert preflight.check(path) is FileState.CURRENT


@pytest.mark.usefixtures("_impatient")
async def test_a_new_file_that_another_process_is_filling_is_not_taken_away(
    path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    others: list[sqlite3.Connection] = []

    def make_room_and_be_overtaken(made: Path) -> bool:
        is_ours = make_room(made)
        others.append(sqlite3.connect(made, isolation_level=None, check_same_thread=False))
        others[0].execute("BEGIN EXCLUSIVE")
        return is_ours

    make_room = preflight.make_room
    monkeypatch.setattr(preflight, "make_room", make_room_and_be_overtaken)
    with pytest.raises(Busy):
        await Store.open(path, now=now)
    others[0].execute("ROLLBACK")
    others[0].close()
    assert path.exists()


async def test_a_link_to_a_file_that_is_not_there_yet_makes_it(tmp_path: Path, now: datetime) -> None:
    link, target = tmp_path / "link.db", tmp_path / "new" / "crm.db"
    link.symlink_to(target)
    with _umask(0):
        await _make(link, now)
    assert link.is_symlink()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert stat.S_IMODE(target.parent.stat().st_mode) == 0o700


async def test_a_link_to_itself_is_refused(tmp_path: Path, now: datetime) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(link)
    with pytest.raises(CannotStart):
        await Store.open(link, now=now)


@pytest.mark.parametrize("damage", ["DELETE FROM alembic_version", "DROP TABLE alembic_version"])
async def test_a_file_of_ours_without_its_stamp_is_damaged(path: Path, now: datetime, damage: str) -> None:
    await _make(path, now)
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute(damage)
    with pytest.raises(CannotStart, match="damaged"):
        preflight.check(path)


@pytest.mark.parametrize("code", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE])
async def test_a_disk_without_a_byte_left_is_full_and_not_unusable(
    path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def fail(*_args: object) -> None:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = code
        raise error

    await _make(path, now)
    monkeypatch.setattr(preflight, "_state", fail)
    with pytest.raises(StoreFailed, match="disk is full"):
        preflight.check(path)


async def test_closing_twice_is_harmless(path: Path, now: datetime) -> None:
    store = await Store.open(path, now=now)
    await store.close()
    await store.close()


async def _fill_up(store: Store, module_id: ModuleId, now: datetime) -> None:
    for number in range(1000):
        await store.create_card(module_id, LineDraft("x" * 150 + str(number)), now)


async def test_a_full_disk_changes_nothing_and_says_so(store: Store, world: World, now: datetime) -> None:
    card = await world.add("Acme", world.day(0))
    await store._write(lambda conn: conn.exec_driver_sql("PRAGMA max_page_count = 1"))
    with pytest.raises(StoreFailed, match="disk is full"):
        await _fill_up(store, card.row.module_id, now)
    assert kept(world) == recounted(world)
    assert world.one("SELECT count(*) FROM card") == world.one("SELECT count(*) FROM history WHERE kind = 'created'")
    assert len(world.actions()) == world.one("SELECT count(*) FROM card")
    await store._write(lambda conn: conn.exec_driver_sql("PRAGMA max_page_count = 100000"))
    await store.create_card(card.row.module_id, LineDraft("fits again"), now)


async def test_a_failure_in_the_middle_leaves_nothing(
    store: Store, world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = await world.add("Acme", world.day(0))
    before = (world.image(), world.actions())

    def fail(*_args: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(journal, "finish", fail)
        with pytest.raises(ZeroDivisionError):
            await store.close_tasks(cards(card.row.id), Outcome.DONE, "", now)
    assert (world.image(), world.actions()) == before
    assert (await store.close_tasks(cards(card.row.id), Outcome.DONE, "", now)).tasks == 1


async def test_a_file_that_can_only_be_read_says_so(path: Path, now: datetime) -> None:
    store = await Store.open(path, now=now)
    await store._read(lambda conn: conn.exec_driver_sql("PRAGMA query_only = ON"))
    with pytest.raises(CrmError, match="can't be written"):
        await store._write(lambda conn: conn.exec_driver_sql("UPDATE module SET name = 'x'"))
    await store.close()


def _run_on_a_file(tmp_path: Path, *steps: str) -> None:
    """Run these lines with an open store in a process of its own; `heavy()` is what it has imported needlessly."""
    path = tmp_path / "crm.db"
    shutil.copy(Path(__file__).parents[1] / "data" / f"schema-{HEAD}.db", path)
    script = (
        "import asyncio, sys; from datetime import UTC, datetime; from pathlib import Path;"
        "from minicrm_tui.store.store import Store\n"
        "assert 'sqlalchemy' not in sys.modules\n"
        "from minicrm_tui.domain.records import CardId\n"
        "from minicrm_tui.domain.views import Targets, View\n"
        "now = datetime.now(UTC)\n"
        "def heavy(): return {'sqlmodel', 'pydantic', 'alembic', 'sqlalchemy.orm'} & set(sys.modules)\n"
        "def ours(): return {name for name in sys.modules if name.startswith('minicrm_tui.store.')}\n"
        "async def main():\n"
        "    store = await Store.open(Path(sys.argv[1]), now=now)\n"
        + "".join(f"    {step}\n" for step in steps)
        + "    await store.close()\n"
        "asyncio.run(main())\n"
    )
    subprocess.run((sys.executable, "-c", script, str(path)), check=True, cwd=Path(__file__).parents[2])


def test_the_first_screen_needs_no_sqlmodel(tmp_path: Path) -> None:
    """What takes a quarter of a second to import has no place before the first rows, the pipeline and the peek."""
    _run_on_a_file(
        tmp_path,
        "(module, *_) = await store.modules(now)",
        "await store.outline(View(1), now)",
        "assert await store.rows(View(1), 'no_task', 0, 5, now)",
        "await store.status_rows(View(1), module.statuses[0].id, 0, 5, now)",
        "await store.spot(View(1), CardId(1), now)",
        "await store.card(CardId(1))",
        "await store.data_version()",
        "assert not heavy(), heavy()",
    )


def test_a_warm_store_imports_nothing_for_its_first_writes(tmp_path: Path) -> None:
    _run_on_a_file(
        tmp_path,
        "await store.warm_up()",
        "before = ours()",
        "await store.add_note(Targets((1,)), 'a note', now)",
        "await store.trash(Targets((1,)), now)",
        "await store.undo(now)",
        "assert ours() == before, ours() - before",
    )


async def test_a_store_that_is_closed_while_it_warms_up_closes(path: Path, now: datetime) -> None:
    store = await Store.open(path, now=now)
    warming = asyncio.create_task(store.warm_up())
    await asyncio.sleep(0)
    await store.close()
    await warming
    with pytest.raises(asyncio.CancelledError):
        await store.modules(now)
