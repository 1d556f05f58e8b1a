"""The pipeline editor: its columns and their counts, what its keys change, what it refuses, and undo."""

from __future__ import annotations

import asyncio
from threading import Event

import pytest
from textual.widgets import Static

from minicrm_tui.domain.records import FollowUp, Group, Status
from minicrm_tui.screens import pipeline_editor
from minicrm_tui.screens.asking import ChoiceScreen
from minicrm_tui.screens.pipeline_editor import PipelineScreen
from minicrm_tui.widgets.rule_table import RuleTable
from minicrm_tui.widgets.status_board import StatusBoard
from tests.ui.conftest import Crm, Opening

EDIT_PROJECTS = ("4", "g", "p")


def screen(crm: Crm) -> PipelineScreen:
    found = crm.app.screen
    assert isinstance(found, PipelineScreen)
    return found


def board(crm: Crm) -> StatusBoard:
    return screen(crm).query_one(StatusBoard)


def here(crm: Crm) -> str:
    """The status under the cursor, or the group's heading in brackets."""
    status, column = board(crm).status, board(crm).column
    return status.name if status is not None else f"[{column.title if column else ''}]"


def rows(crm: Crm) -> list[str]:
    lines = (board(crm).render_line(y).text.rstrip() for y in range(board(crm).size.height))
    return [line for line in lines if line]


def details(crm: Crm) -> list[str]:
    shown = screen(crm).query_one("#status-details")
    return [shown.render_line(y).text.strip() for y in range(shown.size.height)]


async def statuses(crm: Crm) -> dict[Group, list[str]]:
    found = await crm.store.modules(crm.clock())
    pipeline = found[crm.bench.showing.modules.index].statuses
    return {group: [each.name for each in pipeline if each.group is group] for group in Group}


async def named(crm: Crm, name: str) -> Status:
    found = await crm.store.modules(crm.clock())
    return next(each for each in found[crm.bench.showing.modules.index].statuses if each.name == name)


async def test_g_p_shows_the_four_groups_with_their_statuses_and_counts(crm: Crm) -> None:
    await crm.press(*EDIT_PROJECTS)
    assert [row.split() for row in rows(crm)] == [
        ["Lead", "2", "Open", "0", "Success", "0", "Failed", "0"],
        ["▌·", "Idea", "2", "·", "Planning", "0", "·", "Completed", "0", "·", "Cancelled", "0"],
        ["·", "In", "progress", "0"],
        ["·", "Review", "0"],
    ]
    walked = [here(crm)]
    for key in ("l", "j", "l", "k", "k", "h", "home", "G"):
        await crm.press(key)
        walked.append(here(crm))
    assert walked == [
        "Idea",
        "Planning",
        "In progress",
        "Completed",
        "[Success]",
        "[Success]",
        "[Open]",
        "[Open]",
        "Review",
    ]
    assert details(crm)[0].split() == ["Review", "Open", "·", "0", "cards"]


async def test_a_status_is_added_and_edited_with_its_rule_and_the_cursor_is_on_it(crm: Crm) -> None:
    await crm.press(*EDIT_PROJECTS, "l", "n")
    await crm.type("Waiting")
    await crm.press("tab", "right", "right", "tab", "1", "4", "tab")
    await crm.type("Call the builder")
    await crm.press("tab", "tab", "3", "enter")
    waiting = await named(crm, "Waiting")
    assert (here(crm), waiting.group, waiting.color, waiting.rot_days) == ("Waiting", Group.OPEN, "secondary", 14)
    assert waiting.follow_up == FollowUp("Call the builder", "", 3)
    assert details(crm)[1:] == [
        "Proposes: “Call the builder” · in 3 days",
        "Rots after 14 days without a closed task, a note or a move · colour: secondary",
    ]
    assert any("≋14d  → Call the builder" in row for row in rows(crm))
    await crm.press("e", *["backspace"] * 7)
    await crm.type("On hold")
    await crm.press("enter")
    assert here(crm) == "On hold"
    await crm.press("u", "u")
    assert (await statuses(crm))[Group.OPEN] == ["Planning", "In progress", "Review"]
    assert crm.toasts == ["Undone: status added: Waiting"]


