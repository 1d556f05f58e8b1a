"""What `minicrm export` writes, `minicrm import` takes in without a word about it."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from tests.running import Inside


@pytest.fixture
def other(tmp_path: Path) -> str:
    """A file that is still to be made."""
    return str(tmp_path / "other.db")


def rows(text: str) -> list[dict[str, str]]:
    found = list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))
    return [{header: cell for header, cell in row.items() if header != "Card: Id"} for row in found]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_cards_of_a_module_are_the_same_in_another_file(crm: Inside, other: str, tmp_path: Path, form: str) -> None:
    crm("add", '"=1+1" @ Beta & fiii (Ion Șerban) 0722 000 222 12 RON > „Trimite" oferta 2026-12-20 9:30')
    out = tmp_path / f"cards.{form}"
    crm("export", "--format", form, "--module", "sales", "--out", str(out))
    done = crm("--db", other, "import", str(out), "--module", "sales")
    assert done.code == 0, done.err
    again = crm("--db", other, "export", "--format", "csv", "--module", "sales").out
    assert rows(again) == rows(crm("export", "--format", "csv", "--module", "sales").out)
    assert "=1+1" in crm("agenda", "--json").out


def test_importing_what_was_just_exported_changes_nothing(crm: Inside, tmp_path: Path) -> None:
    out, before = tmp_path / "cards.csv", crm("export", "--format", "json").out
    crm("export", "--format", "csv", "--module", "sales", "--out", str(out))
    assert crm("import", str(out), "--module", "sales").code == 0
    assert crm("export", "--format", "json").out == before


@pytest.mark.parametrize("version", ["3", "4"])
def test_a_firm_comes_back_as_a_firm_and_a_person_as_a_person(
    crm: Inside, other: str, tmp_path: Path, version: str
) -> None:
    out = tmp_path / "contacts.vcf"
    crm("export", "--format", "vcard", "--vcard-version", version, "--out", str(out))
    assert crm("--db", other, "import", str(out)).code == 0
    whole = json.loads(crm("--db", other, "export", "--format", "json").out)
    assert [each["name"] for each in whole["companies"]] == ["Acme SRL"]
    assert [each["name"] for each in whole["persons"]] == ["Ana Pop"]


def test_the_whole_is_the_same_in_another_file(crm: Inside, other: str, tmp_path: Path) -> None:
    out = tmp_path / "whole.json"
    crm("export", "--format", "json", "--out", str(out))
    assert crm("--db", other, "import", str(out)).code == 0
    assert crm("--db", other, "export", "--format", "json").out == out.read_text(encoding="utf-8")
    crm("--db", other, "add", "one more")
    assert "holds other data already" in crm("--db", other, "import", str(out)).refused()
