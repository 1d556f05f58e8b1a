"""A checklist as a person writes it: a line for each thing to tick."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from minicrm_tui.domain.checklists import Check
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.text import clean, clean_lines, fold
from minicrm_tui.i18n import _, ngettext

MOST_CHECKS: Final = 20
CHECK_LIMIT: Final = 200
"""Characters of a line."""


def read_lines(typed: str) -> tuple[str, ...]:
    """The lines that were typed, without the empty ones; Invalid("checklist") where they are too many or too long."""
    lines = tuple(line for line in map(clean, clean_lines(typed).splitlines()) if line)
    if len(lines) > MOST_CHECKS:
        raise Invalid("checklist", _("A checklist can have {most} lines at most.").format(most=MOST_CHECKS))
    if any(len(line) > CHECK_LIMIT for line in lines):
        raise Invalid("checklist", _("A line can have {limit} characters at most.").format(limit=CHECK_LIMIT))
    return lines


def read_checklist(typed: str, before: Iterable[Check] = ()) -> tuple[Check, ...]:
    """The checklist that was typed; a line that was there and ticked before stays ticked. Invalid("checklist")."""
    return tuple(_ticked_again(read_lines(typed), before))


def _ticked_again(lines: Iterable[str], before: Iterable[Check]) -> Iterator[Check]:
    ticked = Counter(fold(check.text) for check in before if check.done)
    for line in lines:
        done = ticked[fold(line)] > 0
        ticked[fold(line)] -= done
        yield Check(line, done)


def fill_checklist(checks: Iterable[Check]) -> str:
    """The text with which a form opens."""
    return "\n".join(check.text for check in checks)


def to_tick(count: int) -> str:
    """How much there is to tick: "3 to tick"."""
    return ngettext("{n} to tick", "{n} to tick", count).format(n=count)
