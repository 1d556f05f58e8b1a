"""Text cut and padded by cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from minicrm_tui.widgets.cells import cut, fit, wrap


@pytest.mark.parametrize(
    ("text", "cells", "expected"),
    [
        ("Acme", 4, "Acme"),
        ("Acme Industries", 6, "Acme…"),
        ("Acme Industries", 8, "Acme In…"),
        ("Acme", 1, "…"),
        ("Acme", 0, ""),
        ("株式会社", 8, "株式会社"),
        ("株式会社", 7, "株式会…"),
        ("株式会社", 6, "株式…"),
        ("Ze\u0301ro\u0300", 4, "Ze\u0301ro\u0300"),
        ("Ze\u0301ro\u0300", 3, "Ze\u0301…"),
        ("שלום חברה", 5, "שלום…"),
        ("[/red]", 6, "[/red]"),
        ("%s {x}", 6, "%s {x}"),
    ],
)
def test_a_text_is_cut_by_cells_with_an_ellipsis(text: str, cells: int, expected: str) -> None:
    assert cut(text, cells) == expected


def test_what_a_terminal_would_obey_is_not_drawn() -> None:
    assert cut("a\x1b[31mb\nc\u202ed", 20) == "a [31mb cd"


def test_padding_goes_to_the_side_that_is_asked_for() -> None:
    assert fit("9d", 5) == "9d   "
    assert fit("9d", 5, right=True) == "   9d"


@given(st.text(max_size=40), st.integers(min_value=0, max_value=40))
def test_a_fitted_text_takes_exactly_its_cells(text: str, cells: int) -> None:
    assert cell_len(fit(text, cells)) == cells


@given(st.text(max_size=60), st.integers(min_value=1, max_value=20))
def test_no_wrapped_line_is_too_wide(text: str, cells: int) -> None:
    assert all(cell_len(line) <= cells for line in wrap(text, cells))


def test_words_stay_whole_when_lines_are_wrapped() -> None:
    assert wrap("Nothing here yet: n makes the first one.", 18) == ["Nothing here yet:", "n makes the first", "one."]
