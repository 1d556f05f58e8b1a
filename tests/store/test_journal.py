"""The stack of actions: what is on it, what falls out of it, and what it refuses."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection
from store_world import World, cards

from minicrm_tui.domain.errors import Conflict
from minicrm_tui.domain.quickadd import LineDraft
from minicrm_tui.domain.records import ModuleId, Outcome
from minicrm_tui.domain.views import View
from minicrm_tui.store import journal
from minicrm_tui.store.results import Undone
from minicrm_tui.store.store import Store

SALES = ModuleId(1)


async def _add(store: Store, now: datetime, *names: str) -> list[int]:
    return [(await store.create_card(SALES, LineDraft(name), now)).row.id for name in names]


async def test_undo_says_what_it_was_and_where_to_go(store: Store, now: datetime) -> None:
    (card_id,) = await _add(store, now, "Acme")
    expected = Undone("card.add", "Acme", 1, card_id, SALES)
    assert await store.undo(now) == expected
    assert await store.undo(now) is None
    assert await store.redo(now) == expected
    assert await store.redo(now) is None


async def test_undo_survives_a_restart(path: Path, now: datetime) -> None:
    store = await Store.open(path, now=now)
    await _add(store, now, "Acme", "Beta")
    await store.undo(now)
    await store.close()
    store = await Store.open(path, now=now)
    assert [undone.subject for undone in (await store.redo(now), await store.undo(now)) if undone] == ["Beta", "Beta"]
    assert (await store.undo(now) or expect_some()).subject == "Acme"
    await store.close()


def expect_some() -> Undone:
    raise AssertionError("there was nothing to undo")


async def test_a_new_action_drops_what_could_be_done_again(store: Store, now: datetime) -> None:
    await _add(store, now, "Acme", "Beta")
    await store.undo(now)
    await _add(store, now, "Gamma")
    assert await store.redo(now) is None
    assert [(await store.undo(now) or expect_some()).subject for _step in range(2)] == ["Gamma", "Acme"]
    assert await store.undo(now) is None


async def test_an_action_that_changes_nothing_is_none(store: Store, world: World, now: datetime) -> None:
    await _add(store, now, "Acme", "Beta")
    await store.undo(now)

    def nothing(conn: Connection) -> None:
        journal.begin_action(conn, "card.edit", "", 1, None, None, now)
        conn.exec_driver_sql("UPDATE card SET name = name")
        journal.finish(conn)

    await store._write(nothing)
    assert world.actions() == [("card.add", "Acme", 1)]
    assert (await store.redo(now) or expect_some()).subject == "Beta"


async def test_an_undone_insert_never_gives_its_id_again(store: Store, now: datetime) -> None:
    (first,) = await _add(store, now, "Acme")
    await store.undo(now)
    (second,) = await _add(store, now, "Beta")
    assert second > first


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE card SET name = 'changed' WHERE id = 2",
        "DELETE FROM history WHERE card_id = 2",
        "UPDATE task SET postponed = 5 WHERE card_id = 2",
    ],
)
async def test_a_conflict_is_refused_whole(world: World, change: str) -> None:
    """One of three closed tasks' cards was changed outside of the journal."""
    for name in ("Acme", "Beta", "Gamma"):
        await world.add(name, world.day(-1))
    await world.store.close_tasks(cards(1, 2, 3), Outcome.DONE, "", world.now)
    world.run(change)
    before, actions = world.image(), world.actions()
    for _attempt in range(2):
        with pytest.raises(Conflict):
            await world.store.undo(world.now)
        assert (world.image(), world.actions()) == (before, actions)


async def test_a_redo_on_changed_data_is_refused_whole(world: World) -> None:
    await world.add("Acme", world.day(-1))
    await world.store.close_tasks(cards(1), Outcome.DONE, "", world.now)
    await world.store.undo(world.now)
    world.run("UPDATE task SET text = 'changed'")
    before = world.image()
    with pytest.raises(Conflict):
        await world.store.redo(world.now)
    assert world.image() == before


async def test_an_undo_that_would_orphan_a_row_is_refused_whole(world: World) -> None:
    """A row that was written outside of the journal belongs to the card that the undo would delete."""
    await world.add("Acme")
    world.run("INSERT INTO history (card_id, at, kind) VALUES (1, '2026-11-23T00:00:00Z', 'note')")
    before = world.image()
    with pytest.raises(Conflict):
        await world.store.undo(world.now)
    assert world.image() == before
    assert await world.store.rows(View(SALES), "no_task", 0, 5, world.now)


async def test_only_the_latest_actions_are_kept(
    store: Store, world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "RETENTION", 3)
    await _add(store, now, *"abcdef")
    assert [subject for _verb, subject, _count in world.actions()] == ["d", "e", "f"]
    assert world.one("SELECT count(DISTINCT action_id) FROM change") == 3
    undone = [await store.undo(now) for _step in range(4)]
    assert [each and each.subject for each in undone] == ["f", "e", "d", None]


async def test_a_huge_action_is_dropped_a_little_at_a_time(
    store: Store, world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "PRUNED_AT_ONCE", 1)
    await _add(store, now, "Acme", "Beta")
    await store.undo(now)
    before = world.one("SELECT count(*) FROM change")
    await _add(store, now, "Gamma")
    dropped = "SELECT count(*) FROM change JOIN action ON action.id = action_id WHERE undone = 2"
    assert 0 < int(str(world.one(dropped))) < int(str(before))
    for _more in range(10):
        await store.add_note(cards(1), "a note", now)
    assert world.one(dropped) == 0
    assert world.one("SELECT count(*) FROM action WHERE undone = 2") == 0


async def test_what_another_process_did_can_be_undone_here(store: Store, path: Path, now: datetime) -> None:
    await _add(store, now, "Acme")
    version = await store.data_version()
    script = (
        "import asyncio, sys; from datetime import datetime; from pathlib import Path;"
        "from minicrm_tui.store.store import Store; from minicrm_tui.domain.quickadd import LineDraft;"
        "now = datetime.fromisoformat(sys.argv[2])\n"
        "async def main():\n"
        "    store = await Store.open(Path(sys.argv[1]), now=now)\n"
        "    await store.create_card(1, LineDraft('Elsewhere'), now)\n"
        "    await store.close()\n"
        "asyncio.run(main())"
    )
    command = (sys.executable, "-c", script, str(path), now.isoformat())
    await asyncio.to_thread(subprocess.run, command, check=True, cwd=Path(__file__).parents[2])
    assert await store.data_version() != version
    assert len(await store.rows(View(SALES), "no_task", 0, 5, now)) == 2
    assert (await store.undo(now) or expect_some()).subject == "Elsewhere"
    assert (await store.undo(now) or expect_some()).subject == "Acme"


async def test_our_own_writes_leave_the_data_version(store: Store, now: datetime) -> None:
    version = await store.data_version()
    await _add(store, now, "Acme")
    assert await store.data_version() == version
