"""The pipeline: every status in sight, columns side by side, the same card in both panes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, time

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from minicrm_tui.domain.records import Due, Group, ModuleId, Money, Status, StatusId
from minicrm_tui.domain.views import Outline, Spot, StatusTally
from minicrm_tui.widgets.beyond import Beyond
from minicrm_tui.widgets.column import ColumnHeader, PipelineColumn, task_sign
from minicrm_tui.widgets.groups import group_columns, sums_of
from minicrm_tui.widgets.pipeline import PipelineBoard
from minicrm_tui.widgets.section_list import SectionList
from minicrm_tui.widgets.sections import Section
from tests.conftest import MONDAY_MORNING
from tests.ui.widget_cards import Fetcher, a_card, lines_of

NAMES = {
    Group.LEAD: ("VIP", "Qualified", "Unqualified", "Qualify"),
    Group.OPEN: (
        *("VIP, decided", "Qualified, decided", "Unqualified, decided"),
        *("VIP", "Qualified", "Unqualified", "To qualify"),
    ),
    Group.SUCCESS: ("VIP", "Qualified", "Unqualified"),
    Group.FAILED: ("VIP", "Qualified", "Unqualified"),
}
TITLES = {Group.LEAD: "Prospecting", Group.OPEN: "In progress", Group.SUCCESS: "Customers", Group.FAILED: "Database"}
STATUSES = tuple(
    Status(StatusId(number), ModuleId(1), name, name, group, number)
    for number, (group, name) in enumerate(((group, name) for group, names in NAMES.items() for name in names), 1)
)
FIRST_OPEN = StatusId(5)


class Host(App[None]):
    """A board and what its columns tell."""

    CSS = "PipelineBoard { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self.highlighted: list[str | None] = []
        self.chosen: list[str] = []

    def compose(self) -> ComposeResult:
        yield PipelineBoard()

    @property
    def board(self) -> PipelineBoard:
        return self.query_one(PipelineBoard)

    def on_section_list_card_highlighted(self, message: SectionList.CardHighlighted) -> None:
        self.highlighted.append(message.card.name if message.card else None)

    def on_section_list_section_chosen(self, message: SectionList.SectionChosen) -> None:
        self.chosen.append(message.key)


def an_outline(cards: int) -> Outline:
    worth = (Money(1_234_500, "EUR"), Money(300_000, "RON")) if cards else ()
    return Outline({}, 0, {status.id: StatusTally(cards, worth) for status in STATUSES})


@asynccontextmanager
async def a_board(
    cards: int, *, size: tuple[int, int] = (80, 20)
) -> AsyncIterator[tuple[Host, PipelineBoard, Pilot[None]]]:
    app = Host()
    async with app.run_test(size=size) as pilot:
        columns = group_columns(STATUSES, an_outline(cards), TITLES.__getitem__)
        await app.board.show(columns, Fetcher(), now=MONDAY_MORNING)
        app.board.active.focus()
        await pilot.pause()
        for column in app.board.columns:
            await column.settled()
        await pilot.pause()
        yield app, app.board, pilot


def text(board: PipelineBoard, column: int) -> list[str]:
    return [line.replace("▌", " ").rstrip() for line in lines_of(board.columns[column])]


def headings(board: PipelineBoard, column: int) -> list[str]:
    """The lines that are neither cards nor "more"."""
    return [line for line in text(board, column) if line and line[1] not in " ●◉○◌✓"]


@pytest.mark.parametrize("cards", [0, 9, 100_000])
@pytest.mark.parametrize("height", [12, 40])
async def test_every_status_is_in_sight_whatever_the_height(cards: int, height: int) -> None:
    async with a_board(cards, size=(160, height)) as (_app, board, _pilot):
        for at, group in enumerate(Group):
            assert [
                line.split(f" {cards:,}".replace(",", "\u00a0"))[0].strip() for line in headings(board, at)
            ] == list(NAMES[group])


async def test_no_heading_is_cut_at_80_columns() -> None:
    async with a_board(12) as (_app, board, _pilot):
        assert " Unqualified, decided 12" in [line[:24] for line in text(board, 1)]
        assert not [line for at in range(4) for line in headings(board, at) if "…" in line]


async def test_a_header_tells_name_count_and_sums_by_currency() -> None:
    async with a_board(3, size=(160, 20)) as (_app, board, _pilot):
        header = board.query(ColumnHeader).first()
        assert [line.strip() for line in lines_of(header)] == ["Prospecting 12", "49k EUR · 12k RON"]


async def test_a_header_with_room_for_some_of_its_sums_says_that_there_are_more() -> None:
    async with a_board(3) as (_app, board, pilot):
        header = board.query(ColumnHeader).first()
        header.show("Prospecting", 12, ("4.9m EUR", "1.2m RON", "700k HUF"))
        await pilot.pause()
        assert lines_of(header)[1].strip() == "4.9m EUR · 1.2m RON+"


@pytest.mark.parametrize(("width", "sums"), [(160, "12k EUR 3k RON"), (140, "12k EUR+"), (80, "")])
async def test_a_status_tells_what_its_cards_are_worth_as_far_as_there_is_room(width: int, sums: str) -> None:
    async with a_board(3, size=(width, 20)) as (_app, board, _pilot):
        (heading,) = [line for line in headings(board, 1) if line.startswith(" Unqualified, decided")]
        assert heading.removeprefix(" Unqualified, decided 3").strip() == sums


async def test_a_header_without_room_keeps_its_count() -> None:
    async with a_board(999, size=(14, 20)) as (_app, board, _pilot):
        first = lines_of(board.query(ColumnHeader).first())[0].strip()
        assert first.startswith("P")
        assert first.endswith("… 3\u00a0996")


def test_sums_are_short_one_a_currency_and_none_for_nothing() -> None:
    assert sums_of([Money(12_000_000, "EUR"), Money(0, "RON"), Money(90_000, "HUF")]) == ("120k EUR", "900 HUF")


async def test_cards_beyond_a_statuss_share_are_counted_and_unfolded_on_demand() -> None:
    async with a_board(100_000, size=(160, 20)) as (_app, board, pilot):
        column = board.columns[2]
        assert [line.strip() for line in text(board, 2) if "more" in line] == ["… 99\u00a0996 more"] * 3
        column.focus()
        await pilot.press(*["down"] * 4)
        more = next(line for line in lines_of(column) if line.startswith("▌"))
        assert "more" in more
        await pilot.press("enter")
        await column.settled()
        await pilot.pause()
        assert column.cursor_spot == Spot("12", 4)
        await pilot.press(*["pagedown"] * 3)
        await column.settled()
        await pilot.pause()
        assert all(" 12 " in line for line in lines_of(column))


def in_sight(board: PipelineBoard) -> list[str]:
    """The groups whose columns are whole on the board."""
    shown = [board.region.contains_region(column.region) and column.size.width > 0 for column in board.columns]
    return [title for title, whole in zip(TITLES.values(), shown, strict=True) if whole]


def beyond(board: PipelineBoard) -> str:
    line = board.query_one(Beyond)
    return lines_of(line)[0].strip() if line.display else ""


async def test_where_four_columns_are_too_narrow_three_are_in_sight_and_the_fourth_is_named() -> None:
    async with a_board(12, size=(64, 30)) as (_app, board, pilot):
        assert in_sight(board) == ["Prospecting", "In progress", "Customers"]
        assert beyond(board) == "Database 36 ›"
        await pilot.press("l", "l")
        assert in_sight(board) == ["Prospecting", "In progress", "Customers"]
        await pilot.press("l")
        await pilot.pause()
        assert in_sight(board) == ["In progress", "Customers", "Database"]
        assert beyond(board) == "‹ Prospecting 48"
        assert lines_of(board.active)[1].startswith("▌")
        await pilot.press("h", "h")
        assert in_sight(board) == ["In progress", "Customers", "Database"]
        await pilot.press("h")
        await pilot.pause()
        assert in_sight(board) == ["Prospecting", "In progress", "Customers"]


async def test_a_click_on_what_lies_beyond_the_edge_goes_there() -> None:
    async with a_board(12, size=(64, 30)) as (_app, board, pilot):
        await pilot.click(Beyond, offset=(60, 0))
        await pilot.pause()
        assert in_sight(board)[-1] == "Database"
        assert board.columns[3].has_focus
        await pilot.click(Beyond, offset=(3, 0))
        await pilot.pause()
        assert in_sight(board)[0] == "Prospecting"
        assert board.columns[0].has_focus


async def test_going_to_a_card_beyond_the_edge_brings_its_column() -> None:
    async with a_board(12, size=(64, 30)) as (_app, board, pilot):
        await board.go_to(StatusId(16), 3)
        await pilot.pause()
        assert in_sight(board)[-1] == "Database"


async def test_with_room_for_four_nothing_lies_beyond() -> None:
    async with a_board(12, size=(64, 30)) as (_app, board, pilot):
        await pilot.press("l", "l", "l")
        await pilot.resize_terminal(108, 30)
        await pilot.pause()
        assert (in_sight(board), beyond(board)) == (list(TITLES.values()), "")
        await pilot.resize_terminal(64, 26)
        await pilot.pause()
        assert in_sight(board)[-1] == "Database"
        for column in board.columns:
            await column.settled()
        await pilot.pause()
        assert not any(column.show_vertical_scrollbar for column in board.columns)


@pytest.mark.parametrize("cards", [5, 1_261, 99_999])
@pytest.mark.parametrize("width", [58, 64, 78, 108])
async def test_no_heading_is_cut_whatever_the_counts(cards: int, width: int) -> None:
    async with a_board(cards, size=(width, 30)) as (_app, board, pilot):
        for _column in range(4):
            shown = in_sight(board)
            for title, column in zip(TITLES.values(), board.columns, strict=True):
                if title in shown:
                    assert not [line for line in headings(board, board.columns.index(column)) if "…" in line]
            assert len(shown) >= (2 if width < 64 else 3)
            assert not [line for header in board.query(ColumnHeader) for line in lines_of(header)[:1] if "…" in line]
            await pilot.press("l")
            await pilot.pause()


async def test_a_value_takes_its_own_cells_and_leaves_the_name_the_rest() -> None:
    column = PipelineColumn()
    section = Section("1", "VIP", 2)

    def drawn(value: Money | None) -> str:
        card = replace(a_card(1, "Acme Industries International"), value=value)
        return "".join(piece.text for piece in column.item_pieces(card, section, False, 19))

    assert drawn(None) == "  Acme Industries… "
    assert drawn(Money(450_000, "EUR")) == "  Acme Indus… 4.5k "
    assert drawn(Money(45_000, "EUR")) == "  Acme Indust… 450 "


async def test_left_and_right_go_between_the_columns_on_the_same_height() -> None:
    async with a_board(9) as (app, board, pilot):
        await pilot.press("down", "l")
        assert board.active is board.columns[1]
        assert [line.startswith("▌") for line in lines_of(board.columns[1])].index(True) == 2
        assert not any(line.startswith("▌") for line in lines_of(board.columns[0]))
        await pilot.press("right", "right", "right", "h")
        assert board.active is board.columns[2]
        assert app.highlighted[-1] == board.columns[2].cursor_card.name if board.columns[2].cursor_card else None


async def test_enter_on_a_heading_tells_the_status() -> None:
    async with a_board(2) as (app, _board, pilot):
        await pilot.press("up", "enter")
        assert app.chosen == ["1"]


async def test_the_status_that_the_list_is_narrowed_to_is_marked() -> None:
    async with a_board(2) as (_app, board, pilot):
        board.set_narrowed(StatusId(2))
        await pilot.pause()
        assert [line.strip() for line in text(board, 0) if "◂" in line] == ["Qualified 2 ◂    12k EUR+"]
        board.set_narrowed(StatusId(7))
        await pilot.pause()
        assert [line for line in text(board, 1) if "◂" in line] == [" Unqualified, decided 2 ◂"]


async def test_going_to_a_card_unfolds_its_status() -> None:
    async with a_board(1_000) as (_app, board, _pilot):
        await board.go_to(FIRST_OPEN, 700)
        assert board.active is board.columns[1]
        assert board.cursor_card is not None
        assert board.cursor_card.name == "5 700"


async def test_the_card_of_the_other_pane_is_highlighted_in_its_column() -> None:
    async with a_board(3) as (_app, board, _pilot):
        column = board.columns[1]
        card = column.item_at(1)
        assert card is not None
        plain = list(column.render_line(1))
        board.set_shared(card.id)
        assert list(column.render_line(1)) != plain


@pytest.mark.parametrize(
    ("due", "sign"),
    [
        (Due(date(2026, 11, 22)), "●"),
        (Due(date(2026, 11, 23), time(9, 29)), "●"),
        (Due(date(2026, 11, 23), time(9, 30)), "◉"),
        (Due(date(2026, 11, 23)), "◉"),
        (Due(date(2026, 11, 24)), "○"),
        (None, "◌"),
    ],
)
def test_the_sign_tells_the_task(due: Due | None, sign: str) -> None:
    assert task_sign(a_card(1, due=due), MONDAY_MORNING).text.strip() == sign


async def test_a_taller_board_shows_more_cards_of_each_status() -> None:
    async with a_board(50, size=(160, 14)) as (_app, board, pilot):
        few = len([line for line in text(board, 0) if "◉" in line])
        await pilot.resize_terminal(160, 40)
        await pilot.pause()
        for column in board.columns:
            await column.settled()
        await pilot.pause()
        assert len([line for line in text(board, 0) if "◉" in line]) > few
        assert len(headings(board, 0)) == 4


async def test_an_empty_pipeline_still_shows_its_statuses() -> None:
    async with a_board(0) as (_app, board, pilot):
        await pilot.press("down", "l", "enter")
        assert board.cursor_card is None
        assert isinstance(board.active, PipelineColumn)
        assert len(headings(board, 1)) == 7
