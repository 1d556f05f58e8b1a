"""A card's page while things change under it: cursors that hold, cards that go, histories of any length."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, timedelta

import pytest

from minicrm_tui.domain.quickadd import TaskDraft, parse_line
from minicrm_tui.domain.records import Due, HistoryEntry, Kind, Task
from minicrm_tui.domain.views import Spot, Targets
from minicrm_tui.store.store import Store
from minicrm_tui.widgets.card_page import HISTORY
from minicrm_tui.widgets.sections import RowKind
from minicrm_tui.widgets.zones import HAPPENED
from minicrm_tui.wording import event
from tests.ui.conftest import Crm, Opening

LONG = 300


async def opened(crm: Crm) -> Targets:
    """The first card's page, and the beat after which another program's writes are noticed."""
    await crm.press("enter")
    await crm.beat()
    assert crm.bench.page.row is not None
    return Targets((crm.bench.page.row.id,))


async def elsewhere(crm: Crm) -> Store:
    """Another program on the same file."""
    return await Store.open(crm.app.path, now=crm.clock())


def under_cursor(crm: Crm) -> str:
    item = crm.screen.page.history.cursor_item
    return item.text if isinstance(item, Task) else event(item) if isinstance(item, HistoryEntry) else ""


def remember(crm: Crm, count: int, text: str = "Talk {n}") -> None:
    """Give the first card so many notes, the newest with number 0."""
    row = crm.cursor
    assert row is not None
    with closing(sqlite3.connect(crm.app.path)) as file, file:
        moments = ((n, crm.clock().astimezone(UTC) - timedelta(hours=n)) for n in range(count))
        file.executemany(
            "INSERT INTO history (card_id, at, kind, text) VALUES (?, ?, 'note', ?)",
            ((row.id, f"{at:%Y-%m-%dT%H:%M:%SZ}", text.format(n=n)) for n, at in moments),
        )


async def test_the_cursor_stays_on_its_entry_when_another_program_writes(crm: Crm) -> None:
    card = await opened(crm)
    await crm.press("end")
    before = under_cursor(crm)
    other = await elsewhere(crm)
    await other.add_note(card, "They called back.", crm.clock())
    await other.close()
    await crm.beat()
    assert under_cursor(crm) == before
    assert crm.screen.page.history.cursor_spot == Spot(HAPPENED, 1)


async def test_the_cursor_stays_on_its_task_when_an_earlier_one_comes(crm: Crm) -> None:
    card = await opened(crm)
    assert under_cursor(crm) == "Call about the offer"
    other = await elsewhere(crm)
    earlier = TaskDraft("Look at the file", "other", Due(crm.clock().date() - timedelta(days=60), None))
    await other.add_task(card, earlier, crm.clock())
    await other.close()
    await crm.beat()
    assert under_cursor(crm) == "Call about the offer"
    await crm.press("D")
    assert [task.text for task in (await crm.card("Acme Industries")).tasks] == ["Look at the file"]


async def test_a_card_that_is_gone_for_good_closes_its_page(crm: Crm) -> None:
    (card,) = (await opened(crm)).cards
    with closing(sqlite3.connect(crm.app.path)) as file, file:
        file.execute("DELETE FROM card WHERE id = ?", (card,))
    await crm.beat()
    assert not crm.bench.page.is_open
    assert crm.screen.desk.display
    assert crm.cursor_name == "Beta SRL"


async def test_a_card_that_has_gone_is_not_come_back_to(crm: Crm) -> None:
    (first,) = (await opened(crm)).cards
    await crm.bench.page.open((await crm.card("Beta SRL")).row.id)
    other = await elsewhere(crm)
    await other.trash(Targets((first,)), crm.clock())
    await other.close()
    await crm.press("backspace")
    assert not crm.bench.page.is_open
    assert crm.cursor_name == "Beta SRL"


async def test_leaving_from_a_card_of_another_module_gives_the_list_its_commands_back(crm: Crm) -> None:
    modules = {summary.module.kind: summary.module.id for summary in crm.bench.showing.modules}
    line = parse_line("Roof @ Acme Industries > Visit the site 2026-11-20", crm.clock(), currency="EUR")
    await crm.store.create_card(modules[Kind.PROJECTS], line, crm.clock())
    await crm.press("enter", "tab", "end", "enter")
    assert crm.tab == "Projects"
    assert "card.qualify" not in {active.binding.id for active in crm.screen.active_bindings.values()}
    await crm.press("slash", "escape")
    assert crm.tab == "Sales"
    await crm.press("Q")
    assert crm.asks


async def test_f_goes_to_the_newest_entry_of_its_kind(crm: Crm) -> None:
    await opened(crm)
    await crm.press("D", "end", "f", "t")
    assert under_cursor(crm) == "Call about the offer"
    assert crm.screen.page.history.cursor_spot == Spot(HAPPENED, 0)


async def test_a_kind_that_has_nothing_says_so_and_how_to_go_on(crm: Crm) -> None:
    await opened(crm)
    await crm.press("D", "f", "d")
    zone = crm.screen.page.history
    lines = [zone.render_line(y).text for y in range(zone.size.height)]
    assert any("documents" in line and "none yet · esc: all" in line for line in lines)
    await crm.press("escape")
    assert under_cursor(crm) == "Call about the offer"


async def test_ten_thousand_entries_are_walked_through(crm: Crm) -> None:
    remember(crm, 10_000)
    await opened(crm)
    await crm.press("end")
    zone = crm.screen.page.history
    assert zone.cursor_spot == Spot(HAPPENED, 10_000)
    assert under_cursor(crm) == "Talk 9999"
    await crm.press("k", "k")
    assert under_cursor(crm) == "Talk 9997"
    assert len(zone._pages) <= 30
    await crm.press("home")
    assert under_cursor(crm) == "Call about the offer"


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50)])
async def test_pages_never_leave_the_cursor_on_a_heading(opening: Opening, size: tuple[int, int]) -> None:
    crm = await opening(size=size)
    remember(crm, LONG)
    await opened(crm)
    zone = crm.screen.page.history
    for key in ("pagedown", "pagedown", "pageup", "pageup", "pageup", "up", "up", "home", "up"):
        await crm.press(key)
        row = zone.row_at(zone.place.cursor)
        assert row is not None
        assert row.kind is RowKind.CARD


async def test_the_top_heading_comes_back_in_sight(opening: Opening) -> None:
    crm = await opening(size=(80, 24))
    remember(crm, LONG)
    await opened(crm)
    await crm.press(*["pagedown"] * 3, *["pageup"] * 4)
    assert "Open tasks" in crm.screen.page.history.render_line(0).text


async def test_an_endless_note_is_shown_by_its_beginning_and_read_whole(crm: Crm) -> None:
    remember(crm, 1, "First line\n" + "word " * 19_000)
    await opened(crm)
    await crm.press("down")
    page = crm.screen.page
    assert "First line word" in "".join(page.history.render_line(y).text for y in range(page.history.size.height))
    heading, *shown = [page.whole.render_line(y).text.rstrip() for y in range(page.whole.content_size.height)]
    assert heading == "Note · Mon 23 Nov 2026 09:30"
    assert shown[0] == "First line"
    assert shown[-1].endswith("…")
    await crm.press("enter")
    assert crm.app.screen is not crm.screen
    await crm.press("escape")
    assert crm.screen.page.cursor_zone == HISTORY


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_footer_says_how_to_go_on_and_back(opening: Opening, size: tuple[int, int]) -> None:
    crm = await opening(size=size)
    desk = crm.screen.keys.render_line(0).text
    assert "esc" not in desk
    await crm.press("enter")
    shown = crm.screen.keys.render_line(0).text
    assert [words for words in ("Done", "Postpone", "J Next card", "tab Next zone", "esc Back", "Undo", "? Keys")
            if words not in shown] == []  # fmt: skip
    await crm.press("escape")
    assert crm.screen.keys.render_line(0).text == desk
