"""One thread for all: reads stop when nobody wants them, and writes go on to their end."""

from __future__ import annotations

import asyncio
from datetime import datetime
from threading import Event

import pytest
from store_world import World, cards

from minicrm_tui.domain.quickadd import LineDraft
from minicrm_tui.domain.records import ModuleId
from minicrm_tui.domain.views import View
from minicrm_tui.store.store import Store

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


class Slow:
    """A read that runs for ever, or when it is done again, not at all."""

    def __init__(self, times: int = 1) -> None:
        self.started = Event()
        self.runs = 0
        self._times = times

    def __call__(self, conn: object) -> int:
        self.runs += 1
        self.started.set()
        if self.runs <= self._times:
            conn.exec_driver_sql(ENDLESS).all()  # type: ignore[attr-defined]
        return self.runs


async def test_a_cancelled_read_is_stopped(store: Store, now: datetime) -> None:
    slow = Slow()
    task = asyncio.create_task(store._read(slow))
    await asyncio.to_thread(slow.started.wait)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(await store.modules(now)) == 5
    assert slow.runs == 1


async def test_a_read_in_the_way_of_a_write_is_done_again_after_it(store: Store, now: datetime) -> None:
    slow = Slow()
    task = asyncio.create_task(store._read(slow))
    await asyncio.to_thread(slow.started.wait)
    await store.create_card(ModuleId(1), LineDraft("Acme"), now)
    assert await task == 2


async def test_a_newer_read_of_its_group_goes_first(store: Store) -> None:
    slow = Slow()
    older = asyncio.create_task(store._read(slow, "find"))
    await asyncio.to_thread(slow.started.wait)
    assert await store.find("acme") == ()
    assert await older == 2


async def test_a_write_goes_on_when_its_caller_is_cancelled(store: Store, now: datetime) -> None:
    task = asyncio.create_task(store.create_card(ModuleId(1), LineDraft("Acme"), now))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert [row.name for row in await store.rows(View(ModuleId(1)), "no_task", 0, 5, now)] == ["Acme"]


async def test_closing_waits_for_the_writes(store: Store, world: World, now: datetime) -> None:
    writes = [asyncio.create_task(store.create_card(ModuleId(1), LineDraft(str(n)), now)) for n in range(5)]
    await asyncio.sleep(0)
    await store.close()
    await asyncio.gather(*writes)
    assert world.one("SELECT count(*) FROM card") == 5


async def test_an_interrupt_never_hits_a_write(store: Store, world: World, now: datetime) -> None:
    """Reads are cancelled all the time while writes go on."""
    for number in range(30):
        read = asyncio.create_task(store.find("x"))
        write = asyncio.create_task(store.create_card(ModuleId(1), LineDraft(f"card {number}"), now))
        await asyncio.sleep(0)
        read.cancel()
        await write
    assert world.one("SELECT count(*) FROM card") == 30
    noted = await store.add_note(cards(1), "still there", now)
    assert noted.cards == 1
