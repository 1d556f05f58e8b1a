"""What the README says is true."""

from __future__ import annotations

import importlib
import os
import pkgutil
import re
import shlex
import sys
import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from textual.app import App
from textual.binding import Binding
from textual.keys import _character_to_key
from textual.widget import Widget

import minicrm_tui
from minicrm_tui.domain.dates import parse_when
from minicrm_tui.domain.postponing import preset_due
from minicrm_tui.domain.records import Due
from minicrm_tui.domain.shop_file.reading import read_shop
from minicrm_tui.domain.shop_file.writing import write_shop
from minicrm_tui.paths import find_paths
from minicrm_tui.settings import KEYS, load_settings
from tests.running import Inside

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

NAMED = {"esc": "escape"}


def section(heading: str) -> str:
    """The text under a heading, up to the next one."""
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", README, re.S | re.M)
    assert found, heading
    return found[1]


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.S | re.M)


def first_cells(table: str) -> list[str]:
    """The words in code type of the first column."""
    cells = [line.split(" | ")[0] for line in table.splitlines() if line.startswith("| `")]
    return [word for cell in cells for word in re.findall(r"`([^`]+)`", cell)]


@cache
def bound_keys() -> set[str]:
    """Every key that any app, screen or widget of the program binds."""
    keys: set[str] = set()
    for module in pkgutil.walk_packages(minicrm_tui.__path__, "minicrm_tui."):
        if module.name.split(".")[1] in ("app", "screens", "widgets"):
            for thing in vars(importlib.import_module(module.name)).values():
                if isinstance(thing, type) and issubclass(thing, App | Widget):
                    keys |= {binding.key for binding in Binding.make_bindings(thing.BINDINGS)}
    return keys


def commands() -> Iterator[list[str]]:
    for block in blocks(section("Command line"), "sh"):
        yield from (shlex.split(line) for line in block.splitlines())


def test_there_is_one_command_that_runs_and_one_that_tests() -> None:
    one, other = blocks(README.split("\n## ")[0], "sh")
    assert one.strip().endswith(".venv/bin/minicrm demo")
    assert ".venv/bin/pytest" in other
    assert [len(command.splitlines()) for command in (one, other)] == [1, 1]


def test_the_checks_run_the_test_command_that_the_readme_gives() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    pattern = re.search(r"grep -E '([^']+)' README\.md", script)
    assert pattern
    found = [line for line in README.splitlines() if re.search(pattern[1], line)]
    assert found == [blocks(README.split("\n## ")[0], "sh")[1].strip()]


def test_the_command_and_the_least_python_are_those_of_the_package() -> None:
    assert PYPROJECT["project"]["scripts"] == {"minicrm": "minicrm_tui.__main__:main"}
    assert f"Python {PYPROJECT['project']['requires-python'].removeprefix('>=')} or newer" in README


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)#][^)]*)\)", README))))
def test_a_link_leads_somewhere(target: str) -> None:
    assert (ROOT / target).is_file()


@pytest.mark.parametrize("key", [key for key in first_cells(section("Keys").split("After `p`")[0]) if key != "…"])
def test_a_key_is_a_real_binding(key: str) -> None:
    wanted = NAMED.get(key, _character_to_key(key) if len(key) == 1 else key)
    known = bound_keys()
    assert {wanted, f"shift+{wanted.lower()}"} & known or key in known


@pytest.mark.parametrize("key", [key for key in first_cells(section("Keys").split("After `p`")[1]) if key != "…"])
def test_a_postponing_key_has_a_day(key: str, now: datetime) -> None:
    assert preset_due(key, Due(now.date() - timedelta(days=9)), now) is not None


@pytest.mark.parametrize("text", re.findall(r"`([^`]+)`", section("Keys").split("to type a date: ")[1]))
def test_a_date_of_the_readme_can_be_typed(text: str, now: datetime) -> None:
    assert parse_when(text, now).day >= now.date()


