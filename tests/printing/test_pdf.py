"""The PDF, read back by another library: its words, pages and fonts; and what becomes of the file."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from printing_world import BARE, DRAFT, HUNGARIAN, INVOICE, OFFER, STORNO, of_items
from pypdf import PdfReader

from minicrm_tui.domain.documents import Document
from minicrm_tui.domain.errors import Refused, StoreFailed
from minicrm_tui.domain.lines import Line
from minicrm_tui.domain.parties import Party
from minicrm_tui.i18n import set_language
from minicrm_tui.printing.pdf import drawn, write_pdf


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "Documents" / "MiniCRM" / "it.pdf"


def read(document: Document) -> PdfReader:
    return PdfReader(BytesIO(drawn(document)))


def words(document: Document) -> str:
    """All that can be read, with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in read(document).pages).split())


# --- what stands in it


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (INVOICE, ["Invoice", "INV-2026-EUR/00001", "23 November 2026", "1 December 2026", "Acme Industries", "RO456"]),
        (INVOICE, ["Oak door", "D-100", "150.50", "301.00", "63.21", "531.60 EUR", "Thank you.", "Page 1 of 1"]),
        (
            STORNO,
            ["Cancelling invoice", "INV-2026-EUR/00002", "Cancels", "INV-2026-EUR/00001", "-531.60 EUR", "-63.21"],
        ),
        (OFFER, ["Offer", "OFF-2026-EUR/00001", "Valid until", "1 December 2026"]),
        (DRAFT, ["Invoice", "Draft", "DRAFT"]),
        (BARE, ["Order", "DRAFT", "Total", "0.00 EUR"]),
        (HUNGARIAN, ["Őrségi Fűrészüzem Kft.", "Széles Tűzőgép Zrt.", "Győző Ágnes", "531.60 HUF"]),
        (replace(INVOICE, currency="JPY"), ["53 160 JPY", "15 050"]),
        (replace(INVOICE, currency="KWD"), ["53.160 KWD", "15.050"]),
        (
            replace(INVOICE, buyer=Party("Ελληνική ΑΕ", "ул. Тверская 1"), notes="100 €"),
            ["Ελληνική ΑΕ", "ул. Тверская 1", "€"],
        ),
        (replace(INVOICE, lines=(Line("漢字 🚀 eﬃcient", 1000, "", 1),)), ["\ufffd\ufffd \ufffd efficient"]),
    ],
)
def test_it_can_be_read_and_searched(document: Document, told: list[str]) -> None:
    text = words(document).replace("\u00a0", " ")
    assert [word for word in told if word not in text] == []


def test_it_speaks_the_programs_language() -> None:
    set_language("ro")
    pdf = read(replace(INVOICE, currency="RON"))
    text = pdf.pages[0].extract_text()
    assert "23 noiembrie 2026" in text
    assert "531,60" in text
    assert pdf.root_object["/Lang"] == "ro"


def test_only_a_draft_is_stamped() -> None:
    assert "DRAFT" not in words(INVOICE)
    assert all(
        "DRAFT" in page.extract_text() for page in read(replace(of_items(60), status_key=DRAFT.status_key)).pages
    )


def test_many_items_go_over_pages_of_a4_with_carried_sums() -> None:
    pages = read(of_items(100)).pages
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        text = page.extract_text()
        assert f"Page {number} of {len(pages)}" in text
        assert ("Carried forward" in text) == (number < len(pages))
        assert ("Brought forward" in text) == (number > 1)
        assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]


def test_its_fonts_are_its_own_and_cut_to_what_it_needs() -> None:
    pdf = read(INVOICE)
    fonts = [font.get_object() for font in pdf.pages[0]["/Resources"]["/Font"].values()]  # type: ignore[index]
    assert len(fonts) == 2
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert "/FontFile2" in descriptor
        assert "IBMPlexSans" in font["/BaseFont"]
    assert len(drawn(INVOICE)) < 40_000


def test_the_same_document_always_gives_the_same_file() -> None:
    assert drawn(INVOICE) == drawn(INVOICE)
    assert drawn(DRAFT) == drawn(DRAFT)
    information = read(INVOICE).metadata
    assert information is not None
    assert information.creation_date == datetime(2026, 11, 23, tzinfo=UTC)
    assert (information.title, information.author) == ("Invoice INV-2026-EUR/00001", "Nord Servicii SRL")


# --- what becomes of the file


def test_it_is_written_with_its_folder_for_its_owner_alone(file: Path) -> None:
    assert write_pdf(INVOICE, file) == file
    assert file.read_bytes() == drawn(INVOICE)
    assert file.stat().st_mode & 0o777 == 0o600
    assert os.listdir(file.parent) == [file.name]


def test_a_file_that_is_there_is_overwritten_only_when_asked(file: Path) -> None:
    file.parent.mkdir(parents=True)
    file.write_text("mine")
    with pytest.raises(Refused, match=r"it\.pdf already"):
        write_pdf(INVOICE, file)
    assert file.read_text() == "mine"
    write_pdf(INVOICE, file, overwrite=True)
    assert file.read_bytes().startswith(b"%PDF")


def test_a_file_that_appears_while_it_is_drawn_stays(file: Path) -> None:
    def appear(done: int, everything: int) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("mine")

    with pytest.raises(Refused):
        write_pdf(INVOICE, file, appear)
    assert file.read_text() == "mine"


def test_a_folder_that_is_a_file_is_a_sentence(file: Path, tmp_path: Path) -> None:
    (tmp_path / "Documents").write_text("in the way")
    with pytest.raises(StoreFailed) as caught:
        write_pdf(INVOICE, file)
    assert str(file) in caught.value.sentence()
    assert "settings" in caught.value.sentence()


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOSPC, errno.EROFS])
def test_a_folder_that_takes_nothing_is_a_sentence_and_nothing_is_half_written(
    file: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StoreFailed, match="can't be written"):
        write_pdf(INVOICE, file)
    assert os.listdir(file.parent) == []


def test_too_long_a_name_is_a_sentence(file: Path) -> None:
    with pytest.raises(StoreFailed, match="too long"):
        write_pdf(INVOICE, file.with_name("x" * 300 + ".pdf"))


def test_progress_is_told_page_by_page_to_the_end(file: Path) -> None:
    told: list[tuple[int, int]] = []
    write_pdf(of_items(100), file, lambda done, everything: told.append((done, everything)))
    pages = len(PdfReader(file).pages)
    assert told == [(done, pages) for done in range(pages + 1)]


def test_what_progress_raises_stops_it_and_nothing_is_written(file: Path) -> None:
    class Enough(Exception):
        """The person has had enough."""

    def stop(done: int, everything: int) -> None:
        if done == 2:
            raise Enough

    with pytest.raises(Enough):
        write_pdf(of_items(100), file, stop)
    assert not file.exists()
