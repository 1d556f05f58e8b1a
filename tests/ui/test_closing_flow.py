"""Closing: done, done with a comment, done only; the next step; and one undo step for both."""

from __future__ import annotations

from datetime import date

from minicrm_tui.domain.records import Due, Outcome
from tests.ui.conftest import Crm

TODAY_PLUS_3 = Due(date(2026, 11, 26))


async def test_the_cursor_stands_on_the_first_expired_card_at_the_start(crm: Crm) -> None:
    assert crm.cursor_name == "Acme Industries"


async def test_done_writes_at_once_and_opens_the_line_filled(crm: Crm) -> None:
    await crm.press("d")
    assert (await crm.card("Acme Industries")).tasks == ()
    assert crm.asks
    assert "Call about the offer +3d" in crm.line_text


async def test_done_enter_takes_the_proposed_step(crm: Crm) -> None:
    await crm.press("d", "enter")
    tasks = (await crm.card("Acme Industries")).tasks
    assert [(task.text, task.due) for task in tasks] == [("Call about the offer", TODAY_PLUS_3)]
    assert not crm.asks


async def test_the_cursor_takes_the_row_that_followed(crm: Crm) -> None:
    await crm.press("d", "enter")
    assert crm.cursor_name == "Beta SRL"
    await crm.press("d", "escape")
    assert crm.cursor_name == "Călin Popescu"


async def test_three_expired_cards_go_in_one_burst_of_keys(crm: Crm) -> None:
    await crm.press("d", "enter", "d", "enter", "d", "enter")
    assert await crm.names("expired") == []
    for name in ("Acme Industries", "Beta SRL", "Călin Popescu"):
        assert len((await crm.card(name)).tasks) == 1


async def test_escape_leaves_the_card_without_a_next_step(crm: Crm) -> None:
    await crm.press("d", "escape")
    assert (await crm.card("Acme Industries")).tasks == ()
    assert "Acme Industries" in await crm.names("no_task")


async def test_a_typed_step_replaces_the_proposed_one(crm: Crm) -> None:
    await crm.press("d")
    await crm.type("send invoice fri 14:00")
    await crm.press("enter")
    (task,) = (await crm.card("Acme Industries")).tasks
    assert (task.text, task.due.day) == ("send invoice", date(2026, 11, 27))


async def test_closing_and_its_next_step_are_one_undo_step(crm: Crm) -> None:
    await crm.press("d", "enter", "u")
    (task,) = (await crm.card("Acme Industries")).tasks
    assert (task.text, task.due) == ("Call about the offer", Due(date(2026, 11, 14)))
    assert crm.cursor_name == "Acme Industries"


async def test_another_open_task_is_shown_and_enter_keeps_it(crm: Crm) -> None:
    await crm.press("t")
    await crm.type("ask for the plan 2026-12-04")
    await crm.press("enter")
    await crm.press("d", "enter")
    (task,) = (await crm.card("Acme Industries")).tasks
    assert task.text == "ask for the plan"


async def test_a_won_card_gets_an_empty_line_and_enter_adds_nothing(crm: Crm) -> None:
    await crm.press("W", "d")
    assert crm.asks
    assert crm.line_text == ""
    await crm.press("enter")
    assert (await crm.card("Acme Industries")).tasks == ()


async def test_done_only_never_opens_the_line(crm: Crm) -> None:
    await crm.press("D")
    assert not crm.asks
    assert (await crm.card("Acme Industries")).tasks == ()


async def test_a_comment_and_an_outcome_come_before_the_next_step(crm: Crm) -> None:
    await crm.press("c", "down")
    await crm.type("she wants it")
    await crm.press("enter")
    assert crm.asks
    await crm.press("enter")
    details = await crm.card("Acme Industries")
    assert len(details.tasks) == 1
    assert any("she wants it" in entry.text for entry in details.history)
    assert any(entry.new == Outcome.SUCCESSFUL for entry in details.history)


async def test_escape_from_the_comment_leaves_the_task_open(crm: Crm) -> None:
    await crm.press("c", "escape")
    assert len((await crm.card("Acme Industries")).tasks) == 1


async def test_a_card_without_a_task_says_so(crm: Crm) -> None:
    await crm.press("G", "d")
    assert crm.cursor_name == "Epsilon Trading"
    assert any("no open task" in toast for toast in crm.toasts)


async def test_repeat_closes_the_next_card_with_the_same_words(crm: Crm) -> None:
    await crm.press("c")
    await crm.type("no answer")
    await crm.press("enter")
    await crm.type("call again tomorrow")
    await crm.press("enter", "full_stop")
    (task,) = (await crm.card("Beta SRL")).tasks
    assert (task.text, task.due.day) == ("call again", date(2026, 11, 24))
    assert any("no answer" in entry.text for entry in (await crm.card("Beta SRL")).history)


async def test_the_footer_says_that_esc_leaves_the_card_without_a_next_step(crm: Crm) -> None:
    await crm.press("c")
    assert [item.label for item in crm.screen.keys.items] == ["Cancel"]
    await crm.press("enter")
    assert [item.label for item in crm.screen.keys.items] == ["No next step"]
    await crm.press("escape", "n")
    assert [item.label for item in crm.screen.keys.items] == ["Cancel", "Complete"]
