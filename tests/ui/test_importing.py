"""`g i`: a file step by step, from its folder to the first card that it brings; nothing guessed, nothing half done."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Event

import platformdirs
import pytest
from textual.widgets import Input, Static

from minicrm_tui.domain.exports import ExportFormat
from minicrm_tui.domain.records import KeyFields, SalesStatus
from minicrm_tui.exchange.importing.session import Plan
from minicrm_tui.exchange.importing.targets import What
from minicrm_tui.screens.importing import frame
from minicrm_tui.screens.importing import screen as importing_screen
from minicrm_tui.screens.importing.file_step import FileList
from minicrm_tui.screens.importing.lines import Line, StepList
from minicrm_tui.screens.importing.names import FIELDS
from minicrm_tui.screens.importing.picking import PickScreen
from minicrm_tui.screens.importing.screen import ImportScreen, Step
from minicrm_tui.store.imports import applying
from minicrm_tui.store.store import Store
from minicrm_tui.transfer.exports import Export, Told, write_export
from minicrm_tui.transfer.imports import Imported, take
from tests.ui.conftest import Crm, Opening

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


async def test_a_status_that_the_module_does_not_know_must_be_chosen(crm: Crm, tmp_path: Path) -> None:
    await to_file(crm, written(tmp_path, "Gate,Zombie,10,EUR", "Wall,Won,20,EUR", "Door,Ghost,30,EUR"))
    await crm.press("n", "n")
    assert lines(crm) == {"Zombie": "choose …", "Ghost": "choose …", "Won": "won"}
    await crm.press("n")
    assert crm.toasts == ["Choose what each unknown status is: nothing is taken for granted."]
    await crm.press("enter", "enter")  # nothing is chosen before it is pointed at
    assert isinstance(crm.app.screen, PickScreen)
    await crm.press(*"lost", "enter")
    assert lines(crm) == {"Ghost": "choose …", "Zombie": "lost", "Won": "won"}
    await crm.press("enter")
    await crm.type("prospecting vip")
    await crm.press("enter")
    assert lines(crm)["Ghost"] == "VIP"
    await crm.press("n", "enter")
    assert [card.row.name for card in (await crm.card("Door"), await crm.card("Gate"))] == ["Door", "Gate"]
    assert (await crm.card("Gate")).keys == KeyFields(SalesStatus.LOST)


async def test_what_was_chosen_serves_the_next_file_of_the_same_kind(crm: Crm, tmp_path: Path) -> None:
    await to_file(crm, written(tmp_path, "Gate,Zombie,10,EUR"))
    await crm.press("n", "n", "enter", *"lost", "enter", "n", "enter")
    await to_file(crm, written(tmp_path, "Wall,Zombie,20,EUR"))
    assert "The mapping that was saved for these headers was used." in lines(crm)
    await crm.press("n", "n")
    assert lines(crm) == {"Zombie": "lost"}


async def test_a_row_with_an_error_is_told_by_row_and_column_and_goes_to_a_file(crm: Crm, tmp_path: Path) -> None:
    await to_file(crm, written(tmp_path, "Gate,Open,1x2,EUR", "Wall,Won,20,EUR"))
    await crm.press("n", "n", "n")
    assert (lines(crm)["Would be made"], lines(crm)["row 2"]) == ("1 card", "Value")
    await on_line(crm, "row 2")
    assert note(crm) == "deals.csv, row 2, column “Value”: “1x2” is not an amount."
    assert not list(tmp_path.glob("*.rejected.csv"))
    await crm.press("enter")
    rejected = tmp_path / "deals.csv.rejected.csv"
    assert crm.toasts == [f"Imported: 1 card · 1 row with errors is in {rejected} · u takes it back"]
    assert "Gate,Open,1x2,EUR" in rejected.read_text(encoding="utf-8")
    assert (await crm.card("Wall")).row.name == "Wall"


async def test_the_same_file_once_more_brings_nothing(crm: Crm, tmp_path: Path) -> None:
    path = written(tmp_path, "Gate,Open,10,EUR")
    await to_file(crm, path)
    await crm.press("n", "n", "n", "enter")
    await to_file(crm, path)
    await crm.press("n", "n", "n")
    assert lines(crm) == {"There already, skipped": "1 card"}
    await crm.press("enter")
    assert crm.toasts == ["Nothing new: all of it was there already."]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("nothing.csv", b"", "nothing.csv: the file is empty."),
        ("heads.csv", b"Name,Email\r\n", "heads.csv: there are headers, and no row under them."),
        ("other.json", b'{"a": 1}', "other.json: this JSON is of another program. Save it as CSV there."),
        ("book.xls", b"\xd0\xcf\x11\xe0 x", "book.xls: this is an old Excel file (XLS). Save it as XLSX or CSV."),
    ],
)
async def test_a_file_that_can_not_be_read_is_told_and_another_can_be_chosen(
    crm: Crm, tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    (tmp_path / name).write_bytes(content)
    await to_file(crm, tmp_path / name)
    assert crm.toasts == [sentence]
    assert screen(crm).query_one(FileList).display
    screen(crm).query_one("#path", Input).value = str(written(tmp_path, "Gate,Open,10,EUR"))
    await crm.press("enter")
    assert lines(crm)["Taken for"] == "a plain table, cards"


async def test_a_file_that_is_not_there_is_told(crm: Crm, tmp_path: Path) -> None:
    await to_file(crm, tmp_path / "none.csv")
    assert crm.toasts == ["none.csv: it can't be read (there is no such place)."]


async def test_the_folder_shows_folders_and_what_can_be_imported(crm: Crm) -> None:
    downloads = Path.home() / "Downloads"
    (downloads / "old").mkdir(parents=True)
    for name in ("deals.csv", "book.XLSX", "people.vcf", "holiday.jpg", "a\x1b[31mb.csv", ".hidden.csv"):
        (downloads / name).write_text(CSV + "Gate,Open,10,EUR\r\n")
    await crm.press("g", "i")
    files = screen(crm).query_one(FileList)
    names = [str(files.get_option_at_index(index).prompt.columns[2]._cells[0]) for index in range(files.option_count)]
    assert names == ["../", "old/", "a [31mb.csv", "book.XLSX", "deals.csv", "people.vcf"]
    await crm.press("j", "enter")
    assert files.location == downloads / "old"
    await crm.press("backspace")
    await crm.press(*"jjjj")
    await crm.press("enter")
    assert screen(crm)._path.name == "deals.csv"


async def test_the_folder_of_the_last_file_is_where_the_next_one_is_looked_for(crm: Crm, tmp_path: Path) -> None:
    (Path.home() / "Downloads").mkdir()
    await crm.press("g", "i")
    assert screen(crm).query_one(FileList).location == Path.home() / "Downloads"
    await crm.press("escape")
    await to_file(crm, written(tmp_path, "Gate,Open,10,EUR"))
    await crm.press("n", "n", "n", "enter", "g", "i")
    assert screen(crm).query_one(FileList).location == tmp_path


async def test_the_folder_is_named_also_where_the_program_was_started_in_it(
    crm: Crm, monkeypatch: pytest.MonkeyPatch
) -> None:
    started_in = FileList(Path()).location
    monkeypatch.setattr(platformdirs, "user_downloads_path", lambda: started_in)
    await crm.press("g", "i")
    assert str(screen(crm).query_one("#folder", Static).visual) == str(started_in)


async def test_a_folder_that_went_away_is_told(crm: Crm) -> None:
    (Path.home() / "Downloads" / "old").mkdir(parents=True)
    await crm.press("g", "i", "j")
    (Path.home() / "Downloads" / "old").rmdir()
    screen(crm).query_one(FileList).location = Path.home() / "Downloads" / "old"
    await crm.idle()
    assert crm.toasts == ["This folder can't be read: there is no such place."]
    await crm.press("backspace")
    assert screen(crm).query_one(FileList).option_count == 1


async def test_a_step_back_loses_nothing(crm: Crm, tmp_path: Path) -> None:
    await to_file(crm, written(tmp_path, "Gate,Open,10,EUR"))
    await on_line(crm, "What is there already")
    await crm.press("enter", *"once", "enter", "n")
    await on_line(crm, "Value")
    await crm.press("enter", *"ignore", "enter", "n", "n", "escape", "escape")
    assert lines(crm)["Value"] == "Ignore"
    await crm.press("escape")
    assert lines(crm)["What is there already"] == "import it once more"
    await crm.press("escape", "escape")
    assert crm.app.screen is crm.screen


async def test_a_column_that_nothing_is_known_of_is_told_and_a_lacking_name_too(crm: Crm, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Blah,Value\r\nGate,10\r\nWall,20\r\n")
    await to_file(crm, path)
    await crm.press("n")
    assert lines(crm) == {"Blah": "not known", "Value": "Card: Value"}
    assert note(crm) == "No column goes to “Card: Name”: enter on the one that does."
    await crm.press("n")
    assert screen(crm)._step is Step.COLUMNS
    await crm.press("enter")
    await crm.type("card: name")
    await crm.press("enter")
    assert lines(crm)["Blah"] == "Card: Name"


async def test_a_second_column_for_one_field_is_told(crm: Crm, tmp_path: Path) -> None:
    await to_file(crm, written(tmp_path, "Gate,Open,10,EUR"))
    await crm.press("n")
    await on_line(crm, "Currency")
    await crm.press("enter")
    await crm.type("card: value")
    await crm.press("enter")
    assert note(crm) == "Currency: “Card: Value” has another column above: this one counts only where that is empty."


async def test_a_wrong_encoding_is_refused_and_the_right_one_stays(crm: Crm, tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_bytes("Deal name,Status\r\nPăun,Open\r\n".encode("cp1250"))
    await to_file(crm, path)
    assert lines(crm)["Encoding"] == "cp1250"
    await on_line(crm, "Encoding")
    await crm.press("enter", *"utf-8", "enter")
    assert crm.toasts == ["names.csv: byte 20 is no text in utf-8."]
    assert lines(crm)["Encoding"] == "cp1250"


async def test_contacts_need_no_module_and_can_be_cards_too(crm: Crm) -> None:
    await to_file(crm, FILES / "google-new.csv")
    assert lines(crm)["Into"] == "no cards: contacts alone"
    await on_line(crm, "Into")
    await crm.press("enter", *"helpdesk", "enter")
    assert lines(crm)["Into"] == "Helpdesk"
    await crm.press("n", "n")
    assert "card" in lines(crm)["Would be made"]


async def test_what_a_file_holds_is_never_obeyed(crm: Crm, tmp_path: Path) -> None:
    await to_file(crm, written(tmp_path, "[red]Ga\x1b[31mte[/red],Open,10,EUR"))
    await crm.press("n")
    assert "[red]Ga" in note(crm)
    assert "\x1b" not in note(crm)


async def test_a_trial_and_an_import_are_stopped_by_escape(
    crm: Crm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "PORTION", 1)
    monkeypatch.setattr(frame, "MANY", 1)
    await to_file(crm, written(tmp_path, "Gate,Open,10,EUR", "Wall,Open,20,EUR"))
    await crm.press("n", "n")
    with stopped_by_hand(monkeypatch):
        await pressed_and_stopped(crm, "n")
    assert (crm.toasts, screen(crm)._step) == (["Cancelled: nothing was changed."], Step.STATUSES)
    await crm.press("n")
    with stopped_by_hand(monkeypatch):
        await pressed_and_stopped(crm, "enter")
    assert (crm.toasts, screen(crm)._step) == (["Cancelled: nothing was changed."], Step.TRYING)
    assert await crm.store.find("Gate") == ()


async def written_whole(file: Path, path: Path, now: datetime) -> None:
    """All that is in this file, as JSON."""
    store = await Store.open(file, now=now)
    asked = Export(ExportFormat.JSON)
    await store.read_out(lambda reading: write_export(reading, asked, path, Told(), overwrite=True))
    await store.close()


async def test_our_own_json_goes_whole_into_an_empty_file(
    opening: Opening, seeded_file: Path, tmp_path: Path, now: datetime
) -> None:
    path = tmp_path / "all.json"
    await written_whole(Path(shutil.copy(seeded_file, tmp_path / "other.db")), path, now)
    crm = await opening(empty=True)
    await to_file(crm, path)
    assert lines(crm)["Goes"] == "whole, into a file that is empty; nothing of it is mapped"
    assert lines(crm)["Holds"].endswith("8 cards, 7 tasks")
    await crm.press("enter")
    assert crm.toasts[0].startswith("Imported whole: ")
    assert "Acme Industries" in await crm.names("expired")
    await crm.press("4")
    assert crm.tab == "Projects"
    assert "Warehouse roof" in await crm.names("expired")


async def test_our_own_json_goes_into_no_file_that_has_something(
    opening: Opening, seeded_file: Path, tmp_path: Path, now: datetime
) -> None:
    path = tmp_path / "all.json"
    await written_whole(Path(shutil.copy(seeded_file, tmp_path / "other.db")), path, now)
    crm = await opening()
    await crm.press("n", *"Another", "enter")
    await to_file(crm, path)
    await crm.press("enter")
    assert screen(crm)._step is Step.WHOLE
    assert len(crm.toasts) == 1
    assert "empty" in crm.toasts[0]


@contextmanager
def stopped_by_hand(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The store waits after its first rows until it is stopped."""

    async def waits(store: Store, plan: Plan, now: datetime, **told: object) -> Imported:
        progress, stop = told.pop("progress"), told["stop"]
        assert callable(progress)
        assert isinstance(stop, Event)

        def told_and_waited(done: int, total: int) -> None:
            progress(done, total)
            stop.wait(20)

        return await take(store, plan, now, progress=told_and_waited, **told)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(importing_screen, "take", waits)
        yield


async def pressed_and_stopped(crm: Crm, key: str) -> None:
    """Press the key, and escape once something runs."""
    await crm.pilot.press(key)
    async with asyncio.timeout(20):
        while "1 of 2" not in str(screen(crm).query_one("#running", Static).visual):
            await crm.pilot.pause()
    await crm.pilot.press("escape")
    await crm.idle()
