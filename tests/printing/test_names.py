"""What the file of a document is called: something that every file system takes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from printing_world import BARE, DRAFT, INVOICE

from minicrm_tui.domain.documents import Document
from minicrm_tui.i18n import set_language
from minicrm_tui.printing.names import file_name


@pytest.mark.parametrize(
    ("document", "name"),
    [
        (INVOICE, "INV-2026-EUR-00001.pdf"),
        (DRAFT, "Invoice 17 draft Doors for the office.pdf"),
        (BARE, "Order 17 draft Doors for the office.pdf"),
        (replace(BARE, number="ORD-2026-EUR/00003"), "ORD-2026-EUR-00003 draft.pdf"),
        (replace(DRAFT, subject="../../etc/passwd"), "Invoice 17 draft ..-..-etc-passwd.pdf"),
        (replace(DRAFT, subject='a:b*c?"<d>|e\\f\x00\x1b[31mg'), "Invoice 17 draft a-b-c-d-e-fg.pdf"),
        (replace(DRAFT, subject="ends in dots . . ."), "Invoice 17 draft ends in dots.pdf"),
        (replace(DRAFT, subject=""), "Invoice 17 draft.pdf"),
    ],
)
def test_a_number_names_the_file_and_a_draft_what_it_is(document: Document, name: str) -> None:
    assert file_name(document) == name


def test_the_name_is_in_the_programs_language() -> None:
    set_language("ro")
    assert file_name(DRAFT).startswith("Factură 17 ")


@given(st.text())
def test_any_subject_gives_a_name_that_can_be_a_file(subject: str) -> None:
    name = file_name(replace(DRAFT, subject=subject))
    assert len(name.encode()) <= 200
    assert not set("/\\\x00:") & set(name)
    assert name == name.strip()
    assert name.endswith(".pdf")
