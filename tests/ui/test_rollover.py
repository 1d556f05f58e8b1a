"""What changes while nobody types: the minute, the day, and another program on the same file."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from datetime import datetime, timedelta, timezone

import pytest

from minicrm_tui.domain.quickadd import parse_line
from minicrm_tui.domain.records import Outcome
from minicrm_tui.domain.views import Targets
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


async def test_a_clock_that_is_set_back_and_forward_moves_cards_and_loses_nothing(crm: Crm) -> None:
    """Over midnight, and over the night in which summer time begins: deadlines are wall time."""
    start = crm.clock.now
    before = {bucket: await crm.names(bucket) for bucket in ("expired", "today", "tomorrow", "no_task")}
    crm.clock.now = (start - timedelta(days=1)).replace(hour=23, minute=59)
    await crm.beat()
    assert await crm.names("tomorrow") == ["Gamma Ltd"]
    assert "Călin Popescu" in await crm.names("today")
    await crm.press("n")
    await crm.type("Made in the past > Call tomorrow 18:00")
    await crm.press("enter")
    summer = timezone(timedelta(hours=3), "EEST")
    crm.clock.now = datetime(2027, 3, 28, 4, 0, tzinfo=summer)  # it was 02:59 a minute before
    await crm.beat()
    assert set(await crm.names("expired")) == {*before["expired"], "Gamma Ltd", "Delta SA", "Made in the past"}
    crm.clock.now = start
    await crm.beat()
    assert {bucket: await crm.names(bucket) for bucket in before} == {
        **before,
        "today": [*before["today"], "Made in the past"],
    }


@asynccontextmanager
async def another_program(crm: Crm) -> AsyncIterator[Store]:
    """The same file, open elsewhere; afterwards the app has looked at it."""
    await crm.beat()
    other = await Store.open(crm.app.path, now=crm.clock())
    try:
        yield other
    finally:
        await other.close()
    await crm.beat()


async def close_elsewhere(crm: Crm, names: Sequence[str]) -> None:
    async with another_program(crm) as other:
        for name in names:
            card = await crm.card(name)
            await other.close_tasks(Targets((card.row.id,)), Outcome.DONE, "", crm.clock())


async def test_what_another_program_writes_turns_up(crm: Crm) -> None:
    async with another_program(crm) as other:
        module = (await other.modules(crm.clock()))[0].module
        draft = parse_line("From outside > call 2026-11-01", crm.clock(), currency="EUR")
        await other.create_card(module.id, draft, crm.clock())
    assert crm.bench.showing.modules.all[0].expired == 4
    assert crm.cursor_name == "Acme Industries"


@pytest.mark.parametrize(
    ("closed", "taken"),
    [
        (["Beta SRL"], "Călin Popescu"),
        (["Beta SRL", "Călin Popescu"], "Gamma Ltd"),
        (["Acme Industries", "Beta SRL"], "Călin Popescu"),
        (["Acme Industries"], "Beta SRL"),
    ],
)
async def test_a_card_that_another_program_closes_leaves_the_cursor_to_the_row_that_followed(
    crm: Crm, closed: list[str], taken: str
) -> None:
    await crm.press("j")
    assert crm.cursor_name == "Beta SRL"
    await close_elsewhere(crm, closed)
    assert crm.cursor_name == taken
    assert crm.screen.desk.cards.scroll_offset.y == 0


async def test_a_card_that_another_program_puts_into_the_trash_leaves_the_cursor_too(crm: Crm) -> None:
    async with another_program(crm) as other:
        await other.trash(Targets(((await crm.card("Acme Industries")).row.id,)), crm.clock())
    assert crm.cursor_name == "Beta SRL"


async def test_in_the_pipeline_the_cursor_keeps_its_place_as_well(crm: Crm) -> None:
    await crm.press("tab", "j")
    before = crm.cursor_name
    followed = await crm.screen.desk.active.following(lambda other: other.name == before)
    assert followed is not None
    await close_elsewhere(crm, [before])
    assert crm.cursor_name == followed.name


async def test_where_another_program_has_closed_all_the_cursor_keeps_its_place(crm: Crm) -> None:
    await close_elsewhere(crm, ["Acme Industries", "Beta SRL", "Călin Popescu", "Gamma Ltd", "Delta SA"])
    assert crm.cursor_name == "Epsilon Trading"


def drawn(crm: Crm) -> dict[str, str]:
    """What list, peek and pipeline show of Gamma Ltd."""
    desk = crm.screen.desk
    parts = {"list": [desk.cards], "peek": [desk.peek], "pipeline": desk.board.columns}
    texts = {
        name: "\n".join(each.render_line(y).text for each in widgets for y in range(each.size.height))
        for name, widgets in parts.items()
    }
    return {name: text for name, text in texts.items() if "Gamma Ltd" in text}


async def test_a_card_begins_to_rot_with_the_minute_and_a_note_cures_it(crm: Crm) -> None:
    with closing(sqlite3.connect(crm.app.path)) as file, file:
        file.execute("UPDATE status SET rot_days = 7")
        file.execute("UPDATE card SET created_at = '2026-11-11T08:00:00Z' WHERE name = 'Gamma Ltd'")
    crm.clock.now = crm.clock.now.replace(hour=14, minute=0)
    await crm.beat()
    await crm.press("j", "j", "j", "j")
    assert crm.cursor_name == "Gamma Ltd"
    assert not any("12 d" in text or "≋" in text for text in drawn(crm).values())
    crm.clock.advance(minutes=1)
    await crm.beat()
    # In words where there is room for them.
    shown = drawn(crm)
    assert "rotting 12 d" in shown["peek"]
    assert "≋12d" in shown["list"]
    assert "≋" in shown["pipeline"]
    await crm.press("o", *"Hi", "ctrl+s")
    assert not any("12 d" in text or "≋" in text for text in drawn(crm).values())