def test_the_settings_of_the_readme_are_all_the_settings_and_are_taken(tmp_path: Path) -> None:
    (text,) = blocks(section("Settings"), "toml")
    file = tmp_path / "config.toml"
    file.write_text(text, encoding="utf-8")
    settings = load_settings(file, {})
    assert set(tomllib.loads(text)) == set(KEYS)
    assert (settings.language, settings.currency, settings.bell) == ("ro", "RON", False)
    assert settings.keymap == {"task.done": "d,ctrl+x"}


@pytest.mark.skipif(sys.platform != "linux", reason="the README gives the places on Linux")
def test_the_files_are_where_the_readme_says(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(variable)
    paths = find_paths({})
    places = [
        str(place).replace(os.environ["HOME"], "~")
        for place in (paths.database, paths.settings, paths.log, paths.backups)
    ]
    assert [word for word in first_cells(section("Files")) if word.startswith("~")] == places


@pytest.mark.parametrize("sentence", re.findall(r'"… ([^"]+)"|"([^"…]+)"', section("Troubleshooting")), ids="".join)
def test_a_sentence_that_the_readme_explains_is_said(sentence: tuple[str, str]) -> None:
    assert any("".join(sentence) in path.read_text(encoding="utf-8") for path in (ROOT / "minicrm_tui").rglob("*.py"))


def test_the_shop_file_of_the_readme_is_taken() -> None:
    (text,) = blocks(section("Fitting it to your business"), "toml")
    [roofs] = read_shop(text)
    assert (roofs.called, len(roofs.statuses), roofs.fields[0].required_from) == ("Roofs", 5, "Measured")
    assert read_shop(write_shop([roofs])) == (roofs,)


def test_every_command_of_the_readme_works_in_their_order(
    inside: Inside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Files that the commands write are named as a person would, where they stand.
    monkeypatch.chdir(tmp_path)
    made = inside("demo", "--no-open", "--db", str(inside.database), "--cards", "250", "--seed", "1")
    assert made.code == 0, made.err
    agenda = inside("agenda", "--json").json
    one, other = [card for card in agenda["modules"][0]["cards"] if card["bucket"] == "expired"][:2]  # type: ignore[index]
    real = {"17": str(one["id"]), "5": str(one["next_task"]["id"]), "8": str(other["next_task"]["id"])}
    inside.settings.write_text(
        '[seller]\nname = "Nord Servicii SRL"\naddress = "Str. Lungă 1, Brașov"\n', encoding="utf-8"
    )
    real |= papers(inside)
    for command in commands():
        assert command[0] == "minicrm"
        done = inside(*(real.get(word, word) for word in command[1:]))
        assert done.code == 0, f"{shlex.join(command)}: {done.err}"


def papers(inside: Inside) -> dict[str, str]:
    """The numbers of the README, and those of the demo that can be done with what it does with them."""

    def first(*asked: str, key: str = "number") -> str:
        found = inside(*asked, "--json").json["documents"]
        assert isinstance(found, list)
        return str(found[0][key])

    return {
        "21": first("order", "list", "--status", "draft", key="id"),
        "23": first("document", "list", "--status", "to_be_issued", key="id"),
        "INV-2026-EUR/00001": first("document", "list", "--kind", "invoice", "--status", "paid"),
        "INV-2026-EUR/00002": first("document", "list", "--kind", "invoice", "--status", "issued"),
    }


@pytest.mark.parametrize(
    "command",
    [
        *("agenda", "add", "card show", "card set", "task add", "task done", "task postpone", "note add"),
        *("contact list", "contact show", "contact add", "contact merge"),
        *(
            f"order {does}"
            for does in ("list", "show", "finalise", "edit", "complete", "pay", "cancel", "invoice", "pdf")
        ),
        *(f"document {does}" for does in ("list", "show", "issue", "accept", "reject", "pay", "cancel", "pdf")),
        *("undo", "redo", "modules", "where", "demo", "export", "import", "backup", "backups", "restore", "doctor"),
    ],
)
def test_every_command_has_a_help_with_an_example(command: str, inside: Inside) -> None:
    done = inside(*command.split(), "--help")
    assert done.code == 0
    assert f"minicrm {command}" in done.out.split("usage:", 1)[-1].split("\n", 1)[-1]
