"""The virtual list: pages come before the cursor, keys keep their order, no row is ever blank."""

from __future__ import annotations

from textual.geometry import Region

from minicrm_tui.domain.views import Spot
from minicrm_tui.widgets.pages import PAGE
from minicrm_tui.widgets.section_list import SectionList
from minicrm_tui.widgets.sections import Section
from tests.ui.list_host import EXPIRED, LATER, a_list, names
from tests.ui.widget_cards import Fetcher, lines_of


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
