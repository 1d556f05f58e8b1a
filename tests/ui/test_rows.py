"""The arithmetic under the list: rows, places in them, and the sharing of room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minicrm_tui.domain.views import Spot
from minicrm_tui.widgets.placing import Place, at_top, in_sight, moved, paged, renewed, scrolled
from minicrm_tui.widgets.sections import RowKind, Rows, Section, Span
from minicrm_tui.widgets.sharing import fill, level, shelf

LATE = Section("expired", "Expired", 3)
EMPTY = Section("today", "Today", 0)
MANY = Section("later", "Later", 1_000_000)
LIMITED = Section("vip", "VIP", 10, limit=2)


def test_each_section_has_its_heading_and_its_cards() -> None:
    rows = Rows([LATE, EMPTY, MANY])
    kinds = [rows.row(index).kind.name for index in range(6)]
    assert kinds == ["HEADING", "CARD", "CARD", "CARD", "HEADING", "HEADING"]
    assert rows.total == 1_000_006
    assert rows.row(1_000_005).offset == 999_999


def test_a_limited_section_ends_with_more() -> None:
    rows = Rows([LIMITED, LATE])
    assert [rows.row(index).kind for index in (0, 1, 2, 3, 4)] == [
        RowKind.HEADING,
        RowKind.CARD,
        RowKind.CARD,
        RowKind.MORE,
        RowKind.HEADING,
    ]
    assert rows.card("vip", 2) is None


def test_a_folded_section_is_its_heading_alone() -> None:
    rows = Rows([LATE, MANY], {"expired"})
    assert rows.card("expired", 0) is None
    assert rows.first_card() == 2


@given(
    st.lists(st.tuples(st.integers(0, 9), st.none() | st.integers(0, 9), st.booleans()), max_size=8),
)
def test_a_card_is_found_on_the_row_that_says_so(shape: list[tuple[int, int | None, bool]]) -> None:
    sections = [Section(str(at), "", count, limit=limit) for at, (count, limit, _folded) in enumerate(shape)]
    rows = Rows(sections, {str(at) for at, (_count, _limit, folded) in enumerate(shape) if folded})
    for index in range(rows.total):
        row = rows.row(index)
        if row.kind is RowKind.CARD:
            assert rows.card(row.section.key, row.offset) == index
        elif row.kind is RowKind.HEADING:
            assert rows.heading(row.section.key) == index
    with pytest.raises(IndexError):
        rows.row(rows.total)


@given(st.lists(st.integers(0, 6), max_size=6), st.integers(-5, 30), st.integers(0, 20))
def test_spans_name_exactly_the_cards_on_the_rows(counts: list[int], start: int, height: int) -> None:
    rows = Rows([Section(str(at), "", count) for at, count in enumerate(counts)])
    named = {(span.key, at) for span in rows.spans(start, start + height) for at in range(span.start, span.stop)}
    seen = (rows.row(index) for index in range(max(0, start), min(rows.total, start + height)))
    assert named == {(row.section.key, row.offset) for row in seen if row.kind is RowKind.CARD}


def test_spans_of_a_window_are_few_however_long_the_list_is() -> None:
    rows = Rows([LATE, EMPTY, MANY])
    assert list(rows.spans(2, 10)) == [Span("expired", 1, 3), Span("later", 0, 4)]


# --- places


def test_the_heading_right_above_the_cursor_is_shown_with_it() -> None:
    place = Place(Rows([LATE, MANY]), 20, 20)
    assert moved(place, -19, 10) == Place(place.rows, 1, 0)


@given(st.integers(-50, 50), st.integers(0, 40), st.integers(0, 60), st.integers(1, 15))
def test_the_cursor_is_always_in_the_window_after_a_move(by: int, cursor: int, scroll: int, height: int) -> None:
    rows = Rows([LATE, EMPTY, Section("later", "", 30)])
    place = moved(Place(rows, cursor, scroll), by, height)
    assert 0 <= place.cursor < rows.total
    assert place.scroll <= place.cursor < place.scroll + height
    assert 0 <= place.scroll <= max(0, rows.total - height)


def test_a_page_keeps_one_row_in_sight() -> None:
    place = paged(Place(Rows([MANY]), 9, 0), 1, 10)
    assert (place.cursor, place.scroll) == (18, 9)


def test_the_wheel_leaves_the_cursor_where_it_is() -> None:
    place = Place(Rows([MANY]), 1, 0)
    assert scrolled(place, 500, 10) == Place(place.rows, 1, 500)
    assert scrolled(place, -3, 10).scroll == 0
    assert scrolled(place, 2_000_000, 10).scroll == place.rows.total - 10


def test_new_rows_keep_the_cursor_at_its_place_and_the_scroll() -> None:
    before = Place(Rows([LATE, MANY]), 2, 0)
    after = renewed(before, Rows([Section("expired", "Expired", 2), MANY]), None, 10, keep_scroll=True)
    assert after.rows.row(after.cursor).offset == 1


def test_new_rows_without_the_cursors_section_put_it_on_the_next_card() -> None:
    before = Place(Rows([LATE, Section("today", "Today", 2)]), 1, 0)
    after = renewed(before, Rows([Section("today", "Today", 2)]), None, 10, keep_scroll=True)
    assert after.rows.row(after.cursor).kind is RowKind.CARD


def test_the_first_rows_put_the_cursor_on_the_first_card() -> None:
    after = renewed(Place(Rows()), Rows([EMPTY, LATE]), None, 10, keep_scroll=True)
    assert (after.rows.row(after.cursor).section.key, after.cursor) == ("expired", 2)


def test_a_spot_far_away_comes_into_the_middle_of_the_window() -> None:
    after = renewed(Place(Rows([MANY]), 1, 0), Rows([MANY]), Spot("later", 5_000), 10, keep_scroll=True)
    assert after.scroll < after.cursor - 2 < after.cursor + 2 < after.scroll + 10


def test_an_empty_list_has_a_place_too() -> None:
    place = in_sight(Place(Rows(), 7, 3), 10)
    assert (place.cursor, place.scroll) == (0, 0)
    assert at_top(Place(Rows(), 0, 0), 10).scroll == 0


# --- sharing


@pytest.mark.parametrize(
    ("room", "wishes", "expected"),
    [
        (10, [3, 3], [3, 3]),
        (10, [2, 30, 30], [2, 4, 4]),
        (11, [2, 30, 30], [2, 5, 4]),
        (3, [9, 9, 9, 9], [1, 1, 1, 0]),
        (0, [1, 2], [0, 0]),
        (-4, [1, 2], [0, 0]),
        (5, [0, 7, 0], [0, 5, 0]),
        (5, [], []),
    ],
)
def test_room_is_shared_like_water(room: int, wishes: list[int], expected: list[int]) -> None:
    assert fill(room, wishes) == expected


@given(st.integers(0, 200), st.lists(st.integers(0, 100), max_size=9))
def test_no_room_is_lost_and_nobody_gets_more_than_they_wish(room: int, wishes: list[int]) -> None:
    shares = fill(room, wishes)
    assert sum(shares) == min(room, sum(wishes))
    assert all(share <= wish for share, wish in zip(shares, wishes, strict=True))


@given(st.integers(0, 200), st.lists(st.integers(0, 50), min_size=1, max_size=6))
def test_widths_add_up_to_the_whole_and_the_narrowest_get_what_is_left(width: int, needs: list[int]) -> None:
    widths = level(width, needs)
    assert sum(widths) == width
    if sum(needs) <= width:
        assert all(share >= need for share, need in zip(widths, needs, strict=True))
        raised = [share for share, need in zip(widths, needs, strict=True) if share > need]
        assert not raised or max(raised) - min(widths) <= 1


def test_columns_that_do_not_fit_lie_beyond_the_edge() -> None:
    whole = shelf(100, [20, 24, 20, 20])
    assert (whole.widths, whole.stops) == ((25, 25, 25, 25), (0,))
    short = shelf(64, [20, 24, 20, 20])
    assert (short.widths, short.stops) == ((20, 24, 20, 20), (0, 1))
    assert [short.stop_for(column, 0) for column in range(4)] == [0, 0, 0, 1]
    assert [short.stop_for(column, 1) for column in range(4)] == [0, 1, 1, 1]


@given(st.integers(1, 200), st.lists(st.integers(1, 60), min_size=1, max_size=6))
def test_from_each_stop_on_whole_columns_fill_the_board(width: int, needs: list[int]) -> None:
    columns = shelf(width, [min(need, width) for need in needs])
    seen = set()
    for stop in columns.stops:
        in_sight = columns.in_sight(stop)
        assert sum(columns.widths[column] for column in in_sight) == width
        seen.update(in_sight)
        assert all(columns.widths[column] >= min(needs[column], width) for column in in_sight)
    assert seen == set(range(len(needs)))
    assert all(column in columns.in_sight(columns.stop_for(column, stop)) for column in seen for stop in columns.stops)
