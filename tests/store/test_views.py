"""Counts, pages and spots of list and pipeline equal what sorting all the cards gives, wherever one looks."""

from __future__ import annotations

import random
import sqlite3
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

import pytest
from store_world import World, cards
from tallying import kept, recounted

from minicrm_tui.domain.agenda import bucket_of
from minicrm_tui.domain.quickadd import LineDraft, TaskDraft
from minicrm_tui.domain.records import (
    MINUTES_IN_KEY,
    NO_TASK_KEY,
    Bucket,
    CardId,
    ModuleId,
    Money,
    StatusId,
    due_from_key,
    moment_key,
)
from minicrm_tui.domain.sales import STATUSES
from minicrm_tui.domain.text import fold
from minicrm_tui.domain.views import Spot, StatusTally, View
from minicrm_tui.store import looking, portions
from tests.sales_table import ROWS

SALES = ModuleId(1)
SUCCESS_VIP = StatusId(12)
FAILED_VIP = StatusId(15)
KEYS = {place: next(keys for keys in ROWS if ROWS[keys] == status.key) for place, status in enumerate(STATUSES, 1)}
"""Key fields that put an opportunity into each of the statuses, by the status's id."""
WORDS = ["acme", "beta", "călin", "delta", "ștefan"]


@dataclass(frozen=True)
class Made:
    """A card that was written behind the store's back."""

    id: int
    status: int
    place: int
    key: int
    folded: str
    search: str
    money: Money | None

    @property
    def order(self) -> tuple[int, int, str, int]:
        """Its place in the order of the pipeline, and within a place, of the list."""
        return self.place, self.key, self.folded, self.id


@pytest.fixture
def made(world: World) -> list[Made]:
    """Four hundred sales cards: many on the same days and moments, some finished, some in the trash."""
    dice = random.Random(7)
    cards = [_card(dice, number, moment_key(world.now)) for number in range(1, 401)]
    with closing(sqlite3.connect(world.path)) as conn, conn:
        conn.executemany(
            "INSERT INTO card (id, module_id, status_id, name, folded, search, place, sort_key, amount, currency,"
            " sales_status, qualification, decided, created_at)"
            " VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '2026-11-01T00:00:00Z')",
            [
                (c.id, c.status, c.folded, c.folded, c.search, c.place, c.key, *_columns(c.money), *KEYS[c.status])
                for c in cards
            ],
        )
    return [card for card in cards if card.place != 2]


def _columns(money: Money | None) -> tuple[int | None, str | None]:
    return (None, None) if money is None else (money.minor, money.currency)


def _card(dice: random.Random, number: int, moment: int) -> Made:
    place = dice.choice([0, 0, 0, 0, 1, 2])
    day = moment // MINUTES_IN_KEY + dice.choice([-9, -1, 0, 0, 0, 1, 2, 6, 7, 13, 30, 60])
    listed = dice.choice([NO_TASK_KEY, day * MINUTES_IN_KEY + 1440, day * MINUTES_IN_KEY + 570, moment, moment - 1])
    return Made(
        id=number,
        status=dice.randint(12, 17) if place == 1 else dice.randint(1, 17),
        place=place,
        key=listed if place == 0 else -dice.randint(1, 5),
        folded=fold(dice.choice(WORDS)),
        search=fold(f"{dice.choice(WORDS)} srl"),
        money=dice.choice([None, Money(dice.randint(-5, 100), dice.choice(["EUR", "RON"]))]),
    )


VIEWS = [
    View(SALES),
    View(SALES, StatusId(1)),
    View(SALES, SUCCESS_VIP),
    View(SALES, None, "ACME"),
    View(SALES, FAILED_VIP, "srl călin"),
    View(SALES, None, "no such text"),
    View(SALES, None, "  "),
]


