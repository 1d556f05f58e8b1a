"""The checklist of a task: on the card's page, in its form, in the row and the peek."""

from __future__ import annotations

from datetime import date

import pytest
from textual.widgets import TextArea

from minicrm_tui.domain.checklists import Check, unticked
from minicrm_tui.domain.records import CardId, CardRow, Due, ModuleId, Place, StatusId, Task, TaskId
from minicrm_tui.domain.tasks import TaskDraft
from minicrm_tui.widgets.card_columns import task_text
from minicrm_tui.widgets.peek import Peek
from tests.ui.conftest import Crm


async def with_checks(crm: Crm) -> None:
    """The first card's task has three things to tick."""
    (task,) = (await crm.card("Acme Industries")).tasks
    draft = TaskDraft(task.text, task.type, task.due, checks=unticked(("Price", "Stamp", "Two [copies]")))
    await crm.store.edit_task(task.id, draft, crm.clock())
    await crm.bench.reload()
    await crm.idle()


async def the_task(crm: Crm) -> Task:
    (task,) = (await crm.card("Acme Industries")).tasks
    return task


def rows(crm: Crm, count: int) -> list[str]:
    zone = crm.screen.page.history
    return [zone.render_line(y).text.strip("▌ ") for y in range(count)]


async def test_lines_are_ticked_by_space_and_enter_each_an_undo_step(crm: Crm) -> None:
    await with_checks(crm)
    await crm.press("enter")
    assert rows(crm, 5)[0].split() == ["Open", "tasks", "1"]
    assert rows(crm, 5)[2:] == ["☐ Price", "☐ Stamp", "☐ Two [copies]"]
    await crm.press("down", "space", "down", "enter")
    assert [check.done for check in (await the_task(crm)).checks] == [True, True, False]
    assert rows(crm, 5)[2:] == ["☑ Price", "☑ Stamp", "☐ Two [copies]"]
    assert crm.screen.page.history.cursor_task is not None
    await crm.press("space", "u")
    assert [check.done for check in (await the_task(crm)).checks] == [True, True, False]
    await crm.press("u")
    assert [check.done for check in (await the_task(crm)).checks] == [True, False, False]


async def test_keys_for_the_task_work_on_its_lines_and_the_history_says_how_much_was_done(crm: Crm) -> None:
    await with_checks(crm)
    await crm.press("enter", "down", "space", "d", "escape")
    assert "Call about the offer (1/3)" in " ".join(rows(crm, 6))
    await crm.press("space")
    assert crm.toasts == ["Go to a line of a task's checklist first."]


async def test_the_peek_says_how_much_is_done(crm: Crm) -> None:
    await with_checks(crm)
    peek = crm.screen.query_one(Peek)
    assert "0/3" in " ".join(peek.render_line(y).text for y in range(peek.size.height))


@pytest.mark.parametrize(
    ("cells", "shown"),
    [(99, "Send it 1/3 +1"), (14, "Send it 1/3 +1"), (13, "Send it +1"), (9, "Send… +1")],
)
def test_the_row_says_how_much_is_done_where_there_is_room(cells: int, shown: str) -> None:
    checks = (Check("Price", done=True), *unticked(("Stamp", "Sign")))
    task = Task(TaskId(1), CardId(1), "Send it", "email", Due(date(2026, 11, 23)), checks=checks)
    row = CardRow(CardId(1), ModuleId(1), StatusId(1), "Acme", None, Place.LISTED, task, 2)
    assert task_text(row, cells) == shown


async def test_the_form_changes_the_checklist_and_keeps_ticks(crm: Crm) -> None:
    await with_checks(crm)
    await crm.press("enter", "down", "space", "e")
    field = crm.app.screen.query_one("#checklist", TextArea)
    assert field.text == "Price\nStamp\nTwo [copies]"
    field.text = "Stamp\nprice\nSign"
    await crm.press("ctrl+s")
    assert (await the_task(crm)).checks == (Check("Stamp"), Check("price", done=True), Check("Sign"))
