"""An order's and a document's own fields on its page and in its form, and the mark of what is overdue."""

from __future__ import annotations

import pytest

from minicrm_tui.screens.form import FormScreen
from tests.ui.conftest import Crm, Opening
from tests.ui.test_acting_flow import SELLER, new_document, new_order
from tests.ui.test_profile import to_line, told, write


@pytest.fixture
async def crm(opening: Opening) -> Crm:
    """The app with a seller."""
    return await opening(seller=SELLER, vat=2100)


def lines(crm: Crm) -> dict[str, str]:
    """The lines of the profile by their key."""
    zone = crm.screen.page.profile
    rows = [zone.item_at(at) for at in range(zone.place.rows.total)]
    return {row.key: f"{row.text} {row.beside}".strip() for row in rows if row is not None}


def drawn(crm: Crm) -> str:
    """The list as it stands on the screen."""
    cards = crm.screen.desk.cards
    return "\n".join(cards.render_line(y).text for y in range(cards.size.height))


async def test_the_page_of_a_document_has_its_own_fields_and_no_value_to_type(crm: Crm) -> None:
    await new_document(crm, "i")
    await crm.press("enter")
    assert list(lines(crm)) == [
        "document_kind", "number", "status", "name", "items", "company", "person", "due_on", "created_at",
    ]  # fmt: skip
    assert lines(crm)["items"] == "1 item 121.00\u00a0EUR"
    await crm.press("L", "y")
    assert lines(crm)["number"] == "INV-2026-EUR/00001"
    assert lines(crm)["issued_on"] == "Mon 23 Nov 2026"


async def test_the_payment_date_is_typed_in_a_draft_and_fixed_once_it_is_issued(crm: Crm) -> None:
    await new_document(crm, "i")
    await crm.press("enter", "shift+tab")
    await to_line(crm, "due_on")
    await crm.press("enter")
    await write(crm, "2026-11-01")
    assert told(crm) == "This day is past already."
    await write(crm, "15 dec")
    assert lines(crm)["due_on"] == "Tue 15 Dec 2026"
    await crm.press("L", "y")
    await to_line(crm, "due_on")
    await crm.press("enter")
    assert not crm.screen.page.editor.is_open
    assert "its content is fixed" in crm.toasts[-1]


@pytest.mark.parametrize("key", ["number", "document_kind", "created_at"])
async def test_what_the_program_gives_is_not_typed(crm: Crm, key: str) -> None:
    await new_document(crm, "i")
    await crm.press("enter", "shift+tab")
    await to_line(crm, key)
    await crm.press("enter")
    assert not crm.screen.page.editor.is_open
    assert crm.toasts[-1] == "This can't be changed."


async def test_the_subject_is_changed_in_place_and_the_value_stays(crm: Crm) -> None:
    await new_order(crm)
    await crm.press("enter", "shift+tab")
    await to_line(crm, "name")
    await crm.press("enter")
    await write(crm, "Gates")
    card = await crm.card("Gates")
    assert card.row.value is not None
    assert card.row.value.minor == 12_100


async def test_the_form_of_a_draft_has_no_value_and_that_of_an_issued_one_only_the_task(crm: Crm) -> None:
    await new_document(crm, "i")
    await crm.press("e")
    assert isinstance(crm.app.screen, FormScreen)
    assert [field.key for field in crm.app.screen.fields()] == ["name", "company", "person", "task", "when"]
    await crm.press("escape", "L", "y", "e")
    assert isinstance(crm.app.screen, FormScreen)
    assert [field.key for field in crm.app.screen.fields()] == ["task", "when"]
    await crm.press("ctrl+a", *"Ring", "enter")
    card = await crm.card("Doors")
    assert card.row.task is not None
    assert (card.row.task.text, card.row.number) == ("Ring", "INV-2026-EUR/00001")


async def test_what_is_overdue_is_marked_in_list_peek_and_page(opening: Opening) -> None:
    crm = await opening(seller=SELLER, size=(200, 50))
    await new_document(crm, "i")
    await crm.press("L", "y")
    assert "overdue" not in drawn(crm)
    crm.clock.advance(days=9)
    await crm.beat()
    await crm.bench.reload()
    await crm.idle()
    assert "overdue 1d" in drawn(crm)
    board = crm.screen.desk.board.columns[1]
    assert any("!Doors" in board.render_line(y).text for y in range(board.size.height))
    assert "overdue 1d" in "\n".join(crm.screen.desk.peek.render_line(y).text for y in range(4))
    await crm.press("enter")
    assert "overdue 1d" in crm.screen.page.title.render_line(0).text
    await crm.press("W")
    assert "overdue" not in crm.screen.page.title.render_line(0).text