async def test_what_is_wrong_stands_under_its_field_and_nothing_is_written(crm: Crm) -> None:
    await crm.press(*EDIT_PROJECTS, "l", "n")
    await crm.type("REVIEW")
    await crm.press("tab", "tab", "0", "tab", "tab", "tab")
    await crm.type("-3")
    await crm.press("enter")
    notes = {
        name: str(crm.app.screen.query_one(f"#{name}-note", Static).content) for name in ("rot_days", "follow_text")
    }
    assert notes["rot_days"] == "Write a number of days from 1 to 365, or nothing for never."
    assert "Write what is to be done" in notes["follow_text"]
    await crm.press("shift+tab", "shift+tab", "shift+tab", "backspace", "tab", "tab", "tab", "backspace", "backspace")
    await crm.press("enter")
    assert str(crm.app.screen.query_one("#name-note", Static).content) == "This group has a status of that name."
    await crm.press("escape")
    assert (await statuses(crm))[Group.OPEN] == ["Planning", "In progress", "Review"]


async def test_statuses_are_coloured_reordered_and_regrouped_and_the_cursor_goes_along(crm: Crm) -> None:
    await crm.press(*EDIT_PROJECTS, "l", "c", "c", "J", "J")
    assert here(crm) == "Planning"
    assert (await named(crm, "Planning")).color == "secondary"
    await crm.press("L")
    assert (here(crm), (await statuses(crm))[Group.SUCCESS]) == ("Planning", ["Planning", "Completed"])
    await crm.press("H", "K")
    assert (here(crm), (await statuses(crm))[Group.OPEN]) == ("Planning", ["In progress", "Planning", "Review"])
    await crm.press("l", "L")
    assert "only status of “Success”" in crm.toasts[0]
    await crm.press("l", "L")
    assert crm.toasts == ["There is no place further in this direction."]
    for _undo in range(7):
        await crm.press("u")
    assert (await statuses(crm))[Group.OPEN] == ["Planning", "In progress", "Review"]
    assert (await named(crm, "Planning")).color == ""


async def test_a_group_is_called_otherwise(crm: Crm) -> None:
    await crm.press(*EDIT_PROJECTS, "k", "enter", *["backspace"] * 4)
    await crm.type("Wishes")
    await crm.press("enter")
    assert here(crm) == "[Wishes]"
    await crm.press("escape")
    assert crm.screen.desk.board._columns[0].title == "Wishes"


async def test_the_cards_of_a_deleted_status_go_where_one_says(crm: Crm) -> None:
    await crm.press(*EDIT_PROJECTS, "delete")
    assert "only status of “Lead”" in crm.toasts[0]
    await crm.press("n", *"Wish", "enter", "k", "delete")
    assert isinstance(crm.app.screen, ChoiceScreen)
    await crm.press("escape")
    assert here(crm) == "Idea"
    await crm.press("delete", "3")
    assert crm.toasts == ["Deleted: Idea · 2 cards went to In progress · u brings it back"]
    assert here(crm) == "Wish"
    assert (await crm.card("New website")).status.name == "In progress"
    await crm.press("u")
    assert (here(crm), (await crm.card("New website")).status.name) == ("Idea", "Idea")
    await crm.press("l", "delete")
    assert crm.toasts == ["Deleted: Planning · u brings it back"]


