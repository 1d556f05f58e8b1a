"""Cards as rows of a spreadsheet: which columns there are, and what stands in them, in its own type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Final

from minicrm_tui.domain.contacts import names_of
from minicrm_tui.domain.exports import ExportedCard, ExportedModule
from minicrm_tui.domain.fields import Field, FieldId, FieldKind, shown_value
from minicrm_tui.domain.money import to_decimal_string
from minicrm_tui.domain.records import Channel, Company, Due, Kind, Person
from minicrm_tui.exchange.headers import CLIENT, JOINT, NO, YES, Column, field_header

Cell = str | int | Decimal | date | datetime | None
"""A datetime is local, without a zone; a Decimal has as many decimals as its currency."""

_SALES: Final = (
    *(Column.CARD_SALES_STATUS, Column.CARD_QUALIFICATION, Column.CARD_DECIDED, Column.CARD_SALES_STEP),
    *(Column.CARD_CUSTOMER_STEP, Column.CARD_EXPECTED_CLOSE, Column.CARD_LOSS_REASON, Column.CARD_LOSS_DETAILS),
)
_PAPERS: Final = (Column.CARD_DOCUMENT, Column.CARD_NUMBER, Column.CARD_ISSUED_ON, Column.CARD_DUE_ON)
_OF_SOME: Final[Mapping[Column, frozenset[Kind]]] = {
    **dict.fromkeys(_SALES, frozenset({Kind.SALES})),
    **dict.fromkeys(_PAPERS, frozenset({Kind.ORDERS, Kind.INVOICING})),
}
"""Columns that only some kinds of modules have something for."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns of some modules' cards: those of every card, the modules' own fields, those of the client."""

    columns: tuple[Column, ...]
    fields: tuple[tuple[str, tuple[Field, ...]], ...]
    """Each column of an own field, and the fields behind it: two modules may call theirs alike."""
    zone: tzinfo | None

    @property
    def headers(self) -> tuple[str, ...]:
        """The first row."""
        return (*self.columns, *(header for header, _fields in self.fields), *CLIENT)

    def row(self, card: ExportedCard) -> list[Cell]:
        """What stands in the columns for this card."""
        known = _of_card(card, self.zone) | _of_sales(card) | _of_paper(card)
        return [
            *(known.get(column) for column in self.columns),
            *(_own(fields, card.values) for _header, fields in self.fields),
            *_of_company(card.company),
            *_of_person(card.person),
        ]


def sheet_of(modules: Sequence[ExportedModule], zone: tzinfo | None) -> Sheet:
    """The columns that the cards of these modules have; moments are shown in this zone."""
    kinds = {each.module.kind for each in modules}
    columns = tuple(
        column
        for column in Column
        if column not in CLIENT and (column not in _OF_SOME or not kinds.isdisjoint(_OF_SOME[column]))
    )
    fields: dict[str, tuple[Field, ...]] = {}
    for own in (own for each in modules for own in each.fields):
        header = field_header(own.name)
        fields[header] = (*fields.get(header, ()), own)
    return Sheet(columns, tuple(fields.items()), zone)


def _of_card(card: ExportedCard, zone: tzinfo | None) -> dict[Column, Cell]:
    return {
        Column.MODULE: card.module.name,
        Column.CARD_ID: card.id,
        Column.CARD_NAME: card.name,
        Column.CARD_STATUS: card.status.name,
        Column.CARD_GROUP: card.status.group.value,
        Column.CARD_VALUE: None if card.value is None else Decimal(to_decimal_string(card.value)),
        Column.CARD_CURRENCY: None if card.value is None else card.value.currency,
        Column.CARD_TASK: None if card.task is None else card.task.text,
        Column.CARD_TASK_TYPE: None if card.task is None else card.task.type,
        Column.CARD_DEADLINE: None if card.task is None else _deadline(card.task.due),
        Column.CARD_OPEN_TASKS: card.open_tasks,
        Column.CARD_CREATED: card.created_at.astimezone(zone).replace(tzinfo=None),
    }


def _deadline(due: Due) -> date | datetime:
    return due.day if due.at is None else datetime.combine(due.day, due.at)


def _of_sales(card: ExportedCard) -> dict[Column, Cell]:
    if card.keys is None:
        return {}
    return {
        Column.CARD_SALES_STATUS: card.keys.sales.value,
        Column.CARD_QUALIFICATION: card.keys.qualification.value,
        Column.CARD_DECIDED: YES if card.keys.decided else NO,
        Column.CARD_SALES_STEP: card.sales_step,
        Column.CARD_CUSTOMER_STEP: card.customer_step,
        Column.CARD_EXPECTED_CLOSE: card.expected_close,
        Column.CARD_LOSS_REASON: card.loss_reason,
        Column.CARD_LOSS_DETAILS: card.loss_details,
    }


def _of_paper(card: ExportedCard) -> dict[Column, Cell]:
    if card.paper is None:
        return {}
    return {
        Column.CARD_DOCUMENT: card.paper.kind,
        Column.CARD_NUMBER: card.paper.number,
        Column.CARD_ISSUED_ON: card.paper.issued_on,
        Column.CARD_DUE_ON: card.paper.due_on,
    }


def _own(fields: Iterable[Field], values: Mapping[FieldId, str]) -> Cell:
    for own in fields:
        if values.get(own.id):
            return _value(own, values[own.id])
    return None


def _value(own: Field, kept: str) -> Cell:
    match own.kind:
        case FieldKind.NUMBER:
            return Decimal(kept)
        case FieldKind.DATE:
            return date.fromisoformat(kept)
        case FieldKind.CHOICE | FieldKind.CHOICES:
            return shown_value(own, kept)
        case _:
            return kept


def _of_company(company: Company | None) -> tuple[Cell, ...]:
    if company is None:
        return (None,) * 9
    return (
        company.name,
        _reached(company.emails),
        _reached(company.phones),
        company.address,
        company.website,
        company.tax_number,
        company.registration_number,
        company.industry,
        company.description,
    )


def _of_person(person: Person | None) -> tuple[Cell, ...]:
    if person is None:
        return (None,) * 6
    named = bool(person.first_name or person.last_name)
    first, last = (person.first_name, person.last_name) if named else names_of(person.name)
    return (first, last, _reached(person.emails), _reached(person.phones), person.job, person.description)


def _reached(channels: Iterable[Channel]) -> str:
    return JOINT.join(channel.value for channel in channels)
