"""New cards and tasks in one line, notes, and copying."""

from __future__ import annotations

from datetime import date, time

from minicrm_tui.domain.quickadd import parse_line
from minicrm_tui.domain.records import Due, Money
from tests.ui.conftest import Crm


async def test_one_line_makes_a_card_with_value_client_and_task(crm: Crm) -> None:
    await crm.press("n")
    await crm.type("roof repair @ Zeta SRL 4500 eur > call ana fri 14:00")
    await crm.press("enter")
    card = await crm.card("roof repair")
    assert card.row.value == Money(450000, "EUR")
    assert card.row.company == "Zeta SRL"
    assert card.tasks[0].due == Due(date(2026, 11, 27), time(14))
    assert crm.cursor_name == "roof repair"


async def test_i_is_a_new_card_too(crm: Crm) -> None:
    await crm.press("i")
    assert crm.asks


async def test_what_was_not_understood_keeps_the_line_open(crm: Crm) -> None:
    await crm.press("n")
    await crm.type("roof > call 30 feb")
    await crm.press("enter")
    assert crm.asks


async def test_tab_completes_a_known_client(crm: Crm) -> None:
    await crm.press("n")
    await crm.type("roof @ acm")
    await crm.press("tab")
    assert crm.line_text.startswith("roof @ Acme Industries")


async def test_tab_again_goes_round_through_the_other_clients(crm: Crm) -> None:
    for line in ("One @ Acrobat SRL", "Two @ Acme Buildings", "Three @ (Acton Bell)"):
        module = crm.bench.module.id
        await crm.store.create_card(module, parse_line(line, crm.clock(), currency="EUR"), crm.clock())
    await crm.press("n")
    await crm.type("roof @ ac")
    seen = []
    for _ in range(5):
        await crm.press("tab")
        seen.append(crm.line_text.removeprefix("roof @ "))
    assert seen == ["Acme Buildings", "Acme Industries", "Acrobat SRL", "(Acton Bell)", "Acme Buildings"]
    await crm.press("backspace", "tab")
    assert crm.line_text == "roof @ Acme Buildings"


async def test_a_task_is_added_and_the_cursor_keeps_its_card(crm: Crm) -> None:
    await crm.press("G", "t")
    await crm.type("call them tomorrow")
    await crm.press("enter")
    assert (await crm.card("Epsilon Trading")).tasks[0].due == Due(date(2026, 11, 24))
    assert crm.cursor_name == "Epsilon Trading"


async def test_a_note_goes_to_the_history(crm: Crm) -> None:
    await crm.press("o")
    await crm.type("likes tea")
    await crm.press("ctrl+s")
    assert any("likes tea" in entry.text for entry in (await crm.card("Acme Industries")).history)


async def test_the_phone_is_copied_and_named(crm: Crm) -> None:
    await crm.press("y")
    assert crm.app.clipboard == "0722 000 111"
    assert crm.toasts == ["Copied: 0722 000 111"]


async def test_a_card_without_phone_says_so(crm: Crm) -> None:
    await crm.press("down", "y")
    assert any("no phone" in toast for toast in crm.toasts)


async def test_an_empty_module_teaches_and_n_makes_the_first_card(empty_crm: Crm) -> None:
    await empty_crm.press("n")
    await empty_crm.type("first one")
    await empty_crm.press("enter")
    assert empty_crm.cursor_name == "first one"


async def test_markup_in_a_name_is_only_text(crm: Crm) -> None:
    await crm.press("n", "B", "left_square_bracket", "slash", "r", "e", "d", "right_square_bracket", "enter")
    assert crm.cursor_name == "B[/red]"
    await crm.press("number_sign", "u", "d")
    assert any("B[/red]" in toast for toast in crm.toasts)


async def test_what_is_typed_after_enter_is_not_for_the_line(crm: Crm) -> None:
    await crm.press("t", "w", "a", "i", "t", "enter", "j", "D")
    assert [task.text for task in (await crm.card("Acme Industries")).tasks] == ["Call about the offer", "wait"]
    assert (await crm.card("Beta SRL")).tasks == ()


async def test_an_enter_that_is_refused_leaves_the_line_to_the_next_key(crm: Crm) -> None:
    await crm.press("t", "3", "0", "space", "f", "e", "b", "enter", "x")
    assert crm.line_text == "30 febx"


async def test_a_new_client_with_a_known_phone_is_pointed_out(crm: Crm) -> None:
    await crm.press("n")
    await crm.type("roof repair @ Zeta SRL 0722 000 111")
    await crm.press("enter")
    assert crm.asks
    await crm.press("escape")
    assert crm.line_text == "roof repair @ Zeta SRL 0722 000 111"
    await crm.press("enter", "1")
    card = await crm.card("roof repair")
    assert (card.row.company, card.row.person) == ("Acme Industries", "Ana Pop")
    assert crm.cursor_name == "roof repair"
    await crm.press("n")
    await crm.type("new gate @ Zeta SRL 0722 000 111")
    await crm.press("enter", "s")
    card = await crm.card("new gate")
    assert card.company is not None
    assert [each.value for each in card.company.phones] == ["0722 000 111"]
    await crm.press("u")
    assert await crm.store.known_by(parse_line("x @ Zeta SRL 0722000111", crm.clock(), currency="EUR")) != ()


async def test_a_card_for_the_same_client_points_it_out_too(crm: Crm) -> None:
    await crm.press("down", "enter", "n", "4", "end")
    await crm.type(" & Co 0722 000 111")
    await crm.press("enter", "1")
    assert crm.bench.page.row is not None
    assert crm.bench.page.row.person == "Ana Pop"
