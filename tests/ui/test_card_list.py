"""What a row of the card list shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from minicrm_tui.domain.quiet import Still
from minicrm_tui.domain.records import CardRow, Due, Money
from minicrm_tui.widgets.card_columns import columns, columns_of, fitting, parts_of
from minicrm_tui.widgets.card_list import CardList
from minicrm_tui.widgets.cells import cell_width
from minicrm_tui.widgets.sections import Section
from tests.conftest import MONDAY_MORNING
from tests.ui.widget_cards import a_card

LONG = "Send the contract to Ana and Ion"
MONEY = Money(450_000, "EUR")


def row_of(card: CardRow, section: str) -> str:
    cards = CardList()
    cards._now = MONDAY_MORNING
    pieces = cards.item_pieces(card, Section(section, "", 1), marked=False, width=60)
    return "".join(piece.text for piece in pieces)


def test_a_card_without_a_task_has_the_tasks_room_for_its_name() -> None:
    name = "Făgăraș Viticola SRL (Raluca Ionescu)"
    assert name in row_of(a_card(1, name, due=None), "no_task")
    assert name not in row_of(a_card(1, name), "today")


def test_a_name_has_seventeen_cells_in_a_list_of_half_a_screen() -> None:
    assert columns(50, 5)[:2] == (5, 17)
    assert columns(50, 5).task >= 17


def test_a_task_takes_the_cells_that_a_value_leaves() -> None:
    card = a_card(1, value=Money(450_000, "EUR"))
    without = a_card(1)
    assert columns_of(card, 50, 5).value == 5
    assert columns_of(without, 50, 5).task == columns_of(card, 50, 5).task + 5


@pytest.mark.parametrize(
    ("values", "cells", "shown"),
    [
        (("High",), 4, "High"),
        (("High",), 3, ""),
        (("High", "Fair"), 11, "High · Fair"),
        (("High", "Fair"), 10, "High"),
        (("Brașov County",), 6, "Brașo…"),
        (("Brașov County",), 5, ""),
        (("High", "Brașov County", "Fair"), 13, "High · Brașo…"),
        (("日本語日本語",), 9, "日本語日…"),
        (("[/red] e\u0301\u200d",), 40, "[/red] e\u0301\u200d"),
        ((), 10, ""),
    ],
)
def test_as_many_values_are_shown_as_there_are_cells_for(values: tuple[str, ...], cells: int, shown: str) -> None:
    assert fitting(values, cells) == shown


@pytest.mark.parametrize(
    ("card", "width", "task", "own"),
    [
        # A short task leaves what it does not need; a long one keeps twelve cells at least, and half of its room.
        (a_card(1, text="Meeting"), 51, 10, " High · Brașov"),
        (a_card(1, text="Send the contract"), 51, 19, " High"),
        (a_card(1, text=LONG), 51, 19, " High"),
        (a_card(1, text=LONG, value=MONEY), 51, 14, " High"),
        (a_card(1, text=LONG, value=MONEY), 76, 23, " High · Brașov"),
        (a_card(1, text=LONG, value=MONEY), 88, 23, " High · Brașov · Fair"),
        (a_card(1, text=LONG, value=MONEY), 40, 15, ""),
    ],
)
def test_a_task_leaves_room_for_the_cards_own_fields(card: CardRow, width: int, task: int, own: str) -> None:
    parts = parts_of(replace(card, shown=("High", "Brașov", "Fair")), width, 5, MONDAY_MORNING)
    plain = parts_of(card, width, 5, MONDAY_MORNING)
    assert (parts.cells.task, parts.own, plain.own) == (task, own, "")
    assert parts.cells.task + cell_width(parts.own) == plain.cells.task


def test_a_name_without_a_task_keeps_its_own_room() -> None:
    card = replace(a_card(1, "Făgăraș Viticola SRL (Raluca Ionescu)", due=None), shown=("High", "Brașov", "Fair"))
    parts = parts_of(card, 51, 5, MONDAY_MORNING)
    assert (parts.cells.name, parts.own) == (27, " High · Brașov")
    assert parts_of(replace(card, name="Acme"), 51, 5, MONDAY_MORNING).own == " High · Brașov · Fair"


def test_the_mark_goes_before_the_fields() -> None:
    still = Still(MONDAY_MORNING - timedelta(days=12), 7)
    card = replace(a_card(1, text=LONG, due=Due(date(2026, 11, 20))), still=still, shown=("High", "Fair"))
    assert "rotting 12 d Send the cont… High " in row_of(card, "expired")
