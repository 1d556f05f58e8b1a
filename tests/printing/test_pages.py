"""Items fall on pages: each once, none beyond its page, and every sum is carried."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minicrm_tui.printing.pages import Page, Room, paged
from minicrm_tui.printing.paper import Sums

ROOM = Room(first=50, other=100, carried=10, closing=30)
TEN = Sums(10, 2)


def ends(heights: list[float]) -> list[int]:
    return [page.end for page in paged(heights, [TEN] * len(heights), ROOM)]


@pytest.mark.parametrize(
    ("heights", "expected"),
    [
        ([], [0]),
        ([20], [1]),
        ([10, 10], [2]),
        ([10, 10, 10], [2, 3]),  # the totals have no room; the last item goes on with them
        ([10, 10, 10, 10], [3, 4]),
        ([10] * 5, [4, 5]),
        ([10] * 10, [4, 10]),
        ([10] * 11, [4, 10, 11]),
        ([10] * 13, [4, 12, 13]),
        ([40], [1, 1]),  # one item that leaves the totals no room at all
    ],
)
def test_pages_are_filled_and_the_totals_never_stand_alone_where_that_can_be(
    heights: list[float], expected: list[int]
) -> None:
    assert ends(heights) == expected


def test_what_is_carried_on_is_brought_to_the_next_page() -> None:
    assert paged([10] * 13, [TEN] * 13, ROOM) == (
        Page(0, 4, None, Sums(40, 8)),
        Page(4, 12, Sums(40, 8), Sums(120, 24)),
        Page(12, 13, Sums(120, 24), None),
    )


@given(st.lists(st.tuples(st.floats(1, 40), st.integers(-999, 999), st.integers(-99, 99)), max_size=80))
def test_every_item_is_on_one_page_and_no_page_is_overfull(items: list[tuple[float, int, int]]) -> None:
    heights, sums = [height for height, _net, _tax in items], [Sums(net, tax) for _height, net, tax in items]
    pages = paged(heights, sums, ROOM)
    assert [place for page in pages for place in range(page.begin, page.end)] == list(range(len(items)))
    for page in pages:
        last = page is pages[-1]
        taken = sum(heights[page.begin : page.end]) + (ROOM.closing if last else ROOM.carried)
        assert (
            taken + (0 if page.brought is None else ROOM.carried) <= (ROOM.other if page.begin else ROOM.first) + 1e-9
        )
        before = page.brought or Sums()
        assert before == sum(sums[: page.begin], Sums())
        assert page.carried == (None if last else sum(sums[page.begin : page.end], before))
