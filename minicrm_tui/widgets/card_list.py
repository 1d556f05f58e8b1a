"""The card list: one row a card in the buckets of its next task."""

from __future__ import annotations

from datetime import datetime

from minicrm_tui.domain.records import Outline
from minicrm_tui.widgets.section_list import SectionList
from minicrm_tui.widgets.sections import Section

FINISHED = "finished"
"""The key of the section after the buckets."""


def list_sections(outline: Outline, *, finished: bool = False) -> tuple[Section, ...]:
    """The headings of the list for an outline: Expired always (when the list has cards), others when they hold cards."""
    raise NotImplementedError


class CardList(SectionList):
    """Cards by next task: when, name, task, value. Enter on a heading folds it."""

    def set_now(self, now: datetime) -> None:
        """The moment that lateness is told by; call before `show` and at each new minute."""
        raise NotImplementedError
