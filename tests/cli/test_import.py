"""`minicrm import`: what it says, what it takes in, what it refuses; and our own files, out and in again."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from minicrm_tui.cli.importing import PROFILES
from minicrm_tui.exchange.importing.profiles import Program
from tests.running import Inside

FILES = Path(__file__).parents[1] / "data" / "imports"


def csv(folder: Path, *lines: str, name: str = "deals.csv") -> str:
    path = folder / name
    path.write_text("\n".join((*lines, "")), encoding="utf-8")
    return str(path)


def query(database: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database)) as conn:
        return [tuple(row) for row in conn.execute(sql)]


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_it_says_what_the_file_was_taken_for_and_what_came_of_it(inside: Inside) -> None:
    ran = inside("import", str(FILES / "hubspot-deals.csv"))
    assert ran.code == 0, ran
    lines = plain(ran.out).splitlines()
    assert lines[0] == "hubspot-deals.csv: HubSpot, cards · into Sales · utf-8-sig, cells parted by “,” · 3 rows"
    assert "Deal Name → Card: Name" in lines[1]
    assert lines[2] == "Not imported: Record ID, Pipeline, Deal owner"
    assert lines[4:] == ["Made: 2 companies, 3 persons, 3 cards, 1 task", "Known contacts: 1 company, 1 person"]
    assert inside("undo").out == "Undone: import: hubspot-deals.csv\n"
    assert query(inside.database, "SELECT count(*) FROM card") == [(0,)]


def test_a_second_time_there_is_nothing_to_do_and_nothing_to_undo(inside: Inside) -> None:
    inside("import", str(FILES / "hubspot-deals.csv"))
    assert "There already, skipped: 3 cards" in plain(inside("import", str(FILES / "hubspot-deals.csv")).out)
    inside("undo")
    assert inside("undo").refused() == "minicrm: Nothing to undo."


def test_a_dry_run_writes_nothing_and_says_so_in_json_too(inside: Inside) -> None:
    ran = inside("import", str(FILES / "pipedrive-deals.csv"), "--dry-run", "--json")
    assert (ran.json["dry_run"], ran.json["profile"], ran.json["subject"]) == (True, "pipedrive", "cards")
    counts = ran.json["counts"]
    assert isinstance(counts, dict)
    assert counts["card"] == {"made": 4, "updated": 0, "skipped": 0, "matched": 0}
    columns = ran.json["columns"]
    assert isinstance(columns, list)
    assert columns[1] == {
        "header": "Deal - Title",
        "field": "Card: Name",
        "samples": ["Roof repair", "Solar [/red] park", "Fence"],
    }
    assert query(inside.database, "SELECT count(*) FROM card") == [(0,)]
    assert "This was a dry run: nothing was changed." in inside("import", str(FILES / "linkedin.csv"), "--dry-run").out


def test_rows_with_errors_are_named_and_can_be_mended_and_imported_alone(inside: Inside, tmp_path: Path) -> None:
    path = csv(
        tmp_path, "Deal name;Company;Amount;Close date", "Roof;Acme;12,5;", "Wall;Acme;x;32.01.2026", "Door;Acme;7;"
    )
    ran = inside("import", path)
    lines = plain(ran.out).splitlines()
    assert "1 row has errors:" in lines
    assert "  deals.csv, row 3, column “Amount”: “x” is not an amount." in lines
    assert "  deals.csv, row 3, column “Close date”: “32.01.2026” is not a date." in lines
    rejected = tmp_path / "deals.csv.rejected.csv"
    assert lines[-1] == f"They are in {rejected}: mend them there, and import that file."
    text = rejected.read_text(encoding="utf-8")
    assert text.splitlines()[0] == "Deal name;Company;Amount;Close date;Reason"
    rejected.write_text(text.replace(";x;32.01", ";9;31.01"), encoding="utf-8")
    assert "Made: 1 card" in plain(inside("import", str(rejected)).out)
    assert [name for (name,) in query(inside.database, "SELECT name FROM card ORDER BY id")] == ["Roof", "Door", "Wall"]


def test_rejected_rows_never_overwrite_a_file(inside: Inside, tmp_path: Path) -> None:
    path = csv(tmp_path, "Deal name,Company,Amount", "Roof,Acme,x")
    for name in ("deals.csv.rejected.csv", "deals.csv.rejected-2.csv", "deals.csv.rejected-3.csv"):
        inside("import", path)
        assert (tmp_path / name).exists()


def test_a_folder_that_can_not_be_written_refuses_the_whole(
    inside: Inside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = csv(tmp_path, "Deal name,Company,Amount", "Roof,Acme,x", "Wall,Acme,2")

    def full(*_arguments: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("minicrm_tui.transfer.imports.write_whole", full)
    assert "the disk is full); nothing was imported." in inside("import", path).refused()
    assert query(inside.database, "SELECT count(*) FROM card") == [(0,)]


def test_a_mapping_and_statuses_by_hand_are_remembered_for_the_next_file(inside: Inside, tmp_path: Path) -> None:
    first = csv(tmp_path, "Bezeichnung;Kunde;Lage", "Dach;Bau GmbH;wartet")
    assert "No column was recognised" in inside("import", first).refused()
    maps = ("--map", "Bezeichnung=Card: Name", "--map", "Kunde=Company: Name", "--map", "Lage=Card: Status")
    assert "does not know these statuses: “wartet” (1 row)." in inside("import", first, *maps).refused()
    assert inside("import", first, *maps, "--status-map", "wartet=in progress").code == 0
    second = csv(tmp_path, "Bezeichnung;Kunde;Lage", "Tor;Bau GmbH;Wartet", name="next.csv")
    ran = inside("import", second)
    assert ran.code == 0, ran
    assert "The mapping that was saved for these headers was used." in ran.out
    assert query(inside.database, "SELECT name, sales_status FROM card ORDER BY id") == [
        ("Dach", "in_progress"),
        ("Tor", "in_progress"),
    ]


def test_a_broken_file_of_mappings_is_refused_with_what_to_do(inside: Inside, tmp_path: Path) -> None:
    inside.settings.with_name("mappings.json").write_text("{", encoding="utf-8")
    said = inside("import", str(FILES / "linkedin.csv")).refused()
    assert said.endswith("mappings.json can't be read (it is not JSON). Take the file away; it is made again.")


def test_a_module_that_is_named_makes_cards_of_contacts(inside: Inside) -> None:
    ran = inside("import", str(FILES / "minicrm-hungarian-unaccented.csv"), "--module", "sales")
    assert "Made: 1 company, 1 person, 1 card" in plain(ran.out)
    assert query(inside.database, "SELECT name FROM card") == [("Toth Kft (Toth Anna)",)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("none.csv",), "none.csv: it can't be read (there is no such place)."),
        ((str(FILES),), "imports: this is a folder."),
        ((str(FILES / "hubspot-deals.csv"), "--module", "orders"), "Cards can't be imported into Orders"),
        ((str(FILES / "hubspot-deals.csv"), "--module", "nope"), "There is no module “nope”."),
        ((str(FILES / "hubspot-deals.csv"), "--map", "Deal=Card: Name"), "There is no column “Deal”."),
        ((str(FILES / "hubspot-deals.csv"), "--status-map", "Closed Won=nope"), "Sales has no status “nope”."),
    ],
)
def test_what_can_not_be_is_refused_in_a_sentence(
    inside: Inside, five_modules: None, arguments: tuple[str, ...], said: str
) -> None:
    assert said in inside("import", *arguments).refused()
    assert query(inside.database, "SELECT count(*) FROM action") == [(0,)]


@pytest.mark.parametrize("arguments", [(), ("x.csv", "--map", "x"), ("x.csv", "--on-duplicate", "merge"), ("",)])
def test_wrong_arguments_end_with_the_usage(inside: Inside, arguments: tuple[str, ...]) -> None:
    assert inside("import", *arguments).code == 2


def test_the_settings_say_how_much_is_read(inside: Inside, tmp_path: Path) -> None:
    inside.settings.write_text("import_rows = 2\n", encoding="utf-8")
    path = csv(tmp_path, "Deal name,Company", "A,Acme", "B,Acme", "C,Acme")
    assert "deals.csv: it has more than 2 rows. Split it, or raise “import_rows”" in inside("import", path).refused()


def test_the_profiles_of_the_arguments_are_those_that_there_are() -> None:
    assert tuple(program.value for program in Program) == PROFILES


def test_a_backup_is_made_before_an_import_and_none_before_a_dry_run(inside: Inside) -> None:
    inside("import", str(FILES / "linkedin.csv"), "--dry-run")
    backups = inside.home / ".local" / "share" / "minicrm" / "backups"
    assert list(backups.rglob("*import*")) == []
    inside("import", str(FILES / "linkedin.csv"))
    assert len(list(backups.rglob("*import*.db"))) == 1


# --- our own files


SALES = (
    "SELECT name, amount, currency, sales_status, qualification, decided, expected_close, created_at FROM card"
    " ORDER BY name"
)
PEOPLE = "SELECT kind, value FROM channel ORDER BY kind, value"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_exported_as_a_spreadsheet_comes_back(inside: Inside, tmp_path: Path, form: str) -> None:
    inside.settings.write_text('country = "RO"\n', encoding="utf-8")
    inside("import", str(FILES / "pipedrive-deals.csv"))
    inside("import", str(FILES / "pipedrive-people.csv"), "--on-duplicate", "update")
    out = tmp_path / f"ours.{form}"
    assert inside("export", "--format", form, "--module", "sales", "--out", str(out)).code == 0
    other = tmp_path / "other.db"
    ran = inside("import", str(out), MINICRM_DB=str(other))
    assert ran.code == 0, ran
    assert "rows have errors" not in ran.out
    assert [row[:7] for row in query(other, SALES)] == [row[:7] for row in query(inside.database, SALES)]
    again = inside("import", str(out), MINICRM_DB=str(other))
    assert "There already, skipped: 4 cards" in plain(again.out)


def test_our_own_vcards_come_back(inside: Inside, tmp_path: Path) -> None:
    inside("import", str(FILES / "pipedrive-people.csv"))
    out, other = tmp_path / "ours.vcf", tmp_path / "other.db"
    assert inside("export", "--format", "vcard", "--out", str(out)).code == 0
    assert inside("import", str(out), MINICRM_DB=str(other)).code == 0
    assert query(other, PEOPLE) == query(inside.database, PEOPLE)


def test_our_own_json_comes_back_whole_and_is_not_mapped(inside: Inside, tmp_path: Path) -> None:
    inside("import", str(FILES / "pipedrive-deals.csv"))
    out, other = tmp_path / "ours.json", tmp_path / "other.db"
    assert inside("export", "--format", "json", "--out", str(out)).code == 0
    assert "nothing of it is mapped or tried" in inside("import", str(out), "--dry-run").refused()
    assert "Imported whole: " in inside("import", str(out), MINICRM_DB=str(other)).out
    assert query(other, SALES) == query(inside.database, SALES)
    foreign = tmp_path / "foreign.json"
    foreign.write_text(json.dumps({"deals": [1]}), encoding="utf-8")
    said = "foreign.json: this JSON is of another program. Save it as CSV there."
    assert said in inside("import", str(foreign)).refused()
    assert said in inside("import", str(foreign), "--dry-run").refused()


def test_rows_that_a_person_maps_to_cards_are_called_cards(inside: Inside) -> None:
    plainly = inside("import", str(FILES / "plain-unknown.csv"), "--map", "Bezeichnung=Card: Name", "--dry-run")
    assert "plain-unknown.csv: a plain table, cards · into Sales" in plain(plainly.out)


def test_our_own_file_of_several_modules_goes_into_none_of_them(inside: Inside, tmp_path: Path) -> None:
    """Where their statuses are called alike, nobody would notice."""
    assert inside("demo", "--no-open", "--db", str(inside.database), "--cards", "60").code == 0
    everything, projects = tmp_path / "all.csv", tmp_path / "projects.csv"
    assert inside("export", "--format", "csv", "--out", str(everything)).code == 0
    refused = inside("import", str(everything), "--dry-run")
    assert (refused.code, "the cards of several modules: Sales, Orders" in refused.err) == (1, True)
    assert inside("export", "--format", "csv", "--module", "projects", "--out", str(projects)).code == 0
    assert "These are cards of “Projects”; they go into Sales." in inside("import", str(projects), "--dry-run").out
    assert "These are cards of" not in inside("import", str(projects), "--module", "projects", "--dry-run").out


def test_a_second_column_of_one_field_is_told(inside: Inside, tmp_path: Path) -> None:
    table = tmp_path / "twice.csv"
    table.write_text("Card: Name,Name\nRoof,Other roof\n", encoding="utf-8")
    ran = inside("import", str(table), "--map", "Name=Card: Name", "--dry-run")
    assert "Name: “Card: Name” has another column above: this one counts only where that is empty." in ran.out
