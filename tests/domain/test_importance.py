"""Which statuses are the more important, and what the orders of a list are called."""

from __future__ import annotations

import pytest

from minicrm_tui.domain.importance import ranks, sort_name
from minicrm_tui.domain.pipelines import template
from minicrm_tui.domain.records import Kind, ModuleId, Sort, Status, StatusId


def pipeline(kind: Kind) -> list[Status]:
    return [
        Status(StatusId(number), ModuleId(1), each.key, each.name, each.group, number)
        for number, each in enumerate(template(kind), 1)
    ]


def by_importance(kind: Kind) -> list[set[str]]:
    """The keys of a pipeline's statuses, the most important first."""
    statuses = pipeline(kind)
    known = ranks(kind, statuses)
    return [{each.key for each in statuses if known[each.id] == rank} for rank in range(max(known.values()) + 1)]


def test_opportunities_are_ranked_by_decision_then_by_qualification_and_the_lost_ones_last() -> None:
    assert by_importance(Kind.SALES) == [
        {"open_vip_decided"},
        {"open_qualified_decided"},
        {"open_unqualified_decided"},
        {"lead_vip", "open_vip", "success_vip"},
        {"lead_qualified", "open_qualified", "success_qualified"},
        {"lead_unqualified", "open_unqualified", "success_unqualified"},
        {"lead_qualify", "open_to_qualify"},
        {"failed_vip"},
        {"failed_qualified"},
        {"failed_unqualified"},
    ]


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        (Kind.PROJECTS, ["completed", "review", "in_progress", "planning", "idea", "cancelled"]),
        (Kind.ORDERS, ["successful", "completed", "in_progress", "draft", "failed"]),
    ],
)
def test_other_cards_are_ranked_by_how_far_they_have_come(kind: Kind, keys: list[str]) -> None:
    assert by_importance(kind) == [{key} for key in keys]


def test_the_place_in_the_pipeline_counts_not_the_order_of_the_rows() -> None:
    statuses = pipeline(Kind.PROJECTS)
    assert ranks(Kind.PROJECTS, statuses[::-1]) == ranks(Kind.PROJECTS, statuses)


def test_the_orders_have_names() -> None:
    assert [sort_name(sort) for sort in Sort] == ["by deadline", "by value", "by importance"]
