"""Backups of a file that is in use, and bringing one back."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from minicrm_tui.domain.backups import Reason
from minicrm_tui.domain.contacts import ContactKind, ContactRef
from minicrm_tui.domain.errors import CannotStart, CrmError, NotFound, Refused, StoreFailed
from minicrm_tui.domain.quickadd import parse_line
from minicrm_tui.domain.retention import Keep
from minicrm_tui.store.backups import copying
from minicrm_tui.store.backups.folder import backups_in, folder_of, path_for
from minicrm_tui.store.backups.restoring import restore
from minicrm_tui.store.backups.safe import Safe
from minicrm_tui.store.migrations import HEAD
from minicrm_tui.store.store import Store

DATA = Path(__file__).parent.parent / "data"


def cards(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as conn:
        return [name for (name,) in conn.execute("SELECT name FROM card ORDER BY id")]


def rename_cards(path: Path, name: str) -> None:
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("UPDATE card SET name = ?", (name,))


def files_of(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


async def add(path: Path, line: str, now: datetime) -> None:
    store = await Store.open(path, now=now)
    module = (await store.modules(now))[0].module
    await store.create_card(module.id, parse_line(line, now, currency="EUR"), now)
    await store.close()


def test_a_backup_is_one_whole_file_of_its_owner_alone(safe: Safe, database: Path, now: datetime) -> None:
    backup = safe.take(Reason.DAILY, now)
    assert cards(backup.path) == cards(database)
    assert files_of(safe.folder) == ["2026-11-23 09.30.00 daily.db"]
    assert stat.S_IMODE(backup.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(safe.folder.stat().st_mode) == 0o700
    assert backup.size == backup.path.stat().st_size
    with closing(sqlite3.connect(backup.path)) as conn:
        assert conn.execute("PRAGMA journal_mode").fetchone() == ("delete",)


async def test_what_is_written_during_the_backup_is_not_in_it_and_not_lost(
    safe: Safe, database: Path, now: datetime
) -> None:
    store = await Store.open(database, now=now)
    before = cards(database)
    snapshot = await asyncio.to_thread(safe.snapshot)
    module = (await store.modules(now))[0].module
    await store.create_card(module.id, parse_line("Written meanwhile", now, currency="EUR"), now)
    backup = await asyncio.to_thread(safe.take, Reason.MERGE, now, snapshot=snapshot)
    assert cards(backup.path) == before
    assert cards(database) == [*before, "Written meanwhile"]
    await store.close()


def test_a_day_has_one_backup(safe: Safe, now: datetime) -> None:
    assert safe.is_due(now)
    safe.take(Reason.DAILY, now)
    assert not safe.is_due(now + timedelta(hours=14))
    assert safe.is_due(now + timedelta(hours=15))


def test_old_backups_go_and_foreign_files_stay(safe: Safe, now: datetime) -> None:
    safe.folder.mkdir(parents=True)
    for days in range(1, 40):
        path_for(safe.folder, now - timedelta(days=days), Reason.DAILY).write_bytes(b"old")
    (safe.folder / "notes.txt").write_text("mine")
    (safe.folder / "2020-13-45 99.99.99 daily.db").write_text("no date")
    safe.take(Reason.DAILY, now)
    stay = {(now.date() - backup.at.date()).days for backup in safe.backups(now)}
    assert stay == {*range(7), 8, 15, 23}
    assert {"notes.txt", "2020-13-45 99.99.99 daily.db"} <= set(files_of(safe.folder))


def test_files_of_one_name_have_folders_of_their_own(tmp_path: Path) -> None:
    folders = {folder_of(tmp_path / place / "crm.db", tmp_path / "backups") for place in ("a", "b")}
    assert len(folders) == 2
    assert {folder.parent for folder in folders} == {tmp_path / "backups"}


def test_a_stopped_backup_leaves_nothing(safe: Safe, now: datetime) -> None:
    stop = Event()
    stop.set()
    with pytest.raises(Refused, match="no new backup"):
        safe.take(Reason.BY_HAND, now, stop=stop)
    assert files_of(safe.folder) == []


def test_progress_ends_at_the_end(safe: Safe, now: datetime) -> None:
    told: list[tuple[int, int]] = []
    safe.take(Reason.BY_HAND, now, progress=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] > 0


def test_a_damaged_file_gives_no_backup(safe: Safe, database: Path, now: datetime) -> None:
    good = safe.take(Reason.DAILY, now)
    page = database.stat().st_size // 2 // 4096 * 4096
    with database.open("r+b") as file:
        file.seek(page)
        file.write(b"\xff" * 8192)
    with pytest.raises(StoreFailed, match="damaged"):
        safe.take(Reason.BY_HAND, now + timedelta(minutes=1))
    assert [backup.path for backup in safe.backups(now)] == [good.path]


def test_a_full_disk_is_said_and_nothing_stays(safe: Safe, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(copying.os, "fsync", full)
    with pytest.raises(StoreFailed, match="the disk is full"):
        safe.take(Reason.BY_HAND, now)
    assert files_of(safe.folder) == []


# --- bringing one back


def test_a_restored_file_is_the_backup_and_the_present_one_is_kept(safe: Safe, database: Path, now: datetime) -> None:
    before = cards(database)
    backup = safe.take(Reason.DAILY, now)
    rename_cards(database, "Spoilt")
    aside = restore(backup.path, database, now)
    assert aside == database.with_name("crm.before-restore-20261123-093000.db")
    assert cards(database) == before
    assert set(cards(aside)) == {"Spoilt"}
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    assert files_of(database.parent) == ["backups", "crm.before-restore-20261123-093000.db", "crm.db"]


async def test_an_open_file_is_not_replaced(safe: Safe, database: Path, now: datetime) -> None:
    backup = safe.take(Reason.DAILY, now)
    rename_cards(database, "Present")
    store = await Store.open(database, now=now)
    await store.modules(now)
    with pytest.raises(Refused, match="open in another window"):
        await asyncio.to_thread(restore, backup.path, database, now)
    await add(database, "Still writable", now)
    await store.close()
    assert cards(database)[-1] == "Still writable"
    assert not list(database.parent.glob("*.before-restore-*"))
    restore(backup.path, database, now)
    assert "Present" not in cards(database)


def test_a_backup_is_restored_where_there_is_no_file(safe: Safe, database: Path, now: datetime) -> None:
    backup = safe.take(Reason.DAILY, now)
    before = cards(database)
    database.unlink()
    assert restore(backup.path, database, now) is None
    assert cards(database) == before


def test_a_damaged_file_is_replaced_with_its_log(safe: Safe, database: Path, now: datetime) -> None:
    backup, before = safe.take(Reason.DAILY, now), cards(database)
    database.write_bytes(b"SQLite format 3\0" + b"\xff" * 8192)
    database.with_name("crm.db-wal").write_bytes(b"what is left of it")
    aside = restore(backup.path, database, now)
    assert aside is not None
    assert cards(database) == before
    assert aside.with_name(aside.name + "-wal").read_bytes() == b"what is left of it"


def _with_a_page_of_nonsense(data: bytes) -> bytes:
    """Its last page but three: no page that is read when a file is opened."""
    size = int.from_bytes(data[16:18], "big")
    return data[: -4 * size] + b"\xff" * size + data[-3 * size :]


def spoilt_backups(folder: Path) -> Iterator[tuple[Path, type[Exception], str]]:
    missing = folder / "none.db"
    yield missing, NotFound, "There is no file"
    text = folder / "text.db"
    text.write_text("Dear diary")
    yield text, CannotStart, "text.db is not a data file of this program"
    cut = folder / "cut.db"
    cut.write_bytes((DATA / f"schema-{HEAD}.db").read_bytes()[:20_000])
    yield cut, CannotStart, "cut.db is damaged"
    spoilt = folder / "spoilt.db"
    spoilt.write_bytes(_with_a_page_of_nonsense((DATA / f"schema-{HEAD}.db").read_bytes()))
    yield spoilt, CannotStart, "spoilt.db is damaged"
    empty = folder / "empty.db"
    empty.touch()
    yield empty, CannotStart, "holds no data"
    yield folder, CannotStart, "is a folder"
    pipe = folder / "pipe.db"
    os.mkfifo(pipe)
    yield pipe, CannotStart, "is not a file"


def test_what_is_no_backup_is_refused_and_changes_nothing(database: Path, tmp_path: Path, now: datetime) -> None:
    folder = tmp_path / "spoilt"
    folder.mkdir()
    before = database.read_bytes()
    for path, error, sentence in spoilt_backups(folder):
        with pytest.raises(error, match=sentence) as refused:
            restore(path, database, now)
        assert "--db" not in refused.value.sentence()
    with pytest.raises(Refused, match="the data file itself"):
        restore(database, database, now)
    assert database.read_bytes() == before
    assert files_of(database.parent) == ["crm.db", "spoilt"]


def test_a_backup_of_an_older_schema_is_restored_and_brought_up_to_date(
    database: Path, tmp_path: Path, now: datetime
) -> None:
    old = tmp_path / "old.db"
    shutil.copy(DATA / "schema-0001.db", old)
    restore(old, database, now)
    asyncio.run(add(database, "After the upgrade", now))
    assert cards(database)[-1] == "After the upgrade"


def test_nothing_is_found_where_no_backup_was_made(tmp_path: Path, now: datetime) -> None:
    assert backups_in(tmp_path / "nowhere", now) == ()


# --- while the program has the file open


async def kept_store(safe: Safe, now: datetime) -> Store:
    return await Store.open(safe.database, now=now, safe=safe)


async def two_companies(store: Store, now: datetime) -> tuple[ContactRef, ContactRef]:
    module = (await store.modules(now))[0].module
    refs = []
    for name in ("Nord Textil", "Nord-Textil"):
        card = await store.create_card(module.id, parse_line(f"Card @ {name}", now, currency="EUR"), now)
        assert card.company is not None
        refs.append(ContactRef(ContactKind.COMPANY, card.company.id))
    return refs[0], refs[1]


async def test_a_merge_is_preceded_by_a_backup_of_what_was(safe: Safe, now: datetime) -> None:
    store = await kept_store(safe, now)
    keep, gone = await two_companies(store, now)
    await store.merge_contacts(keep, gone, (), now)
    await store.close()
    (backup,) = safe.backups(now)
    assert backup.reason is Reason.MERGE
    with closing(sqlite3.connect(backup.path)) as conn:
        assert conn.execute("SELECT count(*) FROM company WHERE name LIKE 'Nord%'").fetchone() == (2,)
    with closing(sqlite3.connect(safe.database)) as conn:
        assert conn.execute("SELECT count(*) FROM company WHERE name LIKE 'Nord%'").fetchone() == (1,)


async def test_what_was_copied_a_moment_ago_is_not_copied_again(safe: Safe, now: datetime) -> None:
    safe.take(Reason.DAILY, now)
    store = await kept_store(safe, now)
    keep, gone = await two_companies(store, now)
    await store.merge_contacts(keep, gone, (), now + timedelta(minutes=9))
    await store.close()
    assert [backup.reason for backup in safe.backups(now)] == [Reason.DAILY]


async def test_the_first_of_a_day_is_made_beside_the_work(safe: Safe, now: datetime) -> None:
    store = await kept_store(safe, now)
    await store.back_up_daily(now)
    while not safe.backups(now):
        await store.data_version()
    await store.back_up_daily(now + timedelta(hours=3))
    await store.close()
    assert [backup.reason for backup in safe.backups(now)] == [Reason.DAILY]


async def test_a_closed_store_leaves_no_half_backup(safe: Safe, now: datetime) -> None:
    store = await kept_store(safe, now)
    await store.back_up_daily(now)
    await store.close()
    assert all(name.endswith("daily.db") for name in files_of(safe.folder))


async def test_a_backup_that_fails_is_told_and_the_work_goes_on(safe: Safe, now: datetime) -> None:
    told: list[CrmError] = []
    store = await kept_store(safe, now)
    safe.folder.parent.mkdir(parents=True, exist_ok=True)
    safe.folder.write_text("a file where the folder must be")
    store.backup_failed = told.append
    keep, gone = await two_companies(store, now)
    await store.merge_contacts(keep, gone, (), now)
    await store.close()
    assert ["could not be made" in error.message for error in told] == [True]


async def test_the_copy_before_a_change_of_format_is_a_backup(tmp_path: Path, now: datetime) -> None:
    database = tmp_path / "old.db"
    shutil.copy(DATA / "schema-0002.db", database)
    safe = Safe(database, tmp_path / "backups", Keep())
    store = await Store.open(database, now=now, safe=safe)
    await store.close()
    assert [backup.reason for backup in safe.backups(now)] == [Reason.UPGRADE]
    assert not list(tmp_path.glob("*.before-upgrade-*"))
