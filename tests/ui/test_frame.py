"""The start, small terminals, and the end."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from textual import events

from minicrm_tui.app import MiniCRMApp
from minicrm_tui.domain.records import Due
from minicrm_tui.screens.modules import ModuleList, ModulesScreen
from minicrm_tui.settings import Settings
from minicrm_tui.store.store import Store
from tests.conftest import HandClock
from tests.ui.conftest import Crm, Opening


async def test_a_small_terminal_gets_one_sentence_and_recovers(crm: Crm) -> None:
    await crm.pilot.resize_terminal(50, 10)
    await crm.idle()
    assert crm.screen.query_one("#too-small").display
    await crm.pilot.resize_terminal(120, 36)
    await crm.idle()
    assert not crm.screen.query_one("#too-small").display
    await crm.press("p", "1")
    assert (await crm.card("Acme Industries")).tasks[0].due == Due(date(2026, 11, 24))


async def test_ten_cells_and_three_lines_are_enough_to_say_how_large_it_must_be(crm: Crm) -> None:
    await crm.pilot.resize_terminal(10, 3)
    await crm.idle()
    assert not crm.screen.show_vertical_scrollbar
    sentence = crm.screen.query_one("#too-small")
    assert "60×16" in "".join(sentence.render_line(line).text for line in range(3))


async def test_in_the_pipeline_too_the_cursor_takes_the_row_that_followed(crm: Crm) -> None:
    await crm.press("tab")
    first = crm.cursor_name
    await crm.press("D")
    assert crm.screen.desk.on_board
    assert crm.cursor_name not in ("", first)


async def test_a_narrow_terminal_flips_panes_by_tab(opening: Opening) -> None:
    crm = await opening(size=(80, 24))
    assert not crm.screen.desk.on_board
    await crm.press("tab")
    assert crm.screen.desk.on_board
    await crm.press("tab")
    assert crm.cursor_name == "Acme Industries"


async def test_a_file_that_is_no_database_ends_the_program_with_a_sentence(tmp_path: Path, clock: HandClock) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear Sir, this is not a database at all.\n" * 100)
    app = MiniCRMApp(path, Settings(), clock=clock)
    async with app.run_test() as pilot:
        while app.is_running:
            await pilot.pause()
    assert app.return_code == 2
    assert path.read_text().startswith("Dear Sir")


async def test_what_is_typed_while_the_file_is_opened_is_done_in_its_order(
    tmp_path: Path, seeded_file: Path, clock: HandClock
) -> None:
    app = MiniCRMApp(Path(shutil.copy(seeded_file, tmp_path / "crm.db")), Settings(), clock=clock)
    async with app.run_test(size=(120, 36)) as pilot:
        assert app.main_screen.bench is None
        for key in ("g", "m", "G"):
            app.post_message(events.Key(key, key))
        crm = Crm(pilot, clock)
        await crm.started()
        await crm.idle()
        assert isinstance(app.screen, ModulesScreen)
        row = app.screen.query_one(ModuleList).cursor_row
        assert row is not None
        assert row.listed.module.name == "Helpdesk"


async def test_closing_waits_for_what_was_begun(opening: Opening) -> None:
    crm = await opening()
    path = crm.app.path
    await crm.pilot.press("D", "q")
    await crm.pilot.pause()
    await crm.app.typeahead.quiet()
    store = await Store.open(path, now=crm.clock())
    try:
        (hit,) = [hit for hit in await store.find("Acme Industries") if hit.kind == "card"]
        assert hit.card_id is not None
        assert (await store.card(hit.card_id)).tasks == ()
    finally:
        await store.close()


async def test_the_program_can_be_left_while_a_question_stands(opening: Opening) -> None:
    crm = await opening()
    await crm.press("d")
    assert crm.asks
    await crm.pilot.press("ctrl+q")
    await crm.app.typeahead.quiet()
    while crm.app.is_running:
        await crm.pilot.pause()
    assert crm.app.return_code == 0


async def test_when_expired_empties_the_heading_says_where_the_others_are(crm: Crm) -> None:
    await crm.press("D", "D", "D")
    heading = crm.screen.desk.cards.place.rows.sections[0]
    assert "Projects 1 — x" in heading.detail
