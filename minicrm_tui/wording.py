"""What an action is called, for the line that says what was undone, and what the history of a card says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Final

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.money import parse_money
from minicrm_tui.domain.profile import FIELD_NAMES
from minicrm_tui.domain.records import HistoryEntry, Outcome, Qualification, SalesStatus
from minicrm_tui.domain.recurrence import from_kept
from minicrm_tui.domain.repeating import in_words
from minicrm_tui.domain.sales import qualification_name, sales_status_name
from minicrm_tui.domain.task_types import task_type_name
from minicrm_tui.domain.tasks import shown_minutes
from minicrm_tui.domain.text import shorten
from minicrm_tui.i18n import N_, NN_, _, format_day, format_money, format_number, format_time, ngettext

_OF_ONE: Final[Mapping[str, str]] = {
    "task.close": N_("task closed: {subject}"),
    "task.add": N_("task added: {subject}"),
    "task.postpone": N_("task postponed: {subject}"),
    "task.edit": N_("task changed: {subject}"),
    "task.reopen": N_("task opened again: {subject}"),
    "card.add": N_("card added: {subject}"),
    "card.edit": N_("card edited: {subject}"),
    "card.move": N_("card moved: {subject}"),
    "card.win": N_("card won: {subject}"),
    "card.lose": N_("card lost: {subject}"),
    "card.qualify": N_("qualification set: {subject}"),
    "card.decide": N_("decision set: {subject}"),
    "card.step": N_("step set: {subject}"),
    "card.trash": N_("card moved to the trash: {subject}"),
    "card.restore": N_("card restored: {subject}"),
    "card.copy": N_("card copied: {subject}"),
    "card.link": N_("cards linked: {subject}"),
    "card.unlink": N_("link taken away: {subject}"),
    "note.add": N_("note added: {subject}"),
    "contact.add": N_("contact added: {subject}"),
    "contact.edit": N_("contact changed: {subject}"),
    "contact.delete": N_("contact deleted: {subject}"),
    "contact.merge": N_("contacts merged: {subject}"),
    "field.add": N_("field added: {subject}"),
    "field.edit": N_("field changed: {subject}"),
    "field.move": N_("field moved: {subject}"),
    "field.retire": N_("field out of use: {subject}"),
    "field.restore": N_("field in use again: {subject}"),
    "list.add": N_("added to a list: {subject}"),
    "list.rename": N_("renamed in a list: {subject}"),
    "list.move": N_("moved in a list: {subject}"),
    "list.delete": N_("taken off a list: {subject}"),
    "module.install": N_("module installed: {subject}"),
    "module.edit": N_("module changed: {subject}"),
    "module.move": N_("module moved: {subject}"),
    "module.trash": N_("module moved to the trash: {subject}"),
    "module.restore": N_("module restored: {subject}"),
    "module.import": N_("set-up taken over: {subject}"),
    "template.add": N_("template added: {subject}"),
    "template.edit": N_("template changed: {subject}"),
    "template.move": N_("template moved: {subject}"),
    "template.delete": N_("template deleted: {subject}"),
    "task.check": N_("ticked: {subject}"),
    "task.uncheck": N_("no longer ticked: {subject}"),
    "module.sort": N_("order of the list: {subject}"),
    "module.forgotten": N_("days until an opportunity is forgotten: {subject}"),
    "status.add": N_("status added: {subject}"),
    "status.edit": N_("status changed: {subject}"),
    "status.move": N_("status moved: {subject}"),
    "status.delete": N_("status deleted: {subject}"),
    "group.rename": N_("group renamed: {subject}"),
    "document.edit": N_("document changed: {subject}"),
    "document.finalise": N_("order finalised: {subject}"),
    "document.reopen": N_("order back to draft: {subject}"),
    "document.complete": N_("order completed: {subject}"),
    "document.issue": N_("document issued: {subject}"),
    "document.accept": N_("offer accepted: {subject}"),
    "document.reject": N_("offer rejected: {subject}"),
    "document.pay": N_("payment noted: {subject}"),
    "document.cancel": N_("document cancelled: {subject}"),
    "document.storno": N_("invoice cancelled: {subject}"),
    "document.make": N_("document made: {subject}"),
    "product.add": N_("added to the catalogue: {subject}"),
    "product.edit": N_("changed in the catalogue: {subject}"),
    "product.delete": N_("taken out of the catalogue: {subject}"),
    "import": N_("import: {subject}"),
}
_OF_MANY: Final[Mapping[str, tuple[str, str]]] = {
    "task.close": NN_("{n} task closed", "{n} tasks closed"),
    "task.add": NN_("{n} task added", "{n} tasks added"),
    "task.postpone": NN_("{n} task postponed", "{n} tasks postponed"),
    "task.edit": NN_("{n} task changed", "{n} tasks changed"),
    "task.reopen": NN_("{n} task opened again", "{n} tasks opened again"),
    "card.add": NN_("{n} card added", "{n} cards added"),
    "card.edit": NN_("{n} card edited", "{n} cards edited"),
    "card.move": NN_("{n} card moved", "{n} cards moved"),
    "card.win": NN_("{n} card won", "{n} cards won"),
    "card.lose": NN_("{n} card lost", "{n} cards lost"),
    "card.qualify": NN_("qualification of {n} card set", "qualification of {n} cards set"),
    "card.decide": NN_("decision of {n} card set", "decision of {n} cards set"),
    "card.step": NN_("step of {n} card set", "step of {n} cards set"),
    "card.trash": NN_("{n} card moved to the trash", "{n} cards moved to the trash"),
    "card.restore": NN_("{n} card restored", "{n} cards restored"),
    "card.copy": NN_("{n} card copied", "{n} cards copied"),
    "card.link": NN_("{n} card linked", "{n} cards linked"),
    "card.unlink": NN_("{n} link taken away", "{n} links taken away"),
    "note.add": NN_("{n} note added", "{n} notes added"),
    "contact.add": NN_("{n} contact added", "{n} contacts added"),
    "contact.edit": NN_("{n} contact changed", "{n} contacts changed"),
    "contact.delete": NN_("{n} contact deleted", "{n} contacts deleted"),
    "contact.merge": NN_("{n} contact merged", "{n} contacts merged"),
    "field.add": NN_("{n} field added", "{n} fields added"),
    "field.edit": NN_("{n} field changed", "{n} fields changed"),
    "field.move": NN_("{n} field moved", "{n} fields moved"),
    "field.retire": NN_("{n} field out of use", "{n} fields out of use"),
    "field.restore": NN_("{n} field in use again", "{n} fields in use again"),
    "list.add": NN_("{n} value added to a list", "{n} values added to a list"),
    "list.rename": NN_("{n} value of a list renamed", "{n} values of a list renamed"),
    "list.move": NN_("{n} value of a list moved", "{n} values of a list moved"),
    "list.delete": NN_("{n} value taken off a list", "{n} values taken off a list"),
    "module.install": NN_("{n} module installed", "{n} modules installed"),
    "module.edit": NN_("{n} module changed", "{n} modules changed"),
    "module.move": NN_("{n} module moved", "{n} modules moved"),
    "module.trash": NN_("{n} module moved to the trash", "{n} modules moved to the trash"),
    "module.restore": NN_("{n} module restored", "{n} modules restored"),
    "module.import": NN_("set-up of {n} module taken over", "set-up of {n} modules taken over"),
    "template.add": NN_("{n} template added", "{n} templates added"),
    "template.edit": NN_("{n} template changed", "{n} templates changed"),
    "template.move": NN_("{n} template moved", "{n} templates moved"),
    "template.delete": NN_("{n} template deleted", "{n} templates deleted"),
    "task.check": NN_("{n} line ticked", "{n} lines ticked"),
    "task.uncheck": NN_("{n} line no longer ticked", "{n} lines no longer ticked"),
    "module.sort": NN_("{n} module changed", "{n} modules changed"),
    "module.forgotten": NN_("{n} module changed", "{n} modules changed"),
    "status.add": NN_("{n} status added", "{n} statuses added"),
    "status.edit": NN_("{n} status changed", "{n} statuses changed"),
    "status.move": NN_("{n} status moved", "{n} statuses moved"),
    "status.delete": NN_("{n} status deleted", "{n} statuses deleted"),
    "group.rename": NN_("{n} group renamed", "{n} groups renamed"),
    "document.edit": NN_("{n} document changed", "{n} documents changed"),
    "document.finalise": NN_("{n} order finalised", "{n} orders finalised"),
    "document.reopen": NN_("{n} order back to draft", "{n} orders back to draft"),
    "document.complete": NN_("{n} order completed", "{n} orders completed"),
    "document.issue": NN_("{n} document issued", "{n} documents issued"),
    "document.accept": NN_("{n} offer accepted", "{n} offers accepted"),
    "document.reject": NN_("{n} offer rejected", "{n} offers rejected"),
    "document.pay": NN_("{n} payment noted", "{n} payments noted"),
    "document.cancel": NN_("{n} document cancelled", "{n} documents cancelled"),
    "document.storno": NN_("{n} invoice cancelled", "{n} invoices cancelled"),
    "document.make": NN_("{n} document made", "{n} documents made"),
    "product.add": NN_("{n} item added to the catalogue", "{n} items added to the catalogue"),
    "product.edit": NN_("{n} item of the catalogue changed", "{n} items of the catalogue changed"),
    "product.delete": NN_("{n} item taken out of the catalogue", "{n} items taken out of the catalogue"),
}
_CHANGES: Final = NN_("{n} change", "{n} changes")


def describe(verb: str, subject: str, count: int) -> str:
    """The action as a person reads it: "task closed: Call about the offer", "12 tasks closed"."""
    if count == 1 and verb in _OF_ONE:
        return _(_OF_ONE[verb]).format(subject=shorten(subject, 60))
    return ngettext(*_OF_MANY.get(verb, _CHANGES), count).format(n=format_number(count))


_EVENTS: Final[Mapping[str, str]] = {
    "created": N_("Created"),
    "trashed": N_("Moved to the trash"),
    "restored": N_("Restored"),
    "reopened": N_("Opened again"),
    "linked": N_("Linked"),
    "unlinked": N_("Link taken away"),
}
_FIELDS: Final[Mapping[str, str]] = {
    **FIELD_NAMES,
    "due_on": N_("Payment date"),
    "notes": N_("Notes"),
    "task": N_("Task"),
    "task_type": N_("Type"),
    "task_due": N_("When"),
    "task_minutes": N_("Duration"),
    "task_rule": N_("Repeat"),
}
_MOVERS: Final[Mapping[str, str]] = {
    "sales_status": N_("sales status → {value}"),
    "qualification": N_("qualification → {value}"),
    "decided": N_("decided → {value}"),
}
"""What an opportunity is moved by."""

_OUTCOMES: Final[Mapping[Outcome, str]] = {
    Outcome.DONE: N_("done"),
    Outcome.SUCCESSFUL: N_("successful"),
    Outcome.FAILED: N_("failed"),
}


def event(entry: HistoryEntry) -> str:
    """One thing that happened to a card, in words: "Qualification: none → VIP"."""
    if entry.kind in _EVENTS:
        said = _(_EVENTS[entry.kind])
        return f"{said}: {entry.text}" + (f" · {entry.new}" if entry.new else "") if entry.text else said
    if entry.kind == "document":
        return _numbered(entry)
    if entry.field == "items":
        return _item(entry.old, entry.new)
    if entry.kind == "field":
        change = _arrow(_field_value(entry.field, entry.old), _field_value(entry.field, entry.new))
        changed = f"{_(_FIELDS[entry.field]) if entry.field in _FIELDS else entry.field}: {change}"
        return f"{entry.text} · {changed}" if entry.text else changed
    if entry.kind == "status":
        moved = _arrow(entry.old, entry.new)
        return f"{moved} — {_by_itself(entry.text)}" if entry.by_itself else moved
    # What was ticked of the checklist of a closed task.
    said = f"{entry.text} ({entry.old})" if entry.kind == "task" and entry.old else entry.text
    if entry.new in tuple(Outcome) and entry.new != Outcome.DONE:
        return f"{said} · {outcome_name(Outcome(entry.new))}"
    return said


def outcome_name(outcome: Outcome) -> str:
    """How a task ended, translated."""
    return _(_OUTCOMES[outcome])


def _by_itself(kept: str) -> str:
    """What moved the card, out of the key fields and the values that they took: "sales_status=won decided=yes"."""
    changed = [field.partition("=") for field in kept.split()]
    why = [_(_MOVERS[name]).format(value=_field_value(name, value)) for name, _is, value in changed if name in _MOVERS]
    return _("moved by itself: {why}").format(why=", ".join(why)) if why else _("moved by itself")


def _numbered(entry: HistoryEntry) -> str:
    """A document took its number on a day, or another one cancels it."""
    if entry.field == "cancelled_by":
        return _("Cancelled by {number}").format(number=entry.text)
    said = _("Number: {number}").format(number=entry.text)
    return f"{said} · {_due(entry.new)}" if entry.new else said


def _item(old: str, new: str) -> str:
    """What became of an item of an order or a document."""
    if not old:
        return _("Item added: {item}").format(item=new)
    if not new:
        return _("Item taken off: {item}").format(item=old)
    return _("Item: {change}").format(change=_arrow(old, new))


def _arrow(old: str, new: str) -> str:
    return f"{old} → {new}" if old else new


def _field_value(field: str, kept: str) -> str:
    """What the history keeps in every language alike, in the person's."""
    if not kept:
        return "–" if field != "loss_reason" else ""
    match field:
        case "sales_status" if kept in tuple(SalesStatus):
            return sales_status_name(SalesStatus(kept))
        case "qualification" if kept in tuple(Qualification):
            return qualification_name(Qualification(kept))
        case "decided":
            return _("yes") if kept == "yes" else _("no")
        case "value":
            return _money(kept)
        case "task_type":
            return task_type_name(kept)
        case "task_due" | "expected_close" | "due_on":
            return _due(kept)
        case "task_minutes":
            return shown_minutes(int(kept))
        case "task_rule":
            return in_words(from_kept(kept))
        case _:
            return kept


def _due(kept: str) -> str:
    day, _space, at = kept.partition(" ")
    shown = format_day(date.fromisoformat(day))
    return f"{shown} {format_time(time.fromisoformat(at))}" if at else shown


def _money(kept: str) -> str:
    try:
        return format_money(parse_money(kept, ""))
    except Invalid:
        return kept
