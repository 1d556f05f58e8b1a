"""Nine kinds, their pipelines and names; a step walks lead, open, success and stops there."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from minicrm_tui.domain import invoicing, orders, pipelines
from minicrm_tui.domain.documents import kind_of
from minicrm_tui.domain.records import Group, Kind, Module, ModuleId, Status, StatusId
from minicrm_tui.i18n import Language, set_language

CUSTOMISABLE = [kind for kind in Kind if not pipelines.is_fixed(kind)]

# domain.md: kind, then the four groups; English, then Romanian
DEFAULTS = """
projects | Idea | Planning · In progress · Review | Completed | Cancelled
projects | Idee | Planificare · În lucru · Verificare | Finalizat | Anulat
hr | Candidate | Interview · Offer | Hired | Rejected
hr | Candidat | Interviu · Ofertă | Angajat | Respins
events | Invited | Registered · Confirmed | Attended | Absent · Cancelled
events | Invitat | Înscris · Confirmat | A participat | Absent · Anulat
partners | Potential | Negotiation | Active | Closed
partners | Potențial | Negociere | Activ | Încheiat
helpdesk | To process | In progress · Waiting for client | Solved | Closed unsolved
helpdesk | De preluat | În lucru · Așteaptă clientul | Rezolvat | Închis nerezolvat
custom | New | In progress | Done | Cancelled
custom | Nou | În lucru | Gata | Anulat
orders | Draft | In progress · Completed | Successful | Failed
orders | Ciornă | În curs · Onorată | Reușită | Nereușită
"""


def test_a_list_is_called_by_its_cards_or_by_its_module_where_these_are_called_otherwise() -> None:
    module = Module(ModuleId(1), Kind.CUSTOM, "Roofs", pipelines.item_name(Kind.CUSTOM), 0)
    assert pipelines.list_name(module) == "Cards"
    assert pipelines.list_name(replace(module, item="Roof")) == "Roofs"


def statuses_of(kind: Kind) -> tuple[Status, ...]:
    return tuple(
        Status(StatusId(100 - place), ModuleId(1), each.key, each.name, each.group, place)
        for place, each in enumerate(pipelines.template(kind))
    )


def named(kind: Kind, group: Group) -> str:
    return " · ".join(pipelines.status_name(kind, each.key) for each in pipelines.template(kind) if each.group is group)


@pytest.mark.parametrize("place", range(len(DEFAULTS.strip().splitlines())))
def test_the_default_pipelines_are_those_of_the_domain(place: int) -> None:
    kind, *groups = DEFAULTS.strip().splitlines()[place].split(" | ")
    languages: tuple[Language, Language] = ("en", "ro")
    set_language(languages[place % 2])
    assert [named(Kind(kind), group) for group in Group] == groups


@pytest.mark.parametrize("kind", Kind)
def test_a_pipeline_is_in_group_order_with_unique_snake_case_keys(kind: Kind) -> None:
    template = pipelines.template(kind)
    order = list(Group)
    places = [order.index(status.group) for status in template]
    assert places == sorted(places)
    assert set(places) == {0, 1, 2, 3}
    keys = [status.key for status in template]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch("[a-z]+(_[a-z]+)*", key) for key in keys)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("spoken", ["en", "ro"])
def test_everything_has_a_name_in_both_languages(kind: Kind, spoken: Language) -> None:
    set_language(spoken)
    names = [pipelines.module_name(kind), pipelines.item_name(kind), pipelines.items_name(kind)]
    names += [pipelines.group_name(kind, group) for group in Group]
    names += [pipelines.status_name(kind, status.key) for status in pipelines.template(kind)]
    assert all(name.strip() for name in names)


def test_sales_has_its_own_group_headings() -> None:
    assert [pipelines.group_name(Kind.SALES, group) for group in Group] == [
        "Prospecting",
        "In progress",
        "Customers",
        "Database",
    ]
    assert [pipelines.group_name(Kind.HR, group) for group in Group] == ["Lead", "Open", "Success", "Failed"]


def test_the_sales_pipeline_is_most_important_first() -> None:
    assert named(Kind.SALES, Group.LEAD) == "VIP · Qualified · Unqualified · Qualify"
    assert named(Kind.SALES, Group.OPEN) == (
        "VIP, decided · Qualified, decided · Unqualified, decided · VIP · Qualified · Unqualified · To qualify"
    )
    assert named(Kind.SALES, Group.SUCCESS) == named(Kind.SALES, Group.FAILED) == "VIP · Qualified · Unqualified"


def test_a_status_of_ones_own_is_called_by_its_key() -> None:
    assert pipelines.status_name(Kind.PROJECTS, "Blocked by weather") == "Blocked by weather"


@pytest.mark.parametrize("kind", Kind)
def test_a_new_card_begins_in_a_lead_status(kind: Kind) -> None:
    first = pipelines.first_status(kind)
    assert {status.key: status.group for status in pipelines.template(kind)}[first] is Group.LEAD


def test_first_statuses_that_are_not_the_first_of_the_pipeline() -> None:
    assert pipelines.first_status(Kind.SALES) == "lead_qualify"
    assert pipelines.first_status(Kind.INVOICING) == "invoice_to_be_issued"
    assert pipelines.first_status(Kind.ORDERS) == "draft"


def test_three_kinds_are_fixed_and_each_says_why() -> None:
    assert {kind for kind in Kind if pipelines.is_fixed(kind)} == {Kind.SALES, Kind.ORDERS, Kind.INVOICING}
    assert all(bool(pipelines.fixed_refusal(kind)) is pipelines.is_fixed(kind) for kind in Kind)


@pytest.mark.parametrize("kind", CUSTOMISABLE)
def test_steps_walk_from_lead_to_success_and_stop(kind: Kind) -> None:
    statuses = statuses_of(kind)
    walk = [status for status in statuses if status.group is not Group.FAILED]
    for place, status in enumerate(walk):
        assert pipelines.step(statuses, status, 1) == (walk[place + 1] if place + 1 < len(walk) else None)
        assert pipelines.step(statuses, status, -1) == (walk[place - 1] if place else None)


@pytest.mark.parametrize("kind", CUSTOMISABLE)
def test_no_step_leads_into_failed_or_out_of_it(kind: Kind) -> None:
    statuses = statuses_of(kind)
    failed = pipelines.first_of(statuses, Group.FAILED)
    assert failed is not None
    assert pipelines.step(statuses, failed, 1) is None
    assert pipelines.step(statuses, failed, -1) is None


def test_order_is_by_group_then_position_whatever_the_ids() -> None:
    statuses = statuses_of(Kind.EVENTS)
    assert pipelines.in_order(tuple(reversed(statuses))) == statuses
    first = pipelines.first_of(tuple(reversed(statuses)), Group.FAILED)
    assert first is not None
    assert first.key == "absent"
    assert pipelines.first_of((), Group.LEAD) is None


def test_orders_and_documents_know_their_statuses() -> None:
    assert all(orders.is_status(status.key) for status in orders.STATUSES)
    assert not orders.is_status("paid")
    assert all(invoicing.is_status(status.key) for status in invoicing.STATUSES)
    assert not invoicing.is_status("offer_paid")


@pytest.mark.parametrize(
    ("document", "statuses"),
    [
        ("offer", "draft:lead awaiting:open accepted:success rejected:failed cancelled:failed"),
        ("proforma", "draft:lead issued:open paid:success cancelled:failed"),
        ("invoice", "to_be_issued:lead issued:open paid:success cancelled:failed"),
    ],
)
def test_each_document_has_its_life(document: str, statuses: str) -> None:
    own = [each for each in invoicing.STATUSES if kind_of(Kind.INVOICING, each.key) == document]
    assert " ".join(f"{each.key.removeprefix(document + '_')}:{each.group}" for each in own) == statuses


def test_a_file_begins_with_sales_alone() -> None:
    assert pipelines.NEW_DATABASE == (Kind.SALES,)


def test_a_move_between_statuses_of_one_name_is_told_with_their_groups() -> None:
    assert pipelines.move_names(Kind.SALES, "success_qualified", "open_qualified") == (
        "Customers · Qualified",
        "In progress · Qualified",
    )
    assert pipelines.move_names(Kind.SALES, "lead_qualify", "lead_vip") == ("Qualify", "VIP")
    assert pipelines.move_names(Kind.PROJECTS, "My own", "My own") == ("My own", "My own")
