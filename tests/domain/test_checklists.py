"""Checklists: kept, typed, ticked; and templates as they are typed."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minicrm_tui.domain.checklist_forms import CHECK_LIMIT, MOST_CHECKS, fill_checklist, read_checklist
from minicrm_tui.domain.checklists import Check, anew, done_of, from_kept, kept, ticked, unticked
from minicrm_tui.domain.drafts import InvalidForm
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.follow_ups import FollowUp
from minicrm_tui.domain.records import Due, ModuleId
from minicrm_tui.domain.tasks import parse_task
from minicrm_tui.domain.template_forms import TemplateDraft, fill_template, read_template
from minicrm_tui.domain.templates import TaskOffer, TaskTemplate, TemplateId
from minicrm_tui.domain.text import cells, clean

NOW = datetime(2026, 11, 23, 9, 30)

LINES = st.text(max_size=CHECK_LIMIT).map(clean).filter(bool)
CHECKS = st.lists(st.builds(Check, LINES, st.booleans()), max_size=MOST_CHECKS).map(tuple)


@given(CHECKS)
def test_a_kept_checklist_comes_back(checks: tuple[Check, ...]) -> None:
    assert from_kept(kept(checks)) == checks
    assert from_kept(anew(kept(checks))) == unticked(check.text for check in checks)


@given(CHECKS)
def test_a_checklist_typed_again_keeps_its_ticks(checks: tuple[Check, ...]) -> None:
    again = read_checklist(fill_checklist(checks), checks)
    assert [check.text for check in again] == [check.text for check in checks]
    assert done_of(again) == done_of(checks)


@pytest.mark.parametrize(
    ("typed", "checks"),
    [
        ("", ()),
        (" \n\n\t", ()),
        ("Price\n\n stamp ", (Check("Price", done=True), Check("stamp"))),
        ("price\nprice", (Check("price", done=True), Check("price"))),
        ("\x1b[31mPrice\x1b[0m", (Check("Price", done=True),)),
    ],
)
def test_lines_that_stay_keep_their_ticks(typed: str, checks: tuple[Check, ...]) -> None:
    assert read_checklist(typed, (Check("Price", done=True), Check("Copies", done=True), Check("Stamp"))) == checks


@pytest.mark.parametrize("typed", ["x\n" * (MOST_CHECKS + 1), "x" * (CHECK_LIMIT + 1)])
def test_too_much_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as told:
        read_checklist(typed)
    assert told.value.field == "checklist"


def test_ticking_and_how_much_is_done() -> None:
    checks = unticked(("Price", "Stamp", "Copies"))
    assert done_of(checks) == "0/3"
    assert done_of(ticked(checks, 1, True)) == "1/3"
    assert done_of(()) == ""


# --- templates

CONTRACT = TaskTemplate(TemplateId(1), ModuleId(1), "Contract", FollowUp("Send the contract", "email", 2), ("Price",))
VISIT = TaskTemplate(TemplateId(2), ModuleId(1), "Visit", FollowUp("Measure it", "Site visit"))
OFFER = TaskOffer(("call", "Site visit", "other"), (CONTRACT, VISIT))


@pytest.mark.parametrize(
    ("typed", "kind", "days", "checks"),
    [
        ("SEND the contract", "other", 2, 1),  # a type that the module has no more is not given
        ("send the contract +5d", "other", 5, 1),
        ("Measure it", "Site visit", 1, 0),
        ("Measure", "other", 0, 0),
        ("site plan", "Site visit", 0, 0),
        ("call Ana", "call", 0, 0),
        ("meet Ana", "other", 0, 0),
    ],
)
def test_what_a_typed_task_takes_from_its_module(typed: str, kind: str, days: int, checks: int) -> None:
    draft = parse_task(typed, NOW, offer=OFFER)
    assert (draft.type, draft.due, len(draft.checks)) == (kind, Due(NOW.date().replace(day=23 + days)), checks)


def test_without_other_what_has_no_type_of_its_own_has_the_last() -> None:
    assert TaskOffer(("call", "Site visit")).type_of("write Ana") == "Site visit"


@pytest.mark.parametrize(("begun", "names"), [("", ["Contract", "Visit"]), ("VI", ["Visit"]), ("x", [])])
def test_templates_by_the_beginning_of_their_names(begun: str, names: list[str]) -> None:
    assert [template.name for template in OFFER.called(begun)] == names


@pytest.mark.parametrize("template", OFFER.templates)
def test_a_shown_template_can_be_typed_again(template: TaskTemplate) -> None:
    types = ("email", "Site visit")
    assert read_template(fill_template(template), types) == TemplateDraft(
        template.name, template.task, template.checklist
    )


def test_a_template_without_a_text_is_what_it_is_called() -> None:
    assert read_template({"name": "Call back"}) == TemplateDraft("Call back", FollowUp("Call back"))


def test_all_that_is_wrong_with_a_template_is_told_at_once() -> None:
    typed = {
        "name": "x" * 41,
        "follow_text": "x" * 501,
        "follow_type": "?",
        "follow_days": "-3",
        "checklist": "x" * 201,
    }
    with pytest.raises(InvalidForm) as told:
        read_template(typed)
    assert [error.field for error in told.value.errors] == list(typed)


def test_cells_are_what_is_shown() -> None:
    assert [cells(text) for text in ("abc", "ș", "s\u0326", "宽", "")] == [3, 1, 1, 2, 0]
