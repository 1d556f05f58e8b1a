"""Tasks as people type them: "call Ana fri 14:00" → a text, a type and a deadline."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from minicrm_tui.domain.dates import split_when
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.reckoning import MONDAY_TO_FRIDAY
from minicrm_tui.domain.records import Due
from minicrm_tui.domain.text import clean, fold
from minicrm_tui.i18n import NC_, _, pgettext

TEXT_LIMIT: Final = 500

TASK_TYPES: Final[Mapping[str, str]] = {
    "call": NC_("task type", "Call"),
    "meeting": NC_("task type", "Meeting"),
    "email": NC_("task type", "E-mail"),
    "other": NC_("task type", "Other"),
}

_WORDS: Final[Mapping[str, str]] = {
    "call": "call calls phone ring telephone suna sunat sun apel apeleaza apelat telefon telefoneaza contacteaza",
    "meeting": "meeting meet visit demo lunch intalnire intalneste intalnirea sedinta vizita viziteaza",
    "email": "email e-mail mail write reply scrie scris raspunde mesaj",
}
_FIRST_WORDS: Final[Mapping[str, str]] = {word: kind for kind, words in _WORDS.items() for word in words.split()}
"""The first word, folded, that gives a task its type."""


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """A task that was typed and understood."""

    text: str
    type: str
    due: Due


def parse_task(
    text: str,
    now: datetime,
    *,
    language: str = "en",
    week_start: int = 0,
    working_days: frozenset[int] = MONDAY_TO_FRIDAY,
) -> TaskDraft:
    """Read `TEXT WHEN`; no date means today. Raises Invalid("task" or "when", …)."""
    line = clean(text)
    if len(line) > TEXT_LIMIT + 100:
        raise too_long()
    what, due = split_when(line, now, language=language, week_start=week_start, working_days=working_days)
    return TaskDraft(checked_text(what), task_type(what), Due(now.date()) if due is None else due)


def checked_text(text: str) -> str:
    """The text of a task, cleaned; Invalid("task", …) if it is empty or too long."""
    kept = clean(text)
    if not kept:
        raise Invalid("task", _("Write what is to be done, then when."))
    if len(kept) > TEXT_LIMIT:
        raise too_long()
    return kept


def task_type(text: str) -> str:
    """The type that the first word of a task gives it: call, meeting, email or other."""
    first = re.match(r"[^\W\d_]+(?:-[^\W\d_]+)?", fold(text))
    return _FIRST_WORDS.get(first[0], "other") if first else "other"


def task_type_name(kind: str) -> str:
    """The name of a task's type, translated; an own type is its name."""
    return pgettext("task type", TASK_TYPES[kind]) if kind in TASK_TYPES else kind


def too_long() -> Invalid:
    """The refusal of a text beyond the limit."""
    return Invalid("task", _("A task can have {limit} characters at most.").format(limit=TEXT_LIMIT))
