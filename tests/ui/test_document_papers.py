"""What a document says besides its items, its preview, and its PDF."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input, Static, TextArea

from minicrm_tui.domain.actions import Action
from minicrm_tui.domain.documents import Document, DocumentKind
from minicrm_tui.printing import pdf as printing
from minicrm_tui.screens.asking import ChoiceScreen
from minicrm_tui.screens.document.header_form import HeaderForm
from minicrm_tui.screens.document.pdf import Progress, bar
from minicrm_tui.screens.document.preview import PreviewScreen
from minicrm_tui.screens.form import FormScreen
from minicrm_tui.widgets.text_lines import TextLines
from tests.ui.conftest import Crm, Opening
from tests.ui.papers import DOOR, FITTING, SELLER, TERMS, opened, paper, screen, shown


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where PDFs are written; it is not there yet."""
    return tmp_path / "papers"


@pytest.fixture
async def crm(opening: Opening, folder: Path) -> Crm:
    """The app with a seller, and a folder of its own for PDFs."""
    return await opening(documents=str(folder), seller=SELLER)


def header(crm: Crm) -> HeaderForm:
    assert isinstance(crm.app.screen, HeaderForm)
    return crm.app.screen


def note(crm: Crm, field: str) -> str:
    return str(header(crm).query_one(f"#{field}-note", Static).content)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# --- the header


async def test_payment_date_and_notes_are_typed_as_one_step(crm: Crm) -> None:
    card = await paper(crm, DOOR)
    await opened(crm, card)
    await crm.press("e")
    assert note(crm, "due_on") == "without a date: 8 days after issue"
    await crm.type("15 dec")
    assert note(crm, "due_on") == "→ Tue 15 Dec 2026"
    await crm.press("tab", *"Thank", "enter", *"you", "ctrl+s")
    found = await crm.store.document(card)
    assert (found.due_on, found.notes) == (date(2026, 12, 15), "Thank\nyou")
    assert any("Tue 15 Dec 2026" in line for line in shown(crm))
    assert any("Thank you" in line for line in shown(crm))
    await crm.press("u")
    found = await crm.store.document(card)
    assert (found.due_on, found.notes) == (None, "")


@pytest.mark.parametrize(
    ("text", "why"),
    [("30 feb", "does not exist"), ("2026-11-01", "past"), ("fri 14:00", "A date here has no time."), ("soon", "date")],
)
async def test_a_wrong_date_is_said_under_its_field(crm: Crm, text: str, why: str) -> None:
    card = await paper(crm, DOOR)
    await opened(crm, card)
    await crm.press("e")
    header(crm).query_one("#due_on", Input).value = text
    await crm.press("ctrl+s")
    assert why in note(crm, "due_on")
    assert (await crm.store.document(card)).due_on is None


async def test_notes_that_are_too_long_are_refused(crm: Crm) -> None:
    card = await paper(crm, DOOR, kind=DocumentKind.ORDER)
    await opened(crm, card)
    await crm.press("e")
    assert not header(crm).query("#due_on")
    header(crm).query_one("#notes", TextArea).load_text("x" * 2001)
    await crm.press("ctrl+s")
    assert "2\u00a0000" in note(crm, "notes")
    await crm.press("escape", "e")
    assert len(header(crm).query_one("#notes", TextArea).text) == 2001


async def test_subject_and_client_are_changed_in_the_cards_form(crm: Crm) -> None:
    card = await paper(crm, DOOR)
    await opened(crm, card)
    await crm.press("E")
    assert isinstance(crm.app.screen, FormScreen)
    assert not crm.app.screen.query("#value")
    crm.app.screen.query_one("#name", Input).value = "Gates"
    crm.app.screen.query_one("#company", Input).value = "Beta SRL"
    await crm.press("enter")
    found = await crm.store.document(card)
    assert found.buyer is not None
    assert (found.subject, found.buyer.name) == ("Gates", "Beta SRL")
    assert any("Gates" in line for line in shown(crm))


async def test_what_was_issued_has_no_header_to_change(crm: Crm) -> None:
    card = await paper(crm, DOOR)
    await crm.store.act(card, Action.ISSUE, crm.clock(), TERMS)
    await opened(crm, card)
    await crm.press("e")
    assert crm.app.screen is screen(crm)


# --- the preview


