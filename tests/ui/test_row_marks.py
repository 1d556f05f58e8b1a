"""The mark of a card gets as many cells as there are: in words, short, or a sign; a name is never left without room."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from minicrm_tui.domain.quiet import Quiet, Still
from minicrm_tui.domain.records import CardId, CardRow, ModuleId, Place, StatusId
from minicrm_tui.i18n import set_language
from minicrm_tui.widgets.row_marks import brief_mark, mark_of
from tests.conftest import MONDAY_MORNING

PLAIN = CardRow(CardId(1), ModuleId(1), StatusId(5), "Acme Industries", None, Place.LISTED, None, 0)
FORGOTTEN = replace(PLAIN, quiet=Quiet(MONDAY_MORNING - timedelta(days=23), 14))
ROTTING = replace(FORGOTTEN, still=Still(MONDAY_MORNING - timedelta(days=12), 7))
CARED_FOR = replace(PLAIN, quiet=Quiet(MONDAY_MORNING - timedelta(days=14), 14))
OVERDUE = replace(PLAIN, payment_due=date(2026, 11, 20))


@pytest.mark.parametrize(
    ("card", "said"),
    [
        (PLAIN, None), (CARED_FOR, None), (FORGOTTEN, "forgotten 23 d"), (ROTTING, "rotting 12 d"),
        (OVERDUE, "overdue 3d"), (replace(ROTTING, payment_due=OVERDUE.payment_due), "overdue 3d"),
    ],
)  # fmt: skip
def test_a_mark_is_told_in_words(card: CardRow, said: str | None) -> None:
    mark = mark_of(card, MONDAY_MORNING)
    assert (mark.text if mark is not None else None) == said


@pytest.mark.parametrize(
    ("card", "cells", "said"),
    [
        (FORGOTTEN, 40, "forgotten 23 d"), (FORGOTTEN, 24, "forgotten 23 d"), (FORGOTTEN, 23, "◷23d"),
        (FORGOTTEN, 14, "◷23d"), (FORGOTTEN, 13, "◷"), (FORGOTTEN, 5, "◷"),
        (ROTTING, 22, "rotting 12 d"), (ROTTING, 21, "≋12d"), (ROTTING, 13, "≋"),
        (OVERDUE, 20, "overdue 3d"), (OVERDUE, 19, "!"), (PLAIN, 40, None), (CARED_FOR, 9, None),
    ],
)  # fmt: skip
def test_with_little_room_it_is_short(card: CardRow, cells: int, said: str | None) -> None:
    mark = brief_mark(card, MONDAY_MORNING, cells)
    assert (mark.text if mark is not None else None) == said


def test_it_is_told_in_romanian() -> None:
    set_language("ro")
    mark = mark_of(FORGOTTEN, MONDAY_MORNING)
    assert mark is not None
    assert mark.text == "uitată de 23 z"