async def test_very_many_cards_show_how_far_it_is_and_esc_cancels(crm: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline_editor, "MANY", 1)
    begun, go_on = asyncio.Event(), Event()
    loop = asyncio.get_running_loop()
    delete = crm.store.delete_status

    async def slow(*values: object, progress: object, stop: Event, **named: object) -> object:
        begun.set()
        await loop.run_in_executor(None, go_on.wait)
        return await delete(*values, progress=progress, stop=stop, **named)  # type: ignore[arg-type]

    await crm.press(*EDIT_PROJECTS, "n", *"Wish", "enter", "k")
    monkeypatch.setattr(crm.store, "delete_status", slow)
    await crm.pilot.press("delete", "2")
    await asyncio.wait_for(begun.wait(), 20)
    await crm.pilot.press("right")
    title = screen(crm).query_one("#screen-title", Static)
    assert (here(crm), str(title.content)) == ("Planning", "Deleting Idea  ░░░░░░░░░░  0 of 2 · esc cancels")
    await crm.pilot.press("n", "escape")
    go_on.set()
    while screen(crm)._works:
        await crm.idle()
    await crm.idle()
    assert crm.toasts == ["Cancelled: nothing was changed."]
    assert (await statuses(crm))[Group.LEAD] == ["Idea", "Wish"]
    assert str(title.content) == "Pipeline of Projects"


async def test_a_fixed_pipeline_is_read_and_its_rule_is_told(crm: Crm) -> None:
    await crm.press("g", "p")
    rule = screen(crm).query_one(RuleTable)
    lines = [rule.render_line(y).text.split() for y in range(20)]
    assert lines[0] == ["Sales", "status", "Qualification", "Decided", "Status"]
    assert ["in", "progress", "VIP", "yes", "→", "In", "progress", "·", "VIP,", "decided"] in lines
    await crm.press("l")
    assert [line.text[1:].split()[:4] for y in range(20) if (line := rule.render_line(y)).text[0] == "▌"] == [
        ["in", "progress", "VIP", "yes"]
    ]
    assert details(crm)[-1] == "The status of an opportunity follows from its sales status, qualification and decision."
    await crm.press("n", "L", "delete", "c")
    assert crm.toasts == []
    await crm.press("e", "1", "2", "enter")
    assert (await named(crm, "VIP, decided")).rot_days == 12
    await crm.press("k", "enter")
    assert "This pipeline is fixed." in crm.toasts[0]


async def test_the_columns_fit_a_small_screen(opening: Opening) -> None:
    crm = await opening(size=(80, 24))
    await crm.press(*EDIT_PROJECTS)
    assert [row.split() for row in rows(crm)][1] == [
        "▌·",
        "Idea",
        "2",
        "·",
        "Planning",
        "0",
        "·",
        "Completed",
        "0",
        "·",
        "Cancelled",
        "0",
    ]
    for number in range(1, 17):
        await crm.press("l" if number == 1 else "k", "n", *f"Step{number}", "enter")
    assert here(crm) == "Step16"
    assert rows(crm)[-1].split()[-2] == "Step16"


async def test_the_main_screen_follows_and_no_list_stays_narrowed_to_what_is_gone(crm: Crm) -> None:
    await crm.press("4")
    await crm.press("tab", "home", "k", "enter")
    assert crm.bench.state.status_id is not None
    await crm.press("g", "p", "n", *"Wish", "enter", "k", "delete", "1", "escape")
    titles = [section.title for section in crm.screen.desk.board._columns[0].statuses]
    assert (titles, crm.bench.state.status_id) == (["Wish"], None)
    await crm.press("u")
    titles = [section.title for section in crm.screen.desk.board._columns[0].statuses]
    assert (titles, crm.toasts) == (["Idea", "Wish"], ["Undone: status deleted: Idea"])


async def test_colours_of_statuses_paint_their_headings_in_the_pipeline(crm: Crm) -> None:
    await crm.press(*EDIT_PROJECTS, "c", "c", "c", "c", "escape")
    column = crm.screen.desk.board.columns[0]
    idea = next(strip for y in range(9) if "Idea" in (strip := column.render_line(y)).text)
    styles = {segment.text.strip(): segment.style for segment in idea}
    assert styles["Idea 2"].color == column._palette.style("success").color
