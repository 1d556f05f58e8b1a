"""`minicrm modules export` and `import`: a set-up given to a colleague."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest

from tests.running import Inside

OFFERS = """
format = 1
[[module]]
kind = "projects"
[[module.status]]
group = "lead"
key = "idea"
[[module.status]]
group = "open"
name = "Offer"
[[module.status]]
group = "success"
key = "completed"
[[module.status]]
group = "failed"
key = "cancelled"
[[module]]
kind = "partners"
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    path = tmp_path / "shop.toml"
    path.write_text(OFFERS, encoding="utf-8")
    return path


def test_what_is_exported_can_be_imported_and_changes_nothing(crm: Inside, tmp_path: Path) -> None:
    out = tmp_path / "all.toml"
    assert crm("modules", "export", "--out", str(out)).out == f"{out}\n"
    text = out.read_text(encoding="utf-8")
    assert crm("modules", "export").out == text
    assert [each["kind"] for each in tomllib.loads(text)["module"]] == [
        *("sales", "orders", "invoicing", "projects", "helpdesk"),
    ]
    done = crm("modules", "import", str(out))
    assert [line.rpartition(": ")[2] for line in done.out.splitlines()] == ["unchanged"] * 5
    assert "already there" in crm("modules", "export", "--out", str(out)).refused()
    assert crm("modules", "export", "projects", "--out", str(out), "--force").code == 0
    assert [each["kind"] for each in tomllib.loads(out.read_text(encoding="utf-8"))["module"]] == ["projects"]
    assert "sails" in crm("modules", "export", "sails").refused()


def test_a_dry_run_says_what_would_be_done_and_does_nothing(crm: Inside, shop: Path) -> None:
    before = crm("modules").out
    tried = crm("modules", "import", str(shop), "--dry-run")
    assert (tried.code, tried.err) == (0, "")
    assert "Projects (projects): would be changed\n  status “Offer” is new, in “Open”\n" in tried.out
    assert "Partners (partners): would be installed\n  Lead: Potential\n" in tried.out
    assert tried.out.endswith("Only tried: nothing was changed.\n")
    assert crm("modules").out == before


def test_an_import_is_one_undo_step(crm: Inside, shop: Path) -> None:
    before = crm("modules", "export").out
    done = crm("modules", "import", str(shop), "--json")
    assert done.json["dry_run"] is False
    assert [each["result"] for each in done.json["modules"]] == ["changed", "installed"]  # type: ignore[attr-defined]
    assert {"what": "status.added", "name": "Offer"}.items() <= done.json["modules"][0]["changes"][0].items()  # type: ignore[index]
    assert "set-up of 2 modules" in crm("undo").out
    assert crm("modules", "export").out == before


def test_cards_go_where_it_is_said(crm: Inside, shop: Path) -> None:
    shop.write_text(OFFERS.replace('key = "idea"', 'name = "Wish"'), encoding="utf-8")
    refused = crm("modules", "import", str(shop), "--dry-run")
    assert (refused.code, refused.out) == (1, "")
    assert "the status “Idea” is not in the file, and has 1 card." in refused.err
    assert '--status-map "Projects: Idea=Wish"' in refused.err
    assert refused.err.splitlines()[-1] == "Nothing was changed."
    assert "does not say which status" in crm("modules", "import", str(shop), "--status-map", "Idea").refused()
    done = crm("modules", "import", str(shop), "--status-map", "Projects: Idea=Offer")
    assert "its 1 card goes to “Offer”" in done.out
    assert "Offer" in crm("card", "show", "2").out


def test_every_problem_of_a_file_has_a_line(crm: Inside, shop: Path) -> None:
    shop.write_text(OFFERS.replace('"open"', '"opn"').replace('"partners"', '"partner"'), encoding="utf-8")
    ran = crm("modules", "import", str(shop))
    assert ran.code == 1
    assert ran.err.splitlines() == [
        "minicrm: 2 things are wrong in the file:",
        "  module “Projects”, status 2 (“Offer”): wrong value for “group”: opn. Did you mean “open”?",
        "  module 2: wrong value for “kind”: partner. Did you mean “partners”?",
        "Nothing was changed.",
    ]


def test_a_new_file_begins_with_the_modules_of_the_shop_file(inside: Inside, shop: Path) -> None:
    assert inside("modules", "import", str(shop)).code == 0
    assert [line.split()[1] for line in inside("modules").out.splitlines()] == ["Projects", "Partners"]
    assert "Nothing to undo" in inside("undo").refused()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\xff\xfe", "is not UTF-8 text"),
        (b"#" * 1_000_001, "1 MB at most"),
        (b"format = 1\n[[module]\n", "is not TOML"),
        (b"format = 9", "a newer version"),
        (b"", "no shop file"),
    ],
    ids=["bytes", "large", "toml", "newer", "empty"],
)
def test_a_file_that_is_none_is_a_sentence(inside: Inside, shop: Path, data: bytes, why: str) -> None:
    shop.write_bytes(data)
    assert why in inside("modules", "import", str(shop)).refused()
    assert not inside.database.exists()


def test_only_a_file_is_read(inside: Inside, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name, why in (("pipe", "not a file"), (".", "not a file"), ("missing", "there is no such place")):
        assert why in inside("modules", "import", str(tmp_path / name)).refused()


def test_standard_input_is_read_too(inside: Inside, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with shop.open(encoding="utf-8") as file:
        monkeypatch.setattr("sys.stdin", file)
        assert "Partners (partners): installed" in inside("modules", "import", "-").out
    with shop.open("wb") as file:
        file.write(b"\xef\xbb\xbf\xff")
    with shop.open(encoding="utf-8", errors="surrogateescape") as file:
        monkeypatch.setattr("sys.stdin", file)
        assert "is not UTF-8 text" in inside("modules", "import", "-").refused()


def test_modules_alone_lists_them_still(crm: Inside) -> None:
    assert len(crm("modules").out.splitlines()) == 5
    assert len(crm("modules", "--json").json["modules"]) == 5  # type: ignore[arg-type]
    for inner in ("export", "import"):
        assert "example: minicrm modules" in crm("modules", inner, "--help").out
