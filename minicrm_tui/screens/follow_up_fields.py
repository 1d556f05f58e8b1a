"""The three fields of a follow-up rule, for the form of a status, of a module and of a template."""

from __future__ import annotations

from collections.abc import Sequence

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.follow_ups import FollowUp, fill_follow_up, in_words, read_days
from minicrm_tui.domain.task_types import DEFAULT_TYPES, task_type, task_type_name
from minicrm_tui.i18n import _
from minicrm_tui.screens.forms import FormField, Note


def fields() -> list[FormField]:
    """What is proposed, of which type, and when."""
    return [
        FormField("follow_text", _("Propose as the next task"), _("call about the offer; nothing: no rule")),
        FormField("follow_type", _("Type"), _("by the first word of the task")),
        FormField("follow_days", _("In how many days"), _("3; nothing: the next working day")),
    ]


def saved(rule: FollowUp | None) -> dict[str, str]:
    """The texts with which the fields open."""
    return dict(fill_follow_up(rule))


def note_of(field: str, text: str, types: Sequence[str] = DEFAULT_TYPES) -> Note | None:
    """What is said under one of the fields while it is typed; `types`: those that the module offers."""
    if field == "follow_days":
        return _days_note(text)
    if field == "follow_type":
        return Note(" · ".join(task_type_name(kind) for kind in types))
    if field == "follow_text" and text.strip():
        return Note(_("by the first word: {type}").format(type=task_type_name(task_type(text, types))))
    return None


def _days_note(text: str) -> Note:
    try:
        return Note(in_words(read_days(text)))
    except Invalid as error:
        return Note(error.why, wrong=True)
