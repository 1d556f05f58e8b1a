"""What can be read on the smallest screen that everybody has, 80 × 24."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from minicrm_tui.domain.agenda import lateness
from minicrm_tui.domain.records import Bucket, CardRow
from minicrm_tui.domain.views import View
from minicrm_tui.i18n import heading
from tests.conftest import HandClock
from tests.snapshots.conftest import MakeApp, press

EIGHT = 8


@dataclass(frozen=True)
class Shown:
    """The lines of the screen, the expired cards that should be on it, and the names of the modules."""

    lines: list[str]
    expired: tuple[CardRow, ...]
    modules: tuple[str, ...]


@pytest.fixture
async def shown(full_app: MakeApp, clock: HandClock) -> Shown:
    app = full_app("dark")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, ())
        bench = app.main_screen.bench
        assert bench is not None
        rows = await bench.store.rows(View(bench.state.module_id), Bucket.EXPIRED, 0, 20, clock())
        lines = [strip.text for strip in app.screen._compositor.render_strips()]
        return Shown(lines, tuple(rows), tuple(summary.module.name for summary in bench.showing.modules))


async def test_name_lateness_and_task_of_eight_cards_can_be_read(shown: Shown, clock: HandClock) -> None:
    whole = [
        row
        for row in shown.expired
        if row.task
        and any(
            row.name in line and row.task.text in line and f" {lateness(row.task.due, clock())} " in line
            for line in shown.lines
        )
    ]
    assert len(whole) >= EIGHT, "\n".join(shown.lines)


async def test_every_tab_has_its_name_or_its_number(shown: Shown) -> None:
    bar = shown.lines[0]
    unnamed = [
        name for number, name in enumerate(shown.modules, 1) if name not in bar and not re.search(rf"\b{number}\b", bar)
    ]
    assert unnamed == [], bar


async def test_no_heading_is_cut(shown: Shown) -> None:
    headings = [line for line in shown.lines if re.search("[▾▸]", line)]
    names = tuple(heading(bucket) for bucket in Bucket)
    assert headings, shown.lines
    assert [line for line in headings if not re.search(rf"[▾▸] ({'|'.join(names)}) +\d+ ", line)] == []


async def test_the_footer_shows_the_main_keys(shown: Shown) -> None:
    missing = [
        words
        for words in ("d Done", "p Postpone", "c Comment", "n New", "u Undo", "/ Filter", "? Keys")
        if words not in shown.lines[-1]
    ]
    assert missing == [], shown.lines[-1]
