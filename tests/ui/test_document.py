"""The screen of an order or a document: its items typed cell by cell, its totals, and what it refuses."""

from __future__ import annotations

from minicrm_tui.domain.actions import Action
from minicrm_tui.domain.documents import DocumentKind
from minicrm_tui.domain.line_cells import Cell
from minicrm_tui.domain.lines import LineDraft
from minicrm_tui.domain.records import Money
from minicrm_tui.widgets.card_page import PROFILE
from tests.ui.conftest import Crm, Opening
from tests.ui.papers import DOOR, FITTING, TERMS, lines, note, opened, paper, screen, shown, typed


def place(crm: Crm) -> tuple[int, Cell]:
    grid = screen(crm).pane.grid
    return grid.row, grid.cell


def has(crm: Crm, *texts: str) -> bool:
    """Whether one line of the screen has all of these."""
    return any(all(text in line for text in texts) for line in shown(crm))


# --- looking


async def test_what_it_says_its_items_and_its_totals(crm: Crm) -> None:
    card = await paper(crm, DOOR, FITTING)
    await opened(crm, card)
    assert has(crm, "Invoice · to be issued")
    assert has(crm, "Buyer", "Acme Industries")
    assert has(crm, "Subject", "Doors")
    assert has(crm, "8 days after issue")
    assert has(crm, "D-90", "Door, oak", "2 pcs", "150.50", "21%", "301.00", "364.21")
    assert has(crm, "Fitting", "1.5 h", "80.00", "120.00", "145.20")
    assert has(crm, "21%", "421.00", "88.41")
    assert has(crm, "Total", "509.41 EUR")


async def test_the_way_there_and_back(crm: Crm) -> None:
    card = await paper(crm, DOOR)
    await opened(crm, card)
    await crm.press("escape")
    assert crm.app.screen is crm.screen
    assert crm.cursor is not None
    assert crm.cursor.id == card


async def test_the_profile_tells_the_items_and_enter_goes_there(crm: Crm) -> None:
    card = await paper(crm, DOOR, FITTING)
    await opened(crm, card)
    await crm.press("escape", "enter", "shift+tab", "home", *["down"] * 4)
    page = crm.screen.page
    assert page.cursor_zone == PROFILE
    assert page.profile.cursor_item is not None
    assert (page.profile.cursor_item.text, page.profile.cursor_item.beside) == ("2 items", "509.41\u00a0EUR")
    await crm.press("enter", "n")
    await typed(crm, "Paint", "enter")
    await crm.press("escape")
    assert page.profile.cursor_item.text == "3 items"
    assert crm.bench.page.is_open


async def test_the_key_is_there_for_orders_and_documents_only(crm: Crm) -> None:
    await crm.press("I")
    assert crm.app.screen is crm.screen


async def test_a_narrow_screen_has_all_columns_but_three(opening: Opening) -> None:
    crm = await opening(size=(80, 24))
    card = await paper(crm, DOOR, FITTING)
    await opened(crm, card)
    assert has(crm, "Item", "Qty", "Unit", "Net price", "VAT", "Net", "Gross")
    assert has(crm, "Door, oak", "2 pcs", "150.50", "21%", "301.00", "364.21")
    assert has(crm, "Total", "509.41 EUR")


# --- going


async def test_the_cursor_goes_from_cell_to_cell(crm: Crm) -> None:
    card = await paper(crm, DOOR, FITTING)
    await opened(crm, card)
    await crm.press("down", "l", "tab")
    assert place(crm) == (1, Cell.UNIT)
    await crm.press("end", "right", "k")
    assert place(crm) == (0, Cell.VAT)
    await crm.press("tab")
    assert place(crm) == (1, Cell.SKU)
    await crm.press("shift+tab", "home", "shift+tab")
    assert place(crm) == (0, Cell.SKU)
    await crm.press("G", "down", "tab", "up", "up")
    assert place(crm) == (0, Cell.NAME)


# --- typing


async def test_a_digit_begins_a_new_value_and_the_sums_follow_as_one_types(crm: Crm) -> None:
    card = await paper(crm, DOOR, FITTING)
    await opened(crm, card)
    await crm.press("l", "1")
    assert has(crm, "Door, oak", "150.50", "182.11")
    await crm.press("0")
    assert has(crm, "Door, oak", "1 505.00", "1 821.05")
    assert has(crm, "Total", "1 966.25 EUR")
    assert (await lines(crm, card))[0].quantity == 2000
    await crm.press("enter")
    assert (await lines(crm, card))[0].quantity == 10_000
    assert (await crm.store.card(card)).row.value == Money(196_625, "EUR")
    assert place(crm) == (0, Cell.QUANTITY)


async def test_keys_typed_in_one_go_fill_a_row(crm: Crm) -> None:
    card = await paper(crm)
    await opened(crm, card)
    assert has(crm, "No items yet: n adds the first one.")
    await crm.press(*"nPaint", "tab", "2", "comma", "5", "tab", "l", "tab", "9", "tab", "2", "1", "enter")
    assert await lines(crm, card) == [LineDraft("Paint", 2500, "l", 900, 2100)]
    assert place(crm) == (0, Cell.VAT)
    assert has(crm, "Total", "27.23 EUR")


