"""`minicrm note add`; and which card the commands about one card take."""

from __future__ import annotations

import io
import sys

import pytest

from tests.running import Inside

from .card_file import trash


def test_a_note_of_several_lines_is_written_and_taken_back(crm: Inside) -> None:
    assert crm("note", "add", "1", " they want two,\r\nby \x1b[31mChristmas ").out == "Note added: “Roof” · card 1\n"
    [entry, *_rest] = crm("card", "show", "1", "--json").json["history"]  # type: ignore[misc]
    assert (entry["kind"], entry["text"]) == ("note", "they want two,\nby Christmas")
    assert "they want two,\n" in crm("card", "show", "1").out
    assert "note added: Roof" in crm("undo").out


def typed_in(monkeypatch: pytest.MonkeyPatch, given: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))


def test_a_line_stands_for_standard_input(crm: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    typed_in(monkeypatch, "from a file:\nȚăranu ".encode() + b"\xff\n")
    assert crm("note", "add", "1", "-").code == 0
    [entry, *_rest] = crm("card", "show", "1", "--json").json["history"]  # type: ignore[misc]
    assert entry["text"] == "from a file:\nȚăranu \N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize("given", [b"", b" \n\t\x1b[31m", b"x" * 20_001, b"x" * 1_000_000], ids=len)
def test_standard_input_is_bounded_and_not_empty(crm: Inside, monkeypatch: pytest.MonkeyPatch, given: bytes) -> None:
    before = crm("card", "show", "1", "--json").out
    typed_in(monkeypatch, given)
    assert "note" in crm("note", "add", "1", "-").refused()
    assert len(sys.stdin.read()) >= len(given) - 300_000
    assert crm("card", "show", "1", "--json").out == before


def test_without_standard_input_there_is_no_note(crm: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert "some text" in crm("note", "add", "1", "-").refused()


@pytest.mark.parametrize("text", ["", " \n ", "\x1b[31m", "x" * 20_001])
def test_a_note_that_is_none_or_too_long_is_refused(crm: Inside, text: str) -> None:
    before = crm("card", "show", "1", "--json").out
    crm("note", "add", "1", text).refused()
    assert crm("card", "show", "1", "--json").out == before


# --- which card


@pytest.mark.parametrize("command", [["card", "show"], ["card", "set"], ["note", "add"]], ids=" ".join)
def test_a_card_that_is_not_there_is_refused(crm: Inside, command: list[str]) -> None:
    more = {"show": [], "set": ["name=x"], "add": ["text"]}[command[1]]
    for card in ("0", "99", "9" * 18, "9" * 40):
        assert "There is no card" in crm(*command, card, *more).refused()
    for card in ("x", "-1", "1.5", "", "1 ", "٣", "c1"):
        ran = crm(*command, card, *more)
        assert (ran.code, ran.out) == (2, "")
    trash(crm, 1)
    if command != ["card", "show"]:
        assert "Restore it first." in crm(*command, "1", *more).refused()


@pytest.mark.parametrize(
    "arguments",
    [
        *(["card"], ["card", "show"], ["card", "set"], ["card", "set", "1"], ["card", "show", "1", "2"]),
        *(["note"], ["note", "add"], ["note", "add", "1"], ["note", "add", "1", "a", "b"], ["note", "show", "1"]),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(inside: Inside, arguments: list[str]) -> None:
    ran = inside(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert not inside.database.exists()


def test_a_task_for_a_card_in_the_trash_is_refused_for_that(crm: Inside) -> None:
    trash(crm, 1)
    assert "in the trash" in crm("task", "add", "1", "call tomorrow").refused()
