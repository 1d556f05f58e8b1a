"""CSV and workbooks, as other programs read them."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta, timezone
from io import BytesIO, StringIO

import pytest
from awkward import TEXTS, card, exported, module
from openpyxl import Workbook, load_workbook

from minicrm_tui.domain.records import Kind
from minicrm_tui.exchange.exporting.csv_text import csv_text
from minicrm_tui.exchange.exporting.sheets import sheet_of
from minicrm_tui.exchange.exporting.xlsx_file import write_xlsx
from minicrm_tui.exchange.formulas import revealed
from minicrm_tui.exchange.headers import Column

BUCHAREST = timezone(timedelta(hours=2))


def read_csv(text: str) -> list[dict[str, str]]:
    assert text[0] == "\ufeff"
    return list(csv.DictReader(StringIO(text[1:], newline="")))


@pytest.mark.parametrize("text", TEXTS)
def test_csv_gives_every_text_back(text: str) -> None:
    sheet = sheet_of((exported(),), BUCHAREST)
    (row,) = read_csv("".join(csv_text(sheet, [card(text)])))
    assert not any(cell[:1] in ("=", "@", "\t") for cell in row.values())
    for column in (Column.CARD_NAME, Column.CARD_STATUS, Column.COMPANY_NAME, Column.PERSON_DESCRIPTION):
        assert revealed(row[column]) == text
    assert revealed(row["Field: Name"]) == text


def test_csv_says_numbers_days_and_times_in_one_way() -> None:
    sheet = sheet_of((exported(), exported(2, Kind.PROJECTS, "Projects")), BUCHAREST)
    (row,) = read_csv("".join(csv_text(sheet, [card("x")])))
    assert row[Column.MODULE] == "Sales"
    assert (row[Column.CARD_VALUE], row[Column.CARD_CURRENCY]) == ("1234.56", "EUR")
    assert row[Column.CARD_DEADLINE] == "2026-11-24 14:00:00"
    assert row[Column.CARD_CREATED] == "2026-11-21 00:30:00"
    assert row[Column.CARD_EXPECTED_CLOSE] == "2026-12-15"
    assert (row["Card: Doors"], row["Card: Visit"], row["Card: =Colours"]) == ("12.5", "2026-12-01", "red, dark, blue")
    assert revealed(row[Column.COMPANY_PHONE]) == "+40 21 300 40 50, x"
    assert (row[Column.PERSON_FIRST_NAME], row[Column.PERSON_LAST_NAME]) == ("Ana", "x")


def test_columns_that_no_module_has_anything_for_are_left_out() -> None:
    headers = sheet_of((exported(2, Kind.PROJECTS, "Projects"),), BUCHAREST).headers
    assert Column.CARD_SALES_STATUS not in headers
    assert Column.CARD_NUMBER not in headers
    assert Column.CARD_NUMBER in sheet_of((exported(3, Kind.ORDERS, "Orders"),), BUCHAREST).headers


def workbook(*texts: str, most_rows: int = 1_048_576) -> Workbook:
    out = BytesIO()
    modules = (exported(), exported(2, Kind.PROJECTS, "Sales"), exported(3, Kind.HELPDESK, "a/b:" + "c" * 40))
    cards = [card(text) for text in texts] + [card("other", module(2, Kind.PROJECTS, "Sales"))]
    write_xlsx(out, modules, cards, BUCHAREST, most_rows)
    return load_workbook(BytesIO(out.getvalue()))


def cells(book: Workbook, title: str, row: int) -> dict[str, object]:
    page = book[title]
    return {str(page.cell(1, place).value): page.cell(row, place).value for place in range(1, page.max_column + 1)}


@pytest.mark.parametrize("text", TEXTS)
def test_a_workbook_gives_every_text_back_and_runs_none(text: str) -> None:
    book = workbook(text)
    row = cells(book, "Sales", 2)
    for column in (Column.CARD_NAME, Column.CARD_STATUS, Column.COMPANY_NAME, Column.PERSON_DESCRIPTION):
        assert row[column] == text
    assert {cell.data_type for page in book for line in page for cell in line} <= {"s", "n", "d"}


def test_a_workbook_has_numbers_days_and_a_sheet_for_each_module() -> None:
    book = workbook("x")
    assert book.sheetnames == ["Sales", "Sales (2)", "a-b-" + "c" * 27]
    row = cells(book, "Sales", 2)
    assert row[Column.CARD_VALUE] == 1234.56
    assert row[Column.CARD_DEADLINE] == datetime(2026, 11, 24, 14)
    assert row[Column.CARD_EXPECTED_CLOSE] == datetime(2026, 12, 15)
    assert row["Card: Doors"] == 12.5
    assert row[Column.COMPANY_PHONE] == "+40 21 300 40 50, x"


def test_more_cards_than_a_sheet_holds_go_on_a_further_one() -> None:
    book = workbook("one", "two", "three", most_rows=3)
    assert book.sheetnames[:2] == ["Sales", "Sales (2)"]
    assert cells(book, "Sales (2)", 2)[Column.CARD_NAME] == "three"


def test_what_xml_can_not_hold_is_marked() -> None:
    assert cells(workbook("a\ufffeb"), "Sales", 2)[Column.CARD_NAME] == "a\N{REPLACEMENT CHARACTER}b"