async def test_tab_behind_the_last_cell_begins_a_new_item(crm: Crm) -> None:
    card = await paper(crm, DOOR)
    await opened(crm, card)
    await crm.press("end", "enter", "tab")
    assert screen(crm).pane.editor.is_open
    assert place(crm) == (1, Cell.NAME)
    await crm.press("escape")
    assert len(await lines(crm, card)) == 1
    assert not screen(crm).pane.editor.is_open


async def test_enter_on_a_new_name_goes_on_to_how_many(crm: Crm) -> None:
    card = await paper(crm, DOOR)
    await opened(crm, card)
    await crm.press("n")
    await typed(crm, "Paint", "enter", "3", "enter")
    assert [(line.name, line.quantity) for line in await lines(crm, card)] == [("Door, oak", 2000), ("Paint", 3000)]


async def test_a_new_item_stands_after_the_one_under_the_cursor(crm: Crm) -> None:
    card = await paper(crm, DOOR, FITTING)
    await opened(crm, card)
    await crm.press("i")
    await typed(crm, "Paint", "enter")
    assert [line.name for line in await lines(crm, card)] == ["Door, oak", "Paint", "Fitting"]


WRONG = (
    (Cell.PRICE, "abc", "“abc” is not an amount"),
    (Cell.PRICE, "1e9", "“1e9” is not an amount"),
    (Cell.PRICE, "-5", "An amount can't be negative."),
    (Cell.PRICE, "9" * 20, "The amount is too large."),
    (Cell.PRICE, "5 RON", "The currency here is EUR."),
    (Cell.QUANTITY, "two", "“two” is not a quantity"),
    (Cell.QUANTITY, "0", "A quantity can't be zero."),
    (Cell.QUANTITY, "1.2345", "“1.2345” is not a quantity"),
    (Cell.VAT, "101", "A rate of VAT is a percentage from 0 to 100"),
    (Cell.VAT, "-1", "A rate of VAT is a percentage from 0 to 100"),
    (Cell.NAME, "  ", "An item needs a name."),
    (Cell.NAME, "x" * 501, "This has 500 characters at most."),
    (Cell.UNIT, "x" * 21, "This has 20 characters at most."),
)


async def test_what_is_wrong_stands_below_the_cell_which_stays_open(crm: Crm) -> None:
    card = await paper(crm, DOOR)
    await opened(crm, card)
    before = await lines(crm, card)
    for cell, text, why in WRONG:
        screen(crm).pane.grid.go_to(0, cell)
        await crm.press("enter")
        await typed(crm, text, "tab" if cell is Cell.PRICE else "enter")
        assert note(crm).startswith(f"✗ {why}"), (cell, text)
        assert screen(crm).pane.editor.is_open, (cell, text)
        assert await lines(crm, card) == before, (cell, text)
        await crm.press("escape")
        assert not screen(crm).pane.editor.is_open, (cell, text)
        assert has(crm, "Total", "364.21 EUR"), (cell, text)


async def test_a_negative_quantity_is_taken(crm: Crm) -> None:
    card = await paper(crm, DOOR)
    await opened(crm, card)
    await crm.press("l", "minus", "1", "enter")
    assert (await lines(crm, card))[0].quantity == -1000
    assert has(crm, "Total", "-182.11 EUR")


async def test_a_thousand_items_are_the_most(crm: Crm) -> None:
    card = await paper(crm, DOOR)
    found = await crm.store.document(card)
    await crm.store._act(
        lambda conn: conn.exec_driver_sql(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 999)"
            " INSERT INTO line (document_id, position, name, quantity) SELECT ?, i, 'Item ' || i, 1000 FROM n",
            (found.id,),
        )
    )
    await opened(crm, card)
    await crm.press("G")
    assert place(crm)[0] == 999
    assert has(crm, "1000", "Item 999")
    await crm.press("n")
    await typed(crm, "One more", "enter")
    assert crm.toasts == ["A document has 1\u00a0000 items at most."]
    assert not screen(crm).pane.editor.is_open
    assert len(await lines(crm, card)) == 1000


# --- the other keys


async def test_an_item_is_taken_off_moved_and_brought_back(crm: Crm) -> None:
    card = await paper(crm, DOOR, FITTING, LineDraft("Paint"))
    await opened(crm, card)
    await crm.press("J", "J")
    assert [line.name for line in await lines(crm, card)] == ["Fitting", "Paint", "Door, oak"]
    assert place(crm)[0] == 2
    await crm.press("J")
    assert crm.toasts == ["There is no place further in this direction."]
    await crm.press("K", "delete")
    assert [line.name for line in await lines(crm, card)] == ["Fitting", "Paint"]
    assert place(crm)[0] == 1
    await crm.press("home", "k", "u")
    assert crm.toasts == ["Undone: document changed: Doors"]
    assert [line.name for line in await lines(crm, card)] == ["Fitting", "Door, oak", "Paint"]
    assert place(crm)[0] == 1
    await crm.press("U")
    assert [line.name for line in await lines(crm, card)] == ["Fitting", "Paint"]


