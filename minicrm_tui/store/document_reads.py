"""Orders and documents as they are read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import sqlalchemy
from sqlmodel import SQLModel, bindparam, col, select

from minicrm_tui.domain.documents import UNPAID, Document, DocumentId, DocumentKind, Listed, Other, number_in, place_in
from minicrm_tui.domain.errors import NotFound
from minicrm_tui.domain.lines import Line, LineId, ProductId
from minicrm_tui.domain.parties import Party, party_of
from minicrm_tui.domain.records import CardDetails, CardId, Channel
from minicrm_tui.domain.text import shorten
from minicrm_tui.i18n import _
from minicrm_tui.store.document_tables import DocumentTable, LineTable
from minicrm_tui.store.rows import card_details, card_rows, module_id_of
from minicrm_tui.store.tables import CardTable, ModuleTable, StatusTable

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

_DOCUMENT = (
    sqlalchemy.select(
        *SQLModel.metadata.tables["document"].columns,
        col(CardTable.name).label("subject"),
        col(StatusTable.key).label("status_key"),
    )
    .join(CardTable, col(CardTable.id) == col(DocumentTable.card_id))
    .join(StatusTable, col(StatusTable.id) == col(CardTable.status_id))
    .join(ModuleTable, col(ModuleTable.id) == col(CardTable.module_id))
)

_OF_CARD = _DOCUMENT.where(col(DocumentTable.card_id) == bindparam("card"))

_LINES = (
    select(LineTable)
    .where(col(LineTable.document_id) == bindparam("document"))
    .order_by(col(LineTable.position), col(LineTable.id))
)

_CANCELLED_BY = sqlalchemy.select(
    col(DocumentTable.card_id), col(DocumentTable.series), col(DocumentTable.serial)
).where(col(DocumentTable.cancels) == bindparam("card"))

_NUMBER = sqlalchemy.select(col(DocumentTable.card_id), col(DocumentTable.series), col(DocumentTable.serial)).where(
    col(DocumentTable.card_id) == bindparam("card")
)

_LISTED = (
    _DOCUMENT.where(
        col(DocumentTable.kind).in_(bindparam("kinds", expanding=True)),
        col(StatusTable.key).in_(bindparam("keys", expanding=True)),
        col(DocumentTable.id) < bindparam("before"),
        col(CardTable.trashed_at).is_(None),
        col(ModuleTable.trashed_at).is_(None),
    )
    .order_by(col(DocumentTable.id).desc())
    .limit(bindparam("most"))
)

_LISTED_OVERDUE = _LISTED.where(col(DocumentTable.due_on) < bindparam("today"))

_NUMBERED = select(DocumentTable.card_id).where(
    col(DocumentTable.series) == bindparam("series"), col(DocumentTable.serial) == bindparam("serial")
)


def document(conn: Connection, card_id: CardId) -> Document:
    """The order or document of this card; NotFound for a card that is none, or is not there."""
    row = conn.execute(_OF_CARD, {"card": card_id}).one_or_none()
    if row is None:
        module_id_of(conn, card_id)
        raise NotFound(_("This card is neither an order nor a document."))
    return _record(conn, row)


def find_document(conn: Connection, card_id: CardId) -> Document | None:
    """The same, or None for a card that is neither; its buyer only as it was issued, without its lines."""
    row = conn.execute(_OF_CARD, {"card": card_id}).one_or_none()
    return None if row is None else _without_lines(row)


def documents(
    conn: Connection,
    kinds: Collection[DocumentKind],
    keys: Collection[str],
    overdue_on: date | None,
    before: DocumentId,
    most: int,
) -> tuple[Listed, ...]:
    """Some of these kinds that are in statuses of these keys, the newest first, from `before` down; none in the trash.

    `overdue_on`: only those that should have been paid before this day.
    """
    asked = {"kinds": [kind.value for kind in kinds], "before": before, "most": most}
    if overdue_on is None:
        found = conn.execute(_LISTED, {**asked, "keys": list(keys)})
    else:
        unpaid = [key for key in keys if key in UNPAID]
        found = conn.execute(_LISTED_OVERDUE, {**asked, "keys": unpaid, "today": overdue_on.isoformat()})
    papers = [_without_lines(row) for row in found]
    rows = {row.id: row for row in card_rows(conn, [paper.card_id for paper in papers])}
    return tuple(Listed(paper, rows[paper.card_id]) for paper in papers)


def card_of_number(conn: Connection, number: str) -> CardId:
    """The card of the document with this number; NotFound."""
    place = place_in(number)
    if place is not None:
        found = conn.execute(_NUMBERED, {"series": place[0], "serial": place[1]}).scalars().first()
        if found is not None:
            return CardId(found)
    raise NotFound(_("There is no document {number}.").format(number=shorten(number, 40)))


def number_of(conn: Connection, card_id: CardId) -> str | None:
    """The number of the document of a card; None where it has none."""
    other = _other(conn.execute(_NUMBER, {"card": card_id}).one_or_none())
    return None if other is None else other.number


def buyer_of(card: CardDetails) -> Party:
    """Who buys, as the card has them now: the company, else the person."""
    company, person = card.company, card.person
    if company is not None:
        return Party(
            company.name,
            company.address,
            company.tax_number,
            company.registration_number,
            phone=_default(company.phones),
            email=_default(company.emails),
            person=person.name if person is not None else "",
        )
    if person is not None:
        return Party(person.name, phone=_default(person.phones), email=_default(person.emails))
    return Party()


def _default(channels: tuple[Channel, ...]) -> str:
    chosen = next((each for each in channels if each.is_default), next(iter(channels), None))
    return "" if chosen is None else chosen.value


def _record(conn: Connection, row: Row[*tuple[object, ...]]) -> Document:
    bare = _without_lines(row)
    lines = tuple(_lines(conn, bare.id))
    cancels = None if row.cancels is None else _other(conn.execute(_NUMBER, {"card": row.cancels}).one_or_none())
    cancelled_by = _other(conn.execute(_CANCELLED_BY, {"card": bare.card_id}).one_or_none())
    buyer = bare.buyer or buyer_of(card_details(conn, bare.card_id))
    return replace(bare, lines=lines, cancels=cancels, cancelled_by=cancelled_by, buyer=buyer)


def _without_lines(row: Row[*tuple[object, ...]]) -> Document:
    return Document(
        id=DocumentId(row.id),
        card_id=CardId(row.card_id),
        kind=DocumentKind(row.kind),
        subject=row.subject,
        status_key=row.status_key,
        currency=row.currency,
        number=None if row.serial is None else number_in(row.series, row.serial),
        issued_on=_day(row.issued_on),
        due_on=_day(row.due_on),
        notes=row.notes,
        seller=party_of(row.seller),
        buyer=party_of(row.buyer),
    )


def _lines(conn: Connection, document_id: DocumentId) -> Iterator[Line]:
    for row in conn.execute(_LINES, {"document": document_id}):
        yield Line(
            row.name,
            row.quantity,
            row.unit,
            row.price,
            row.vat,
            row.sku,
            None if row.product_id is None else ProductId(row.product_id),
            LineId(row.id),
        )


def _other(row: Row[*tuple[object, ...]] | None) -> Other | None:
    if row is None or row.serial is None:
        return None
    return Other(CardId(row.card_id), number_in(row.series, row.serial))


def _day(kept: str | None) -> date | None:
    return None if kept is None else date.fromisoformat(kept)
