"""What stands in the zones of a card's page, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from minicrm_tui.domain.fields import Field, required_at, shown_value
from minicrm_tui.domain.pages import CardPage, OtherCard
from minicrm_tui.domain.records import CardDetails, Company, Person, Task, moment_key
from minicrm_tui.domain.sales import qualification_name, sales_status_name
from minicrm_tui.i18n import _, format_day, format_due, format_money
from minicrm_tui.screens.card.whole import of_channel, of_contact, of_other
from minicrm_tui.widgets.strips import Piece
from minicrm_tui.widgets.zones import ZoneLine

Group = tuple[str, str, Sequence[ZoneLine]]
"""Key, heading and lines."""


def title_pieces(page: CardPage) -> list[Piece]:
    """Name, module, status and value."""
    row, status = page.details.row, page.details.status
    value = f"  ·  {format_money(row.value)}" if row.value is not None else ""
    return [
        Piece(row.name, "strong", True),
        Piece(f"  ·  {page.module.name}  ·  ", "muted"),
        Piece(status.name, "accent"),
        Piece(value),
    ]


def profile_groups(page: CardPage, now: datetime) -> list[Group]:
    """The fields of the card."""
    own = tuple(
        ZoneLine(field.key, shown_value(field, value), field.name, _("out of use") if field.retired else "")
        if value or not _is_required(page, field)
        else ZoneLine(field.key, _("required"), field.name, tone="warning")
        for field, value in page.fields
    )
    return [("profile", page.module.item, tuple(_fields(page.details, now))), ("own", _("More fields"), own)]


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
        closing = "" if card.expected_close is None else format_day(card.expected_close)
        yield ZoneLine("expected_close", closing, _("Closes on"))
        if card.loss_reason:
            yield ZoneLine("loss_reason", card.loss_reason, _("Lost because"))
    if card.created_at is not None:
        yield ZoneLine(
            "created_at", format_day(card.created_at.astimezone(now.tzinfo).date()), _("Made on"), tone="muted"
        )


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
