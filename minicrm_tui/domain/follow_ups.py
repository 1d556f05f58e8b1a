"""Follow-up rules: the next step that a status, or a whole module, proposes; never added silently."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.records import FollowUp
from minicrm_tui.domain.task_types import DEFAULT_TYPES, read_type, task_type_name
from minicrm_tui.domain.tasks import checked_text
from minicrm_tui.domain.text import clean, fold
from minicrm_tui.i18n import _, format_number, ngettext

__all__ = ["FollowUp", "fill_follow_up", "in_words", "read_days", "read_follow_up", "read_kind", "read_text"]

FIELDS: Final = ("follow_text", "follow_type", "follow_days")
"""The fields of a rule in a form, and the `field` of what is wrong with it."""

MOST_DAYS: Final = 365

_DAYS: Final = re.compile(r"(?:in |peste )?\+?(?P<days>[0-9]{1,9}) ?(?:d|days?|zi|zile|de zile)?")
_WORKING_DAY: Final = re.compile(r"(?:on |in )?(?:the |next |the next |urmatoarea )?(?:working day|zi lucratoare)")


def read_follow_up(text: str, kind: str, days: str, types: Sequence[str] = DEFAULT_TYPES) -> FollowUp | None:
    """The rule that was typed, None where nothing was; `types`: the module's. Invalid(one of FIELDS) otherwise."""
    if not any(clean(typed) for typed in (text, kind, days)):
        return None
    return FollowUp(read_text(text), read_kind(kind, types), read_days(days))


def read_text(typed: str) -> str:
    """What is proposed; Invalid("follow_text")."""
    try:
        return checked_text(typed)
    except Invalid as error:
        why = error.why if clean(typed) else _("Write what is to be done; with nothing here, empty the other two too.")
        raise Invalid("follow_text", why) from None


def read_kind(typed: str, types: Sequence[str] = DEFAULT_TYPES) -> str:
    """Of which of these types, or "" where the text says it; Invalid("follow_type")."""
    try:
        return read_type(clean(typed), types) or ""
    except Invalid as error:
        raise Invalid("follow_type", error.why) from None


def read_days(typed: str) -> int | None:
    """In how many days; nothing, or "working day", is None: on the next one. Invalid("follow_days") for all else."""
    folded = fold(clean(typed))
    if not folded or _WORKING_DAY.fullmatch(folded):
        return None
    found = _DAYS.fullmatch(folded)
    if found is None or int(found["days"]) > MOST_DAYS:
        raise Invalid(
            "follow_days",
            _("Write a number of days from 0 to {most}, or “working day” for the next one.").format(most=MOST_DAYS),
        )
    return int(found["days"])


def fill_follow_up(rule: FollowUp | None) -> Mapping[str, str]:
    """The texts with which a form opens: read again, they are the rule."""
    if rule is None:
        return dict.fromkeys(FIELDS, "")
    return {
        "follow_text": rule.text,
        "follow_type": task_type_name(rule.type) if rule.type else "",
        "follow_days": _("working day") if rule.days is None else str(rule.days),
    }


def in_words(days: int | None) -> str:
    """When a rule wants its task done: "on the next working day", "today", "in 3 days"."""
    if days is None:
        return _("on the next working day")
    if days == 0:
        return _("the same day")
    return ngettext("in {n} day", "in {n} days", days).format(n=format_number(days))
