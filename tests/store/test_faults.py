"""What goes wrong with machines and files, done for real: nothing acknowledged is lost, nothing is half there."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import insert

from benchmarks.writer import WRITER, writer
from minicrm_tui.domain.errors import CrmError, Refused, StoreFailed
from minicrm_tui.domain.quickadd import parse_line
from minicrm_tui.domain.records import CardId
from minicrm_tui.domain.views import View
from minicrm_tui.store.backups.safe import Safe
from minicrm_tui.store.doctor.examining import examine
from minicrm_tui.store.migrations import HEAD
from minicrm_tui.store.store import Store
from minicrm_tui.store.tables import CompanyTable

DATA = Path(__file__).parent.parent / "data"

KILLS = 20


def wrong(safe: Safe, now: datetime) -> list[str]:
    """What the doctor finds in the file itself."""
    return [finding.what for finding in examine(safe, now) if finding.key != "backup"]


def cards(path: Path, name: str) -> set[int]:
    with closing(sqlite3.connect(path)) as conn:
        return {card_id for (card_id,) in conn.execute("SELECT id FROM card WHERE name LIKE ?", (f"{name} %",))}


async def make(store: Store, name: str, now: datetime) -> CardId:
    module = (await store.modules(now))[0].module
    return (await store.create_card(module.id, parse_line(f"{name} > Call tomorrow", now, currency="EUR"), now)).row.id


# --- the process dies


def test_a_killed_writer_has_lost_nothing_that_it_acknowledged(database: Path, safe: Safe, now: datetime) -> None:
    """`kill -9` after a while that is never the same: every acknowledged card is there whole, and no half one."""
    chance = random.Random(9)
    acknowledged: set[int] = set()
    for turn in range(KILLS):
        process = writer(database, "Killed", 1000)
        assert process.stdout is not None
        for _line in range(chance.randint(1, 4)):
            acknowledged.add(int(process.stdout.readline()))
        process.send_signal(signal.SIGKILL)
        rest, _errors = process.communicate()
        # What was printed before the kill was acknowledged too; a line cut in two was not.
        acknowledged.update(int(line) for line in rest.splitlines(keepends=True) if line.endswith("\n"))
        there = cards(database, "Killed")
        assert acknowledged <= there, f"kill {turn}: acknowledged cards are missing"
        # The one that was being written may be there, whole; never more.
        assert len(there) <= len(acknowledged) + turn + 1
    assert wrong(safe, now) == []


# --- the disk


def limit_files() -> None:
    """No file of this process may grow beyond 600 kB; the signal that comes with it is an error instead."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))


def test_a_quota_that_is_used_up_is_said_and_what_was_written_stays(database: Path, safe: Safe, now: datetime) -> None:
    command = [sys.executable, "-c", WRITER, str(database), "Quota", "5000"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=limit_files)
    assert done.returncode == 1
    assert "StoreFailed" in done.stderr
    acknowledged = {int(line) for line in done.stdout.split()}
    assert acknowledged
    assert acknowledged <= cards(database, "Quota")
    assert wrong(safe, now) == []


# --- the file goes away under the program


async def deleted(database: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)


async def replaced(database: Path) -> None:
    other = database.with_name("other.db")
    shutil.copy(DATA / f"schema-{HEAD}.db", other)
    other.replace(database)


async def moved(database: Path) -> None:
    database.rename(database.with_name("elsewhere.db"))


@pytest.mark.parametrize("away", [deleted, replaced, moved], ids=["deleted", "replaced", "moved"])
async def test_a_file_that_is_gone_is_said_and_what_was_in_it_is_saved(
    database: Path, safe: Safe, now: datetime, away: Callable[[Path], Awaitable[None]]
) -> None:
    store = await Store.open(database, now=now, safe=safe)
    last = await make(store, "The last one", now)
    await away(database)
    with pytest.raises(StoreFailed, match="moved, deleted or replaced") as refused:
        await make(store, "Refused", now)
    (backup,) = safe.backups(now)
    assert str(backup.path) in refused.value.sentence()
    assert (await store.card(last)).row.name == "The last one"
    with pytest.raises(StoreFailed, match="moved, deleted or replaced"):
        await store.undo(now)
    assert len(safe.backups(now)) == 1
    await store.close()
    with closing(sqlite3.connect(backup.path)) as conn:
        assert ("The last one",) in conn.execute("SELECT name FROM card").fetchall()
        assert ("Refused",) not in conn.execute("SELECT name FROM card").fetchall()


async def test_who_only_looks_hears_once_that_the_file_is_gone(database: Path, safe: Safe, now: datetime) -> None:
    store = await Store.open(database, now=now, safe=safe)
    await store.data_version()
    database.rename(database.with_name("elsewhere.db"))
    with pytest.raises(StoreFailed, match="moved, deleted or replaced") as told:
        await store.data_version()
    assert "is saved in" in told.value.hint
    await store.data_version()
    await store.close()


