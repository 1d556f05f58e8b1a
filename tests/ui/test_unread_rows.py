"""No row in sight stays unread, however slowly pages come and whatever happens meanwhile."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence

import pytest

from minicrm_tui.domain.records import CardRow
from minicrm_tui.domain.views import Spot
from minicrm_tui.widgets.groups import group_columns
from minicrm_tui.widgets.sections import Fetch, Section
from tests.conftest import MONDAY_MORNING
from tests.ui.list_host import Host
from tests.ui.test_pipeline import STATUSES, TITLES, an_outline
from tests.ui.test_pipeline import Host as BoardHost
from tests.ui.widget_cards import a_card, lines_of

MOVES = ("down", "up", "pagedown", "pageup", "end", "home")


def slow(dice: random.Random) -> Fetch[CardRow]:
    """Pages that take some turns of the loop, each a different number."""

    async def fetch(section: str, offset: int, limit: int) -> Sequence[CardRow]:
        for _turn in range(dice.randrange(12)):
            await asyncio.sleep(0)
        return [a_card(offset + number, f"{section} {offset + number}") for number in range(limit)]

    return fetch


@pytest.mark.parametrize("seed", range(8))
async def test_of_a_list(seed: int) -> None:
    dice = random.Random(seed)
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        app.cards.set_now(MONDAY_MORNING)
        app.cards.focus()
        for _round in range(12):
            sections = [Section(key, key, dice.choice((0, 3, 60, 900))) for key in ("today", "tomorrow", "later")]
            spot = Spot(dice.choice(sections).key, dice.randrange(50))
            showing = asyncio.create_task(app.cards.show(sections, slow(dice), spot=dice.choice((None, spot))))
            for key in dice.choices(MOVES, k=3):
                app.simulate_key(key)
            if dice.random() < 0.3:
                await pilot.resize_terminal(60, dice.randrange(10, 40))
            await showing
            await app.cards.settled()
            await pilot.pause()
            assert not [line for line in lines_of(app.cards) if "…" in line]


@pytest.mark.parametrize("seed", range(8))
async def test_of_a_pipeline(seed: int) -> None:
    dice = random.Random(seed)
    app = BoardHost()
    async with app.run_test(size=(120, 30)) as pilot:
        app.board.active.focus()
        for _round in range(8):
            count = dice.choice((1, 5, 40))
            columns = group_columns(STATUSES, an_outline(count), lambda group: TITLES[group])
            first = {str(status.id): [a_card(number, f"c{number}") for number in range(16)] for status in STATUSES}
            showing = asyncio.create_task(
                app.board.show(columns, slow(dice), now=MONDAY_MORNING, first=dice.choice((None, first)))
            )
            for key in dice.choices((*MOVES, "enter", "left", "right"), k=3):
                app.simulate_key(key)
            if dice.random() < 0.3:
                await pilot.resize_terminal(dice.randrange(100, 160), dice.randrange(12, 50))
            await showing
            for column in app.board.columns:
                await column.settled()
            await pilot.pause()
            for column in app.board.columns:
                assert not [line for line in lines_of(column) if line.strip() == "…"]
