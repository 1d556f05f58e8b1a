"""A small app around a card list, for its tests."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.app import App, ComposeResult
from textual.pilot import Pilot

from minicrm_tui.widgets.card_list import CardList
from minicrm_tui.widgets.section_list import SectionList
from minicrm_tui.widgets.sections import Section
from tests.conftest import MONDAY_MORNING
from tests.ui.widget_cards import Fetcher, lines_of

EXPIRED = Section("expired", "Expired", 3, "error")
LATER = Section("later", "Later", 1_000_000)


class Host(App[None]):
    """A card list and what it tells."""

    CSS = "CardList { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self.told: list[SectionList.ListMessage] = []

    def compose(self) -> ComposeResult:
        yield CardList()

    @property
    def cards(self) -> CardList:
        return self.query_one(CardList)

    def on_section_list_card_highlighted(self, message: SectionList.CardHighlighted) -> None:
        self.told.append(message)

    def on_section_list_card_chosen(self, message: SectionList.CardChosen) -> None:
        self.told.append(message)

    def on_section_list_section_chosen(self, message: SectionList.SectionChosen) -> None:
        self.told.append(message)

    def on_section_list_more_chosen(self, message: SectionList.MoreChosen) -> None:
        self.told.append(message)

    def on_section_list_fetch_failed(self, message: SectionList.FetchFailed) -> None:
        self.told.append(message)


@asynccontextmanager
async def a_list(
    fetch: Fetcher, *sections: Section, size: tuple[int, int] = (60, 12)
) -> AsyncIterator[tuple[Host, CardList, Pilot[None]]]:
    app = Host()
    async with app.run_test(size=size) as pilot:
        app.cards.set_now(MONDAY_MORNING)
        await app.cards.show(sections, fetch)
        app.cards.focus()
        await pilot.pause()
        yield app, app.cards, pilot


def names(cards: CardList) -> list[str]:
    """The names of the cards on the lines; of a heading, its title."""
    found = (re.search(r"[a-z_]+ \d+(?= )|[▾▸✓] \w+", line) for line in lines_of(cards))
    return [match.group() if match else "" for match in found]
