"""Statuses as people define them, and the order of a pipeline that is changed."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from minicrm_tui.domain.errors import Invalid, Refused
from minicrm_tui.domain.pipelines import beginning, kept_name, move_names
from minicrm_tui.domain.records import Group, Kind, Module, ModuleId, Status, StatusId
from minicrm_tui.domain.status_drafts import (
    COLORS,
    StatusDraft,
    checked_heading,
    checked_status,
    heir,
    moved,
    next_color,
    read_rot_days,
    refuse_last,
    regrouped,
)
from minicrm_tui.domain.text import cells

PROJECTS = Module(ModuleId(4), Kind.PROJECTS, "Projects", "Project", 3)


def status(number: int, name: str, group: Group) -> Status:
    return Status(StatusId(number), PROJECTS.id, f"own_{number}", name, group, number)


LEAD, OPEN, ALSO, LAST, WON, LOST, OFF = PIPELINE = tuple(
    status(number, name, group)
    for number, (name, group) in enumerate(
        [
            ("Idea", Group.LEAD),
            ("Plan", Group.OPEN),
            ("Build", Group.OPEN),
            ("Check", Group.OPEN),
            ("Done", Group.SUCCESS),
            ("Lost", Group.FAILED),
            ("Off", Group.FAILED),
        ]
    )
)


@pytest.mark.parametrize(
    ("name", "kept"),
    [("  Șantier\t ", "Șantier"), ("[b]x[/b]", "[b]x[/b]"), ("\x1b[31mred\x1b[0m", "red"), ("e\u0301" * 40, "é" * 40)],
)
def test_a_name_is_cleaned(name: str, kept: str) -> None:
    assert checked_status(StatusDraft(name, Group.OPEN), PIPELINE).name == kept


@pytest.mark.parametrize("name", ["", " \x00\u200b", "w" * 41, "日" * 21, "plan", "PLÁN", "  Build "])
def test_a_name_that_no_status_of_the_group_can_have(name: str) -> None:
    with pytest.raises(Invalid) as wrong:
        checked_status(StatusDraft(name, Group.OPEN), PIPELINE)
    assert wrong.value.field == "name"


def test_a_status_keeps_its_own_name_and_other_groups_have_theirs() -> None:
    assert checked_status(StatusDraft("PLAN", Group.OPEN), PIPELINE, OPEN.id).name == "PLAN"
    assert checked_status(StatusDraft("Plan", Group.LEAD), PIPELINE).name == "Plan"


@pytest.mark.parametrize("name", ["w" * 40, "日" * 20, "👷" * 20])
def test_forty_cells_are_enough(name: str) -> None:
    assert checked_status(StatusDraft(name, Group.OPEN), PIPELINE).name == name


@pytest.mark.parametrize("text", ["Șantier", "日本", "e\u0301", "한국어", "○ ●", "mañana", "ﾊﾝｶｸ", "नमस्ते"])
def test_cells_are_those_of_the_terminal(text: str) -> None:
    assert cells(text) == cell_len(text)


@pytest.mark.parametrize(("typed", "days"), [("", None), (" 14 ", 14), ("365", 365)])
def test_days_until_a_card_rots(typed: str, days: int | None) -> None:
    assert read_rot_days(typed) == days


@pytest.mark.parametrize("typed", ["0", "-3", "366", "1.5", "two", "٣", "9" * 30])
def test_days_that_are_none(typed: str) -> None:
    with pytest.raises(Invalid, match="from 1 to 365"):
        read_rot_days(typed)


def test_the_colours_go_round() -> None:
    color, seen = "", []
    for _turn in range(len(COLORS) + 1):
        seen.append(color)
        color = next_color(color)
    assert (seen, color, next_color("pink")) == (["", *COLORS], "", "")


@pytest.mark.parametrize(("typed", "kept"), [("", ""), ("Open", ""), (" La lucru ", "La lucru"), ("open", "open")])
def test_a_heading_is_its_own_or_its_kinds(typed: str, kept: str) -> None:
    assert checked_heading(typed, PROJECTS, Group.OPEN) == kept


def test_a_status_moves_inside_its_group() -> None:
    assert moved(PIPELINE, ALSO, -1)[1:4] == (ALSO, OPEN, LAST)
    for each, direction in ((LEAD, 1), (OPEN, -1), (LAST, 1), (OFF, 1)):
        with pytest.raises(Refused):
            moved(PIPELINE, each, direction)


@pytest.mark.parametrize(
    ("each", "group", "names"),
    [
        (LAST, Group.SUCCESS, ["Idea", "Plan", "Build", "Check", "Done", "Lost", "Off"]),
        (OPEN, Group.SUCCESS, ["Idea", "Build", "Check", "Plan", "Done", "Lost", "Off"]),
        (ALSO, Group.LEAD, ["Idea", "Build", "Plan", "Check", "Done", "Lost", "Off"]),
        (OFF, Group.LEAD, ["Idea", "Off", "Plan", "Build", "Check", "Done", "Lost"]),
        (LEAD, Group.FAILED, ["Plan", "Build", "Check", "Done", "Idea", "Lost", "Off"]),
    ],
)
def test_a_status_goes_to_the_end_of_another_group_that_is_nearer(each: Status, group: Group, names: list[str]) -> None:
    found = regrouped(PIPELINE, each, group)
    assert [status.name for status in found] == names
    assert next(status.group for status in found if status.id == each.id) is group


@pytest.mark.parametrize(("each", "after"), [(OPEN, ALSO), (LAST, WON), (WON, LAST), (LOST, OFF), (OFF, LOST)])
def test_who_takes_the_place_of_a_deleted_status(each: Status, after: Status) -> None:
    assert heir(PIPELINE, each) == after


def test_the_only_status_of_a_group_stays() -> None:
    refuse_last(PROJECTS, PIPELINE, OPEN)
    with pytest.raises(Refused, match="“Done” is the only status of “Success”"):
        refuse_last(PROJECTS, PIPELINE, WON)


def test_a_new_card_begins_first_in_the_pipeline_or_where_a_fixed_kind_says() -> None:
    assert beginning(Kind.PROJECTS, (OPEN, LEAD)) == LEAD
    draft = Status(StatusId(9), PROJECTS.id, "draft", "Draft", Group.LEAD, 9)
    assert beginning(Kind.ORDERS, (LEAD, draft)) == draft


@pytest.mark.parametrize(
    ("key", "name", "kept", "shown"),
    [
        ("planning", "Planning", "planning", "Planning"),
        ("planning", "Preparing", "Preparing", "Preparing"),
        ("own_9", "planning", " planning", "planning"),
        ("own_9", "Wishes", "Wishes", "Wishes"),
    ],
)
def test_the_history_keeps_a_key_or_a_persons_name(key: str, name: str, kept: str, shown: str) -> None:
    found = Status(StatusId(9), PROJECTS.id, key, name, Group.OPEN, 9)
    assert kept_name(Kind.PROJECTS, found) == kept
    assert move_names(Kind.PROJECTS, kept, "idea") == (shown, "Idea")
