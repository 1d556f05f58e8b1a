"""A document as plain text: everything that stands on its paper, in lines that fit."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from printing_world import BARE, DOCUMENTS, DRAFT, ENDLESS, HUNGARIAN, INVOICE, OFFER, STORNO
from rich.cells import cell_len

from minicrm_tui.domain.documents import Document
from minicrm_tui.domain.lines import Line
from minicrm_tui.printing.text import NARROWEST, preview

WIDE = replace(INVOICE, lines=(Line("漢字の名前は二つのセルを取る", 1000, "個", 100, 2100),) * 3)


def words(document: Document, width: int = 100) -> str:
    """The whole text with single spaces."""
    return " ".join(" ".join(preview(document, width)).split())


def test_an_invoice_reads_from_top_to_bottom() -> None:
    assert preview(replace(INVOICE, notes="Thank you."), 78) == (
        "INVOICE  INV-2026-EUR/00001",
        "═" * 78,
        "",
        "SELLER                                  BUYER",
        "Nord Servicii SRL                       Acme Industries",
        "Str. Lungă 1, ap. 14                    Calea Victoriei 10",
        "500035 Brașov                           Tax no. RO456",
        "Tax no. RO123                           Reg. no. J40/2/2001",
        "Reg. no. J08/1/2020                     Attn. Ana Pop",
        "Account RO49 AAAA 1B31 0075 9384 0000   0722",
        "Banca Exemplu",
        "+40 268 000 111",
        "office@nord.example",
        "nord.example",
        "",
        "Issued on: 23 November 2026",
        "Payment due: 1 December 2026",
        "Currency: EUR",
        "",
        "Doors for the office",
        "",
        "No.  Item                  Quantity  Unit  Unit price     Net  VAT  VAT amount",
        "─" * 78,
        "  1  Oak door                     2  pcs       150.50  301.00  21%       63.21",
        "     D-100",
        "  2  Fitting                    1.5  h          80.00  120.00  21%       25.20",
        "  3  Manual                       1  pcs        19.99   19.99  11%        2.20",
        "─" * 78,
        "",
        "VAT rate     Net  VAT amount   Gross",
        "     21%  421.00       88.41  509.41",
        "     11%   19.99        2.20   22.19",
        "",
        "Total net                                                           440.99\u00a0EUR",
        "Total VAT                                                            90.61\u00a0EUR",
        "Total                                                               531.60\u00a0EUR",
        "",
        "Notes",
        "Thank you.",
    )


@pytest.mark.parametrize("width", [24, 60, 80, 120, 200])
@pytest.mark.parametrize(
    "document",
    [INVOICE, STORNO, DRAFT, OFFER, BARE, HUNGARIAN, ENDLESS, WIDE],
    ids=lambda document: document.subject[:9],
)
def test_no_line_is_wider_than_the_terminal(document: Document, width: int) -> None:
    lines = preview(document, width)
    assert max(map(cell_len, lines)) <= width
    assert all(line == line.rstrip() and "\n" not in line for line in lines)


@given(DOCUMENTS, st.integers(1, 160))
def test_any_document_fits_any_terminal(document: Document, width: int) -> None:
    assert max(map(cell_len, preview(document, width))) <= max(width, NARROWEST)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_nothing_is_left_out_in_a_narrow_terminal(width: int) -> None:
    told = words(INVOICE, width).replace("\u00a0", " ")
    for word in (
        "Oak door",
        "D-100",
        "150.50",
        "63.21",
        "21%",
        "531.60 EUR",
        "88.41",
        "Ana Pop",
        "RO49",
        "the number.",
    ):
        assert word in told, word


def test_columns_of_wide_characters_stay_under_each_other() -> None:
    rows = [line for line in preview(WIDE, 80) if "1.00" in line and "個" in line]
    assert len({cell_len(line[: line.index("1.00")]) for line in rows}) == 1
    assert len(rows) == 3


def test_a_draft_says_so_and_what_is_issued_does_not() -> None:
    assert preview(DRAFT, 80)[0] == "INVOICE  DRAFT"
    assert "DRAFT" not in words(INVOICE)


def test_a_document_with_nothing_on_it_says_so() -> None:
    told = words(BARE)
    assert "No items yet." in told
    assert "SELLER BUYER — —" in told
    assert "Total 0.00" in told


def test_a_cancelling_invoice_names_the_one_that_it_cancels_and_is_negative() -> None:
    told = words(STORNO)
    assert told.startswith("CANCELLING INVOICE INV-2026-EUR/00002")
    assert "Cancels: INV-2026-EUR/00001" in told
    assert "-531.60" in told