@pytest.fixture(params=[(looking.FEW, portions.PORTION), (3, 16)], ids=["few hits", "many hits"])
def _few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hits are held and found in one go, or only counted when there are more than three, and looked for in portions."""
    few, portion = request.param
    monkeypatch.setattr(looking, "FEW", few)
    monkeypatch.setattr(portions, "PORTION", portion)


pytestmark = pytest.mark.usefixtures("_few")


def _matches(view: View, card: Made) -> bool:
    return all(word in card.folded or word in card.search for word in fold(view.text).split())


def _sections(world: World, view: View, made: list[Made]) -> dict[str, list[int]]:
    """The list of the view, worked out by hand."""
    sections: dict[str, list[int]] = defaultdict(list)
    shows_finished = bool(fold(view.text)) or view.status_id in range(12, 18)
    for card in sorted(made, key=lambda card: card.order):
        if not _matches(view, card) or view.status_id not in (None, card.status):
            continue
        if card.place == 0:
            sections[bucket_of(due_from_key(card.key), world.now)].append(card.id)
        elif shows_finished:
            sections["finished"].append(card.id)
    return sections


@pytest.mark.parametrize("view", VIEWS, ids=repr)
async def test_the_outline_counts_every_section_and_status(world: World, made: list[Made], view: View) -> None:
    sections = _sections(world, view, made)
    outline = await world.store.outline(view, world.now)
    assert outline.buckets == {bucket: len(sections[bucket]) for bucket in Bucket}
    assert outline.finished == len(sections["finished"])
    assert outline.statuses == _tallies([card for card in made if _matches(view, card)])


def _tallies(made: list[Made]) -> dict[StatusId, StatusTally]:
    tallies = {}
    for status, each in groupby(sorted(made, key=lambda card: card.status), lambda card: card.status):
        cards = list(each)
        sums: dict[str, int] = defaultdict(int)
        for card in cards:
            if card.money is not None:
                sums[card.money.currency] += card.money.minor
        monies = tuple(Money(minor, currency) for currency, minor in sorted(sums.items()))
        tallies[StatusId(status)] = StatusTally(len(cards), monies)
    return tallies


@pytest.mark.parametrize("view", VIEWS, ids=repr)
@pytest.mark.parametrize("limit", [1, 7, 1000])
async def test_pages_from_any_offset_are_the_list_in_order(
    world: World, made: list[Made], view: View, limit: int
) -> None:
    for section, ids in _sections(world, view, made).items():
        for offset in (0, 1, len(ids) // 2, len(ids) - 1, len(ids), len(ids) + 5):
            rows = await world.store.rows(view, section, offset, limit, world.now)
            assert [row.id for row in rows] == ids[offset : offset + limit]


@pytest.mark.parametrize("view", VIEWS, ids=repr)
async def test_every_card_is_found_where_it_stands(world: World, made: list[Made], view: View) -> None:
    spots = {
        card_id: Spot(section, offset)
        for section, ids in _sections(world, view, made).items()
        for offset, card_id in enumerate(ids)
    }
    for card in made[::3]:
        assert await world.store.spot(view, CardId(card.id), world.now) == spots.get(card.id)


@pytest.mark.parametrize("text", ["", "acme"])
async def test_the_pipeline_shows_listed_cards_then_finished_ones(world: World, made: list[Made], text: str) -> None:
    view = View(SALES, StatusId(2), text)
    for status in (StatusId(1), SUCCESS_VIP):
        ids = [
            card.id
            for card in sorted(made, key=lambda card: card.order)
            if card.status == status and _matches(view, card)
        ]
        for offset in (0, 3):
            rows = await world.store.status_rows(view, status, offset, 5, world.now)
            assert [row.id for row in rows] == ids[offset : offset + 5]
        for place, card_id in enumerate(ids):
            assert await world.store.status_spot(view, CardId(card_id), world.now) == (status, place)


async def test_a_card_in_the_trash_or_elsewhere_has_no_spot(world: World, made: list[Made]) -> None:
    trashed = next(number for number in range(1, 401) if number not in {card.id for card in made})
    for view in (View(SALES), View(SALES, None, "a")):
        assert await world.store.spot(view, CardId(trashed), world.now) is None
        assert await world.store.status_spot(view, CardId(trashed), world.now) is None
        assert await world.store.spot(View(ModuleId(2), None, view.text), CardId(made[0].id), world.now) is None
        assert await world.store.spot(view, CardId(99999), world.now) is None


async def test_hits_follow_every_write_and_the_day(world: World, made: list[Made]) -> None:
    view = View(SALES, None, "acme")
    before = await world.store.outline(view, world.now)
    added = await world.add("Acme again", world.day(0))
    after = await world.store.outline(view, world.now)
    assert after.buckets[Bucket.TODAY] == before.buckets[Bucket.TODAY] + 1
    world.run("DELETE FROM task WHERE card_id = ?", added.row.id)
    world.run("DELETE FROM history WHERE card_id = ?", added.row.id)
    world.run("DELETE FROM card WHERE id = ?", added.row.id)
    assert await world.store.outline(view, world.now) == before
    tomorrow = await world.store.outline(view, world.now + timedelta(days=1))
    assert tomorrow.buckets[Bucket.EXPIRED] >= before.buckets[Bucket.EXPIRED] + before.buckets[Bucket.TODAY]


async def test_a_timed_task_expires_at_its_minute(world: World) -> None:
    await world.add("Acme", world.day(0, world.now.time().replace(minute=31)))
    for minutes, expired in ((0, 0), (1, 0), (2, 1)):
        then = world.now + timedelta(minutes=minutes)
        assert (await world.store.outline(View(SALES), then)).buckets[Bucket.EXPIRED] == expired
        assert (await world.store.modules(then))[0].expired == expired


async def test_the_tallies_of_rows_written_from_outside_are_kept_too(world: World, made: list[Made]) -> None:
    world.run("UPDATE card SET place = 2 WHERE id % 3 = 0")
    keys = "sales_status = 'discovery', qualification = 'none'"
    value = "amount = 5, currency = 'USD'"
    world.run(f"UPDATE card SET status_id = 4, {keys}, {value}, sort_key = sort_key + 1 WHERE place = 0")
    world.run("DELETE FROM card WHERE id % 5 = 0")
    assert kept(world) == recounted(world)


async def test_the_agenda_lists_the_cards_of_all_buckets_or_of_one(world: World, made: list[Made]) -> None:
    sections = _sections(world, View(SALES), made)
    whole = [row.id async for row in world.store.agenda(SALES, world.now)]
    assert whole == [card_id for bucket in Bucket for card_id in sections[bucket]]
    today = [row.id async for row in world.store.agenda(SALES, world.now, Bucket.TODAY)]
    assert today == sections[Bucket.TODAY]


async def test_x_goes_through_the_expired_and_begins_again(world: World, made: list[Made]) -> None:
    expired = _sections(world, View(SALES), made)[Bucket.EXPIRED]
    after: CardId | None = None
    walked = []
    for _step in range(len(expired) + 1):
        found = await world.store.next_expired(SALES, after, world.now)
        assert found is not None
        after = found[1]
        walked.append(after)
    assert walked == [*expired, expired[0]]


async def test_x_goes_to_the_next_module_that_has_any(world: World) -> None:
    assert await world.store.next_expired(SALES, None, world.now) is None
    await world.store.create_card(ModuleId(5), _late(world), world.now)
    there = await world.store.create_card(ModuleId(2), _late(world), world.now)
    assert await world.store.next_expired(SALES, None, world.now) == (2, there.row.id)
    assert await world.store.next_expired(ModuleId(2), there.row.id, world.now) == (5, there.row.id - 1)


def _late(world: World) -> LineDraft:
    return LineDraft("Late", task=TaskDraft("Call", "call", world.day(-3)))


async def test_the_bell_rings_for_timed_tasks_of_all_modules(world: World) -> None:
    at = world.now.time().replace(minute=31)
    timed = await world.add("Timed", world.day(0, at))
    await world.add("Untimed", world.day(0))
    low = moment_key(world.now)
    rows = await world.store.due_between(low, low + 2)
    assert [row.id for row in rows] == [timed.row.id]
    assert await world.store.due_between(low, low + 1) == ()
    assert await world.store.due_between(0, NO_TASK_KEY) == rows


async def test_a_day_knows_its_open_tasks_of_all_modules_without_the_trash(world: World) -> None:
    tomorrow = world.day(1)
    first = await world.add("Acme", tomorrow)
    await world.add_task(first.row.id, "Second", tomorrow)
    assert await world.store.days([tomorrow.day, world.today]) == {tomorrow.day: 2, world.today: 0}
    world.run("UPDATE card SET place = 2")
    assert await world.store.days([tomorrow.day]) == {tomorrow.day: 0}


async def test_a_card_that_comes_back_from_the_trash_brings_its_tasks(world: World) -> None:
    tomorrow = world.day(1)
    card = await world.add("Acme", tomorrow)
    await world.store.trash(cards(card.row.id), world.now)
    assert await world.store.days([tomorrow.day]) == {tomorrow.day: 0}
    await world.store.undo(world.now)
    assert await world.store.days([tomorrow.day]) == {tomorrow.day: 1}
    assert kept(world) == recounted(world)
