"""What can be said of a module."""

from __future__ import annotations

import pytest

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.module_drafts import ModuleDraft, checked_draft, free_name, read_currency
from minicrm_tui.domain.records import FollowUp, Kind
from minicrm_tui.domain.text import cells
from minicrm_tui.i18n import set_language

RULE = FollowUp("Call", "call", 3)


def test_a_draft_without_words_has_those_of_its_kind() -> None:
    assert checked_draft(Kind.SALES, ModuleDraft(), ()) == ModuleDraft("Sales", "Opportunity")
    set_language("ro")
    assert checked_draft(Kind.SALES, ModuleDraft(), ()) == ModuleDraft("Vânzări", "Oportunitate")


def test_names_are_cleaned_and_the_rest_is_kept() -> None:
    typed = ModuleDraft(" Roofs\x1b[31m \n", "\tRoof ", "lei", 14, RULE)
    assert checked_draft(Kind.SALES, typed, ("Sales",)) == ModuleDraft("Roofs", "Roof", "RON", 14, RULE)


@pytest.mark.parametrize(
    ("kind", "draft", "field"),
    [
        (Kind.CUSTOM, ModuleDraft(name="x" * 41), "name"),
        (Kind.CUSTOM, ModuleDraft(name="日" * 21), "name"),
        (Kind.CUSTOM, ModuleDraft(item="x" * 41), "item"),
        (Kind.CUSTOM, ModuleDraft(name="VANZARI"), "name"),
        (Kind.SALES, ModuleDraft(currency="EURO5"), "currency"),
        (Kind.SALES, ModuleDraft(forgotten_days=0), "forgotten_days"),
        (Kind.SALES, ModuleDraft(forgotten_days=366), "forgotten_days"),
        (Kind.PROJECTS, ModuleDraft(forgotten_days=14), "forgotten_days"),
    ],
)
def test_what_is_wrong_is_said_of_its_field(kind: Kind, draft: ModuleDraft, field: str) -> None:
    with pytest.raises(Invalid) as wrong:
        checked_draft(kind, draft, ("Vânzări",))
    assert wrong.value.field == field
    assert wrong.value.why


def test_a_name_of_forty_cells_is_one() -> None:
    assert checked_draft(Kind.CUSTOM, ModuleDraft(name="日" * 20), ()).name == "日" * 20


@pytest.mark.parametrize(
    ("typed", "code"), [("eur", "EUR"), ("€", "EUR"), (" lei ", "RON"), ("HUF", "HUF"), ("", None), ("  ", None)]
)
def test_a_currency_is_a_code_a_sign_or_a_word(typed: str, code: str | None) -> None:
    assert read_currency(typed) == code


@pytest.mark.parametrize(
    ("name", "others", "free"),
    [
        ("Sales", (), "Sales"),
        ("Sales", ("Orders",), "Sales"),
        ("Sales", ("SALES",), "Sales 2"),
        ("Sales", ("Sales", "Sales 2", "sales 3", "Sales 5"), "Sales 4"),
        ("x" * 40, ("x" * 40,), "x" * 38 + " 2"),
    ],
)
def test_a_name_that_is_taken_gets_a_number(name: str, others: tuple[str, ...], free: str) -> None:
    assert free_name(name, others) == free


@pytest.mark.parametrize(("text", "taken"), [("", 0), ("abc", 3), ("日本", 4), ("e\u0301", 1), ("ș", 1)])
def test_cells_are_those_of_a_terminal(text: str, taken: int) -> None:
    assert cells(text) == taken
