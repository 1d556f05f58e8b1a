"""Text on lines that fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from minicrm_tui.printing.wrapping import clipped, shortened, wrapped


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("short", 10, ["short"]),
        ("one two three", 7, ["one two", "three"]),
        ("one\ntwo", 10, ["one", "two"]),
        ("one\n\ntwo", 10, ["one", "", "two"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("to abcdefgh it", 3, ["to", "abc", "def", "gh", "it"]),
        ("10\u00a0000 EUR", 6, ["10\u00a0000", "EUR"]),
        ("漢字漢字", 5, ["漢字", "漢字"]),
        ("漢字", 1, ["漢", "字"]),
        ("a  b    cde", 5, ["a b", "cde"]),
    ],
)
def test_a_text_is_broken_at_breaks_and_spaces_and_inside_too_long_a_word(
    text: str, width: int, lines: list[str]
) -> None:
    assert wrapped(text, width, cell_len) == lines


@given(st.text(st.sampled_from("ab漢 \n")), st.integers(2, 12))
def test_no_line_is_too_long_and_no_letter_is_lost(text: str, width: int) -> None:
    lines = wrapped(text, width, cell_len)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [("abcdef", 6, "abcdef"), ("abcdef", 4, "abc…"), ("ab cdef", 4, "ab…"), ("漢字漢", 4, "漢…"), ("abc", 1, "")],
)
def test_what_does_not_fit_ends_in_an_ellipsis(text: str, width: int, shown: str) -> None:
    assert shortened(text, width, cell_len) == shown


def test_of_too_many_lines_the_last_says_that_there_were_more() -> None:
    assert clipped(["one", "two"], 2, 5, cell_len) == ["one", "two"]
    assert clipped(["one", "two", "three"], 2, 5, cell_len) == ["one", "two…"]
    assert clipped(["one", "three", "four"], 2, 5, cell_len) == ["one", "thre…"]
