"""Marks: one card, a range, a bucket; the action is for all of them, is one undo step, and takes the marks away."""

from __future__ import annotations

import asyncio
from datetime import date, datetime
from threading import Event

import pytest

from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.views import Targets
from minicrm_tui.screens.main import workbench
from tests.ui.conftest import Crm
from tests.ui.widget_cards import lines_of


async def marked(crm: Crm) -> int:
    return await crm.store.count(crm.bench.state.marks.targets()) if crm.bench.state.marks else 0


async def test_space_marks_and_goes_on(crm: Crm) -> None:
    await crm.press("space", "space")
    assert await marked(crm) == 2
    assert crm.cursor_name == "Călin Popescu"


async def test_space_again_takes_the_mark_away(crm: Crm) -> None:
    await crm.press("space", "up", "space")
    assert await marked(crm) == 0


async def test_a_bucket_is_marked_as_a_predicate(crm: Crm) -> None:
    await crm.press("ctrl+a")
    assert await marked(crm) == 3
    assert crm.bench.state.marks.ranges
    await crm.press("space")
    assert await marked(crm) == 2


async def test_marking_a_marked_bucket_again_unmarks_it(crm: Crm) -> None:
    await crm.press("asterisk", "asterisk")
    assert await marked(crm) == 0


async def test_a_range_follows_the_cursor(crm: Crm) -> None:
    await crm.press("v", "down", "down")
    assert await marked(crm) == 3
    await crm.press("up", "v")
    assert await marked(crm) == 2
    await crm.press("down")
    assert await marked(crm) == 2


async def test_a_bulk_postponement_is_one_undo_step_and_takes_the_marks_away(crm: Crm) -> None:
    await crm.press("ctrl+a", "p", "3")
    assert await crm.names("expired") == []
    assert await marked(crm) == 0
    assert any("3 tasks postponed" in toast for toast in crm.toasts)
    await crm.press("u")
    assert len(await crm.names("expired")) == 3


async def test_one_next_step_line_serves_all(crm: Crm) -> None:
    await crm.press("ctrl+a", "d")
    assert crm.asks
    await crm.type("write again tomorrow")
    await crm.press("enter")
    for name in ("Acme Industries", "Beta SRL", "Călin Popescu"):
        (task,) = (await crm.card(name)).tasks
        assert (task.text, task.due.day) == ("write again", date(2026, 11, 24))
    await crm.press("u")
    assert len(await crm.names("expired")) == 3


async def test_escape_takes_marks_then_filter_then_narrowing(crm: Crm) -> None:
    await crm.press("slash")
    await crm.type("a")
    await crm.press("enter", "space", "escape")
    assert await marked(crm) == 0
    assert crm.bench.state.filter == "a"
    await crm.press("escape")
    assert crm.bench.state.filter == ""


async def test_each_module_has_its_own_marks(crm: Crm) -> None:
    await crm.press("space", "4")
    assert await marked(crm) == 0
    await crm.press("1")
    assert await marked(crm) == 1


async def test_a_long_write_shows_how_far_it_is_and_escape_cancels_it(
    crm: Crm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbench, "MANY", 2)
    begun = asyncio.Event()

    async def never_ending(targets: Targets, now: datetime, *, progress: object, stop: Event) -> None:
        begun.set()
        while not stop.is_set():
            await asyncio.sleep(0)
        raise Refused("Cancelled: nothing was changed.")

    monkeypatch.setattr(crm.store, "trash", never_ending)
    await crm.pilot.press("ctrl+a", "delete")
    await begun.wait()
    await crm.pilot.pause()
    assert crm.screen.query_one("#progress").display
    await crm.press("escape")
    await crm.idle()
    assert not crm.screen.query_one("#progress").display
    assert any("Cancelled" in toast for toast in crm.toasts)
    assert len(await crm.names("expired")) == 3
    assert await marked(crm) == 3


async def test_marks_out_of_sight_are_counted(crm: Crm) -> None:
    await crm.press("space", "space", "slash")
    await crm.type("acme")
    await crm.press("enter")
    note = str(crm.screen.desk.query_one("#desk-cards").border_subtitle)
    assert "2 marked, 1 out of sight" in note


async def test_a_folded_bucket_of_marked_cards_is_out_of_sight(crm: Crm) -> None:
    await crm.press("ctrl+a", "space", "up", "up", "enter")
    assert crm.screen.desk.cards.folded == {"expired"}
    note = crm.screen.desk.query_one("#desk-cards")
    assert str(note.border_subtitle) == "2 marked, 2 out of sight"
    await crm.press("enter")
    assert str(note.border_subtitle) == "2 marked"


async def test_what_a_filter_hides_of_a_marked_bucket_is_counted(crm: Crm) -> None:
    await crm.press("ctrl+a", "slash")
    await crm.type("acme")
    await crm.press("enter")
    assert "3 marked, 2 out of sight" in str(crm.screen.desk.query_one("#desk-cards").border_subtitle)


async def test_undoing_a_bulk_action_goes_to_the_first_of_its_cards_in_the_list(crm: Crm) -> None:
    await crm.press("p", "w", "G", "up", "home", "space")
    assert crm.cursor_name == "Călin Popescu"
    while crm.cursor_name != "Acme Industries":
        await crm.press("down")
    await crm.press("space", "D", "u")
    assert crm.toasts == ["Undone: 2 tasks closed"]
    assert crm.cursor_name == "Beta SRL"


async def test_one_marked_card_is_as_one_under_the_cursor(crm: Crm) -> None:
    await crm.press("space", "p")
    assert "Call about the offer" in lines_of(crm.screen.query_one("#line-title"))[0]
    await crm.press("1")
    assert crm.cursor_name == "Beta SRL"
    assert "Acme Industries" not in await crm.names("expired")
    assert await marked(crm) == 0
