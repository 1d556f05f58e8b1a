"""Notes: what is kept of them, and the line that shows where a word stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.notes import NOTE_LIMIT, checked_note, excerpt

LONG = "They talked for a long while about this and that, and then about the budget of the next year, and went home."


def test_a_note_keeps_its_lines_and_loses_what_a_terminal_would_obey() -> None:
    assert checked_note("  one\x1b[31m\r\n\n two \u202e\n") == "one\n\n two"


@pytest.mark.parametrize(
    "text", ["", " \n\t ", "\u200b", "x" * (NOTE_LIMIT + 1), "x" * 1_000_000], ids=lambda text: text[:9]
)
def test_nothing_and_too_much_are_no_note(text: str) -> None:
    with pytest.raises(Invalid) as told:
        checked_note(text)
    assert told.value.field == "note"


@pytest.mark.parametrize(
    ("note", "words", "expected"),
    [
        ("Paid the\nfirst half.", ["fir"], "Paid the first half."),
        ("Paid.", ["nothing"], "Paid."),
        (LONG, ["talk"], "They talked for a long while about this and that, and then about the budget of…"),
        (LONG, ["budg"], "…and then about the budget of the next year, and went home."),
        ("Ștefan și Ana", ["stef"], "Ștefan și Ana"),
        ("x" * 200 + " word", ["word"], "…word"),
    ],
)
def test_an_excerpt_begins_a_little_before_the_word(note: str, words: list[str], expected: str) -> None:
    assert excerpt(note, words) == expected


@given(st.text(max_size=400), st.lists(st.text(min_size=1, max_size=4), max_size=3))
def test_an_excerpt_is_one_short_line(note: str, words: list[str]) -> None:
    line = excerpt(note, words)
    assert len(line) <= 80
    assert "\n" not in line
