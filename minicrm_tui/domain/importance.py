"""The orders of the cards inside a bucket: what they are called, and which statuses are the more important.

All of it is ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from minicrm_tui.domain.pipelines import in_order
from minicrm_tui.domain.records import Group, Kind, Sort, Status, StatusId
from minicrm_tui.i18n import N_, _

_NAMES: Final = {Sort.DEADLINE: N_("by deadline"), Sort.VALUE: N_("by value"), Sort.IMPORTANCE: N_("by importance")}

_QUALIFIED: Final = ("vip", "qualified", "unqualified")
"""What the keys of an opportunity's statuses say, the most important first; the others' qualification is not known."""


def sort_name(sort: Sort) -> str:
    """An order in words: "by value"."""
    return _(_NAMES[sort])


def ranks(kind: Kind, pipeline: Sequence[Status]) -> dict[StatusId, int]:
    """How important each status is, 0 the most; several may be alike.

    Opportunities: the decided ones that are in progress, then by qualification, wherever they stand. Other cards: the
    further along the pipeline, the more important. What was lost comes last.
    """
    if kind is Kind.SALES:
        weights = [_of_opportunity(status) for status in pipeline]
    else:
        places = {status.id: place for place, status in enumerate(in_order(pipeline))}
        weights = [(status.group is Group.FAILED, False, -places[status.id]) for status in pipeline]
    known = sorted(set(weights))
    return {status.id: known.index(weight) for status, weight in zip(pipeline, weights, strict=True)}


def _of_opportunity(status: Status) -> tuple[bool, bool, int]:
    """Lost or not, decided or not, how far from VIP."""
    _group, _between, words = status.key.partition("_")
    qualification = words.removesuffix("_decided")
    place = _QUALIFIED.index(qualification) if qualification in _QUALIFIED else len(_QUALIFIED)
    return status.group is Group.FAILED, qualification == words, place
