"""What a row of the card list shows."""

from __future__ import annotations

from minicrm_tui.domain.records import CardRow, Money
from minicrm_tui.widgets.card_list import CardList, columns, columns_of
from minicrm_tui.widgets.sections import Section
from tests.ui.widget_cards import a_card


def row_of(card: CardRow, section: str) -> str:
    pieces = CardList().item_pieces(card, Section(section, "", 1), marked=False, width=60)
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
