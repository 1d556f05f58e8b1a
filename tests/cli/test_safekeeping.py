"""Backups and the doctor on the command line."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.running import Inside


@pytest.fixture
def filled(inside: Inside) -> Inside:
    inside("add", "Acme > call tomorrow")
    return inside


def test_a_backup_is_made_listed_and_restored(filled: Inside, tmp_path: Path) -> None:
    assert filled("backups").out.startswith("There is no backup in ")
    assert filled("backup").out.startswith("Written: ")
    (backup,) = json.loads(filled("backups", "--json").out)["backups"]
    assert (backup["reason"], Path(backup["path"]).stat().st_size) == ("by-hand", backup["bytes"])
    assert Path(backup["path"]).name in filled("backups").out
    filled("add", "Made after the backup")
    restored = filled("restore", Path(backup["path"]).name)
    assert (restored.code, restored.err) == (0, "")
    assert "is kept as" in restored.out
    agenda = filled("agenda").out
    assert "Acme" in agenda
    assert "Made after the backup" not in agenda
    assert len(list(filled.database.parent.glob("*.before-restore-*"))) == 1


def test_a_backup_goes_where_it_is_asked_for_and_overwrites_nothing(filled: Inside, tmp_path: Path) -> None:
    target = tmp_path / "copies" / "crm.db"
    assert filled("backup", str(target)).code == 0
    again = filled("backup", str(target))
    assert (again.code, "is there already" in again.err) == (1, True)
    assert filled("--db", str(target), "agenda").out == filled("agenda").out


def test_without_a_data_file_there_is_nothing_to_copy_or_examine(inside: Inside) -> None:
    for command in ("backup", "doctor"):
        done = inside(command)
        assert (done.code, "There is no data file" in done.err) == (2, True)
        assert not inside.database.exists()


def test_the_doctor_says_what_is_wrong_and_mends_it(filled: Inside) -> None:
    filled("backup")
    assert filled("doctor").out == "Everything is in order.\n"
    with closing(sqlite3.connect(filled.database)) as conn, conn:
        conn.execute("UPDATE card SET sort_key = 5")
    sick = filled("doctor")
    assert sick.code == 1
    assert "1 card is not kept with its tasks" in sick.out
    assert "--fix" in sick.err
    report = filled("doctor", "--json")
    assert json.loads(report.out)["findings"][0]["key"] == "cards"
    mended = filled("doctor", "--fix")
    assert (mended.code, mended.err) == (0, "")
    assert mended.out.startswith("mended: 1 card")
    assert json.loads(filled("doctor", "--json").out) == {"ok": True, "findings": [], "mended": []}


def test_what_is_no_backup_is_refused(filled: Inside, tmp_path: Path) -> None:
    text = tmp_path / "diary.txt"
    text.write_text("Dear diary")
    done = filled("restore", str(text))
    assert (done.code, "is not a data file of this program" in done.err) == (2, True)
    assert "Acme" in filled("agenda").out
    assert filled("restore", "no such backup").code == 1
