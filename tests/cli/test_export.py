"""`minicrm export`: to standard output, into files, of some cards or all; and the calendar of the settings."""

from __future__ import annotations

import csv
import errno
import json
import os
import stat
from io import StringIO
from pathlib import Path

import pytest
import vobject
from icalendar import Calendar
from openpyxl import load_workbook

from tests.running import Inside


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))


def names(text: str) -> list[str]:
    return [row["Card: Name"] for row in rows(text)]


def test_csv_of_all_of_a_module_and_of_a_bucket(crm: Inside) -> None:
    assert names(crm("export", "--format", "csv").out) == ["Roof", "Floor"]
    assert names(crm("export", "--format", "csv", "--module", "projects", "--out", "-").out) == ["Floor"]
    assert names(crm("export", "--format", "csv", "--bucket", "tomorrow").out) == ["Roof"]
    assert names(crm("export", "--format", "csv", "--bucket", "no-task", "--module", "sales").out) == []


def test_trashed_cards_are_in_the_json_alone(crm: Inside) -> None:
    crm("undo")
    whole = json.loads(crm("export", "--format", "json").out)
    assert [card["name"] for card in whole["cards"]] == ["Roof"]
    assert whole["minicrm"]["format"] == 1
    assert whole["cards"][0]["amount"] == 450000


def test_contacts_and_tasks(crm: Inside) -> None:
    contacts = list(vobject.readComponents(crm("export", "--format", "vcard").out))
    assert [contact.fn.value for contact in contacts] == ["Acme SRL", "Ana Pop"]
    assert "VERSION:4.0" in crm("export", "--format", "vcard", "--vcard-version", "4").out
    calendar = Calendar.from_ical(crm("export", "--format", "ics").out)
    assert [str(each["SUMMARY"]) for each in calendar.walk("VEVENT")] == ["call Ana — Roof"]


def test_a_workbook_goes_into_a_file(crm: Inside, tmp_path: Path) -> None:
    assert "Name it with --out FILE" in crm("export", "--format", "xlsx").refused()
    out = tmp_path / "new" / "book.xlsx"
    assert crm("export", "--format", "xlsx", "--out", str(out)).out == f"{out}\n"
    assert load_workbook(out)["Sales"]["C2"].value == "Roof"
    assert stat.S_IMODE(os.stat(out).st_mode) == 0o600


def test_a_file_that_is_there_stays_unless_it_is_said(crm: Inside, tmp_path: Path) -> None:
    out = tmp_path / "cards.csv"
    out.write_text("mine")
    assert "It was not overwritten" in crm("export", "--format", "csv", "--out", str(out)).refused()
    assert out.read_text() == "mine"
    assert crm("export", "--format", "csv", "--out", str(out), "--force").code == 0
    assert names(out.read_text(encoding="utf-8")) == ["Roof", "Floor"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--format", "json", "--module", "sales"), "JSON holds everything"),
        (("--format", "csv", "--module", "zoo"), "There is no module"),
        (("--format", "csv", "--bucket", "todey"), "Did you mean “today”?"),
        (("--format", "csv", "--out", "/proc/nowhere/x.csv"), "can't be written: there is no such place"),
        (("--format", "csv", "--out", "/dev/null", "--force"), "/dev/null is no file"),
        (("--format", "csv", "--out", "/tmp", "--force"), "/tmp is no file"),
    ],
)
def test_what_can_not_be_is_refused(crm: Inside, arguments: tuple[str, ...], said: str) -> None:
    assert said in crm("export", *arguments).refused()


def test_a_full_disk_leaves_nothing(crm: Inside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    out = tmp_path / "out" / "cards.csv"
    assert "the disk is full" in crm("export", "--format", "csv", "--out", str(out)).refused()
    assert list(out.parent.iterdir()) == []


def test_the_calendar_of_the_settings_follows_the_commands_that_write(crm: Inside, tmp_path: Path) -> None:
    calendar = tmp_path / "tasks.ics"
    crm.settings.write_text(f'country = "RO"\ncalendar_file = "{calendar}"\n')
    crm("agenda")
    assert not calendar.exists()
    crm("task", "add", "2", "Measure fri 9:00")
    assert "SUMMARY:Measure — Floor" in calendar.read_text()
    crm("undo")
    assert "Measure" not in calendar.read_text()


def test_a_calendar_that_can_not_be_written_does_not_undo_what_was_done(crm: Inside, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    crm.settings.write_text(f'calendar_file = "{tmp_path}/file/tasks.ics"\n')
    done = crm("task", "add", "2", "Measure fri 9:00")
    assert done.code == 0
    assert done.out.startswith("Added: ")
    assert "tasks.ics can't be written: it leads through a file" in done.err
