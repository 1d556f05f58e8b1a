"""What the lines under the zones say of the row under the cursor: whole, and with what its row has no room for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from minicrm_tui.domain.checklists import done_of
from minicrm_tui.domain.pages import OtherCard
from minicrm_tui.domain.records import Channel, Company, HistoryEntry, Outcome, Person, Task, moment_key
from minicrm_tui.domain.repeating import in_words
from minicrm_tui.domain.task_types import task_type_name
from minicrm_tui.domain.tasks import shown_minutes
from minicrm_tui.i18n import N_, _, format_day, format_due, format_money, format_time, lateness_label, ngettext
from minicrm_tui.widgets.zones import CheckLine, ZoneLine
from minicrm_tui.wording import event, outcome_name

_KINDS: Final = {
    "task": N_("Closed task"),
    "status": N_("Status change"),
    "field": N_("Field change"),
    "note": N_("Note"),
    "document": N_("Document"),
}

Said = tuple[str, str]
"""A heading, and the text under it."""


def of_task(task: Task, now: datetime) -> Said:
    """An open task: of which type, when, how late, how long, how it comes back, how often it was postponed."""
    said = [task_type_name(task.type), format_due(task.due, now.date())]
    if task.due.key < moment_key(now):
        said.append(_("{time} late").format(time=lateness_label(task.due, now)))
    said += [done_of(task.checks), shown_minutes(task.minutes)]
    if task.rule is not None:
        said.append(in_words(task.rule))
    if task.postponed:
        said.append(ngettext("postponed once", "postponed {n} times", task.postponed).format(n=task.postponed))
    return _joined(said), task.text


def of_check(line: CheckLine) -> Said:
    """A line of a checklist: how much of it is done, and of which task it is."""
    return f"{done_of(line.task.checks)} · {line.task.text}", line.check.text


def of_entry(entry: HistoryEntry, now: datetime) -> Said:
    """What has happened: of which kind, when to the minute, how it ended."""
    at = entry.at.astimezone(now.tzinfo)
    said = [_(_KINDS[entry.kind]) if entry.kind in _KINDS else "", f"{format_day(at.date())} {format_time(at.time())}"]
    if entry.kind == "task" and entry.new in tuple(Outcome):
        said.append(outcome_name(Outcome(entry.new)))
    return _joined(said), event(entry)


def of_line(line: ZoneLine) -> Said:
    """A line of the profile or of the client."""
    return line.heading or line.label, line.whole or line.text


def of_contact(contact: Company | Person) -> str:
    """What is known of a contact besides its name and channels."""
    if isinstance(contact, Person):
        return _joined([contact.job, contact.description])
    known = (contact.address, contact.website, contact.tax_number, contact.registration_number, contact.industry)
    return _joined([*known, contact.description])


def of_channel(channel: Channel) -> str:
    """What is said of a phone or an e-mail."""
    return _joined([channel.label, _("not verified") if channel.doubtful else ""])


def of_other(other: OtherCard, now: datetime) -> str:
    """Another card: where it stands, what it is worth, what is next, and how the two belong together."""
    row, task = other.row, other.row.task
    said = [other.module, other.status, "" if row.value is None else format_money(row.value)]
    if task is not None:
        said.append(f"{format_due(task.due, now.date())} {task.text}")
    return _joined([*said, other.description])


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)