async def test_without_a_folder_of_backups_the_place_is_named(database: Path, now: datetime) -> None:
    store = await Store.open(database, now=now)
    await make(store, "Before", now)
    database.rename(database.with_name("elsewhere.db"))
    with pytest.raises(StoreFailed) as refused:
        await make(store, "Refused", now)
    assert refused.value.hint == f"Put it back in its place: {database}."
    database.with_name("elsewhere.db").rename(database)
    assert await make(store, "Again in its place", now)
    await store.close()


# --- bytes change under the program


def page_of(database: Path, name: str) -> int:
    """Where the first page of a table or index begins."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as conn:
        (root,) = conn.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()
        (size,) = conn.execute("PRAGMA page_size").fetchone()
    return int((root - 1) * size)


def flip(path: Path, start: int, length: int) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        there = file.read(length)
        file.seek(start)
        file.write(bytes(byte ^ 0xFF for byte in there))


@pytest.mark.parametrize("what", ["header", "card", "task", "ix_card_list", "log"])
async def test_flipped_bytes_give_a_sentence_and_never_a_crash(
    database: Path, safe: Safe, now: datetime, what: str
) -> None:
    """Whatever is read from a damaged file while it is open: an answer, or a sentence that names the backups."""
    store = await Store.open(database, now=now)
    await make(store, "Before", now)
    if what != "log":
        with closing(sqlite3.connect(database)) as conn:
            conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if what == "log":
        flip(database.with_name("crm.db-wal"), 24, 4000)
    else:
        flip(database, 0 if what == "header" else page_of(database, what), 2000)
    await store.close()
    said = [await tried_to_open(database, now)]
    assert all(isinstance(error, CrmError) for error in said if error is not None)
    if what in ("header", "card", "ix_card_list"):
        assert any(said), "this damage can't go unseen"


async def tried_to_open(database: Path, now: datetime) -> Exception | None:
    """Open the file and use it; what was raised."""
    try:
        store = await Store.open(database, now=now)
        try:
            for summary in await store.modules(now):
                await store.outline(View(summary.module.id), now)
                await store.rows(View(summary.module.id), "no_task", 0, 50, now)
            await make(store, "After", now)
            await store.undo(now)
        finally:
            await store.close()
    except Exception as error:
        return error
    return None


# --- many at once


async def test_ten_writers_and_two_programs_lose_nothing_and_never_hear_of_a_lock(
    database: Path, safe: Safe, now: datetime
) -> None:
    programs = [await Store.open(database, now=now) for _ in range(2)]
    processes = [writer(database, f"Writer{number}_", 5) for number in range(10)]
    made: set[int] = set()
    while any(process.poll() is None for process in processes):
        for store in programs:
            made.add(await make(store, "Program card", now))
    ends = [process.communicate() for process in processes]
    assert [errors for _out, errors in ends] == [""] * 10
    for number, (out, _errors) in enumerate(ends):
        assert {int(line) for line in out.split()} == cards(database, f"Writer{number}_")
        assert len(out.split()) == 5
    for store in programs:
        await store.close()
    with closing(sqlite3.connect(database)) as conn:
        there = {card_id for (card_id,) in conn.execute("SELECT id FROM card WHERE name = 'Program card'")}
    assert there == made
    assert wrong(safe, now) == []


# --- what a log may tell


async def test_an_error_of_the_file_tells_no_log_what_a_person_wrote(database: Path, now: datetime) -> None:
    store = await Store.open(database, now=now)
    values = {"name": "Secret client", "folded": "secret client", "created_at": "2026-11-23T07:30:00Z"}
    with pytest.raises(Exception, match="UNIQUE") as crash:
        await store._write(lambda conn: conn.execute(insert(CompanyTable), {"id": 1, **values}))
    assert "secret" not in str(crash.value).casefold()
    await store.close()


def test_the_writer_is_this_program(database: Path) -> None:
    """So that the tests above try what they say."""
    process = writer(database, "One", 1)
    out, errors = process.communicate()
    assert (len(out.split()), errors, os.WEXITSTATUS(process.returncode)) == (1, "", 0)


async def test_the_open_file_is_neither_read_nor_written_as_another_one(database: Path, now: datetime) -> None:
    """Closing a file beside SQLite takes away the locks that this process has on it."""
    store = await Store.open(database, now=now)
    await make(store, "Before", now)
    link = database.with_name("another name.csv")
    link.symlink_to(database)
    for path in (database, link, database.with_name("crm.db-wal")):
        with pytest.raises(Refused, match="is the data file itself"):
            store.refuse_own(path)
    store.refuse_own(database.with_name("other.csv"))
    await store.close()
