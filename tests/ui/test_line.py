"""The line at the bottom: choices by one key, typed answers with what was understood of them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.pilot import Pilot
from textual.widgets import Button, Input

from minicrm_tui.widgets.line import Answer, Choice, LinePlace, PromptLine, Reading
from minicrm_tui.widgets.line_text import ChoiceText, laid_out
from tests.ui.widget_cards import lines_of

T = TypeVar("T")

YES_NO = [Choice("y", "Yes"), Choice("n", "No", "3", ("delete",)), Choice("2", "Wed 25")]


class Host(App[None]):
    """A line over a screen whose own keys must not act while it stands."""

    BINDINGS = [Binding(key, f"did('{key}')", key) for key in ("y", "2", "j", "escape", "up", "tab", "enter")]

    def __init__(self) -> None:
        super().__init__()
        self.did: list[str] = []

    def compose(self) -> ComposeResult:
        yield Button("something to stand on")
        with LinePlace():
            yield PromptLine()

    @property
    def line(self) -> PromptLine:
        return self.query_one(PromptLine)

    def action_did(self, key: str) -> None:
        self.did.append(key)

    def text(self, part: str) -> str:
        return lines_of(self.query_one(part))[0].strip()


async def begun(pilot: Pilot[None], asking: Awaitable[T]) -> asyncio.Future[T]:
    task = asyncio.ensure_future(asking)
    await pilot.pause()
    return task


def echo(text: str) -> Reading:
    return Reading(f"read {text}", "" if "?" not in text else f"what is {text}", text.upper())


# --- choosing


async def test_a_choices_key_takes_it_at_once_and_the_line_goes() -> None:
    app = Host()
    async with app.run_test(size=(80, 20)) as pilot:
        assert not app.line.display
        choice = await begun(pilot, app.line.choose("Really?", YES_NO))
        assert app.line.display
        assert app.text("#line-title") == "Really?"
        assert app.text("#line-choices") == "y Yes   n No · 3   2 Wed 25"
        await pilot.press("2")
        assert await choice == YES_NO[2]
        await pilot.pause()
        assert (app.line.display, app.line.is_open) == (False, False)
        assert isinstance(app.focused, Button)
        assert app.did == []


async def test_another_key_does_nothing_and_reaches_nobody() -> None:
    app = Host()
    async with app.run_test(size=(80, 20)) as pilot:
        choice = await begun(pilot, app.line.choose("Really?", YES_NO))
        await pilot.press("j", "up", "tab", "enter")
        assert not choice.done()
        assert app.did == []
        await pilot.press("delete")
        assert await choice == YES_NO[1]


async def test_esc_gives_nothing() -> None:
    app = Host()
    async with app.run_test(size=(80, 20)) as pilot:
        choice = await begun(pilot, app.line.choose("Really?", YES_NO))
        await pilot.press("escape")
        assert await choice is None
        assert app.did == []


async def test_a_second_question_replaces_the_first() -> None:
    app = Host()
    async with app.run_test(size=(80, 20)) as pilot:
        first = await begun(pilot, app.line.choose("First?", YES_NO))
        second = await begun(pilot, app.line.choose("Second?", YES_NO))
        assert await first is None
        assert app.text("#line-title") == "Second?"
        await pilot.press("y")
        assert await second == YES_NO[0]
        await pilot.pause()
        assert isinstance(app.focused, Button)


async def test_the_end_of_the_screen_answers_with_nothing() -> None:
    app = Host()
    async with app.run_test(size=(80, 20)) as pilot:
        choice = await begun(pilot, app.line.choose("Really?", YES_NO))
        await app.line.remove()
        assert await choice is None


async def test_a_click_takes_a_choice() -> None:
    app = Host()
    async with app.run_test(size=(80, 20)) as pilot:
        choice = await begun(pilot, app.line.choose("Really?", YES_NO))
        await pilot.click(ChoiceText, offset=(lines_of(app.query_one(ChoiceText))[0].index("Wed"), 0))
        assert await choice == YES_NO[2]


def test_choices_wrap_between_them() -> None:
    presets = [Choice(str(number), "Mon 30 Nov", "12") for number in range(14)]
    placed = laid_out(presets, 78)
    assert max(item.line for item in placed) == 3
    assert all(item.left + item.choice.cells <= 78 for item in placed)


async def test_a_choice_may_hold_any_text() -> None:
    app = Host()
    async with app.run_test(size=(80, 20)) as pilot:
        await begun(pilot, app.line.choose("Move [/red] %s?", [Choice("a", "[bold]株式会社", "[/x]")]))
        assert app.text("#line-title") == "Move [/red] %s?"
        assert app.text("#line-choices") == "a [bold]株式会社 · [/x]"


# --- asking


async def ask(pilot: Pilot[None], app: Host, **options: object) -> asyncio.Future[Answer | None]:
    return await begun(pilot, app.line.ask("When?", read=echo, **options))  # type: ignore[arg-type]


async def test_what_is_typed_is_read_as_one_types_and_enter_takes_it() -> None:
    app = Host()
    async with app.run_test(size=(80, 20)) as pilot:
        answer = await ask(pilot, app)
        await pilot.press("f", "r", "i")
        assert app.text("#line-reading") == "read fri"
        await pilot.press("enter")
        taken = await answer
        assert taken is not None
        assert (taken.text, taken.value, taken.reading.shown) == ("fri", "FRI", "read fri")
        assert app.did == []


async def test_an_error_is_shown_and_keeps_the_line_open() -> None:
    app = Host()
    async with app.run_test(size=(80, 20)) as pilot:
        answer = await ask(pilot, app, value="30 feb?")
        assert app.text("#line-reading") == "✗ what is 30 feb?"
        await pilot.press("enter")
        assert not answer.done()
        await pilot.press("x", "enter")
        taken = await answer
        assert taken is not None
        assert taken.text == "x"


async def test_what_is_missing_is_a_hint_until_the_person_has_begun() -> None:
    app = Host()
    async with app.run_test(size=(80, 20)) as pilot:
        answer = await begun(pilot, app.line.ask("New", read=lambda text: Reading("", "" if text else "A name first.")))
        assert app.text("#line-reading") == "A name first."
        await pilot.press("enter")
        assert app.text("#line-reading") == "✗ A name first."
        assert not answer.done()


async def test_what_was_understood_is_shown_whole_on_as_many_lines_as_it_takes() -> None:
    app = Host()
    async with app.run_test(size=(30, 20)) as pilot:
        await ask(pilot, app, value="call Ana about the offer for 4\u00a0500\u00a0EUR on fri 14:00")
        await pilot.pause()
        shown = [line.strip() for line in lines_of(app.query_one("#line-reading"))]
        assert shown == ["read call Ana about the", "offer for 4\u00a0500\u00a0EUR on fri", "14:00"]
        await pilot.press("x")
        await pilot.pause()
        assert [line.strip() for line in lines_of(app.query_one("#line-reading"))] == ["read x"]


async def test_a_hint_that_does_not_fit_beside_the_title_stands_below_it() -> None:
    app = Host()
    async with app.run_test(size=(40, 20)) as pilot:
        await ask(pilot, app, hint="enter: close the task")
        assert app.text("#line-title") == "When?   enter: close the task"
        app.line.set_title("What happened? · Acme Industries")
        await pilot.pause()
        assert [line.strip() for line in lines_of(app.query_one("#line-title"))] == [
            "What happened? · Acme Industries",
            "enter: close the task",
        ]


async def test_a_proposed_value_is_taken_by_enter_and_replaced_by_typing() -> None:
    app = Host()
    async with app.run_test(size=(80, 20)) as pilot:
        answer = await ask(pilot, app, value="Call Ana +3d", hint="esc: no next step")
        assert app.text("#line-title") == "When?   esc: no next step"
        await pilot.press("enter")
        assert (await answer) == Answer("Call Ana +3d", echo("Call Ana +3d"))
        answer = await ask(pilot, app, value="Call Ana +3d", selected=False)
        await pilot.press("d", "enter")
        taken = await answer
        assert taken is not None
        assert taken.text == "Call Ana +3dd"


async def test_esc_leaves_the_question_without_an_answer() -> None:
    app = Host()
    async with app.run_test(size=(80, 20)) as pilot:
        answer = await ask(pilot, app, value="x")
        await pilot.press("escape")
        assert await answer is None
        assert not app.line.display


async def test_enter_waits_for_a_slow_reading_and_takes_just_that() -> None:
    app = Host()
    gate = asyncio.Event()

    async def slowly(text: str) -> Reading:
        await gate.wait()
        return echo(text)

    async with app.run_test(size=(80, 20)) as pilot:
        answer = await begun(pilot, app.line.ask("When?", read=slowly))
        await pilot.press("a", "b", "enter")
        assert not answer.done()
        gate.set()
        taken = await answer
        assert taken == Answer("ab", echo("ab"))


async def test_a_reading_that_typing_has_overtaken_is_not_shown() -> None:
    app = Host()
    gates: dict[str, asyncio.Event] = {}

    async def slowly(text: str) -> Reading:
        await gates.setdefault(text, asyncio.Event()).wait()
        return echo(text)

    async with app.run_test(size=(80, 20)) as pilot:
        await begun(pilot, app.line.ask("When?", read=slowly))
        await pilot.press("a", "b")
        gates["ab"].set()
        await pilot.pause()
        gates.setdefault("a", asyncio.Event()).set()
        await pilot.pause()
        assert app.text("#line-reading") == "read ab"


async def test_the_arrows_are_the_askers() -> None:
    app = Host()
    async with app.run_test(size=(80, 20)) as pilot:
        turned: list[int] = []

        def turn(direction: int) -> str:
            turned.append(direction)
            return f"outcome {len(turned)}"

        await ask(pilot, app, on_arrow=turn)
        await pilot.press("up", "down")
        assert turned == [-1, 1]
        assert app.text("#line-title") == "outcome 2"


async def test_tab_completes() -> None:
    async def complete(text: str, direction: int) -> str | None:
        return {("Ac", 1): "Acme SRL", ("Acme SRL", -1): "Acme"}.get((text, direction))

    app = Host()
    async with app.run_test(size=(80, 20)) as pilot:
        await ask(pilot, app, complete=complete)
        await pilot.press("A", "c", "tab")
        await pilot.pause()
        assert app.query_one(Input).value == "Acme SRL"
        assert app.text("#line-reading") == "read Acme SRL"
        await pilot.press("tab")
        assert app.query_one(Input).value == "Acme SRL"
        await pilot.press("shift+tab")
        assert app.query_one(Input).value == "Acme"
        assert app.did == []


async def test_the_screen_under_the_line_does_not_move() -> None:
    app = Host()
    async with app.run_test(size=(80, 20)) as pilot:
        before = app.query_one(Button).region
        await ask(pilot, app)
        assert app.query_one(Button).region == before
        assert app.line.region.bottom == 19
