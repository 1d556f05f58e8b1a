"""Help, wrong usage, and what keeps the program from starting."""

from __future__ import annotations

import os
import pty
import re
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from minicrm_tui.demo import write_demo
from minicrm_tui.store import preflight
from tests.conftest import MONDAY_MORNING
from tests.running import Inside

from .conftest import TIMEOUT, MiniCRM

COMMANDS = [
    [],
    ["demo"],
    ["agenda"],
    ["add"],
    *(["card"], ["card", "show"], ["card", "set"]),
    *(["task"], ["task", "add"], ["task", "done"], ["task", "postpone"]),
    *(["note"], ["note", "add"]),
    *(["contact"], ["contact", "list"], ["contact", "show"], ["contact", "add"], ["contact", "merge"]),
    ["undo"],
    ["redo"],
    ["modules"],
    ["where"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_each_command_has_help_with_an_example(inside: Inside, command: list[str]) -> None:
    ran = inside(*command, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(" ".join(["usage: minicrm", *command]))
    assert re.search(" ".join(["example: minicrm", *command]), ran.out)
    assert not inside.database.exists()


def test_help_is_translated_argparse_s_own_words_too(minicrm: MiniCRM) -> None:
    english, romanian = minicrm("task", "--help").out, minicrm("task", "--help", LANG="ro_RO.UTF-8").out
    lines = {line.strip() for line in english.splitlines()} & {line.strip() for line in romanian.splitlines()}
    assert lines <= {"", "minicrm task postpone 5 +3"}


def test_what_stands_for_a_value_is_translated_in_the_help(inside: Inside) -> None:
    ran = inside("task", "postpone", "--help", LANG="ro_RO.UTF-8")
    assert ran.out.startswith("utilizare: minicrm task postpone [-h] [--db FIȘIER] ID_SARCINĂ CÂND\n")


def test_the_version_is_one_line(minicrm: MiniCRM) -> None:
    assert re.fullmatch(r"minicrm \d+\.\d+\.\d+\n", minicrm("--version").out)


@pytest.mark.parametrize(
    "arguments",
    [
        ["agendaa"],
        ["task"],
        ["task", "done"],
        ["task", "done", "x"],
        ["task", "done", "1.5"],
        ["task", "done", "-1"],
        ["task", "done", "1", "--outcome", "great"],
        ["task", "add", "1"],
        ["task", "postpone", "1"],
        ["add"],
        ["add", "a", "b"],
        ["agenda", "--nope"],
        ["agenda", "--mod", "sales"],
        ["undo", "1"],
        ["--db", "", "undo"],
        ["demo", "--cards", "0"],
        ["demo", "--cards", "1000001"],
        ["demo", "--cards", "many"],
        ["demo", "--seed", "x"],
        ["demo", "--no-open"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_2(inside: Inside, arguments: list[str]) -> None:
    ran = inside(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "minicrm" in ran.err
    assert "Traceback" not in ran.err
    assert not inside.database.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["add", ""],
        ["add", "   "],
        ["add", "Acme > call 30 feb"],
        ["add", "Acme > call 25:61"],
        ["add", "Acme > call 2026-13-01"],
        ["add", "Acme > "],
        ["add", "Acme -1"],
        ["add", "Acme 1e999"],
        ["add", "Acme 5 EUR 6 RON"],
        ["add", "x" * 201],
        ["add", "Acme > " + "x" * 501],
        ["task", "add", "99", "call"],
        ["task", "add", "99999999999999999999999", "call"],
        ["task", "add", "1", "30 feb"],
        ["task", "done", "99"],
        ["task", "done", "99999999999999999999999"],
        ["task", "postpone", "99", "+3"],
        ["task", "postpone", "1", "soonish"],
        ["task", "postpone", "1", "1.1.2020"],
        ["agenda", "--module", ""],
        ["agenda", "--module", "9" * 50],
        ["agenda", "--bucket", ""],
        ["agenda", "--bucket", "yesterday"],
    ],
    ids=lambda arguments: " ".join(arguments)[:40],
)
def test_what_a_rule_refuses_is_1_and_one_sentence(inside: Inside, arguments: list[str]) -> None:
    assert inside("add", "First > call tomorrow").code == 0
    before = inside("agenda", "--json").out
    assert len(inside(*arguments).refused()) > len("minicrm: ")
    assert inside("agenda", "--json").out == before


@pytest.mark.parametrize(
    "name",
    [
        "Bob [/red] Ltd",
        "100%s %d {0} {name}",
        "Robert'); DROP TABLE card;--",
        '"Studio 54"',
        "日本語の会社",
        "שלום עולם",
        "e\u0301cole",
        "a\x1b[31mred\x1b[0m\x07b",
        "tab\tand\nnewline",
        "🧑‍💻 emoji",
        os.fsdecode(b"broken \xff byte"),
    ],
)
def test_any_text_is_a_name(inside: Inside, name: str) -> None:
    ran = inside("add", name)
    assert (ran.code, ran.err) == (0, "")
    shown = inside("agenda")
    assert shown.code == 0
    assert "\x1b" not in shown.out
    assert inside("agenda", "--json").code == 0
    assert inside("undo").code == 0


# --- can't start


def test_the_app_needs_a_terminal(minicrm: MiniCRM) -> None:
    assert "terminal" in minicrm().refused(2)
    assert "terminal" in minicrm("demo").refused(2)
    assert not minicrm.database.exists()


def test_a_file_that_is_no_database_is_refused(inside: Inside) -> None:
    inside.database.write_text("Dear diary, " * 1000)
    before = inside.database.read_bytes()
    assert str(inside.database) in inside("agenda").refused(2)
    assert inside("add", "Acme").code == 2
    assert inside.database.read_bytes() == before


def test_another_program_s_database_is_refused(inside: Inside) -> None:
    with sqlite3.connect(inside.database) as other:
        other.execute("CREATE TABLE recipes (name)")
    other.close()
    assert "not a data file" in inside("add", "Acme").refused(2)


def test_a_newer_version_s_file_is_refused(inside: Inside) -> None:
    inside("add", "Acme")
    with sqlite3.connect(inside.database) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    file.close()
    assert "newer" in inside("agenda").refused(2)


def test_a_folder_is_refused(inside: Inside) -> None:
    inside.database.mkdir()
    assert "folder" in inside("agenda").refused(2)


def test_a_place_that_can_be_no_folder_is_refused(inside: Inside, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert inside("add", "Acme", "--db", str(tmp_path / "file" / "crm.db")).refused(2)


def test_a_read_only_file_is_refused(inside: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    """By what `os.access` says: root, as which tests may run, is forbidden nothing."""
    inside("add", "Acme")
    monkeypatch.setattr(os, "access", lambda _path, mode: not mode & os.W_OK)
    assert inside("add", "Beta").refused(2)


def test_a_locked_file_is_refused_after_five_seconds(inside: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    assert preflight.BUSY_SECONDS == 5
    monkeypatch.setattr(preflight, "BUSY_SECONDS", 0.1)
    inside("add", "Acme")
    other = sqlite3.connect(inside.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert inside("agenda").code == 0, "what others have written can be read"
    assert "Another program" in inside("add", "Beta").refused()
    other.execute("ROLLBACK")
    other.close()
    assert inside("add", "Beta").code == 0


@pytest.mark.parametrize("arguments", [["agenda"], ["add", "Acme"], []], ids=["agenda", "add", "app"])
def test_broken_settings_stop_everything(inside: Inside, arguments: list[str]) -> None:
    inside.settings.write_text('langage = "ro"')
    said = inside(*arguments).refused(2)
    assert str(inside.settings) in said
    assert "language" in said
    assert not inside.database.exists()


def test_broken_settings_can_still_be_found(inside: Inside) -> None:
    inside.settings.write_text('langage = "ro"')
    ran = inside("where")
    assert ran.code == 2
    assert str(inside.settings) in ran.out
    assert inside("--help").code == 0


# --- where the output goes


def test_a_reader_that_goes_away_is_no_error(minicrm: MiniCRM, tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    write_demo(path, now=MONDAY_MORNING, cards=3000)
    command = f'"{sys.executable}" -m minicrm_tui agenda --db "{path}" | head -n 1'
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        env=minicrm.everything(),
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full disk at hand")
def test_output_that_can_t_be_written_is_one_sentence(minicrm: MiniCRM) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "minicrm_tui", "modules"],
            env=minicrm.everything(),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=TIMEOUT,
            check=False,
        )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1


def test_a_full_disk_is_one_sentence_and_leaves_nothing_behind(minicrm: MiniCRM, tmp_path: Path) -> None:
    """A limit on the size of files, which fails in the middle of the work as a full disk does."""
    folder = tmp_path / "full"
    folder.mkdir()
    command = f'ulimit -f 600; exec "{sys.executable}" -m minicrm_tui demo --no-open --cards 5000 --db "{folder}/x.db"'
    done = subprocess.run(
        ["bash", "-c", command],
        env=minicrm.everything(),
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert list(folder.iterdir()) == []


def test_json_is_utf_8_in_every_locale(inside: Inside, minicrm: MiniCRM) -> None:
    assert inside.database == minicrm.database
    inside("add", "Țăranu")
    assert "Țăranu" in minicrm("agenda", "--json", LANG="C", PYTHONIOENCODING="latin-1").out


SCREEN_TAKEN = b"\x1b[?1049h"


def on_a_terminal(minicrm: MiniCRM, *arguments: str, ended_by: signal.Signals | None = None) -> tuple[int, str]:
    """Run on a pseudo-terminal: the exit code, and all that was drawn; ended by the signal once the footer stands."""
    master, slave = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "minicrm_tui", *arguments],
        env={**minicrm.everything(), "TERM": "xterm-256color"},
        stdin=slave,
        stdout=slave,
        stderr=slave,
    ) as process:
        os.close(slave)
        drawn = b""
        try:
            while chunk := os.read(master, 65536):
                drawn += chunk
                if ended_by is not None and SCREEN_TAKEN in drawn and b"Done" in drawn:
                    process.send_signal(ended_by)
                    ended_by = None
        except OSError:
            # The other end was closed: the program has ended.
            pass
        os.close(master)
        return process.wait(TIMEOUT), drawn.decode(errors="replace")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('theme = "gruvbax"', "gruvbox"),
        ('[keymap]\n"task.dnoe" = "f5"', "task.done"),
        ('[keymap]\n"task.done" = "q"', "app.quit"),
    ],
)
def test_settings_that_only_the_app_can_judge_stop_it_before_the_screen_is_taken(
    minicrm: MiniCRM, settings: str, said: str
) -> None:
    minicrm.settings.write_text(settings)
    code, drawn = on_a_terminal(minicrm)
    assert code == 2
    assert said in drawn
    assert "config.toml" in drawn
    assert "\x1b[?1049h" not in drawn, "the alternate screen was taken"


def test_an_unusable_file_stops_the_app_before_the_screen_is_taken(minicrm: MiniCRM) -> None:
    minicrm.database.write_text("Dear diary, " * 1000)
    code, drawn = on_a_terminal(minicrm)
    assert code == 2
    assert "not a data file" in drawn
    assert "\x1b[?1049h" not in drawn


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP])
def test_a_closed_terminal_ends_the_demo_and_throws_its_file_away(
    minicrm: MiniCRM, tmp_path: Path, how: signal.Signals
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    minicrm.environment["TMPDIR"] = str(temporary)
    code, drawn = on_a_terminal(minicrm, "demo", ended_by=how)
    assert code == 128 + how
    assert "Traceback" not in drawn
    assert list(temporary.iterdir()) == []
