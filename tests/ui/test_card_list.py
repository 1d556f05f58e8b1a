"""What a row of the card list shows."""

from __future__ import annotations

from minicrm_tui.domain.records import CardRow
from minicrm_tui.widgets.card_list import CardList
from minicrm_tui.widgets.sections import Section
from tests.ui.widget_cards import a_card


def row_of(card: CardRow, section: str) -> str:
    pieces = CardList().card_pieces(card, Section(section, "", 1), marked=False, width=60)
    return "".join(piece.text for piece in pieces)


def test_a_card_without_a_task_has_the_tasks_room_for_its_name() -> None:
    name = "Făgăraș Viticola SRL (Raluca Ionescu)"
    assert name in row_of(a_card(1, name, due=None), "no_task")
    assert name not in row_of(a_card(1, name), "today")
