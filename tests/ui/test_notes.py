"""The editor of notes: lines, drafts, the person's own editor, and what is too long."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static, TextArea

from minicrm_tui.screens.note import NoteScreen
from tests.ui.conftest import Crm


def editor(crm: Crm) -> NoteScreen:
    assert isinstance(crm.app.screen, NoteScreen)
    return crm.app.screen


def told(crm: Crm) -> str:
    return str(editor(crm).query_one("#note-told", Static).content)


async def latest(crm: Crm) -> str:
    return (await crm.card("Acme Industries")).history[0].text


async def test_lines_are_kept_and_u_takes_the_note_back(crm: Crm) -> None:
    await crm.press("o")
    await crm.type("one")
    await crm.press("enter")
    await crm.type("two")
    await crm.press("ctrl+s")
    assert await latest(crm) == "one\ntwo"
    assert crm.app.screen is crm.screen
    await crm.press("u")
    assert await latest(crm) == ""


async def test_esc_keeps_a_draft_for_the_card(crm: Crm) -> None:
    await crm.press("o")
    await crm.type("half")
    await crm.press("escape", "down", "o")
    assert editor(crm).text == ""
    await crm.press("escape", "up", "o")
    assert editor(crm).text == "half"
    await crm.press("ctrl+s")
    assert await latest(crm) == "half"
    assert crm.bench.drafts == {}


async def test_on_the_page_too(crm: Crm) -> None:
    await crm.press("enter", "o")
    await crm.type("tea")
    await crm.press("ctrl+s")
    assert crm.bench.page.page is not None
    assert crm.bench.page.page.details.history[0].text == "tea"


async def test_nothing_is_no_note_and_a_megabyte_is_too_much(crm: Crm) -> None:
    await crm.press("o", "ctrl+s")
    assert told(crm) == "A note needs some text."
    editor(crm).query_one(TextArea).load_text("x" * 1_000_000)
    await crm.idle()
    assert "20\u00a0000 characters at most" in told(crm)
    await crm.press("ctrl+s")
    assert len(editor(crm).text) == 1_000_000
    assert await latest(crm) == ""


async def test_the_note_is_written_in_the_persons_own_editor(
    crm: Crm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "edit"
    script.write_text('#!/bin/sh\nprintf " and more" >> "$1"\n')
    script.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(script))
    await crm.press("o")
    await crm.type("some")
    await crm.press("ctrl+o")
    assert editor(crm).text == "some and more"


async def test_what_a_terminal_would_obey_is_not_shown(
    crm: Crm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "edit"
    script.write_text("#!/bin/sh\nprintf 'red \\033[31mwords\\r\\nand more\\n' > \"$1\"\n")
    script.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(script))
    await crm.press("o", "ctrl+o")
    assert editor(crm).text == "red words\nand more"


FAILING = (
    ("", "No editor is set."),
    ("/no/such/editor", "There is no editor “/no/such/editor”."),
    ("/", "can't be started: no permission"),
    ("nano '", "a quote has no end"),
    ("rm", "The file for the editor can't be used"),
    ("false", "ended with an error"),
    ("sh -c 'kill -9 $$'", "ended with an error"),
)


async def test_an_editor_that_fails_is_a_sentence_and_the_text_is_kept(
    crm: Crm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    await crm.press("o")
    await crm.type("some")
    for command, sentence in FAILING:
        monkeypatch.setenv("EDITOR", command)
        await crm.press("ctrl+o")
        assert sentence in told(crm), command
        assert editor(crm).text == "some", command


async def test_marked_cards_get_the_same_note(crm: Crm) -> None:
    await crm.press("space", "space", "o")
    await crm.type("both")
    await crm.press("ctrl+s")
    for name in ("Acme Industries", "Beta SRL"):
        assert (await crm.card(name)).history[0].text == "both"
