"""A list by value or by importance is what sorting all its cards gives, after any write by anybody.

The limits of the search are tiny here, so that its hits are held, counted, and looked for in portions.
"""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Coroutine
from contextlib import closing
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from store_world import World, cards

from minicrm_tui.domain.agenda import bucket_of
from minicrm_tui.domain.errors import CrmError, NotFound, Refused
from minicrm_tui.domain.postponing import Postponement
from minicrm_tui.domain.quickadd import LineDraft, TaskDraft
from minicrm_tui.domain.records import (
    NO_TASK_KEY,
    Bucket,
    CardId,
    Due,
    Kind,
    ModuleId,
    Money,
    Sort,
    StatusId,
    due_from_key,
)
from minicrm_tui.domain.text import fold
from minicrm_tui.domain.views import Spot, Targets, View
from minicrm_tui.store import agenda, hit_cache, looking, portions, sorting
from minicrm_tui.store.store import Store
from tests.five import FIVE
from tests.sales_table import ROWS

T = TypeVar("T")
SALES, PROJECTS = ModuleId(1), ModuleId(4)
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=timezone(timedelta(hours=2)))

IMPORTANCE = """
open_vip_decided
open_qualified_decided
open_unqualified_decided
lead_vip open_vip success_vip
lead_qualified open_qualified success_qualified
lead_unqualified open_unqualified success_unqualified
lead_qualify open_to_qualify
failed_vip
failed_qualified
failed_unqualified
completed
review
in_progress
planning
idea
cancelled
"""
"""Keys of statuses, the most important first: those of sales, then those of projects."""

PROJECT_KEYS = IMPORTANCE.split()[-6:]
RANKS = {key: rank for rank, line in enumerate(IMPORTANCE.split("\n")) for key in line.split()}
DECIMALS = {"EUR": 2, "RON": 2, "JPY": 0, "KWD": 3}

MONEY = st.one_of(
    st.none(), st.builds(Money, st.sampled_from([-5, 0, 1, 100, 4500, 10**15]), st.sampled_from(sorted(DECIMALS)))
)
DUES = st.one_of(st.none(), st.integers(-3, 20).map(lambda days: Due((NOW + timedelta(days=days)).date())))
MODULES = st.sampled_from([SALES, PROJECTS])
CHOSEN = st.lists(st.integers(1, 45), min_size=1, max_size=3).map(lambda ids: cards(*ids))


class Card:
    """A card as the file has it, and where it belongs."""

    def __init__(self, row: tuple[object, ...]) -> None:
        self.id, self.status, self.key, self.place, self.sort_key, self.folded, self.search = row[:7]
        self.amount, self.currency = row[7:]

    def stands(self, sort: Sort) -> tuple[object, ...]:
        """What it is sorted by."""
        if self.place == 1 or sort is Sort.DEADLINE:
            return self.sort_key, self.folded, self.id
        worth = None
        if self.amount is not None:
            worth = Decimal(str(self.amount)).scaleb(-DECIMALS[str(self.currency)])
        by_value = worth is None, -(worth or 0), self.sort_key, self.folded, self.id
        return by_value if sort is Sort.VALUE else (RANKS[str(self.key)], *by_value)


async def same(world: World, view: View) -> None:
    """Pages, spots, x and the agenda of a view are those of its cards, sorted by hand."""
    sections = _sections(world, view)
    # Until all is found, a text's sections are about what was found so far.
    await world.store.outline(view, NOW)
    for section in (*Bucket, "finished"):
        ids = sections[section]
        pages = [await world.store.rows(view, section, offset, 4, NOW) for offset in range(0, len(ids) + 1, 4)]
        assert [row.id for page in pages for row in page] == ids
        for offset, card_id in enumerate(ids):
            assert await world.store.spot(view, CardId(card_id), NOW) == Spot(section, offset)
    if view == View(view.module_id):
        await _same_queue(world, view.module_id, sections)


async def _same_queue(world: World, module: ModuleId, sections: dict[str, list[int]]) -> None:
    """What `x` walks through, and the agenda."""
    agenda_ids = [row.id async for row in world.store.agenda(module, NOW)]
    assert agenda_ids == [card_id for bucket in Bucket for card_id in sections[bucket]]
    assert [row.id async for row in world.store.agenda(module, NOW, Bucket.NO_TASK)] == sections[Bucket.NO_TASK]
    after: CardId | None = None
    expired = sections[Bucket.EXPIRED]
    for card_id in (*expired, *expired[:1]):
        found = await world.store.next_expired(module, after, NOW)
        assert found == (module, card_id)
        after = CardId(card_id)


