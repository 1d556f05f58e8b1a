"""The desk: two panes or one, wishes in the order of the keys, a peek that gives way."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from minicrm_tui.domain.records import (
    CardDetails,
    CardRow,
    Channel,
    Company,
    CompanyId,
    HistoryEntry,
    Money,
    Person,
    PersonId,
)
from minicrm_tui.widgets.card_commands import Verb
from minicrm_tui.widgets.card_list import CardList
from minicrm_tui.widgets.desk import CountsLine, Desk
from minicrm_tui.widgets.groups import group_columns
from minicrm_tui.widgets.line import LinePlace, PromptLine, Reading
from minicrm_tui.widgets.peek import Peek, lines
from minicrm_tui.widgets.sections import Section
from tests.conftest import MONDAY_MORNING
from tests.ui.test_pipeline import STATUSES, TITLES, an_outline
from tests.ui.widget_cards import Fetcher, a_card, lines_of


class Host(App[None]):
    """A desk and what was wished for there."""

    def __init__(self) -> None:
        super().__init__()
        self.wishes: list[tuple[Verb, CardRow | None]] = []
        self.flips = 0

    def compose(self) -> ComposeResult:
        yield Desk()
        with LinePlace():
            yield PromptLine()

    @property
    def desk(self) -> Desk:
        return self.query_one(Desk)

    def on_card_commands_card_wish(self, message: Desk.CardWish) -> None:
        self.wishes.append((message.verb, self.desk.cursor_card))

    def on_desk_pane_flipped(self) -> None:
        self.flips += 1


@asynccontextmanager
async def a_desk(size: tuple[int, int] = (120, 30)) -> AsyncIterator[tuple[Host, Desk, Fetcher, Pilot[None]]]:
    app = Host()
    fetch = Fetcher()
    async with app.run_test(size=size) as pilot:
        app.desk.focus_cards()
        app.desk.cards.set_now(MONDAY_MORNING)
        await app.desk.cards.show([Section("expired", "Expired", 900)], fetch)
        columns = group_columns(STATUSES, an_outline(3), TITLES.__getitem__)
        await app.desk.board.show(columns, fetch, now=MONDAY_MORNING, keep_scroll=False)
        await pilot.pause()
        yield app, app.desk, fetch, pilot


async def test_a_key_becomes_the_wish_of_its_verb_for_the_card_under_the_cursor() -> None:
    async with a_desk() as (app, _desk, fetch, pilot):
        await pilot.press("down", "d", "full_stop", "exclamation_mark", "asterisk")
        card = fetch.card("expired", 1)
        assert app.wishes == [
            (Verb.DONE, card),
            (Verb.REPEAT, card),
            (Verb.DECIDE, card),
            (Verb.MARK_BUCKET, card),
        ]


async def test_a_wish_waits_for_the_moves_that_were_pressed_before_it() -> None:
    async with a_desk() as (app, desk, fetch, pilot):
        fetch.hold()
        await pilot.press("end", "d")
        assert app.wishes == []
        fetch.let_through()
        await desk.cards.settled()
        await pilot.pause()
        assert app.wishes == [(Verb.DONE, fetch.card("expired", 899))]


async def test_a_hidden_verb_has_no_key() -> None:
    async with a_desk() as (app, desk, _fetch, pilot):
        desk.set_hidden_verbs(frozenset({Verb.QUALIFY}))
        await pilot.press("Q", "D")
        assert [verb for verb, _card in app.wishes] == [Verb.DONE_ONLY]


async def test_tab_goes_to_the_pipeline_and_back() -> None:
    async with a_desk() as (app, desk, _fetch, pilot):
        await pilot.press("tab")
        assert (desk.on_board, desk.active) == (True, desk.board.active)
        assert desk.cursor_card == desk.board.cursor_card
        await pilot.press("tab")
        assert (desk.on_board, desk.active, app.flips) == (False, desk.cards, 2)


async def test_a_wide_desk_shows_both_panes() -> None:
    async with a_desk() as (_app, desk, _fetch, _pilot):
        assert desk.query_one("#desk-cards").display
        assert desk.query_one("#desk-board").display
        assert not any(line.display for line in desk.query(CountsLine))


async def test_a_narrow_desk_shows_one_pane_and_the_others_counts() -> None:
    async with a_desk((80, 24)) as (_app, desk, _fetch, pilot):
        desk.set_counts("12 expired [/x]", "Prospecting 41")
        await pilot.pause()
        assert (desk.query_one("#desk-cards").display, desk.query_one("#desk-board").display) == (True, False)
        assert lines_of(desk.query_one("#desk-board-counts"))[0].strip() == "Prospecting 41"
        await pilot.press("tab")
        await pilot.pause()
        assert (desk.query_one("#desk-cards").display, desk.query_one("#desk-board").display) == (False, True)
        assert lines_of(desk.query_one("#desk-cards-counts"))[0].strip() == "12 expired [/x]"
        await pilot.click("#desk-cards-counts")
        assert not desk.on_board


async def test_the_peek_gives_way_in_a_short_terminal() -> None:
    async with a_desk((120, 19)) as (_app, desk, _fetch, pilot):
        assert not desk.peek.display
        await pilot.resize_terminal(120, 24)
        await pilot.pause()
        assert (desk.peek.display, desk.peek.size.height) == (True, 3)
        await pilot.resize_terminal(120, 60)
        await pilot.pause()
        assert desk.peek.size.height == 6


async def test_at_80_by_24_eight_cards_and_more_are_in_sight() -> None:
    async with a_desk((80, 24)) as (_app, desk, _fetch, _pilot):
        assert len([line for line in lines_of(desk.cards) if "expired" in line]) >= 12


async def test_the_cursor_stays_drawn_while_the_line_asks() -> None:
    async with a_desk() as (app, desk, _fetch, pilot):
        drawn = list(desk.cards.render_line(1))
        line = app.query_one(PromptLine)
        asking = app.run_worker(line.ask("When?", read=lambda text: Reading(text)))
        await pilot.pause()
        assert not desk.cards.has_focus
        assert list(desk.cards.render_line(1)) == drawn
        await pilot.press("escape")
        await asking.wait()
        await pilot.pause()
        assert desk.cards.has_focus


async def test_titles_and_notes_are_plain_text() -> None:
    async with a_desk() as (app, desk, _fetch, pilot):
        desk.set_titles("Deals [/red]", "Pipeline")
        desk.set_note("/[bold]")
        await pilot.pause()
        screen = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        assert "Deals [/red]" in screen
        assert "/[bold]" in screen


async def test_only_the_active_pane_draws_a_full_cursor() -> None:
    async with a_desk() as (_app, desk, _fetch, pilot):
        assert lines_of(desk.cards)[1].startswith("▌")
        assert not any(line.startswith("▌") for line in lines_of(desk.board.active))
        await pilot.press("tab")
        assert not any(line.startswith("▌") for line in lines_of(desk.cards))
        assert any(line.startswith("▌") for line in lines_of(desk.board.active))
        assert isinstance(desk.cards, CardList)


# --- the peek


def details(**changes: object) -> CardDetails:
    row = a_card(1, "Acme [/red]", text="Call about the offer that we sent them", value=Money(450_000, "EUR"))
    assert row.task is not None
    acme = Company(CompanyId(1), "Acme SRL", (Channel("+40 722 000 111"),), (Channel("office@acme.example"),))
    history = (HistoryEntry(MONDAY_MORNING, "note", "Sent the offer"),)
    return CardDetails(row, STATUSES[0], acme, None, None, (row.task,), history)


def test_the_peek_holds_what_a_call_needs_and_cuts_no_phone() -> None:
    text = ["".join(piece.text for piece in line) for line in lines(details(), MONDAY_MORNING, 50)]
    assert text == [
        "Acme [/red] · Acme SRL · +40 722 000 111",
        "office@acme.example",
        "VIP · 4\u00a0500\u00a0EUR",
        "Mon 23 Nov 14:00 Call about the offer that we sent",
        "them",
        "23 Nov  Sent the offer",
    ]


def test_in_few_lines_the_peek_is_brief_so_that_the_last_note_is_seen() -> None:
    phones = (Channel("0722 111 222"), Channel("0722 333 444"))
    ana = Person(PersonId(1), "Ana Pop", phones=phones, emails=(Channel("ana@acme.example"),))
    few = replace(details(), person=ana, tasks=())
    text = ["".join(piece.text for piece in line) for line in lines(few, MONDAY_MORNING, 60, 4)]
    assert text == [
        "Acme [/red] · Acme SRL · Ana Pop · 0722 111 222",
        "ana@acme.example · +3 · VIP · 4\u00a0500\u00a0EUR",
        "23 Nov  Sent the offer",
    ]
    assert len(lines(few, MONDAY_MORNING, 60, 5)) == 5


@pytest.mark.parametrize(("width", "shown"), [(50, True), (90, False)])
def test_a_task_that_is_cut_in_its_row_is_whole_in_the_peek(width: int, shown: bool) -> None:
    row = a_card(1, "Roof", text="call Ana about the roof")
    assert row.task is not None
    roof = replace(details(), row=row, tasks=(row.task,))
    text = ["".join(piece.text for piece in line) for line in lines(roof, MONDAY_MORNING, width)]
    assert any("call Ana about the roof" in line for line in text) is shown


async def test_the_peek_draws_a_card_and_nothing_without_one() -> None:
    class PeekHost(App[None]):
        def compose(self) -> ComposeResult:
            yield Peek()

    app = PeekHost()
    async with app.run_test(size=(60, 10)) as pilot:
        peek = app.query_one(Peek)
        peek.show(details(), MONDAY_MORNING)
        await pilot.pause()
        assert lines_of(peek)[0].strip() == "Acme [/red] · Acme SRL · +40 722 000 111"
        peek.show(None, MONDAY_MORNING)
        assert not "".join(lines_of(peek)).strip()
