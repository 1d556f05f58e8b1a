"""`g e`: what, as what, where to; never over another file unasked; and the calendar that is kept up to date."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from minicrm_tui.screens.main import calendar_keeping
from tests.ui.conftest import Crm, Opening


async def written(crm: Crm, beginning: str) -> str:
    """The toast of what is written on a thread of its own."""
    while not any(toast.startswith(beginning) for toast in crm.toasts):
        await crm.pilot.pause()
    await crm.idle()
    return next(toast for toast in crm.toasts if toast.startswith(beginning))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


async def test_a_module_goes_into_the_documents_under_a_name_that_says_what_it_is(
    opening: Opening, tmp_path: Path
) -> None:
    crm = await opening(documents=str(tmp_path / "docs"))
    await crm.press("g", "e", "o", "c")
    assert crm.line_text == str(tmp_path / "docs" / "MiniCRM Sales 2026-11-23.csv")
    await crm.pilot.press("enter")
    said = await written(crm, "6 cards written")
    (file,) = (tmp_path / "docs").iterdir()
    assert said.endswith(str(file))
    assert [row["Card: Name"] for row in rows(file)][:2] == ["Acme Industries", "Beta SRL"]


async def test_marked_cards_and_what_the_filter_shows_are_offered(opening: Opening, tmp_path: Path) -> None:
    crm = await opening(documents=str(tmp_path))
    await crm.press("space", "j", "j", "space")
    await crm.press("g", "e", "m", "c")
    await crm.pilot.press("enter")
    await written(crm, "2 cards written")
    await crm.press("escape", "slash")
    await crm.type("gamma")
    await crm.press("enter")
    await crm.press("g", "e", "v", "c", "enter", "n")
    await written(crm, "1 card written")
    first, second = sorted(tmp_path.glob("*.csv"), key=lambda path: len(path.name))
    assert second.name == "MiniCRM Sales 2026-11-23 (2).csv"
    assert len(rows(first)) == 2
    assert [row["Card: Name"] for row in rows(second)] == ["Gamma Ltd"]


async def test_a_file_that_is_there_is_overwritten_only_when_that_is_said(opening: Opening, tmp_path: Path) -> None:
    crm = await opening(documents=str(tmp_path))
    file = tmp_path / "MiniCRM 2026-11-23.ics"
    file.write_text("mine")
    await crm.press("g", "e", "a", "i", "enter")
    assert crm.asks
    await crm.press("escape")
    assert file.read_text() == "mine"
    await crm.press("g", "e", "a", "i", "enter", "o")
    await written(crm, "7 tasks written")
    assert file.read_text().startswith("BEGIN:VCALENDAR")


async def test_json_is_offered_for_everything_only(opening: Opening, tmp_path: Path) -> None:
    crm = await opening(documents=str(tmp_path))
    await crm.press("g", "e", "o", "j")
    assert crm.asks
    await crm.press("escape")
    await crm.press("g", "e", "a", "j", "enter")
    await written(crm, "")
    assert (tmp_path / "MiniCRM 2026-11-23.json").exists()


async def test_a_folder_that_can_not_be_made_is_told(opening: Opening, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    crm = await opening(documents=str(tmp_path / "file" / "folder"))
    await crm.press("g", "e", "a", "v", "enter")
    assert "leads through a file" in await written(crm, "The file")


async def test_the_calendar_follows_each_change_once_it_is_quiet(
    opening: Opening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendar_keeping, "SHARE", 0)
    path = tmp_path / "tasks.ics"
    crm = await opening(calendar_file=str(path))
    assert not path.exists()
    await crm.beat()
    await crm.beat()
    await kept(crm)
    assert "SUMMARY:Call about the offer — Acme Industries" in path.read_text()
    await crm.press("D")
    await crm.beat()
    assert "Acme Industries" in path.read_text()
    await crm.beat()
    await kept(crm)
    assert "Acme Industries" not in path.read_text()


async def test_what_changed_last_is_in_the_calendar_when_the_program_ends(opening: Opening, tmp_path: Path) -> None:
    path = tmp_path / "tasks.ics"
    crm = await opening(calendar_file=str(path))
    await crm.press("D")
    await crm.screen.pulse.leave()
    assert "Acme Industries" not in path.read_text()


async def test_a_calendar_that_can_not_be_written_is_told_once(opening: Opening, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    crm = await opening(calendar_file=str(tmp_path / "file" / "tasks.ics"))
    keeping = crm.screen.pulse.calendar
    assert keeping is not None
    told: list[str] = []
    crm.screen.complain = lambda error: told.append(error.sentence())  # type: ignore[method-assign]
    await keeping.write()
    await crm.press("D")
    await keeping.write()
    assert len(told) == 1
    assert "tasks.ics can't be written: it leads through a file" in told[0]


async def kept(crm: Crm) -> None:
    """Until the calendar that is being written is there."""
    for worker in [worker for worker in crm.app.workers if worker.group == "calendar"]:
        await worker.wait()
