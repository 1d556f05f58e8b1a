"""Everything has its place: nothing overlaps, nothing leaves the page, and what is carried adds up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from printing_world import (
    BARE,
    DOCUMENTS,
    DRAFT,
    ENDLESS,
    HUNGARIAN,
    INVOICE,
    OFFER,
    STORNO,
    fixed_typeface,
    of_items,
)

from minicrm_tui.domain.documents import Document
from minicrm_tui.domain.lines import Line
from minicrm_tui.i18n import Language, set_language
from minicrm_tui.printing.fonts import BOLD, POINT, REGULAR, cut_face
from minicrm_tui.printing.layout import laid_out
from minicrm_tui.printing.marks import HEIGHT, LEFT, RIGHT, Mark, Text, Typeface
from minicrm_tui.printing.paper import characters, paper

Box = tuple[float, float, float, float, str]

LOOSE = 0.02
"""Millimetres that rounding may take."""

MANY_RATES = replace(INVOICE, lines=tuple(Line(f"Item {rate}", 1000, "pcs", 10_000, rate * 10) for rate in range(60)))
HUGE = replace(INVOICE, lines=(Line("Ship", 10**6, "pcs", 10**12, 2100), Line("Port", 1000, "pcs", 10**14, 1900)) * 3)

DOCUMENT = pytest.mark.parametrize(
    "document",
    [INVOICE, STORNO, DRAFT, OFFER, BARE, HUNGARIAN, ENDLESS, of_items(70), MANY_RATES, HUGE],
    ids=["invoice", "storno", "draft", "offer", "bare", "hungarian", "endless", "seventy", "rates", "huge"],
)


def typeface(document: Document, folder: Path) -> Typeface:
    known = characters(paper(document))
    return Typeface(cut_face(REGULAR, known, folder), cut_face(BOLD, known, folder))


def boxes(marks: Sequence[Mark], face: Typeface) -> list[Box]:
    """Left, top, right and bottom of the letters of each text."""
    return [
        (mark.x, mark.y - 0.72 * size, mark.x + face.width(mark.text, mark.style), mark.y + 0.24 * size, mark.text)
        for mark in marks
        if isinstance(mark, Text) and mark.text
        for size in (mark.style.size * POINT,)
    ]


def overlap(one: Box, other: Box) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > LOOSE and down > LOOSE


@DOCUMENT
@pytest.mark.parametrize("language", ["en", "ro"])
def test_no_text_lies_on_another_or_leaves_the_margins(document: Document, language: Language, tmp_path: Path) -> None:
    set_language(language)
    face = typeface(document, tmp_path)
    for marks in laid_out(paper(document), face):
        found = boxes(marks, face)
        assert [(one[4], other[4]) for one, other in combinations(found, 2) if overlap(one, other)] == []
        for left, top, right, bottom, text in found:
            assert left >= LEFT - LOOSE, text
            assert right <= RIGHT + LOOSE, text
            assert top >= 10, text
            assert bottom <= HEIGHT - 8, text


@given(DOCUMENTS)
@settings(max_examples=40)
def test_any_document_finds_its_place(document: Document) -> None:
    face = fixed_typeface()
    for marks in laid_out(paper(document), face):
        for left, _top, right, bottom, text in boxes(marks, face):
            assert left >= LEFT - LOOSE, text
            assert right <= RIGHT + LOOSE, text
            assert bottom <= HEIGHT - 8, text


# --- what is carried


def lines_of(marks: Sequence[Mark]) -> Iterator[list[str]]:
    """The texts of each line, from top to bottom, from left to right."""
    by_line: dict[float, list[tuple[float, str]]] = {}
    for mark in marks:
        if isinstance(mark, Text):
            by_line.setdefault(round(mark.y, 3), []).append((mark.x, mark.text))
    for _y, texts in sorted(by_line.items()):
        yield [text for _x, text in sorted(texts)]


def minor(text: str) -> int:
    return int(re.sub(r"[^0-9-]", "", text))


def amounts(marks: Sequence[Mark], words: str) -> tuple[int, int] | None:
    """Net and VAT of the row that begins with these words."""
    return next(((minor(line[1]), minor(line[2])) for line in lines_of(marks) if line[0] == words), None)


def items(marks: Sequence[Mark]) -> list[tuple[int, int, int]]:
    """Number, net and VAT of every item on the page."""
    rows = [line for line in lines_of(marks) if len(line) == 8 and line[0].isdigit()]
    return [(int(row[0]), minor(row[5]), minor(row[7])) for row in rows]


@pytest.mark.parametrize("number", [1, 11, 12, 13, 14, 30, 31, 32, 33, 100, 1000])
def test_what_is_printed_adds_up_page_by_page(number: int) -> None:
    document = of_items(number)
    pages = [marks for marks in laid_out(paper(document), fixed_typeface()) if items(marks)]  # notes alone may follow
    assert [row[0] for marks in pages for row in items(marks)] == list(range(1, number + 1))
    net = tax = 0
    for marks in pages:
        if (net, tax) != (0, 0):
            assert amounts(marks, "Brought forward") == (net, tax)
        net += sum(row[1] for row in items(marks))
        tax += sum(row[2] for row in items(marks))
        carried = amounts(marks, "Carried forward")
        assert carried == ((net, tax) if marks is not pages[-1] else None)
    assert (net, tax) == (document.totals.net, document.totals.tax)
    texts = [mark.text for mark in pages[-1] if isinstance(mark, Text)]
    assert minor(texts[texts.index("Total net") + 1]) == net
    assert minor(texts[texts.index("Total VAT") + 1]) == tax
    assert minor(texts[texts.index("Total") + 1]) == net + tax


def test_the_head_of_the_table_and_the_number_stand_on_every_page() -> None:
    pages = laid_out(paper(of_items(100)), fixed_typeface())
    assert len(pages) > 3
    for number, marks in enumerate(pages, 1):
        texts = [mark.text for mark in marks if isinstance(mark, Text)]
        assert {"Item", "Unit price", "VAT amount", f"Page {number} of {len(pages)}"} <= set(texts)
        assert any("INV-2026-EUR/00001" in text for text in texts)


def test_large_amounts_get_smaller_type_and_the_names_keep_their_room(tmp_path: Path) -> None:
    def size_of(document: Document) -> float:
        (first, *_more) = laid_out(paper(document), typeface(document, tmp_path))
        return next(mark.style.size for mark in first if isinstance(mark, Text) and mark.text == "1")

    assert size_of(HUGE) < size_of(INVOICE)


def test_rows_do_not_come_closer_than_their_lines() -> None:
    (marks, *_more) = laid_out(paper(of_items(20)), fixed_typeface())
    places = sorted(mark.y for mark in marks if isinstance(mark, Text) and mark.text.isdigit() and mark.x < LEFT + 8)
    assert all(below - above >= 5 for above, below in pairwise(places))
