"""What stands in the zones of a card's page, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from minicrm_tui.domain.documents import Document, DocumentKind, kind_name
from minicrm_tui.domain.fields import Field, required_at, shown_value
from minicrm_tui.domain.pages import CardPage, OtherCard
from minicrm_tui.domain.records import CardDetails, Company, Person, SalesStatus, Task, moment_key
from minicrm_tui.domain.sales import qualification_name, sales_status_name
from minicrm_tui.i18n import NO_BREAK, _, format_day, format_due, format_money, format_number, format_price, ngettext
from minicrm_tui.screens.card.whole import of_channel, of_contact, of_other
from minicrm_tui.widgets.row_marks import SIGN, mark_of
from minicrm_tui.widgets.strips import Piece
from minicrm_tui.widgets.zones import ZoneLine

Group = tuple[str, str, Sequence[ZoneLine]]
"""Key, heading and lines."""


def title_pieces(page: CardPage, now: datetime) -> list[Piece]:
    """Name, module, status, whether it is overdue, rots or is forgotten, number and value."""
    row, status = page.details.row, page.details.status
    number = f"  ·  {row.number}" if row.number is not None else ""
    value = f"  ·  {format_money(row.value)}" if row.value is not None else ""
    mark = mark_of(row, now)
    late = [] if mark is None else [Piece("  ·  ", "muted"), mark]
    return [
        Piece(row.name, "strong", True),
        Piece(f"  ·  {page.module.name}  ·  ", "muted"),
        Piece(status.name, "accent"),
        *late,
        Piece(number + value),
    ]


def profile_groups(page: CardPage, now: datetime) -> list[Group]:
    """The fields of the card."""
    own = tuple(
        ZoneLine(field.key, shown_value(field, value), field.name, _("out of use") if field.retired else "")
        if value or not _is_required(page, field)
        else ZoneLine(field.key, _("required"), field.name, tone="warning")
        for field, value in page.fields
    )
    fields = _fields(page.details, now) if page.document is None else _document_fields(page, page.document, now)
    return [("profile", page.module.item, tuple(fields)), ("own", _("More fields"), own)]


def _is_required(page: CardPage, field: Field) -> bool:
    return required_at(field, page.details.status, page.statuses)


def _fields(card: CardDetails, now: datetime) -> Iterator[ZoneLine]:
    row = card.row
    yield ZoneLine("name", row.name, _("Name"))
    yield ZoneLine("value", "" if row.value is None else format_money(row.value), _("Value"))
    yield ZoneLine("company", row.company or "", _("Company"))
    yield ZoneLine("person", row.person or "", _("Person"))
    yield ZoneLine("status", card.status.name, _("Status"))
    if card.keys is not None:
        yield ZoneLine("sales_status", sales_status_name(card.keys.sales), _("Sales status"))
        yield ZoneLine("qualification", qualification_name(card.keys.qualification), _("Qualification"))
        yield ZoneLine("decided", _("yes") if card.keys.decided else _("no"), _("Decided"))
        yield ZoneLine("sales_step", card.sales_step or "", _("Sales step"))
        if card.keys.sales is SalesStatus.WON or card.customer_step:
            yield ZoneLine("customer_step", card.customer_step or "", _("Customer step"))
        closing = "" if card.expected_close is None else format_day(card.expected_close)
        yield ZoneLine("expected_close", closing, _("Closes on"))
        if card.keys.sales is SalesStatus.LOST:
            yield ZoneLine("loss_reason", card.loss_reason or "", _("Lost because"))
            yield ZoneLine("loss_details", card.loss_details or "", _("Details"))
    if card.created_at is not None:
        yield ZoneLine(
            "created_at", format_day(card.created_at.astimezone(now.tzinfo).date()), _("Made on"), tone="muted"
        )


def _document_fields(page: CardPage, document: Document, now: datetime) -> Iterator[ZoneLine]:
    """Those of an order or a document: its value is the total of its items."""
    row = page.details.row
    yield ZoneLine("document_kind", kind_name(document.kind), _("Kind"), tone="muted")
    yield ZoneLine("number", document.number or _("none yet"), _("Number"), tone="" if document.number else "muted")
    yield ZoneLine("status", page.details.status.name, _("Status"))
    yield ZoneLine("name", row.name, _("Subject"))
    yield _items(page)
    yield ZoneLine("company", row.company or "", _("Company"))
    yield ZoneLine("person", row.person or "", _("Person"))
    yield from _document_days(page, document, now)
    made = page.details.created_at
    if made is not None:
        yield ZoneLine("created_at", format_day(made.astimezone(now.tzinfo).date()), _("Made on"), tone="muted")


def _document_days(page: CardPage, document: Document, now: datetime) -> Iterator[ZoneLine]:
    if document.issued_on is not None:
        label = _("Finalised on") if document.kind is DocumentKind.ORDER else _("Issued on")
        yield ZoneLine("issued_on", format_day(document.issued_on), label, tone="muted")
    if document.kind is not DocumentKind.ORDER:
        is_late = page.details.row.days_overdue(now.date()) > 0
        due = _("as usual") if document.due_on is None else format_day(document.due_on)
        label = _("Answer by") if document.kind is DocumentKind.OFFER else _("Payment date")
        yield ZoneLine("due_on", due, label, SIGN.text if is_late else "", "error" if is_late else "")


def _items(page: CardPage) -> ZoneLine:
    """How many they are, what they come to, and the key that shows them."""
    value = page.details.row.value
    said = ngettext("{n} item", "{n} items", page.items).format(n=format_number(page.items))
    total = "" if value is None else f"{format_price(value)}{NO_BREAK}{value.currency}"
    return ZoneLine("items", said, _("Items (I)"), total)


def client_groups(page: CardPage, now: datetime) -> list[Group]:
    """Company, persons and other cards."""
    company, person = page.details.company, page.details.person
    groups: list[Group] = []
    if company is not None:
        groups.append(("company", _("Company"), tuple(_contact("company", company))))
    persons = [each for each in (person, *page.colleagues) if each is not None]
    if persons:
        lines = [line for each in persons for line in _contact("person", each)]
        groups.append(("persons", _("Persons"), lines))
    groups += _others(page, now)
    if page.links:
        groups.append(("links", _("Linked cards"), tuple(_other(other, now) for other in page.links)))
    return groups


def _contact(kind: str, contact: Company | Person) -> Iterator[ZoneLine]:
    yield ZoneLine(f"{kind}:{contact.id}", contact.name, heading=contact.name, whole=of_contact(contact) or " ")
    for sort, channels in (("phone", contact.phones), ("email", contact.emails)):
        for channel in channels:
            key = f"{sort}:{kind}:{contact.id}:{channel.value}"
            said = of_channel(channel)
            yield ZoneLine(key, f"  {channel.value}", "", channel.label, "accent", heading=channel.value, whole=said)


def _others(page: CardPage, now: datetime) -> Iterator[Group]:
    """The client's other cards, under the names of their modules."""
    modules: dict[str, list[ZoneLine]] = {}
    for other in page.others:
        modules.setdefault(other.module, []).append(_other(other, now))
    for module, lines in modules.items():
        yield f"others:{module}", _("Other cards · {module}").format(module=module), lines


def _other(other: OtherCard, now: datetime) -> ZoneLine:
    row = other.row
    sign, tone = _sign(row.task, now)
    when = f" · {format_due(row.task.due, now.date())}" if row.task is not None else ""
    linked = other.link_id is not None
    beside = other.description or other.module if linked else f"{other.status}{when}"
    return ZoneLine(
        f"{'link' if linked else 'card'}:{row.id}",
        row.name,
        beside=beside,
        sign=sign,
        sign_tone=tone,
        heading=row.name,
        whole=of_other(other, now),
    )


def _sign(task: Task | None, now: datetime) -> tuple[str, str]:
    if task is None:
        return "◌", "warning"
    if task.due.key < moment_key(now):
        return "●", "error"
    return ("◉", "success") if task.due.day == now.date() else ("○", "muted")