async def test_each_cell_is_one_undo_step(crm: Crm) -> None:
    card = await paper(crm, DOOR)
    await opened(crm, card)
    await crm.press("l", "7", "tab", *"m", "tab", "enter", "u")
    assert [(line.quantity, line.unit) for line in await lines(crm, card)] == [(7000, "pcs")]
    await crm.press("u")
    assert (await lines(crm, card))[0].quantity == 2000


async def test_what_is_no_draft_is_only_looked_at_and_says_why(crm: Crm) -> None:
    card = await paper(crm, DOOR, FITTING)
    await crm.store.act(card, Action.ISSUE, crm.clock(), TERMS)
    await opened(crm, card)
    assert has(crm, "Invoice INV-2026-EUR/00001 · issued")
    assert has(crm, "Issued on", "Mon 23 Nov 2026")
    assert has(crm, "Payment date", "Tue 1 Dec 2026")
    assert has(crm, "It is no draft any more: its content is fixed. What can be done with it stands under m.")
    for key in ("n", "enter", "5", "delete", "J"):
        await crm.press(key)
        assert not screen(crm).pane.editor.is_open
    assert [line.name for line in await lines(crm, card)] == ["Door, oak", "Fitting"]


async def test_a_document_that_should_have_been_paid_says_how_late_it_is(crm: Crm) -> None:
    card = await paper(crm, DOOR)
    await crm.store.act(card, Action.ISSUE, crm.clock(), TERMS)
    crm.clock.advance(days=11)
    await opened(crm, card)
    assert has(crm, "Tue 1 Dec 2026 · overdue 3 days")


async def test_a_cancelled_invoice_and_the_one_that_cancels_it_name_each_other(crm: Crm) -> None:
    card = await paper(crm, DOOR)
    await crm.store.act(card, Action.ISSUE, crm.clock(), TERMS)
    done = await crm.store.act(card, Action.CANCEL, crm.clock(), TERMS)
    assert done.made is not None
    await opened(crm, card)
    assert has(crm, "Cancelled by", "INV-2026-EUR/00002")
    await crm.press("escape")
    await opened(crm, done.made.row.id)
    assert has(crm, "Cancels", "INV-2026-EUR/00001")
    assert has(crm, "Total", "-364.21 EUR")


async def test_an_order_in_progress_says_how_it_is_changed(crm: Crm) -> None:
    card = await paper(crm, DOOR, kind=DocumentKind.ORDER)
    await crm.store.act(card, Action.FINALISE, crm.clock(), TERMS)
    await opened(crm, card)
    assert has(crm, "Order ORD-2026-EUR/00001 · In progress")
    assert has(crm, "This order is in progress: its content is fixed. Take it back to draft first (m).")


async def test_an_undo_that_takes_the_document_away_leaves_the_screen(crm: Crm) -> None:
    card = await paper(crm)
    await opened(crm, card)
    await crm.press("u")
    assert crm.app.screen is crm.screen


async def test_the_users_text_is_never_markup(crm: Crm) -> None:
    card = await paper(crm, LineDraft("Bob [/red] Ltd", unit="[b]"), name="[/x] Doors", company="[red]")
    await opened(crm, card)
    await crm.press(*"n[/", "enter")
    assert has(crm, "Bob [/red] Ltd", "[b]")


# --- the mouse, the size


async def test_a_click_goes_to_a_cell_and_two_type_into_it(crm: Crm) -> None:
    card = await paper(crm, DOOR, FITTING)
    await opened(crm, card)
    grid = screen(crm).pane.grid
    price = grid.region_of(1, Cell.PRICE)
    await crm.pilot.click(grid, offset=(price.x + 2, 1))
    await crm.idle()
    assert place(crm) == (1, Cell.PRICE)
    await crm.pilot.click(grid, offset=(grid.region_of(0, Cell.GROSS).x + 1, 0), times=2)
    await crm.idle()
    assert place(crm) == (0, Cell.VAT)
    assert screen(crm).pane.editor.is_open


async def test_a_cell_that_is_typed_stays_over_its_place_when_the_terminal_changes(crm: Crm) -> None:
    card = await paper(crm, DOOR, FITTING)
    await opened(crm, card)
    await crm.press("down", "end", "enter")
    await crm.pilot.resize_terminal(80, 24)
    await crm.idle()
    pane = screen(crm).pane
    cell = pane.grid.region_of(1, Cell.VAT)
    assert pane.editor.region.y == pane.grid.region.y + 1
    assert pane.editor.region.right == pane.grid.region.x + cell.right + 1
    await crm.press("9", "enter")
    assert (await lines(crm, card))[1].vat == 900


async def test_another_process_that_takes_the_item_away_is_said(crm: Crm) -> None:
    card = await paper(crm, DOOR, FITTING)
    await opened(crm, card)
    await crm.press("l", "5")
    found = await crm.store.document(card)
    await crm.store.delete_line(card, found.lines[0].id, crm.clock())
    await crm.press("enter")
    assert crm.toasts == ["This item is no longer on the document."]
    assert not screen(crm).pane.editor.is_open
    assert not has(crm, "Door, oak")
