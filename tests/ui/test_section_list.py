"""The virtual list: pages come before the cursor, keys keep their order, no row is ever blank."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, time

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.pilot import Pilot

from minicrm_tui.domain.records import Bucket, CardId, CardRow, Due, Money, Outline, Spot
from minicrm_tui.widgets.card_list import CardList, list_sections
from minicrm_tui.widgets.pages import PAGE
from minicrm_tui.widgets.section_list import SectionList
from minicrm_tui.widgets.sections import Section
from tests.conftest import MONDAY_MORNING
from tests.ui.widget_cards import Fetcher, a_card, lines_of

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


async def test_the_cursor_begins_on_the_first_card_under_its_heading() -> None:
    async with a_list(Fetcher(), EXPIRED, LATER) as (_app, cards, _pilot):
        assert cards.cursor_card == Fetcher().card("expired", 0)
        lines = lines_of(cards)
        assert lines[0].startswith(" ▾ Expired")
        assert lines[0].rstrip().endswith("3")
        assert lines[1].startswith("▌")
        assert "expired 0" in lines[1]


async def test_moving_goes_over_headings_and_tells_where_it_is() -> None:
    async with a_list(Fetcher(), EXPIRED, LATER) as (app, cards, pilot):
        app.told.clear()
        await pilot.press("down", "j", "down")
        assert (cards.cursor_card, cards.cursor_section) == (None, "later")
        await pilot.press("down", "k", "up")
        assert cards.cursor_spot == Spot("expired", 2)
        where = [
            (message.section, message.card.name if message.card else None)
            for message in app.told
            if isinstance(message, SectionList.CardHighlighted)
        ]
        assert where == [
            ("expired", "expired 1"),
            ("expired", "expired 2"),
            ("later", None),
            ("later", "later 0"),
            ("later", None),
            ("expired", "expired 2"),
        ]


async def test_a_move_inside_the_window_paints_two_lines() -> None:
    async with a_list(Fetcher(), EXPIRED, LATER) as (_app, cards, pilot):
        painted: list[Region] = []
        refresh = cards.refresh

        def spy(*regions: Region, **options: bool) -> object:
            painted.extend(regions or [cards.region])
            return refresh(*regions, **options)

        cards.refresh = spy  # type: ignore[method-assign, assignment]
        await pilot.press("down")
        assert sorted(region.y for region in painted) == [1, 2]
        assert all(region.height == 1 for region in painted)


async def test_a_million_rows_are_paged_through_with_few_pages_held() -> None:
    fetch = Fetcher()
    async with a_list(fetch, EXPIRED, LATER) as (_app, cards, pilot):
        await pilot.press("end")
        await cards.settled()
        await pilot.pause()
        assert cards.cursor_card == fetch.card("later", 999_999)
        assert names(cards)[-1] == "later 999999"
        await pilot.press("ctrl+u", "pageup")
        await cards.settled()
        await pilot.pause()
        assert cards.cursor_spot == Spot("later", 999_999 - 22)
        await pilot.press("home")
        await cards.settled()
        await pilot.pause()
        assert cards.cursor_spot == Spot("expired", 0)
        assert cards.scroll_offset.y == 0
        for _page in range(30):
            await pilot.press("ctrl+d")
            await cards.settled()
        assert cards.cursor_spot == Spot("later", 30 * 11 - 4)
        assert all(limit == PAGE for _section, _offset, limit in fetch.asked)
        assert len(cards._pages) <= 26


async def test_a_move_waits_for_its_page_and_no_row_is_ever_blank() -> None:
    fetch = Fetcher()
    async with a_list(fetch, EXPIRED, LATER) as (_app, cards, pilot):
        fetch.hold()
        before = lines_of(cards)
        await pilot.press("end")
        assert lines_of(cards) == before
        fetch.let_through()
        await cards.settled()
        await pilot.pause()
        assert names(cards) == [f"later {number}" for number in range(999_988, 1_000_000)]


async def test_keys_pressed_while_a_page_is_awaited_are_done_in_their_order() -> None:
    fetch = Fetcher()
    async with a_list(fetch, EXPIRED, LATER) as (_app, cards, pilot):
        fetch.hold()
        seen: list[Spot | None] = []
        await pilot.press("end", "up", "up")
        cards.after_moves(lambda: seen.append(cards.cursor_spot))
        await pilot.press("home", "down")
        assert cards.cursor_spot == Spot("expired", 0)
        assert seen == []
        fetch.let_through()
        await cards.settled()
        assert seen == [Spot("later", 999_997)]
        assert cards.cursor_spot == Spot("expired", 1)


async def test_a_page_is_asked_for_once_however_many_keys_need_it() -> None:
    fetch = Fetcher()
    async with a_list(fetch, LATER) as (_app, cards, pilot):
        fetch.asked.clear()
        fetch.hold()
        await pilot.press("end", "up", "up", "up")
        fetch.let_through()
        await cards.settled()
        assert len(fetch.asked) == len(set(fetch.asked))


async def test_a_page_that_can_not_be_read_leaves_the_cursor_and_is_told() -> None:
    fetch = Fetcher()
    async with a_list(fetch, EXPIRED, LATER) as (app, cards, pilot):
        fetch.fails = True
        await pilot.press("end", "down")
        await cards.settled()
        await pilot.pause()
        assert cards.cursor_spot == Spot("expired", 1)
        assert [message.error.message for message in app.told if isinstance(message, SectionList.FetchFailed)] == [
            "The file is busy."
        ]


async def test_new_contents_come_at_once_and_whole() -> None:
    fetch = Fetcher()
    async with a_list(fetch, EXPIRED, LATER) as (app, cards, pilot):
        before = lines_of(cards)
        fetch.hold()
        today = Section("today", "Today", 30)
        showing = app.run_worker(cards.show([today], fetch, spot=Spot("today", 20)))
        await pilot.press("down")
        assert lines_of(cards) == before
        fetch.let_through()
        await showing.wait()
        await cards.settled()
        await pilot.pause()
        assert cards.cursor_spot == Spot("today", 21)
        assert all("today" in line for line in lines_of(cards))


async def test_of_two_readings_the_newer_one_stands() -> None:
    fetch, late = Fetcher(), Fetcher()
    async with a_list(fetch, EXPIRED) as (app, cards, _pilot):
        late.hold()
        first = app.run_worker(cards.show([Section("today", "Today", 5)], late))
        second = app.run_worker(cards.show([Section("tomorrow", "Tomorrow", 5)], fetch))
        late.let_through()
        await first.wait()
        await second.wait()
        assert cards.cursor_section == "tomorrow"


async def test_a_reading_that_was_cancelled_leaves_the_list_alive() -> None:
    fetch, late = Fetcher(), Fetcher()
    async with a_list(fetch, EXPIRED, LATER) as (app, cards, pilot):
        late.hold()
        showing = app.run_worker(cards.show([Section("today", "Today", 5)], late))
        await pilot.press("down")
        showing.cancel()
        await pilot.pause()
        await cards.settled()
        assert cards.cursor_spot == Spot("expired", 1)


async def test_contents_shown_again_keep_cursor_and_scroll() -> None:
    fetch = Fetcher()
    async with a_list(fetch, EXPIRED, LATER) as (_app, cards, pilot):
        await pilot.press(*["ctrl+d"] * 5)
        await cards.settled()
        spot, scroll = cards.cursor_spot, cards.scroll_offset.y
        await cards.show([EXPIRED, LATER], fetch)
        assert (cards.cursor_spot, cards.scroll_offset.y) == (spot, scroll)


# --- folding


async def test_enter_on_a_heading_folds_and_opens_it() -> None:
    async with a_list(Fetcher(), EXPIRED, LATER) as (_app, cards, pilot):
        await pilot.press("up", "enter")
        assert cards.folded == {"expired"}
        lines = lines_of(cards)
        assert lines[0].startswith("▌▸ Expired")
        assert lines[1].startswith(" ▾ Later")
        await pilot.press("enter")
        assert cards.folded == set()
        assert "expired 0" in lines_of(cards)[1]


async def test_left_goes_to_the_heading_and_folds_it_and_right_goes_back_in() -> None:
    async with a_list(Fetcher(), EXPIRED, LATER) as (_app, cards, pilot):
        await pilot.press("down", "left")
        assert cards.cursor_spot == Spot("expired", -1)
        await pilot.press("h")
        assert cards.folded == {"expired"}
        await pilot.press("l", "right")
        assert (cards.folded, cards.cursor_spot) == (set(), Spot("expired", 0))


async def test_going_to_a_card_opens_its_folded_section() -> None:
    fetch = Fetcher()
    async with a_list(fetch, EXPIRED, LATER) as (_app, cards, pilot):
        await pilot.press("up", "enter")
        await cards.go_to(Spot("expired", 2))
        assert cards.folded == set()
        assert cards.cursor_card == fetch.card("expired", 2)


# --- the card that follows


async def test_the_row_that_follows_is_the_next_card_else_the_one_before() -> None:
    fetch = Fetcher()
    async with a_list(fetch, EXPIRED, Section("today", "Today", 1)) as (_app, cards, pilot):
        here = cards.cursor_card
        following = await cards.following(lambda card: card == here)
        assert following == fetch.card("expired", 1)
        await pilot.press("end")
        last = cards.cursor_card
        assert last == fetch.card("today", 0)
        assert await cards.following(lambda card: card == last) == fetch.card("expired", 2)
        assert await cards.following(lambda card: True) is None


async def test_over_a_marked_million_the_row_that_follows_is_found_in_few_pages() -> None:
    fetch = Fetcher()
    async with a_list(fetch, LATER, Section("no_task", "No task", 4)) as (_app, cards, _pilot):
        fetch.asked.clear()
        following = await cards.following(lambda card: card.name.startswith("later"))
        assert following == fetch.card("no_task", 0)
        assert len(fetch.asked) < 10


async def test_all_cards_between_two_spots_come_in_list_order() -> None:
    async with a_list(Fetcher(), EXPIRED, LATER) as (_app, cards, _pilot):
        found = await cards.cards_between(Spot("later", 1), Spot("expired", 1))
        assert [card.name for card in found] == ["expired 1", "expired 2", "later 0", "later 1"]


# --- drawing


async def show_one(card: CardRow, *, size: tuple[int, int] = (60, 12), key: str = "today") -> str:
    class One(Fetcher):
        def card(self, section: str, offset: int) -> CardRow:
            return card

    async with a_list(One(), Section(key, "Today", 1), size=size) as (_app, cards, _pilot):
        return lines_of(cards)[1]


@pytest.mark.parametrize(
    "name",
    [
        "Bob [/red] Ltd",
        "株式会社日本電気の営業部門と購買部門",
        "שלום חברה בע״מ",
        "Ze\u0301ro\u0300",
        "%s {x} 'q\"",
        "x" * 200,
        "",
    ],
)
async def test_any_name_is_drawn_as_it_is_in_a_line_of_the_lists_width(name: str) -> None:
    from rich.cells import cell_len

    line = await show_one(a_card(1, name or " ", text=name))
    assert cell_len(line) == 60
    assert name[:6] in line


async def test_a_row_says_when_who_what_how_many_more_and_how_much() -> None:
    card = a_card(1, "Acme", text="Call Ana", open_tasks=3, value=Money(450_000, "EUR"))
    assert (await show_one(card)).split() == ["▌", "14:00", "Acme", "Call", "Ana", "+2", "4.5k"]


async def test_lateness_is_told_in_the_expired_bucket() -> None:
    card = a_card(1, "Acme", due=Due(date(2026, 11, 14)))
    assert (await show_one(card, key="expired")).split()[:3] == ["▌", "9d", "Acme"]


async def test_marks_are_a_sign_before_the_row() -> None:
    fetch = Fetcher()
    async with a_list(fetch, EXPIRED) as (_app, cards, pilot):
        cards.set_marks(lambda card, section: card == fetch.card("expired", 1) and section == "expired")
        await pilot.pause()
        assert ["✓" in line for line in lines_of(cards)[:4]] == [False, False, True, False]


async def test_the_other_panes_card_is_highlighted_where_the_list_rests() -> None:
    fetch = Fetcher()
    async with a_list(fetch, EXPIRED) as (_app, cards, _pilot):
        plain = cards.render_line(2)
        cards.set_resting(True)
        cards.set_shared(fetch.card("expired", 1).id)
        assert list(cards.render_line(2)) != list(plain)
        cards.set_shared(CardId(-1))
        assert list(cards.render_line(2)) == list(plain)


async def test_an_empty_list_says_what_to_do_in_its_middle() -> None:
    async with a_list(Fetcher()) as (_app, cards, _pilot):
        cards.set_empty("Nothing here yet: n makes the first one.")
        lines = lines_of(cards)
        assert lines[5].strip() == "Nothing here yet: n makes the first one."
        assert lines[5].index("N") == (60 - 40) // 2
        assert (cards.cursor_card, cards.cursor_section, cards.cursor_spot) == (None, None, None)


async def test_an_empty_expired_says_so_with_pleasure() -> None:
    outline = Outline({Bucket.TODAY: 2}, 0, {})
    async with a_list(Fetcher(), *list_sections(outline)) as (_app, cards, _pilot):
        assert lines_of(cards)[0].strip() == "✓ Expired: nothing is late"


def test_the_headings_are_those_with_cards_and_expired() -> None:
    outline = Outline({Bucket.TOMORROW: 2, Bucket.NO_TASK: 1}, 7, {})
    assert [section.key for section in list_sections(outline)] == ["expired", "tomorrow", "no_task"]
    assert [section.key for section in list_sections(outline, finished=True)][-1] == "finished"
    assert list_sections(Outline({}, 0, {})) == ()


async def test_another_theme_is_another_colour_at_once() -> None:
    async with a_list(Fetcher(), EXPIRED) as (app, cards, pilot):
        before = list(cards.render_line(0))
        app.theme = "textual-light"
        await pilot.pause()
        assert list(cards.render_line(0)) != before


async def test_a_smaller_window_keeps_the_cursor_in_sight() -> None:
    async with a_list(Fetcher(), LATER) as (_app, cards, pilot):
        await pilot.press(*["down"] * 8)
        await pilot.resize_terminal(60, 6)
        await pilot.pause()
        await cards.settled()
        assert any(line.startswith("▌") for line in lines_of(cards))


# --- the mouse


async def test_a_click_selects_and_a_double_click_opens() -> None:
    fetch = Fetcher()
    async with a_list(fetch, EXPIRED, LATER) as (app, cards, pilot):
        await pilot.click(CardList, offset=(20, 2))
        assert cards.cursor_card == fetch.card("expired", 1)
        assert not [message for message in app.told if isinstance(message, SectionList.CardChosen)]
        await pilot.click(CardList, offset=(20, 3), times=2)
        chosen = [message.card for message in app.told if isinstance(message, SectionList.CardChosen)]
        assert chosen == [fetch.card("expired", 2)]


async def test_a_click_on_a_headings_sign_folds_and_elsewhere_selects() -> None:
    async with a_list(Fetcher(), EXPIRED, LATER) as (_app, cards, pilot):
        await pilot.click(CardList, offset=(20, 0))
        assert (cards.folded, cards.cursor_spot) == (set(), Spot("expired", -1))
        await pilot.click(CardList, offset=(1, 0))
        assert cards.folded == {"expired"}


async def test_the_wheel_scrolls_and_leaves_the_cursor() -> None:
    async with a_list(Fetcher(), LATER) as (_app, cards, pilot):
        await pilot._post_mouse_events([events.MouseScrollDown], CardList, offset=(5, 5))
        await cards.settled()
        await pilot.pause()
        assert names(cards)[0] == "later 2"
        assert cards.cursor_spot == Spot("later", 0)
        await pilot.press("down")
        assert any(line.startswith("▌") for line in lines_of(cards))


async def test_enter_opens_the_card() -> None:
    fetch = Fetcher()
    async with a_list(fetch, EXPIRED) as (app, _cards, pilot):
        await pilot.press("down", "enter")
        chosen = [message.card for message in app.told if isinstance(message, SectionList.CardChosen)]
        assert chosen == [fetch.card("expired", 1)]


async def test_this_week_has_room_for_the_weekday_and_the_time() -> None:
    card = a_card(1, "Acme", due=Due(date(2026, 11, 26), time(14, 0)))
    assert " Thu 14:00  Acme " in await show_one(card, key="this_week")
