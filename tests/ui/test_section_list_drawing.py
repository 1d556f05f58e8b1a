"""How the list looks: rows, headings, marks, any text, another theme; and the mouse."""

from __future__ import annotations

from datetime import date, time

import pytest
from textual import events

from minicrm_tui.domain.records import Bucket, CardId, CardRow, Due, Money
from minicrm_tui.domain.views import Outline, Spot
from minicrm_tui.widgets.card_list import CardList, list_sections
from minicrm_tui.widgets.section_list import SectionList
from minicrm_tui.widgets.sections import Section
from tests.ui.list_host import EXPIRED, LATER, a_list, names
from tests.ui.widget_cards import Fetcher, a_card, lines_of

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
