"""Several fields of a card at once: each read as its kind is, every wrong one named, what is not named left alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minicrm_tui.domain.card_change import CardChange, changeable, read_card_change
from minicrm_tui.domain.drafts import CardEdit, InvalidForm
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.fields import ChoiceId, Field, FieldChoice, FieldId, FieldKind
from minicrm_tui.domain.pages import CardPage
from minicrm_tui.domain.pipelines import in_order, status_name, template
from minicrm_tui.domain.profile import CARD_FIELDS
from minicrm_tui.domain.records import (
    CardDetails,
    CardId,
    CardRow,
    Group,
    KeyFields,
    Kind,
    Module,
    ModuleId,
    Money,
    Place,
    Qualification,
    SalesStatus,
    Status,
    StatusId,
)
from minicrm_tui.domain.sales import Change, status_key
from minicrm_tui.i18n import Language, set_language
from tests.conftest import MONDAY_MORNING

CHOICES = (FieldChoice(ChoiceId(1), "Small"), FieldChoice(ChoiceId(2), "Old", retired=True))
BUDGET, SIZE = FieldId(7), FieldId(8)


def page(kind: Kind = Kind.SALES, keys: KeyFields | None = None, *, from_status: str | None = None) -> CardPage:
    """A card of that kind with a number and a choice; the number is required from a status on."""
    module = Module(ModuleId(1), kind, "Module", "Item", 0)
    statuses = in_order(
        [
            Status(StatusId(number), module.id, each.key, status_name(kind, each.key), each.group, number)
            for number, each in enumerate(template(kind), 1)
        ]
    )
    keys = (keys or KeyFields()) if kind is Kind.SALES else None
    key = status_key(keys) if keys is not None else statuses[0].key
    status = next(each for each in statuses if each.key == key)
    row = CardRow(CardId(1), module.id, status.id, "Roof", Money(4500, "EUR"), Place.LISTED, None, 0, "Acme SRL", None)
    required = next((each.id for each in statuses if each.key == from_status), None)
    fields = (
        Field(BUDGET, module.id, FieldKind.NUMBER, "Budget", 0, from_status is not None, required),
        Field(SIZE, module.id, FieldKind.CHOICE, "Size", 1, choices=CHOICES),
    )
    return CardPage(
        CardDetails(row, status, None, None, keys, (), ()),
        module,
        statuses,
        (),
        (),
        {},
        fields=tuple((field, "") for field in fields),
    )


def read(typed: Mapping[str, str], on: CardPage | None = None, language: str = "en") -> CardChange:
    return read_card_change(on or page(), typed, MONDAY_MORNING, currency="RON", language=language)


def wrong(typed: Mapping[str, str], on: CardPage | None = None) -> dict[str, str]:
    with pytest.raises(InvalidForm) as told:
        read(typed, on)
    return {error.field: error.why for error in told.value.errors}


@pytest.mark.parametrize(
    ("key", "text", "change"),
    [
        ("name", " New\x1b[31m name ", CardChange(CardEdit("New name", Money(4500, "EUR"), "Acme SRL"))),
        ("name", "", CardChange(CardEdit("Acme SRL", Money(4500, "EUR"), "Acme SRL"))),
        ("value", "5.200", CardChange(CardEdit("Roof", Money(520000, "RON"), "Acme SRL"))),
        ("value", "", CardChange(CardEdit("Roof", None, "Acme SRL"))),
        ("company", "", CardChange(CardEdit("Roof", Money(4500, "EUR")))),
        ("person", "Ana Pop", CardChange(CardEdit("Roof", Money(4500, "EUR"), "Acme SRL", "Ana Pop"))),
        ("expected_close", "15 dec", CardChange(plain={"expected_close": "2026-12-15"})),
        ("expected_close", "", CardChange(plain={"expected_close": ""})),
        ("sales_step", "Offer", CardChange(plain={"sales_step": "Offer"})),
        ("qualification", "VIP", CardChange(keys=Change(qualification=Qualification.VIP))),
        ("qualification", "", CardChange(keys=Change(qualification=Qualification.NONE))),
        ("sales_status", "In progress", CardChange(keys=Change(sales=SalesStatus.IN_PROGRESS))),
        ("sales_status", "in_progress", CardChange(keys=Change(sales=SalesStatus.IN_PROGRESS))),
        ("decided", "da", CardChange(keys=Change(decided=True))),
        ("decided", "true", CardChange(keys=Change(decided=True))),
        ("decided", "", CardChange(keys=Change(decided=False))),
        ("field-7", "12.500,5", CardChange(values={BUDGET: "12500.5"})),
        ("field-7", "", CardChange(values={BUDGET: ""})),
        ("field-8", "small", CardChange(values={SIZE: "1"})),
    ],
)
def test_a_field_is_read_as_its_kind_is(key: str, text: str, change: CardChange) -> None:
    assert read({key: text}) == change


def test_several_fields_are_one_change() -> None:
    typed = {"sales_status": "lost", "loss_reason": "Price", "value": "9", "field-7": "3"}
    assert read(typed) == CardChange(
        CardEdit("Roof", Money(900, "RON"), "Acme SRL"),
        {"loss_reason": "Price"},
        {BUDGET: "3"},
        Change(sales=SalesStatus.LOST),
    )


@pytest.mark.parametrize("spoken", ["en", "ro"])
def test_key_fields_go_by_their_names_in_the_language_and_always_by_their_keys(spoken: Language) -> None:
    set_language(spoken)
    name = {"en": "won", "ro": "Câștigată"}[spoken]
    for text in (name, "won"):
        assert read({"sales_status": text}).keys.sales is SalesStatus.WON


def test_every_wrong_field_is_named_at_once_in_their_order() -> None:
    told = wrong(
        {
            "field-8": "Old",
            "field-7": "many",
            "expected_close": "30 feb",
            "value": "-5",
            "sales_status": "finished",
            "qualification": "super",
            "decided": "perhaps",
            "name": "x" * 201,
        }
    )
    keys = ("name", "value", "sales_status", "qualification", "decided", "expected_close", "field-7", "field-8")
    assert tuple(told) == keys
    assert "no longer offered" in told["field-8"]
    assert "discovery, in progress, won, lost" in told["sales_status"]


def test_a_name_can_t_be_emptied_where_no_client_lends_one() -> None:
    assert set(wrong({"name": "", "company": ""})) == {"name"}


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ({"loss_reason": "Price"}, True),
        ({"loss_reason": "Price", "sales_status": "won"}, True),
        ({"loss_reason": "Price", "sales_status": "lost"}, False),
    ],
)
def test_only_what_is_lost_in_the_end_has_a_reason(typed: dict[str, str], refused: bool) -> None:
    if refused:
        assert set(wrong(typed)) == {"loss_reason"}
    else:
        assert read(typed).plain == {"loss_reason": "Price"}
    lost = page(keys=KeyFields(SalesStatus.LOST))
    assert read({"loss_reason": ""}, lost).plain == {"loss_reason": ""}
    assert set(wrong({"loss_reason": "Price", "sales_status": "won"}, lost)) == {"loss_reason"}


def test_what_is_required_is_asked_of_the_status_that_the_card_comes_to() -> None:
    project = page(Kind.PROJECTS, from_status="review")
    assert read({"field-7": ""}, project).values == {BUDGET: ""}
    assert set(wrong({"field-7": "", "status": "review"}, project)) == {"field-7"}
    assert read({"field-7": "", "status": "cancelled"}, project).values == {BUDGET: ""}
    opportunity = page(from_status="success_vip")
    assert set(wrong({"field-7": " ", "sales_status": "won", "qualification": "vip"}, opportunity)) == {"field-7"}


def test_a_status_is_set_where_the_pipeline_can_be_walked_by_hand() -> None:
    project = page(Kind.PROJECTS)
    review = next(each.id for each in project.statuses if each.key == "review")
    assert read({"status": "REVIEW"}, project) == CardChange(status=review)
    assert "Review" in wrong({"status": "nearly done"}, project)["status"]
    for kind in (Kind.SALES, Kind.ORDERS, Kind.INVOICING):
        assert set(wrong({"status": "draft"}, page(kind))) == {"status"}


def test_of_two_statuses_with_one_name_each_goes_by_its_group_or_its_key() -> None:
    projects = page(Kind.PROJECTS)
    review = next(each for each in projects.statuses if each.key == "review")
    twin = Status(StatusId(9), review.module_id, "own_9", "Review", Group.SUCCESS, 9)
    twins = replace(projects, statuses=in_order([*projects.statuses, twin]))
    for text, status in (("open · review", review), ("Success · Review", twin), ("own_9", twin), ("review", review)):
        assert read({"status": text}, twins).status == status.id
    own = replace(
        projects, statuses=(*(each for each in twins.statuses if each is not review), replace(twin, key="own_8"))
    )
    assert "Success · Review" in wrong({"status": "Review"}, own)["status"]


def test_only_opportunities_have_the_fields_of_sales() -> None:
    own = ("field-7", "field-8")
    assert changeable(page(Kind.PROJECTS)) == ("name", "value", "company", "person", "status", *own)
    assert set(changeable(page())) - set(changeable(page(Kind.PROJECTS))) == {
        *("sales_status", "qualification", "decided", "sales_step", "customer_step", "expected_close"),
        *("loss_reason", "loss_details"),
    }


def read_or_refused(typed: Mapping[str, str]) -> CardChange | tuple[Invalid, ...]:
    try:
        return read(typed)
    except InvalidForm as told:
        return told.errors


@given(st.dictionaries(st.sampled_from(changeable(page())), st.text(max_size=40)))
def test_any_text_is_read_or_named_as_wrong(typed: dict[str, str]) -> None:
    found = read_or_refused(typed)
    if isinstance(found, CardChange):
        assert set(found.plain) == typed.keys() & set(CARD_FIELDS)
        assert (found.edit is None) == (not typed.keys() & {"name", "value", "company", "person"})
    else:
        assert {error.field for error in found} <= typed.keys()
        assert all(error.why for error in found)
