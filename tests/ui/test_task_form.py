"""The form of a task: on the list's next task, on the page's task under the cursor, and a new one."""

from __future__ import annotations

from textual.widgets import Input, Static

from minicrm_tui.domain.records import HistoryEntry
from minicrm_tui.screens.reading import TextScreen
from minicrm_tui.screens.task_form import TaskForm
from tests.ui.conftest import Crm


def form(crm: Crm) -> TaskForm:
    assert isinstance(crm.app.screen, TaskForm)
    return crm.app.screen


async def fill(crm: Crm, **texts: str) -> None:
    for field, text in texts.items():
        form(crm).query_one(f"#{field}", Input).value = text
    await crm.idle()


async def test_the_next_task_of_the_list_is_changed_in_full(crm: Crm) -> None:
    await crm.press("T")
    await fill(crm, when="+2w 10:00", minutes="1h 30", repeat="every 2 weeks")
    assert str(form(crm).query_one("#repeat-note", Static).content) == "every 2 weeks, from the deadline"
    await crm.press("enter")
    task = (await crm.card("Acme Industries")).row.task
    assert task is not None
    assert (task.due.day.isoformat(), task.minutes) == ("2026-12-07", 90)
    assert task.rule is not None
    assert crm.cursor_name == "Acme Industries"


async def test_the_closed_one_comes_back_in_the_next_step_line(crm: Crm) -> None:
    await crm.press("T")
    await fill(crm, repeat="weekly")
    await crm.press("enter", "d")
    assert "Call about the offer" in crm.line_text
    await crm.press("enter")
    (task,) = (await crm.card("Acme Industries")).tasks
    assert task.due.day.isoformat() == "2026-11-28"
    await crm.press("u")
    (task,) = (await crm.card("Acme Industries")).tasks
    assert task.due.day.isoformat() == "2026-11-14"


async def test_a_card_without_a_task_gets_a_new_one(crm: Crm) -> None:
    await crm.press("end", "T")
    assert crm.cursor_name == "Epsilon Trading"
    await fill(crm, task="meet them", minutes="45")
    await crm.press("enter")
    (task,) = (await crm.card("Epsilon Trading")).tasks
    assert (task.text, task.type, task.minutes) == ("meet them", "meeting", 45)


async def test_what_is_wrong_stands_under_its_field_and_nothing_is_saved(crm: Crm) -> None:
    await crm.press("T")
    await fill(crm, minutes="soon", repeat="sometimes")
    await crm.press("enter")
    assert form(crm).query_one("#minutes-note", Static).has_class("-wrong")
    assert form(crm).query_one("#repeat-note", Static).has_class("-wrong")
    assert (await crm.card("Acme Industries")).row.task.minutes is None  # type: ignore[union-attr]


async def test_enter_on_the_page_changes_the_task_under_the_cursor(crm: Crm) -> None:
    await crm.press("enter", "enter")
    await fill(crm, task="Write to Ana")
    await crm.press("enter")
    assert [task.text for task in (await crm.card("Acme Industries")).tasks] == ["Write to Ana"]
    page = crm.bench.page.page
    assert page is not None
    assert page.details.history[0].field == "task"


async def test_enter_on_the_history_shows_it_whole(crm: Crm) -> None:
    await crm.press("enter", "down")
    assert isinstance(crm.screen.page.history.cursor_item, HistoryEntry)
    await crm.press("enter")
    assert isinstance(crm.app.screen, TextScreen)
    await crm.press("escape")
    assert crm.app.screen is crm.screen


async def test_typing_is_kept_for_the_next_time(crm: Crm) -> None:
    await crm.press("T")
    await fill(crm, task="half-typed")
    await crm.press("escape", "T")
    assert form(crm).typed()["task"] == "half-typed"


async def test_a_field_that_is_as_before_is_no_longer_wrong(crm: Crm) -> None:
    await crm.press("T")
    await fill(crm, when="30 feb")
    note = form(crm).query_one("#when-note", Static)
    assert note.has_class("-wrong")
    await fill(crm, when="2026-11-14")
    assert not note.has_class("-wrong")
    assert str(note.content) == ""


async def test_nothing_is_said_in_the_very_words_that_were_typed(crm: Crm) -> None:
    await crm.press("T")
    await fill(crm, minutes="45 min", repeat="every 2 weeks, from the deadline")
    assert str(form(crm).query_one("#minutes-note", Static).content) == ""
    assert str(form(crm).query_one("#repeat-note", Static).content) == ""
    await fill(crm, minutes="45")
    assert str(form(crm).query_one("#minutes-note", Static).content) == "45 min"


BAD = (
    ("when", "1.1.1850", "The year must lie between 1900 and 2199."),
    ("task", "x" * 1_000_000, "A task can have 500 characters at most."),
    ("task", " ", "Write what is to be done, then when."),
    ("minutes", "9" * 100_000, "Write how long it takes, such as 45 min or 1h 30."),
    ("repeat", "every 1000 days", "A task can come back every 1 to 999."),
    ("type", "dance", "The types are: Call, Meeting, E-mail, Other."),
)


async def test_bad_input_is_a_line_under_its_field_and_nothing_is_saved(crm: Crm) -> None:
    before = await crm.card("Acme Industries")
    for field, text, why in BAD:
        await crm.press("T")
        await fill(crm, **{"task": "Another text", field: text})
        await crm.press("enter")
        note = form(crm).query_one(f"#{field}-note", Static)
        assert (note.has_class("-wrong"), str(note.content)) == (True, why)
        assert await crm.card("Acme Industries") == before, why
        await crm.press("escape")
