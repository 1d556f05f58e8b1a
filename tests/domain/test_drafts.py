"""The form of a card: unchanged it changes nothing, and every wrong field is named at once."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minicrm_tui.domain.drafts import FIELDS, CardEdit, InvalidForm, fill_card_form, read_card_form
from minicrm_tui.domain.money import LARGEST
from minicrm_tui.domain.records import (
    CardDetails,
    CardId,
    CardRow,
    Due,
    Group,
    ModuleId,
    Money,
    Place,
    Status,
    StatusId,
    Task,
    TaskId,
)
from tests.conftest import MONDAY_MORNING

FRIDAY_14 = Due(date(2026, 11, 27), time(14))
ACME = {"name": "Acme", "value": "4500 EUR", "company": "Acme SRL", "person": "Ana Pop"} | {
    "task": "call Ana",
    "when": "fri 14:00",
}


def read(language: str = "en", **fields: str) -> CardEdit:
    return read_card_form(fields, MONDAY_MORNING, currency="EUR", language=language)


def wrong(**fields: str) -> dict[str, str]:
    """The wrong fields with their sentences."""
    with pytest.raises(InvalidForm) as refusal:
        read(**fields)
    return {error.field: error.why for error in refusal.value.errors}


def details(name: str, value: Money | None, company: str | None, person: str | None, due: Due | None) -> CardDetails:
    task = None if due is None else Task(TaskId(1), CardId(1), "call Ana", "call", due)
    row = CardRow(CardId(1), ModuleId(1), StatusId(1), name, value, Place.LISTED, task, 1, company, person)
    status = Status(StatusId(1), ModuleId(1), "new", "New", Group.LEAD, 0)
    return CardDetails(row, status, None, None, None, (), ())


def test_the_whole_form_is_read() -> None:
    assert read(**ACME) == CardEdit("Acme", Money(450000, "EUR"), "Acme SRL", "Ana Pop", "call Ana", FRIDAY_14)


def test_empty_fields_are_nothing() -> None:
    assert read(name=" Acme ", value=" ", company="\t", person="", task=" ", when=" ") == CardEdit("Acme")
    assert read(name="Acme") == CardEdit("Acme")


def test_a_card_without_a_name_is_called_like_its_client() -> None:
    assert read(company="Acme SRL", person="Ana Pop").name == "Acme SRL (Ana Pop)"
    assert wrong(name=" \x1b[1m") == {"name": "A card needs a name."}


def test_a_task_without_a_date_leaves_the_date_to_the_store() -> None:
    edit = read(name="Acme", task="call Ana")
    assert (edit.task_text, edit.due) == ("call Ana", None)


def test_texts_are_cleaned() -> None:
    edit = read(name="A\x1b[31mcme\n", company="[/red]", task="call\tAna", when="fri")
    assert (edit.name, edit.company, edit.task_text) == ("Acme", "[/red]", "call Ana")


def test_every_wrong_field_is_named_in_the_order_of_the_form() -> None:
    errors = wrong(name="x" * 201, value="-1", company="x" * 201, person="x" * 201, task="x" * 501, when="30 feb")
    assert tuple(errors) == FIELDS
    assert all(errors.values())


@pytest.mark.parametrize(
    ("field", "text"),
    [("value", "4500 EUR RON"), ("value", "1e999"), ("when", "someday"), ("when", "25:61"), ("company", "x" * 201)],
)
def test_a_wrong_field_is_named_alone(field: str, text: str) -> None:
    assert list(wrong(**(ACME | {field: text}))) == [field]


def test_a_date_needs_a_task() -> None:
    assert list(wrong(name="Acme", when="fri")) == ["task"]


def test_the_refusal_counts_the_fields() -> None:
    with pytest.raises(InvalidForm, match="2 fields need a change"):
        read(name="", value="-1")


MONIES = st.builds(Money, st.integers(0, LARGEST), st.sampled_from(["EUR", "RON", "JPY", "KWD", "HUF"]))
DUES = st.builds(
    Due,
    st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
NAMES = st.sampled_from(["Acme", "Acme SRL (Ana Pop)", "Studio 54", "a > b @ c", "株式会社", "[/red]"])


@given(NAMES, st.none() | MONIES, st.none() | NAMES, st.none() | NAMES, st.none() | DUES, st.sampled_from(["en", "ro"]))
def test_an_unchanged_form_changes_nothing(
    name: str, value: Money | None, company: str | None, person: str | None, due: Due | None, language: str
) -> None:
    texts = fill_card_form(details(name, value, company, person, due))
    task = None if due is None else "call Ana"
    assert tuple(texts) == FIELDS
    assert read(language, **texts) == CardEdit(name, value, company, person, task, due)


@given(st.fixed_dictionaries({field: st.text(max_size=30) for field in FIELDS}))
def test_any_texts_are_an_edit_or_an_invalid_form(texts: dict[str, str]) -> None:
    try:
        edit = read(**texts)
    except InvalidForm as refusal:
        named = {error.field for error in refusal.errors}
        if not named or not named <= set(FIELDS):
            raise
    else:
        assert edit.name
