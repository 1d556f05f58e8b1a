"""The footer: the keys of the moment, cut at whole items."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.widgets import Button

from minicrm_tui.widgets.key_bar import KeyBar, KeyItem, fitting
from tests.ui.widget_cards import lines_of


class Host(App[None]):
    """A bar over three commands."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [
        Binding("n,i", "did('new')", "New", id="card.new"),
        Binding("d", "did('done')", "Done", id="task.done"),
        Binding("z", "did('hidden')", "Hidden", id="card.hidden", show=False),
        Binding("m", "did('move')", "Move", id="card.move"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.did: list[str] = []
        self.can_move: bool | None = True

    def compose(self) -> ComposeResult:
        yield Button("something to stand on")
        yield KeyBar(("task.done", "card.move"))

    def action_did(self, what: str) -> None:
        self.did.append(what)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.can_move if parameters == ("move",) else True


def text(app: Host) -> str:
    return lines_of(app.query_one(KeyBar))[0]


async def test_keys_come_by_importance_each_command_once() -> None:
    app = Host()
    async with app.run_test(size=(80, 10)) as pilot:
        await pilot.pause()
        assert text(app).split()[:4] == ["d", "Done", "m", "Move"]
        assert text(app).count("New") == 1
        assert "Hidden" not in text(app)


async def test_items_are_cut_whole() -> None:
    app = Host()
    async with app.run_test(size=(16, 10)) as pilot:
        await pilot.pause()
        assert text(app) == " d Done  m Move "
        await pilot.resize_terminal(14, 10)
        await pilot.pause()
        assert text(app).split() == ["d", "Done", "n", "New"]


async def test_a_command_that_is_not_possible_now_goes_away() -> None:
    app = Host()
    async with app.run_test(size=(80, 10)) as pilot:
        app.can_move = False
        app.refresh_bindings()
        await pilot.pause()
        assert "Move" not in text(app)


async def test_a_click_runs_the_command() -> None:
    app = Host()
    async with app.run_test(size=(80, 10)) as pilot:
        await pilot.pause()
        await pilot.click(KeyBar, offset=(text(app).index("Move"), 0))
        await pilot.pause()
        assert app.did == ["move"]


async def test_given_keys_stand_until_they_are_taken_back() -> None:
    app = Host()
    async with app.run_test(size=(80, 10)) as pilot:
        bar = app.query_one(KeyBar)
        bar.set_items([KeyItem("enter", "enter", "Take")])
        await pilot.pause()
        assert text(app).strip() == "enter Take"
        bar.set_items(None)
        assert "Done" in text(app)


def test_a_long_item_makes_room_for_a_shorter_one() -> None:
    items = [KeyItem("d", "d", "Done"), KeyItem("x", "x", "A very long description"), KeyItem("n", "n", "New")]
    assert [item.key for _left, item in fitting(items, 16)] == ["d", "n"]


def test_the_keys_that_matter_most_stay_where_all_do_not_fit() -> None:
    items = [KeyItem(name[0], name[0], name, name=name) for name in ("Done", "Comment", "New", "Keys", "Up")]
    assert [item.label for _left, item in fitting(items, 24, ("Keys", "Done"))] == ["Done", "New", "Keys"]
    assert [(left, item.label) for left, item in fitting(items, 9, ("Keys", "Done"))] == [(1, "Keys")]
    assert [item.label for _left, item in fitting(items, 80, ("Keys", "Done"))] == [item.label for item in items]


async def test_a_command_has_another_name_while_a_question_stands() -> None:
    app = Host()
    async with app.run_test(size=(80, 10)) as pilot:
        bar = app.query_one(KeyBar)
        bar.rename({"task.done": "Finished"})
        await pilot.pause()
        assert "d Finished" in text(app)
        bar.rename({})
        await pilot.pause()
        assert "d Done" in text(app)
