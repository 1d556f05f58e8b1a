"""What changes while nobody types: the minute, the day, and another program on the same file."""

from __future__ import annotations

from datetime import timedelta

from minicrm_tui.domain.quickadd import parse_line
from minicrm_tui.store.store import Store
from tests.ui.conftest import Crm


async def test_a_timed_task_rings_when_it_falls_due_and_expires_a_minute_later(crm: Crm) -> None:
    crm.clock.now = crm.clock.now.replace(hour=14, minute=0)
    await crm.beat()
    assert crm.toasts == ["14:00 · Call Ana · Gamma Ltd"]
    assert "Gamma Ltd" not in await crm.names("expired")
    crm.clock.advance(minutes=1)
    await crm.beat()
    assert crm.bench.showing.modules.all[0].expired == 4
    assert len(crm.toasts) == 1


async def test_buckets_roll_over_at_midnight(crm: Crm) -> None:
    await crm.press("G")
    crm.clock.now = (crm.clock.now + timedelta(days=1)).replace(hour=0, minute=0)
    await crm.beat()
    assert await crm.names("today") == ["Delta SA"]
    assert crm.cursor_name == "Epsilon Trading"
    assert crm.bench.showing.modules.all[0].expired == 4


async def test_what_another_program_writes_turns_up(crm: Crm) -> None:
    await crm.beat()
    other = await Store.open(crm.app.path, now=crm.clock())
    try:
        module = (await other.modules(crm.clock()))[0].module
        draft = parse_line("From outside > call 2026-11-01", crm.clock(), currency="EUR")
        await other.create_card(module.id, draft, crm.clock())
    finally:
        await other.close()
    await crm.beat()
    assert crm.bench.showing.modules.all[0].expired == 4
    assert crm.cursor_name == "Acme Industries"
