"""What must be whole on the main screen in both languages, with few cards and with ten thousand."""

from __future__ import annotations

from pathlib import Path

import pytest

from minicrm_tui.app import MiniCRMApp
from minicrm_tui.demo import write_demo
from minicrm_tui.i18n import Language, set_language
from minicrm_tui.settings import Settings
from minicrm_tui.widgets.beyond import Beyond
from minicrm_tui.widgets.column import ColumnHeader, PipelineColumn
from minicrm_tui.widgets.sections import RowKind
from tests.conftest import MONDAY_MORNING, HandClock
from tests.snapshots.conftest import press
from tests.ui.widget_cards import lines_of

MAIN_KEYS = {
    "en": ("d Done", "p Postpone", "n New", "u Undo", "? Keys"),
    "ro": ("d Închide", "p Amână", "n Nou", "u Anulare", "? Taste"),
}


@pytest.fixture(scope="module", params=[("en", 250), ("ro", 250), ("en", 10_000), ("ro", 10_000)], ids=str)
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Language, Path]:
    """A language, and demo data in it."""
    language, cards = request.param
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    write_demo(path, now=MONDAY_MORNING, cards=cards, language=language)
    return language, path


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50)], ids=str)
async def test_headings_tabs_and_main_keys_are_whole(
    world: tuple[Language, Path], size: tuple[int, int], clock: HandClock
) -> None:
    language, path = world
    set_language(language)
    app = MiniCRMApp(path, Settings(theme="minicrm-dark", language=language), clock=clock)
    async with app.run_test(size=size) as pilot:
        await press(pilot, ())
        bench = app.main_screen.bench
        assert bench is not None
        lines = [strip.text for strip in app.screen._compositor.render_strips()]
        assert "…" not in lines[0]
        assert [name for name in MAIN_KEYS[language] if name not in lines[-1]] == []
        await press(pilot, ("tab",))
        board = app.main_screen.desk.board
        seen = [column for column in board.columns if board.region.contains_region(column.region) and column.size.width]
        assert len(seen) >= 3
        assert [line for column in seen for line in headings(column) if "…" in line] == []
        tops = [lines_of(header)[0] for header in board.query(ColumnHeader) if board.region.overlaps(header.region)]
        assert [line for line in tops if "…" in line] == []
        assert board.query_one(Beyond).display == (size[0] < 200)


def headings(column: PipelineColumn) -> list[str]:
    """Its lines that are a status's heading."""
    kinds = [column.row_at(y) for y in range(column.size.height)]
    return [line for line, row in zip(lines_of(column), kinds, strict=True) if row and row.kind is RowKind.HEADING]
