"""What is typed into the filter gives what sorting all cards gives, in any order of texts, writes and undo.

The limits are tiny here, so that every text is looked for in portions, shown before all is found, and counted.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Awaitable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import ClassVar, TypeVar
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from store_world import World, cards

from minicrm_tui.domain.agenda import bucket_of
from minicrm_tui.domain.errors import CrmError
from minicrm_tui.domain.postponing import Postponement
from minicrm_tui.domain.quickadd import LineDraft, TaskDraft
from minicrm_tui.domain.records import Bucket, CardId, Due, ModuleId, Money, Outcome, StatusId, due_from_key
from minicrm_tui.domain.text import fold
from minicrm_tui.domain.views import Outline, Spot, StatusTally, Targets, View
from minicrm_tui.store import hit_cache, looking, portions, touched
from minicrm_tui.store.store import Store
from tests.five import FIVE

T = TypeVar("T")
SALES = ModuleId(1)
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=timezone(timedelta(hours=2)))
TEXTS = st.sampled_from(["a", "an", "ana", "Ană p", "b", "be", "zz", "call", "call a", "srl", "n a", "an a"])
NAMES = st.sampled_from(["Ana", "Anca", "Beta", "Bazar", "Zorro", "ana pop"])
CLIENTS = st.sampled_from([None, "Acme SRL", "Banat SA"])
MONEY = st.sampled_from([None, Money(100, "EUR"), Money(-100, "EUR"), Money(0, "RON")])
DUES = st.one_of(st.none(), st.integers(-3, 9).map(lambda days: Due((NOW + timedelta(days=days)).date())))
CHOSEN = st.lists(st.integers(1, 14), min_size=1, max_size=3).map(lambda ids: cards(*ids))

_CARDS = (
    "SELECT card.id, card.module_id, status_id, place, sort_key, card.name, amount, currency, ifnull(company.name, ''),"
    " ifnull(person.name, ''), (SELECT ifnull(group_concat(text, char(10)), '') FROM task"
    " WHERE card_id = card.id AND closed_at IS NULL) FROM card LEFT JOIN company ON company.id = card.company_id"
    " LEFT JOIN person ON person.id = card.person_id WHERE place <> 2"
)


class Wanted:
    """The list and the pipeline of a view, worked out from the cards, their clients and their tasks."""

    def __init__(self, world: World, view: View) -> None:
        self.sections: dict[str, list[int]] = defaultdict(list)
        self.statuses: dict[int, list[int]] = defaultdict(list)
        self.worth: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        rows = [row for row in world.query(_CARDS) if row[1] == view.module_id and _matches(row, view.text)]
        for row in sorted(rows, key=lambda row: (row[3], row[4], fold(str(row[5])), row[0])):
            self._take(row, view, world.now)

    def _take(self, row: tuple[object, ...], view: View, now: datetime) -> None:
        card_id, _module, status, place, key, _name, amount, currency, *_texts = row
        assert isinstance(card_id, int)
        assert isinstance(status, int)
        assert isinstance(key, int)
        self.statuses[status].append(card_id)
        if isinstance(amount, int):
            self.worth[status][str(currency)] += amount
        if view.status_id in (None, status):
            self.sections["finished" if place else bucket_of(due_from_key(key), now)].append(card_id)

    def outline(self) -> Outline:
        """The counts."""
        tallies = {
            StatusId(status): StatusTally(
                len(ids), tuple(Money(minor, currency) for currency, minor in sorted(self.worth[status].items()))
            )
            for status, ids in self.statuses.items()
        }
        return Outline(
            {bucket: len(self.sections[bucket]) for bucket in Bucket}, len(self.sections["finished"]), tallies
        )


def _matches(row: tuple[object, ...], text: str) -> bool:
    folded = [fold(str(part)) for part in (row[5], *str(row[8]).split("\n"), row[9], *str(row[10]).split("\n"))]
    return all(any(word in part for part in folded) for word in fold(text).split())


class Filtering(RuleBasedStateMachine):
    """A person types, acts and takes back; another one writes into the same file."""

    beginning: ClassVar[bytes | None] = None

    def __init__(self) -> None:
        super().__init__()
        self.limits = [
            patch.object(looking, "FEW", 6),
            patch.object(looking, "SOON", 6),
            patch.object(portions, "PORTION", 3),
            patch.object(hit_cache, "NARROWED", 5),
            patch.object(hit_cache, "KEPT", 2),
            patch.object(touched, "MOST", 12),
        ]
        for limit in self.limits:
            limit.start()
        self.folder = Path(tempfile.mkdtemp())
        self.runner = asyncio.Runner()
        path = self.folder / "crm.db"
        if self.beginning is None:
            type(self).beginning = self._made(path)
        else:
            path.write_bytes(self.beginning)
        self.store = self._run(Store.open(path, now=NOW, install=FIVE))
        self.world = World(self.store, path, NOW)
        self.view = View(SALES, None, "a")

    def _made(self, path: Path) -> bytes:
        """The file as every example begins with it."""
        store = self._run(Store.open(path, now=NOW, install=FIVE))
        for number, name in enumerate(("Ana", "Anca", "Beta", "Ana", "Bazar", "ana b", "Zorro", "Ana c", "Anca")):
            due = None if number % 3 == 0 else Due((NOW + timedelta(days=number - 4)).date())
            self._run(store.create_card(SALES, _draft(name, "Acme SRL", None, due), NOW))
        self._run(store.close())
        return path.read_bytes()

    def teardown(self) -> None:
        self._run(self.store.close())
        self.runner.close()
        shutil.rmtree(self.folder)
        for limit in self.limits:
            limit.stop()

    def _run(self, waiting: Awaitable[T]) -> T:
        async def awaited() -> T:
            return await waiting

        return self.runner.run(awaited())

    def _act(self, waiting: Awaitable[object]) -> None:
        try:
            self._run(waiting)
        except CrmError:
            return
        # The list on the screen is read anew after every action.
        self._reads_all()

    @rule(text=TEXTS, status=st.sampled_from([None, None, 1, 12]), hasty=st.booleans())
    def type(self, text: str, status: int | None, hasty: bool) -> None:
        """Another text, of which the first cards are shown, or all."""
        self.view = View(SALES, None if status is None else StatusId(status), text)
        if hasty:
            self._reads_so_far()
        self._reads_all()

    @rule(letters=st.lists(st.sampled_from([*"anb", " "]), max_size=4))
    def type_on(self, letters: list[str]) -> None:
        """Letter after letter behind the text, and away again."""
        before = self.view
        for letter in letters:
            self.view = replace(self.view, text=self.view.text + letter)
            self._reads_all()
        self.view = before
        self._reads_all()

    def _reads_all(self) -> None:
        wanted = Wanted(self.world, self.view)
        assert self._run(self.store.outline(self.view, NOW)) == wanted.outline()
        self._has_pages(self.view, wanted)

    def _reads_so_far(self) -> None:
        """What is shown first is the beginning of every section and status."""
        view = self.view
        wanted = Wanted(self.world, view)
        outline = self._run(self.store.outline_so_far(view, NOW))
        if outline.whole:
            assert outline == wanted.outline()
            return
        counts = {**{bucket.value: count for bucket, count in outline.buckets.items()}, "finished": outline.finished}
        for section, count in counts.items():
            assert self._ids(view, section, 0, count) == wanted.sections[section][:count]
            assert len(wanted.sections[section]) >= count
        for status_id, tally in outline.statuses.items():
            rows = self._run(self.store.status_rows(view, status_id, 0, tally.cards, NOW))
            assert [row.id for row in rows] == wanted.statuses[status_id][: tally.cards]
            assert tally.cards

    def _has_pages(self, view: View, wanted: Wanted) -> None:
        for section, ids in wanted.sections.items():
            for offset, limit in ((0, 3), (len(ids) // 2, 2), (0, 50)):
                assert self._ids(view, section, offset, limit) == ids[offset : offset + limit]
            for at, card_id in list(enumerate(ids))[::3]:
                assert self._run(self.store.spot(view, CardId(card_id), NOW)) == Spot(section, at)
        for status, ids in wanted.statuses.items():
            rows = self._run(self.store.status_rows(view, StatusId(status), 1, 3, NOW))
            assert [row.id for row in rows] == ids[1:4]
            for at, card_id in list(enumerate(ids))[::3]:
                assert self._run(self.store.status_spot(view, CardId(card_id), NOW)) == (status, at)

    def _ids(self, view: View, section: str, offset: int, limit: int) -> list[int]:
        return [row.id for row in self._run(self.store.rows(view, section, offset, limit, NOW))]

    @rule(name=NAMES, client=CLIENTS, value=MONEY, due=DUES, module=st.sampled_from([1, 1, 1, 4]))
    def create(self, name: str, client: str | None, value: Money | None, due: Due | None, module: int) -> None:
        self._act(self.store.create_card(ModuleId(module), _draft(name, client, value, due), NOW))

    @rule(chosen=CHOSEN)
    def close(self, chosen: Targets) -> None:
        self._act(self.store.close_tasks(chosen, Outcome.DONE, "", NOW))

    @rule(chosen=CHOSEN, preset=st.sampled_from(["1", "w"]))
    def postpone(self, chosen: Targets, preset: str) -> None:
        self._act(self.store.postpone(chosen, Postponement(preset), NOW))

    @rule(chosen=CHOSEN)
    def win(self, chosen: Targets) -> None:
        self._act(self.store.win(chosen, NOW))

    @rule(chosen=CHOSEN)
    def trash(self, chosen: Targets) -> None:
        self._act(self.store.trash(chosen, NOW))

    @rule(forwards=st.booleans())
    def turn(self, forwards: bool) -> None:
        self._act(self.store.redo(NOW) if forwards else self.store.undo(NOW))

    @rule(status=st.integers(1, 3))
    def others_write(self, status: int) -> None:
        keys = "sales_status = 'discovery', qualification = ?, loss_reason = NULL"
        qualification = ("vip", "qualified", "unqualified")[status - 1]
        sql = f"UPDATE card SET status_id = ?, {keys} WHERE id % 3 = ? AND module_id = 1"
        self.world.run(sql, status, qualification, status - 1)


def _draft(name: str, client: str | None, value: Money | None, due: Due | None) -> LineDraft:
    task = None if due is None else TaskDraft(f"Call {name}", "call", due)
    return LineDraft(name, company=client, value=value, task=task, client_from_name=False)


Filtering.TestCase.settings = settings(
    max_examples=15, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)
TestWhatIsTypedIsFound = Filtering.TestCase


@pytest.fixture
def _in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portions, "PORTION", 2)
    monkeypatch.setattr(looking, "SOON", 2)


@pytest.mark.usefixtures("_in_portions")
async def test_the_first_cards_are_shown_before_all_are_found(world: World) -> None:
    for number in range(9):
        await world.add(f"Acme {number}", world.day(number))
    view = View(SALES, None, "acme")
    first = await world.store.outline_so_far(view, world.now)
    assert (first.whole, sum(first.buckets.values())) == (False, 2)
    rows = await world.store.rows(view, "today", 0, 50, world.now)
    assert [row.name for row in rows] == ["Acme 0"]
    whole = await world.store.outline(view, world.now)
    assert (whole.whole, sum(whole.buckets.values())) == (True, 9)


@pytest.mark.usefixtures("_in_portions")
async def test_other_reads_and_writes_come_between_the_portions(world: World) -> None:
    for number in range(30):
        await world.add(f"Acme {number}", world.day(number))
    view = View(SALES, None, "acme")
    searching = asyncio.create_task(world.store.outline(view, world.now))
    while not world.store._hits or not world.store._hits._looks:
        await asyncio.sleep(0)
    await world.store.modules(world.now)
    assert not searching.done()
    await world.add("Acme between", world.day(0))
    assert sum((await searching).buckets.values()) == 31


@pytest.mark.usefixtures("_in_portions")
async def test_many_texts_at_once_are_all_found(world: World) -> None:
    for number in range(12):
        await world.add(f"Acme {number}", world.day(number))
    views = [View(SALES, None, f"acme {number}") for number in range(12)]
    outlines = await asyncio.gather(*(world.store.outline(view, world.now) for view in views))
    assert [sum(outline.buckets.values()) for outline in outlines] == [2, 3, *[1] * 10]


async def test_who_types_on_finds_what_anew_would_be_found(world: World) -> None:
    for name in ("Ana Pop", "Anca Pop", "Popa Ana", "Banana"):
        await world.store.create_card(SALES, LineDraft(name), world.now)
    for text in ("n", "an", "ana", "ana p", "ana po", "po", "ana", "zz", "zza", "ana pop"):
        known = await world.store.find(text)
        world.run("UPDATE module SET position = position")
        assert await world.store.find(text) == known


async def test_what_was_found_by_name_follows_every_write(world: World) -> None:
    assert await world.store.find("acme") == ()
    await world.store.create_card(SALES, LineDraft("Acme"), world.now)
    assert [hit.kind for hit in await world.store.find("acme")] == ["card", "company"]
    await world.store.undo(world.now)
    assert await world.store.find("acme s") == ()
