"""A card whole, as text for people: what its page shows, in lines of 80 cells at most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from minicrm_tui.cli.columns import listed, wrapped
from minicrm_tui.domain.checklists import sign
from minicrm_tui.domain.contact_forms import field_name as contact_field
from minicrm_tui.domain.contacts import ContactKind, ContactRef
from minicrm_tui.domain.fields import required_at, shown_value
from minicrm_tui.domain.forgetting import said_of
from minicrm_tui.domain.pipelines import heading
from minicrm_tui.domain.profile import field_name
from minicrm_tui.domain.records import Outcome, Place, SalesStatus, moment_key
from minicrm_tui.domain.repeating import in_words
from minicrm_tui.domain.sales import qualification_name, sales_status_name
from minicrm_tui.domain.tasks import shown_minutes
from minicrm_tui.i18n import (
    _,
    format_day,
    format_due,
    format_moment,
    format_money,
    format_number,
    lateness_label,
    ngettext,
)
from minicrm_tui.wording import event, outcome_name

if TYPE_CHECKING:
    from minicrm_tui.domain.fields import Field
    from minicrm_tui.domain.pages import CardPage, OtherCard
    from minicrm_tui.domain.records import Company, HistoryEntry, Person, Task

_WIDTH: Final = 80
_INDENT: Final = "  "
NOTHING: Final = "–"

_LATEST: Final = 10
"""Entries of the history that are shown: `--json` has them all."""

_DRAWN, _LINES = 1000, 12
"""Characters and lines of an entry that are shown: a note may be very long."""

Row = tuple[str, str]
"""What stands at the left, and the text beside it."""


def page_lines(page: CardPage, now: datetime) -> Iterator[str]:
    """The card from its name to its history; the ids are what other commands take."""
    row = page.details.row
    yield from wrapped(row.name, _WIDTH)
    yield from wrapped(f"{page.module.name} · {_('card {id}').format(id=row.id)}", _WIDTH)
    if page.module.trashed:
        yield _("The module of this card, {module}, is in the trash.").format(module=page.module.name)
    elif row.place is Place.TRASHED:
        yield _("This card is in the trash.")
    for title, rows in _sections(page, now):
        if rows:
            yield from ("", title)
            yield from ((_INDENT + line).rstrip() for line in listed(rows, _WIDTH - len(_INDENT)))


def profile(page: CardPage, now: datetime) -> dict[str, Row]:
    """The fields of the card by their keys, with those of its module; empty ones too, for they can be filled in."""
    fields = {key: (field_name(key), text or NOTHING) for key, text in _fields(page, now)}
    fields |= {field.key: _own_field(page, field, value) for field, value in page.fields}
    created = page.details.created_at
    if created is not None:
        fields["created_at"] = _("Made on"), format_day(created.astimezone(now.tzinfo).date())
    return fields


def _sections(page: CardPage, now: datetime) -> Iterator[tuple[str, Sequence[Row]]]:
    card, happened = page.details, sum(page.history.values())
    yield page.module.item, list(profile(page, now).values())
    yield _("Client"), list(_client(page))
    tasks = [row for task in card.tasks for row in (_task(task, now), *_checks(task))]
    yield f"{_('Open tasks')} {len(card.tasks)}", tasks or _no_task(page)
    yield _("Other cards"), [_other(other, now) for other in page.others]
    yield _("Linked cards"), [_other(other, now) for other in page.links]
    latest = [_happened(entry, now) for entry in card.history[:_LATEST]]
    if happened > _LATEST:
        left = format_number(happened - _LATEST)
        latest.append(("", _("… {n} more: --json has them all").format(n=left)))
    yield f"{_('History')} {format_number(happened)}", latest


def _fields(page: CardPage, now: datetime) -> Iterator[Row]:
    """What every card has, and what opportunities have, by the keys."""
    card = page.details
    row, keys, closing = card.row, card.keys, card.expected_close
    yield "name", row.name
    yield "value", "" if row.value is None else format_money(row.value)
    yield "company", row.company or ""
    yield "person", row.person or ""
    where = heading(page.module, card.status.group), card.status.name, said_of(row, now)
    yield "status", " · ".join(filter(None, where))
    if keys is not None:
        yield "sales_status", sales_status_name(keys.sales)
        yield "qualification", qualification_name(keys.qualification)
        yield "decided", _("yes") if keys.decided else _("no")
        yield "sales_step", card.sales_step or ""
        if keys.sales is SalesStatus.WON or card.customer_step:
            yield "customer_step", card.customer_step or ""
        yield "expected_close", "" if closing is None else format_day(closing)
        if keys.sales is SalesStatus.LOST:
            yield "loss_reason", card.loss_reason or ""
            yield "loss_details", card.loss_details or ""


def _own_field(page: CardPage, field: Field, value: str) -> Row:
    if not value:
        return field.name, _("required") if required_at(field, page.details.status, page.statuses) else NOTHING
    return field.name, shown_value(field, value) + (f" · {_('out of use')}" if field.retired else "")


def _client(page: CardPage) -> Iterator[Row]:
    """The card's own company and person, then the company's other persons."""
    company, person = page.details.company, page.details.person
    if company is not None:
        yield from _contact(ContactKind.COMPANY, _("Company"), company)
    for each in (person, *page.colleagues):
        if each is not None:
            yield from _contact(ContactKind.PERSON, _("Person"), each)


def _contact(kind: ContactKind, called: str, contact: Company | Person) -> Iterator[Row]:
    yield called, f"{contact.name} · {ContactRef(kind, contact.id).key}"
    for sort, channels in (("phone", contact.phones), ("email", contact.emails)):
        for channel in channels:
            yield contact_field(sort), channel.value + (f", {channel.label}" if channel.label else "")


def _task(task: Task, now: datetime) -> Row:
    said = [task.text]
    if task.due.key < moment_key(now):
        said.append(_("{time} late").format(time=lateness_label(task.due, now)))
    if task.minutes is not None:
        said.append(shown_minutes(task.minutes))
    if task.rule is not None:
        said.append(in_words(task.rule))
    if task.postponed:
        said.append(ngettext("postponed once", "postponed {n} times", task.postponed).format(n=task.postponed))
    return format_due(task.due, now.date()), " · ".join([*said, _("task {id}").format(id=task.id)])


def _checks(task: Task) -> Iterator[Row]:
    """What there is to tick, each with its sign."""
    for check in task.checks:
        yield "", f"{sign(check)} {check.text}"


def _no_task(page: CardPage) -> list[Row]:
    row = page.details.row
    if row.place is not Place.LISTED:
        return []
    return [("", _('minicrm task add {id} "TEXT" adds one.').format(id=row.id))]


def _other(other: OtherCard, now: datetime) -> Row:
    row = other.row
    said = [row.name, other.module, other.status]
    if row.task is not None:
        said.append(format_due(row.task.due, now.date()))
    if other.description:
        said.append(other.description)
    return _("card {id}").format(id=row.id), " · ".join(said)


def _happened(entry: HistoryEntry, now: datetime) -> Row:
    said = event(entry)
    if entry.kind == "task" and entry.new == Outcome.DONE:
        # Or it would read as a note.
        said += f" · {outcome_name(Outcome.DONE)}"
    shown = "\n".join(said[:_DRAWN].splitlines()[:_LINES])
    return format_moment(entry.at.astimezone(now.tzinfo), now.date()), shown if shown == said else f"{shown}…"