def _sections(world: World, view: View) -> dict[str, list[int]]:
    """The list of a view, worked out by hand."""
    sort = Sort(str(world.one("SELECT sort FROM module WHERE id = ?", view.module_id)))
    rows = world.query(
        "SELECT c.id, c.status_id, s.key, c.place, c.sort_key, c.folded, c.search, c.amount, c.currency, s.grp"
        " FROM card AS c JOIN status AS s ON s.id = c.status_id WHERE c.module_id = ? AND place <> 2",
        view.module_id,
    )
    ends = {row[1] for row in rows if row[9] in ("success", "failed")}
    found: dict[str, list[int]] = defaultdict(list)
    words = fold(view.text).split()
    for card in sorted((Card(row[:9]) for row in rows), key=lambda card: card.stands(sort)):
        if view.status_id not in (None, card.status):
            continue
        if not all(word in str(card.folded) or word in str(card.search) for word in words):
            continue
        if card.place == 0:
            found[bucket_of(due_from_key(int(str(card.sort_key))), NOW)].append(int(str(card.id)))
        elif words or view.status_id in ends:
            found["finished"].append(int(str(card.id)))
    return found


class Sorting(RuleBasedStateMachine):
    """Modules are given orders, cards are written, here and elsewhere, and every list is looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.limits = [
            patch.object(looking, "FEW", 6),
            patch.object(portions, "PORTION", 4),
            patch.object(hit_cache, "NARROWED", 5),
            patch.object(agenda, "PAGE", 3),
            patch.object(sorting, "KEPT", 3),
        ]
        for limit in self.limits:
            limit.start()
        self.folder = Path(tempfile.mkdtemp())
        path = self.folder / "crm.db"
        self.runner = asyncio.Runner()
        self.store = self.runner.run(Store.open(path, now=NOW, install=FIVE))
        fill(path)
        self.world = World(self.store, path, NOW)

    def teardown(self) -> None:
        self.runner.run(self.store.close())
        self.runner.close()
        shutil.rmtree(self.folder)
        for limit in self.limits:
            limit.stop()

    def do(self, action: Coroutine[None, None, T]) -> T | None:
        """What is refused is no matter here."""
        try:
            return self.runner.run(action)
        except CrmError:
            return None

    @rule(module=MODULES, sort=st.sampled_from(Sort))
    def sort(self, module: ModuleId, sort: Sort) -> None:
        self.do(self.store.set_sort(module, sort, NOW))

    @rule(module=MODULES, name=st.sampled_from(["Ana", "Beta"]), value=MONEY, due=DUES)
    def create(self, module: ModuleId, name: str, value: Money | None, due: Due | None) -> None:
        task = None if due is None else TaskDraft("Call", "call", due)
        self.do(self.store.create_card(module, LineDraft(name, value=value, task=task), NOW))

    @rule(chosen=CHOSEN)
    def postpone(self, chosen: Targets) -> None:
        self.do(self.store.postpone(chosen, Postponement(rule="3"), NOW))

    @rule(chosen=CHOSEN)
    def trash(self, chosen: Targets) -> None:
        self.do(self.store.trash(chosen, NOW))

    @rule(chosen=CHOSEN, direction=st.sampled_from([-1, 1]))
    def move(self, chosen: Targets, direction: int) -> None:
        self.do(self.store.step(chosen, direction, NOW))

    @rule()
    def undo(self) -> None:
        self.do(self.store.undo(NOW))

    @rule(card=st.integers(1, 45), value=MONEY)
    def elsewhere(self, card: int, value: Money | None) -> None:
        columns = (None, None) if value is None else (value.minor, value.currency)
        self.world.run("UPDATE card SET amount = ?, currency = ? WHERE id = ?", *columns, card)

    @rule(module=MODULES, status=st.integers(0, 6), text=st.sampled_from(["", "", "a", "beta", "call", "an a"]))
    def look(self, module: ModuleId, status: int, text: str) -> None:
        ids = [row[0] for row in self.world.query("SELECT id FROM status WHERE module_id = ? ORDER BY id", module)]
        view = View(module, None if not status else StatusId(int(str(ids[status - 1]))), text)
        self.runner.run(same(self.world, view))


def fill(path: Path) -> None:
    """Forty opportunities and projects, many alike but for their values and statuses."""
    statuses = "SELECT module_id, key, id FROM status WHERE module_id IN (1, 4)"
    with closing(sqlite3.connect(path)) as file, file:
        known = {(module, key): status for module, key, status in file.execute(statuses)}
        file.executemany(
            "INSERT INTO card (module_id, status_id, sales_status, qualification, decided, name, folded, search, place,"
            " sort_key, amount, currency, created_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, 'call', ?, ?, ?, ?, '2026-11-01T00:00:00Z')",
            [_card(number, known) for number in range(40)],
        )


def _card(number: int, statuses: dict[tuple[int, str], int]) -> tuple[object, ...]:
    day = (NOW + timedelta(days=number % 7 - 4)).date()
    name = ("Ana", "Beta", "Călin")[number % 3]
    value = (None, None) if number % 5 == 0 else ((number * 37) % 11 * 100, sorted(DECIMALS)[number * 7 % 4])
    keys = sorted(ROWS)[number * 5 % len(ROWS)]
    is_project = number % 3 == 0
    key = PROJECT_KEYS[number // 3 % 6] if is_project else ROWS[keys]
    is_finished = number % 8 == 7 and key.startswith(("success", "failed", "completed", "cancelled"))
    due = -number if is_finished else NO_TASK_KEY if number % 4 == 0 else Due(day).key
    module = PROJECTS if is_project else SALES
    columns = (None, None, 0) if is_project else keys
    return module, statuses[module, key], *columns, name, fold(name), int(is_finished), due, *value


@pytest.mark.parametrize("few", [6, 10_000])
@pytest.mark.parametrize("sort", Sort)
async def test_every_view_of_a_module_is_in_its_order(
    store: Store, world: World, monkeypatch: pytest.MonkeyPatch, sort: Sort, few: int
) -> None:
    monkeypatch.setattr(looking, "FEW", few)
    fill(world.path)
    for module in (SALES, PROJECTS):
        await store.set_sort(module, Sort.VALUE, NOW)
        if sort is not Sort.VALUE:
            await store.set_sort(module, sort, NOW)
        statuses = world.query("SELECT min(id), max(id) FROM status WHERE module_id = ?", module)[0]
        for text in ("", "a", "call an"):
            for status in (None, *statuses):
                await same(world, View(module, None if status is None else StatusId(int(str(status))), text))


Sorting.TestCase.settings = settings(
    max_examples=8, stateful_step_count=14, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestSorting = Sorting.TestCase


async def test_the_order_is_an_undo_step_of_the_module(store: Store, world: World) -> None:
    before = world.image()
    await store.set_sort(SALES, Sort.VALUE, world.now)
    assert world.actions() == [("module.sort", "Sales", 1)]
    assert (await store.modules(world.now))[0].module.sort is Sort.VALUE
    with pytest.raises(Refused, match="already"):
        await store.set_sort(SALES, Sort.VALUE, world.now)
    with pytest.raises(NotFound):
        await store.set_sort(ModuleId(99), Sort.VALUE, world.now)
    await world.undone_gives_back(before)


async def test_x_goes_on_in_the_order_of_each_module(store: Store, world: World) -> None:
    small, big = [
        (await world.add(name, world.day(-3), value=Money(amount, "EUR"))).row.id
        for name, amount in (("Acme", 100), ("Beta", 900))
    ]
    roof, site = [
        (await world.add(name, world.day(-day), kind=Kind.PROJECTS, value=Money(day, "EUR"))).row.id
        for name, day in (("Roof", 9), ("Site", 99))
    ]
    await store.set_sort(PROJECTS, Sort.VALUE, world.now)
    assert await store.next_expired(SALES, small, world.now) == (SALES, big)
    await store.set_sort(SALES, Sort.VALUE, world.now)
    walked = [await store.next_expired(SALES, after, world.now) for after in (None, big, small)]
    assert walked == [(SALES, big), (SALES, small), (SALES, big)]
    await store.trash(cards(small, big), world.now)
    assert await store.next_expired(SALES, None, world.now) == (PROJECTS, site)
    assert await store.next_expired(PROJECTS, site, world.now) == (PROJECTS, roof)


async def test_a_section_is_sorted_once_until_something_is_written(
    store: Store, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        await world.add(f"Card {number}", world.day(0), value=Money(number, "EUR"))
    await store.set_sort(SALES, Sort.VALUE, world.now)
    sorts: list[object] = []
    really = sorting._sorted
    monkeypatch.setattr(sorting, "_sorted", lambda conn, part: sorts.append(part) or really(conn, part))
    view = View(SALES)
    for _again in range(2):
        rows = await store.rows(view, "today", 0, 2, world.now)
        assert await store.spot(view, rows[0].id, world.now) == Spot("today", 0)
    assert len(sorts) == 1
    await store.postpone(cards(rows[0].id), Postponement(rule="3"), world.now)
    await store.rows(view, "today", 0, 2, world.now)
    assert len(sorts) == 2
    world.run("UPDATE card SET amount = 7")
    await store.rows(view, "today", 0, 2, world.now)
    assert len(sorts) == 3
    await store.set_sort(SALES, Sort.DEADLINE, world.now)
    await store.rows(view, "today", 0, 2, world.now)
    assert len(sorts) == 3
