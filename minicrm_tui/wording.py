"""What an action is called, for the toast and the line that say what was undone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from minicrm_tui.domain.text import shorten
from minicrm_tui.i18n import N_, NN_, _, format_number, ngettext

_OF_ONE: Final[Mapping[str, str]] = {
    "task.close": N_("task closed: {subject}"),
    "task.add": N_("task added: {subject}"),
    "task.postpone": N_("task postponed: {subject}"),
    "card.add": N_("card added: {subject}"),
    "card.edit": N_("card edited: {subject}"),
    "card.move": N_("card moved: {subject}"),
    "card.win": N_("card won: {subject}"),
    "card.lose": N_("card lost: {subject}"),
    "card.qualify": N_("qualification set: {subject}"),
    "card.decide": N_("decision set: {subject}"),
    "card.trash": N_("card moved to the trash: {subject}"),
    "card.restore": N_("card restored: {subject}"),
    "note.add": N_("note added: {subject}"),
}
_OF_MANY: Final[Mapping[str, tuple[str, str]]] = {
    "task.close": NN_("{n} task closed", "{n} tasks closed"),
    "task.add": NN_("{n} task added", "{n} tasks added"),
    "task.postpone": NN_("{n} task postponed", "{n} tasks postponed"),
    "card.add": NN_("{n} card added", "{n} cards added"),
    "card.edit": NN_("{n} card edited", "{n} cards edited"),
    "card.move": NN_("{n} card moved", "{n} cards moved"),
    "card.win": NN_("{n} card won", "{n} cards won"),
    "card.lose": NN_("{n} card lost", "{n} cards lost"),
    "card.qualify": NN_("qualification of {n} card set", "qualification of {n} cards set"),
    "card.decide": NN_("decision of {n} card set", "decision of {n} cards set"),
    "card.trash": NN_("{n} card moved to the trash", "{n} cards moved to the trash"),
    "card.restore": NN_("{n} card restored", "{n} cards restored"),
    "note.add": NN_("{n} note added", "{n} notes added"),
}
_CHANGES: Final = NN_("{n} change", "{n} changes")


def describe(verb: str, subject: str, count: int) -> str:
    """The action as a person reads it: "task closed: Call about the offer", "12 tasks closed"."""
    if count == 1 and verb in _OF_ONE:
        return _(_OF_ONE[verb]).format(subject=shorten(subject, 60))
    return ngettext(*_OF_MANY.get(verb, _CHANGES), count).format(n=format_number(count))