async def test_the_preview_shows_the_paper_and_comes_back(crm: Crm) -> None:
    card = await paper(crm, DOOR, FITTING)
    await opened(crm, card)
    await crm.press("v")
    assert isinstance(crm.app.screen, PreviewScreen)
    page = "\n".join(shown(crm))
    assert all(text in page for text in ("INVOICE", "Nord Servicii SRL", "Acme Industries", "Door, oak", "509.41"))
    await crm.press("escape")
    assert crm.app.screen is screen(crm)


async def test_a_long_paper_is_scrolled_through(crm: Crm) -> None:
    card = await paper(crm, *[DOOR] * 30)
    await opened(crm, card)
    await crm.press("v", "G")
    text = crm.app.screen.query_one(TextLines)
    assert text.scroll_offset.y == text.max_scroll_y > 0
    assert any("10 926.30 EUR" in line for line in shown(crm))
    await crm.press("g", "j", "pagedown")
    assert text.scroll_offset.y == text.size.height


async def test_the_preview_is_broken_for_a_narrow_screen(opening: Opening) -> None:
    crm = await opening(size=(80, 24))
    card = await paper(crm, DOOR)
    await opened(crm, card)
    await crm.press("v")
    page = "\n".join(shown(crm))
    assert all(text in page for text in ("Door, oak", "2 pcs × 150.50 = 301.00", "364.21 EUR"))


# --- the PDF


async def test_the_pdf_is_written_and_its_whole_path_is_said(crm: Crm, folder: Path) -> None:
    card = await paper(crm, DOOR)
    await crm.store.act(card, Action.ISSUE, crm.clock(), TERMS)
    await opened(crm, card)
    await crm.press("P")
    written = folder / "INV-2026-EUR-00001.pdf"
    assert crm.toasts == [f"Written: {written}"]
    assert written.read_bytes().startswith(b"%PDF")


async def test_nothing_is_overwritten_unasked(crm: Crm, folder: Path) -> None:
    card = await paper(crm, DOOR)
    await crm.store.act(card, Action.ISSUE, crm.clock(), TERMS)
    folder.mkdir()
    mine = folder / "INV-2026-EUR-00001.pdf"
    mine.write_text("mine")
    await opened(crm, card)
    await crm.press("P")
    assert isinstance(crm.app.screen, ChoiceScreen)
    await crm.press("escape")
    assert names(folder) == [mine.name]
    await crm.press("P", "n")
    await crm.press("P", "n")
    assert names(folder) == [f"INV-2026-EUR-00001{end}.pdf" for end in (" (2)", " (3)", "")]
    assert crm.toasts == [f"Written: {folder / 'INV-2026-EUR-00001 (3).pdf'}"]
    assert mine.read_text() == "mine"
    await crm.press("P", "o")
    assert mine.read_bytes().startswith(b"%PDF")


async def test_the_preview_writes_it_too(crm: Crm, folder: Path) -> None:
    await opened(crm, await paper(crm, DOOR))
    await crm.press("v", "P")
    assert len(names(folder)) == 1
    assert crm.app.screen is screen(crm)


async def test_a_folder_that_can_not_be_written_is_said(opening: Opening, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    crm = await opening(documents=str(tmp_path / "file" / "papers"))
    await opened(crm, await paper(crm, DOOR))
    await crm.press("P")
    assert "can't be written" in crm.toasts[0]
    assert "documents" in crm.toasts[0]


async def test_keys_work_while_the_pdf_is_written_and_esc_gives_it_up(
    crm: Crm, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def until_stopped(document: Document, path: Path, progress: Progress, *, overwrite: bool) -> None:
        progress(3, 10)
        assert progress.stop.wait(30), "esc never came"
        progress(4, 10)

    monkeypatch.setattr(printing, "write_pdf", until_stopped)
    await opened(crm, await paper(crm, DOOR, FITTING))
    await crm.pilot.press("P")
    await crm.app.typeahead.quiet()
    await crm.pilot.press("down", "P")
    await crm.app.typeahead.quiet()
    assert screen(crm).pane.grid.row == 1
    assert crm.toasts == ["The PDF is being written."]
    await crm.pilot.pause()
    assert "page 3 of 10 · esc stops" in shown(crm)[0]
    await crm.press("escape")
    assert crm.toasts == ["No PDF was written."]
    assert not folder.exists()
    assert crm.app.screen is screen(crm)


def test_how_far_it_is_is_drawn() -> None:
    assert bar(0, 10).startswith("Writing the PDF  ───")
    assert "━" * 15 + "─" * 15 + "  page 5 of 10" in bar(5, 10)
