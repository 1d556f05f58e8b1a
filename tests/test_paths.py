"""Where the program keeps its files."""

from __future__ import annotations

from pathlib import Path

import pytest

from minicrm_tui.paths import file_alone, find_paths


def test_the_platform_decides_where_nothing_is_said() -> None:
    places = find_paths({})
    home = Path.home()
    assert places.database == home / ".local/share/minicrm/minicrm.db"
    assert places.settings == home / ".config/minicrm/config.toml"
    assert places.log.is_relative_to(home / ".local/state/minicrm")
    assert places.backups == home / ".local/share/minicrm/backups"


def test_the_environment_names_the_file() -> None:
    assert find_paths({"MINICRM_DB": "/data/crm.db"}).database == Path("/data/crm.db")


def test_the_option_wins_over_the_environment() -> None:
    assert find_paths({"MINICRM_DB": "/data/crm.db"}, Path("/tmp/mine.db")).database == Path("/tmp/mine.db")


@pytest.mark.parametrize("empty", ["", "  "])
def test_an_empty_variable_is_none(empty: str) -> None:
    assert find_paths({"MINICRM_DB": empty}).database == find_paths({}).database


def test_a_home_that_no_shell_expanded_is_found() -> None:
    assert find_paths({"MINICRM_DB": "~/crm.db"}).database == Path.home() / "crm.db"


def test_a_relative_name_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_paths({}, Path("crm.db")).database == tmp_path / "crm.db"


def test_looking_for_the_places_makes_nothing() -> None:
    places = find_paths({})
    assert not places.database.parent.exists()
    assert not places.settings.parent.exists()
    assert not places.log.parent.exists()


@pytest.mark.parametrize(
    ("arguments", "file"),
    [
        (("--db", "crm.db"), Path("crm.db")),
        ((), None),
        (("--db",), None),
        (("--db", " "), None),
        (("--db", "--help"), None),
        (("--db", "crm.db", "agenda"), None),
        (("agenda", "--db", "crm.db"), None),
    ],
)
def test_a_file_alone_is_known_without_the_commands(arguments: tuple[str, ...], file: Path | None) -> None:
    assert file_alone(arguments) == file
