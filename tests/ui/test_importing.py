"""`g i`: a file step by step, from its folder to the first card that it brings; nothing guessed, nothing half done."""

from __future__ import annotations

import shutil
from pathlib import Path

from textual.widgets import Input, Static

from minicrm_tui.exchange.importing.targets import What
from minicrm_tui.screens.importing.lines import Line, StepList
from minicrm_tui.screens.importing.names import FIELDS
from minicrm_tui.screens.importing.screen import ImportScreen
from tests.ui.conftest import Crm

FILES = Path(__file__).parents[1] / "data" / "imports"

CSV = "Deal name,Status,Value,Currency\r\n"


def screen(crm: Crm) -> ImportScreen:
    found = next(each for each in crm.app.screen_stack if isinstance(each, ImportScreen))
    assert isinstance(found, ImportScreen)
    return found


def lines(crm: Crm) -> dict[str, str]:
    """What the step says, by what each row is about."""
    found: dict[str, str] = {}
    step_list = screen(crm).query_one(StepList)
    for row in range(step_list.place.rows.total):
        item = step_list.item_at(row)
        if isinstance(item, Line):
            found[item.label] = item.value
    return found


def note(crm: Crm) -> str:
    return str(screen(crm).query_one("#note", Static).visual)


async def to_file(crm: Crm, path: Path) -> None:
    """Type where the file is."""
    await crm.press("g", "i", "slash")
    screen(crm).query_one("#path", Input).value = str(path)
    await crm.press("enter")


async def on_line(crm: Crm, label: str) -> None:
    """Put the cursor on this row."""
    step_list = screen(crm).query_one(StepList)
    await crm.press("home")
    for _ in range(step_list.place.rows.total):
        if step_list.line is not None and step_list.line.label == label:
            return
        await crm.press("j")
    raise AssertionError(f"no row {label}")


def written(folder: Path, *rows: str) -> Path:
    path = folder / "deals.csv"
    path.write_text(CSV + "".join(f"{row}\r\n" for row in rows), encoding="utf-8")
    return path


def test_every_field_has_a_name_of_its_own() -> None:
    assert set(FIELDS) == {what.value for what in What if what is not What.FIELD}


async def test_deals_of_pipedrive_go_through_all_steps_and_are_taken_back(crm: Crm, tmp_path: Path) -> None:
    await crm.press("4")
    await to_file(crm, Path(shutil.copy(FILES / "pipedrive-deals.csv", tmp_path)))
    assert (lines(crm)["Taken for"], lines(crm)["Into"]) == ("Pipedrive, cards", "Projects")
    await on_line(crm, "Into")
    await crm.press("enter", *"sal", "enter")
    assert lines(crm)["Into"] == "Sales"
    await crm.press("n")
    assert (lines(crm)["Deal - Title"], lines(crm)["Deal - Stage"]) == ("Card: Name", "Card: Sales step")
    await crm.press("n")
    assert lines(crm) == {"Open": "in progress", "Won": "won", "Lost": "lost"}
    await crm.press("n")
    assert lines(crm)["Would be made"] == "3 companies, 3 persons, 4 cards, 1 task"
    assert "Roof repair" not in await crm.names("this_week")
    await crm.press("enter")
    assert (crm.tab, crm.cursor_name) == ("Sales", "Roof repair")
    assert crm.toasts == ["Imported: 3 companies, 3 persons, 4 cards, 1 task · u takes it back"]
    await crm.press("u")
    assert await crm.store.find("Roof repair") == ()
