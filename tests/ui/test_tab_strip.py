"""The bar on top: every module can be read at every width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult

from minicrm_tui.widgets.tab_strip import Tab, TabStrip, at_a_word, labels, stretch
from tests.ui.widget_cards import lines_of

NINE = [
    Tab("Sales", 12),
    Tab("Orders"),
    Tab("Invoicing", 1),
    Tab("Projects", 3),
    Tab("Helpdesk", 1),
    Tab("Partners"),
    Tab("Events"),
    Tab("HR", 2),
    Tab("Lucrări și garanții", 4),
]


class Host(App[None]):
    """A bar and what was chosen in it."""

    def __init__(self) -> None:
        super().__init__()
        self.chosen: list[int] = []

    def compose(self) -> ComposeResult:
        yield TabStrip()

    def on_tab_strip_module_chosen(self, message: TabStrip.ModuleChosen) -> None:
        self.chosen.append(message.index)


async def drawn(width: int, tabs: list[Tab], active: int) -> str:
    app = Host()
    async with app.run_test(size=(width, 5)):
        strip = app.query_one(TabStrip)
        strip.show(tabs, active, "Mon 23 Nov 2026")
        return lines_of(strip)[0]


async def test_with_room_all_is_whole_and_the_date_stands_at_the_right() -> None:
    line = await drawn(120, NINE[:5], 0)
    assert line.startswith(" MiniCRM   1 Sales 12  2 Orders  3 Invoicing 1  4 Projects 3  5 Helpdesk 1 ")
    assert line.endswith(" Mon 23 Nov 2026 ")


async def test_the_date_gives_way_first() -> None:
    line = await drawn(80, NINE[:5], 0)
    assert "2026" not in line
    for tab in NINE[:5]:
        assert tab.name in line


@pytest.mark.parametrize("count", [5, 9])
@pytest.mark.parametrize("active", [0, 4])
async def test_at_80_columns_every_tab_has_its_name_or_its_number(count: int, active: int) -> None:
    line = await drawn(80, NINE[:count], active)
    assert cell_len(line) == 80
    assert f" {active + 1} {NINE[active].name} " in line
    assert all(f" {number}" in line for number in range(1, count + 1))


def names(tabs: list[Tab], active: int, width: int) -> list[str]:
    return [label.name for label in labels(tabs, active, width)]


def test_names_near_the_active_one_stay_and_far_tabs_have_their_numbers() -> None:
    assert names(NINE, 0, 80) == ["Sales", "Orders", "Invoicing", "Projects", "", "", "Events", "", ""]
    assert [label.number for label in labels(NINE, 0, 80)] == ["1", "2", "3", "4", "5•1", "6", "7", "8•2", "9•4"]
    assert names(NINE, 8, 90)[8] == "Lucrări și garanții"


@given(st.integers(0, 8), st.integers(58, 160))
def test_no_name_is_cut_within_a_word(active: int, width: int) -> None:
    for label, tab in zip(labels(NINE, active, width), NINE, strict=True):
        assert label.name in ("", tab.name, "Lucrări…", "Lucrări și…")


@pytest.mark.parametrize(
    ("cells", "shown"),
    [(19, "Lucrări și garanții"), (18, "Lucrări și…"), (10, "Lucrări…"), (8, "Lucrări…"), (7, ""), (0, "")],
)
def test_a_name_is_cut_after_a_word(cells: int, shown: str) -> None:
    assert at_a_word("Lucrări și garanții", cells) == shown


def test_far_tabs_keep_their_number_and_how_many_cards_are_expired() -> None:
    shown = labels(NINE, 0, 58)
    assert (shown[8].number, shown[8].name) == ("9•4", "")
    assert (shown[0].name, shown[0].expired) == ("Sales", "12")
    assert labels(NINE, 8, 80)[0].number == "1•12"


def test_where_even_the_counts_do_not_fit_a_sign_of_them_is_left() -> None:
    shown = labels(NINE, 0, 45)
    assert (shown[8].number, shown[8].name) == ("9•", "")
    assert (shown[0].name, shown[0].expired) == ("Sales", "12")


def test_an_active_name_longer_than_the_bar_leaves_the_other_tabs_their_numbers() -> None:
    shown = labels([Tab("W" * 70, 1), *[Tab("Orders", 1)] * 7], 0, 60)
    assert shown[0].name == "W" * 25 + "…"
    assert [label.number for label in shown[1:]] == [f"{number}•" for number in range(2, 9)]
    assert sum(label.cells for label in shown) == 60


@given(
    st.lists(st.tuples(st.text("aăW株 ", max_size=20), st.integers(0, 9999)), min_size=1, max_size=9),
    st.integers(0, 8),
    st.integers(60, 160),
)
def test_the_tabs_never_take_more_than_the_bar(shape: list[tuple[str, int]], active: int, width: int) -> None:
    tabs = [Tab(name, expired) for name, expired in shape]
    assert sum(label.cells for label in labels(tabs, min(active, len(tabs) - 1), width)) <= width


async def test_a_click_on_a_tab_chooses_it() -> None:
    app = Host()
    async with app.run_test(size=(80, 5)) as pilot:
        strip = app.query_one(TabStrip)
        strip.show(NINE[:5], 0, "Mon 23 Nov 2026")
        await pilot.pause()
        at = lines_of(strip)[0].index("Invoicing")
        await pilot.click(TabStrip, offset=(at, 0))
        await pilot.click(TabStrip, offset=(79, 0))
        assert app.chosen == [2]


async def test_a_name_is_never_markup() -> None:
    assert "[/red] %s" in await drawn(80, [Tab("[/red] %s", 1)], 0)


FOURTEEN = [*NINE, *(Tab(f"Process {letter}", 3 if letter == "D" else 0) for letter in "ABCDE")]


@pytest.mark.parametrize("width", [60, 80, 120, 160])
@pytest.mark.parametrize("active", range(14))
async def test_of_more_than_nine_the_active_one_is_whole_and_the_date_stays(width: int, active: int) -> None:
    line = await drawn(width, FOURTEEN, active)
    assert cell_len(line) == width
    assert FOURTEEN[active].name in line
    assert line.endswith(" Mon 23 Nov 2026 ")
    assert line.startswith("‹") == ("1 Sales" not in line)
    assert ("›" in line) == ("Process E" not in line)


async def test_only_the_first_nine_have_numbers() -> None:
    line = await drawn(200, FOURTEEN, 13)
    assert " 9 Lucrări și garanții 4  Process A " in line
    assert " ".join(line.split()).endswith("Process D 3 Process E Mon 23 Nov 2026")
    assert "›" not in line


def test_the_bar_moves_only_as_far_as_it_must() -> None:
    firsts, first = [], 0
    for active in [*range(14), *range(13, -1, -1)]:
        first = stretch(FOURTEEN, active, first, 60).first
        firsts.append(first)
    there, back = firsts[:14], firsts[14:]
    assert there == sorted(there)
    assert back == sorted(back, reverse=True)
    assert (there[0], there[1], back[-1]) == (0, 0, 0)
    assert back[1] == there[-1]


def test_signs_tell_whether_expired_cards_are_out_of_sight() -> None:
    assert stretch(FOURTEEN, 0, 0, 60).after == "•›"
    assert stretch(FOURTEEN[:9] + FOURTEEN[9:12], 0, 0, 120).after in ("•›", " ›")
    assert stretch(FOURTEEN, 13, 0, 60).before == "‹•"
    assert stretch([Tab("Long name")] * 12, 0, 0, 60).after == " ›"


@given(
    st.lists(st.tuples(st.text("aăW株 ", max_size=40), st.integers(0, 9999)), min_size=10, max_size=32),
    st.integers(0, 31),
    st.integers(0, 31),
    st.integers(40, 160),
)
def test_a_scrolled_bar_never_takes_more_than_its_room(
    shape: list[tuple[str, int]], active: int, first: int, width: int
) -> None:
    tabs = [Tab(name, expired) for name, expired in shape]
    active, first = min(active, len(tabs) - 1), min(first, len(tabs) - 1)
    seen = stretch(tabs, active, first, width)
    assert seen.first <= active < seen.first + len(seen.labels)
    taken = sum(label.cells for label in seen.labels) + len(seen.before) + len(seen.after)
    assert taken <= width
    assert (seen.before == "") == (seen.first == 0)
    assert (seen.after == "") == (seen.first + len(seen.labels) == len(tabs))


async def test_clicks_reach_the_tabs_of_a_scrolled_bar_and_those_behind_its_signs() -> None:
    app = Host()
    async with app.run_test(size=(80, 5)) as pilot:
        strip = app.query_one(TabStrip)
        strip.show(FOURTEEN, 11, "Mon 23 Nov 2026")
        await pilot.pause()
        line = lines_of(strip)[0]
        await pilot.click(TabStrip, offset=(line.index("Process B"), 0))
        await pilot.click(TabStrip, offset=(line.index("Process C"), 0))
        await pilot.click(TabStrip, offset=(0, 0))
        await pilot.click(TabStrip, offset=(79, 0))
        assert app.chosen[:2] == [10, 11]
        first = stretch(FOURTEEN, 11, 0, 63).first
        assert app.chosen[2:] == [first - 1]
        strip.show(FOURTEEN, 0, "Mon 23 Nov 2026")
        await pilot.pause()
        line = lines_of(strip)[0]
        await pilot.click(TabStrip, offset=(line.index("›"), 0))
        assert app.chosen[-1] == len(stretch(FOURTEEN, 0, 0, 63).labels)
