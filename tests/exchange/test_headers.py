"""The columns of our own spreadsheets, and cells that a spreadsheet would run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minicrm_tui.exchange.formulas import neutralised, revealed
from minicrm_tui.exchange.headers import Column, field_header, field_name


@pytest.mark.parametrize("name", ["Budget", "name", "ID", "Status", "x: y", "Name 2"])
def test_a_field_is_known_again_by_its_column(name: str) -> None:
    header = field_header(name)
    assert header.casefold() not in {each.casefold() for each in Column}
    assert field_name(header) == name


def test_no_column_of_every_card_is_taken_for_a_field() -> None:
    assert {field_name(each) for each in Column} == {None}


@pytest.mark.parametrize(
    "text",
    ["=1+1", "=cmd|' /C calc'!A0", "+1+1", "-1-2", "@SUM(A1)", "\t=1", "\r=1", "+40-722-000", "＝1+1", "-"],
)
def test_what_a_spreadsheet_would_run_is_marked_as_text(text: str) -> None:
    assert neutralised(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["+40 722 000 111", "+40722000111", "-12.50", "+40 (722) 000 111", "+40 722 0, +40 21 3", "plain", "", "'x"]
)
def test_phones_numbers_and_plain_texts_stay_as_they_are(text: str) -> None:
    assert neutralised(text) == text


@given(st.text(alphabet="'=+-@\t\r1a ", max_size=8) | st.text())
def test_every_text_is_the_same_again(text: str) -> None:
    assert revealed(neutralised(text)) == text
    assert neutralised(text)[:1] not in ("=", "@", "\t", "\r")
