"""Tasks as people type them: "call Ana fri 14:00" → a text, a type and a deadline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from minicrm_tui.domain.checklists import Check
from minicrm_tui.domain.dates import split_when
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.reckoning import MONDAY_TO_FRIDAY
from minicrm_tui.domain.records import Due
from minicrm_tui.domain.recurrence import Recurrence
from minicrm_tui.domain.templates import NOTHING_OWN, TaskOffer
from minicrm_tui.domain.text import clean, fold
from minicrm_tui.i18n import _

TEXT_LIMIT: Final = 500

MOST_MINUTES: Final = 24 * 60

_DURATION: Final = re.compile(
    r"(?P<clock>\d{1,2}):(?P<after>\d{2})"
    r"|(?:(?P<hours>\d{1,2}) ?(?:h|hours?|or[ae]) ?)?(?:(?P<minutes>\d{1,4}) ?(?:m|min|minutes?|minute|de minute)?)?"
)


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """A task that was typed and understood."""

    text: str
    type: str
    due: Due
    minutes: int | None = None
    rule: Recurrence | None = None
    checks: tuple[Check, ...] = ()


def parse_task(
    text: str,
    now: datetime,
    *,
    language: str = "en",
    week_start: int = 0,
    working_days: frozenset[int] = MONDAY_TO_FRIDAY,
    offer: TaskOffer = NOTHING_OWN,
) -> TaskDraft:
    """Read `TEXT WHEN`; no date means today, or the template's day. Raises Invalid("task" or "when", …).

    `offer`: what the module has. A text that is a template's has the template's type and checklist.
    """
    line = clean(text)
    if len(line) > TEXT_LIMIT + 100:
        raise too_long()
    what, due = split_when(line, now, language=language, week_start=week_start, working_days=working_days)
    done = checked_text(what)
    if due is None:
        template = offer.template_of(done)
        due = Due(now.date() if template is None else template.task.day(now.date(), working_days))
    return TaskDraft(done, offer.type_of(done), due, checks=offer.checks_of(done))


def checked_text(text: str) -> str:
    """The text of a task, cleaned; Invalid("task", …) if it is empty or too long."""
    kept = clean(text)
    if not kept:
        raise Invalid("task", _("Write what is to be done, then when."))
    if len(kept) > TEXT_LIMIT:
        raise too_long()
    return kept


def read_minutes(text: str) -> int | None:
    """How long a task takes, in minutes: "45", "45 min", "1h30", "1:30", "2 ore"; Invalid("minutes", …) otherwise."""
    typed = fold(clean(text))
    if not typed:
        return None
    found = _DURATION.fullmatch(typed)
    if found is None:
        raise Invalid("minutes", _("Write how long it takes, such as 45 min or 1h 30."))
    minutes = int(found["hours"] or found["clock"] or 0) * 60 + int(found["minutes"] or found["after"] or 0)
    if not 0 < minutes <= MOST_MINUTES:
        raise Invalid("minutes", _("A task can take 1 minute to 24 hours."))
    return minutes


def shown_minutes(minutes: int | None) -> str:
    """A duration as it is shown, and can be typed again: 45 min, 1h 30."""
    if minutes is None:
        return ""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours}h {rest:02d}" if rest else f"{hours}h"


def too_long() -> Invalid:
    """The refusal of a text beyond the limit."""
    return Invalid("task", _("A task can have {limit} characters at most.").format(limit=TEXT_LIMIT))
