"""The content of orders and documents: made with their card, changed while they are drafts, line by line.

The value of such a card is the total of its document, VAT included; it is written with every change of a line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlmodel import bindparam, col, delete, insert, select, update

from minicrm_tui.domain.documents import (
    MOST_LINES,
    NOTES_LIMIT,
    Document,
    DocumentDraft,
    DocumentId,
    DocumentKind,
    kind_of,
    refuse_frozen,
)
from minicrm_tui.domain.errors import Invalid, NotFound, Refused
from minicrm_tui.domain.lines import Line, LineDraft, LineId, checked_line, shown_quantity, shown_rate, totals
from minicrm_tui.domain.money import LARGEST, to_decimal_string
from minicrm_tui.domain.records import CardDetails, CardId, CompanyId, Kind, Money, PersonId
from minicrm_tui.domain.text import clean_lines, fold
from minicrm_tui.i18n import _, format_number
from minicrm_tui.store import catalogue, history
from minicrm_tui.store.actions import begin
from minicrm_tui.store.document_reads import document, find_document, number_of
from minicrm_tui.store.document_tables import DocumentTable, LineTable
from minicrm_tui.store.history import Entry
from minicrm_tui.store.profile import editable
from minicrm_tui.store.rows import id_list, stamp
from minicrm_tui.store.statements import add, listed_ids
from minicrm_tui.store.tables import CardTable

if TYPE_CHECKING:
    from sqlalchemy import Connection

_WORTH = update(CardTable).where(col(CardTable.id) == bindparam("card"))

_UPDATE = update(DocumentTable).where(col(DocumentTable.id) == bindparam("document"))

_DELETE_LINES = delete(LineTable).where(
    col(LineTable.document_id).in_(select(DocumentTable.id).where(col(DocumentTable.card_id).in_(listed_ids)))
)

_DELETE = delete(DocumentTable).where(col(DocumentTable.card_id).in_(listed_ids))

_NUMBERED = (
    select(DocumentTable.card_id)
    .where(
        col(DocumentTable.card_id).in_(listed_ids),
        col(DocumentTable.serial).is_not(None),
        col(DocumentTable.kind) != DocumentKind.ORDER.value,
    )
    .limit(1)
)

_INSERT_LINE = insert(LineTable)

_UPDATE_LINE = update(LineTable).where(col(LineTable.id) == bindparam("line"))

_DELETE_LINE = delete(LineTable).where(col(LineTable.id) == bindparam("line"))


def add_document(conn: Connection, card_id: CardId, draft: DocumentDraft, now: datetime) -> DocumentId:
    """Give a new card its content, inside a running undo step."""
    lines = [checked_line(line) for line in draft.lines]
    row = DocumentTable(card_id=card_id, kind=draft.kind.value, currency=draft.currency, notes=draft.notes)
    document_id = DocumentId(add(conn, row))
    for position, line in enumerate(lines):
        insert_line(conn, document_id, position, catalogue.known(conn, line, draft.currency, now))
    write_worth(conn, card_id, draft.currency, lines)
    return document_id


def add_new(conn: Connection, card: CardDetails, kind: Kind, currency: str, vat: int, now: datetime) -> None:
    """Give a new card of orders or invoicing its content: its value, as it was typed, as one net item."""
    document_kind = kind_of(kind, card.status.key)
    if document_kind is not None:
        value = card.row.value
        lines = () if value is None else (LineDraft(card.row.name, price=value.minor, vat=vat),)
        draft = DocumentDraft(document_kind, currency if value is None else value.currency, lines)
        add_document(conn, card.row.id, draft, now)


def copy_document(conn: Connection, card_id: CardId, copied: CardId, now: datetime) -> None:
    """Give the copy of an order or a document the same items, as a draft."""
    if find_document(conn, card_id) is not None:
        source = document(conn, card_id)
        draft = DocumentDraft(source.kind, source.currency, source.lines, source.notes)
        add_document(conn, copied, draft, now)


def write_document(conn: Connection, document_id: DocumentId, columns: Mapping[str, str | int | None]) -> None:
    """Give a document these columns."""
    conn.execute(_UPDATE, {"document": document_id, **columns})


def insert_line(conn: Connection, document_id: DocumentId, position: int, line: LineDraft) -> LineId:
    """Write a line at this position."""
    added = conn.execute(_INSERT_LINE, {"document_id": document_id, "position": position, **_columns(line)})
    return LineId(int(added.lastrowid))


def write_worth(conn: Connection, card_id: CardId, currency: str, lines: Sequence[LineDraft]) -> None:
    """Give the card the total of these lines; without any, no value. Invalid where it is too large."""
    gross = totals(lines).gross
    if abs(gross) > LARGEST:
        raise Invalid("price", _("The amount is too large."))
    worth = {"amount": gross, "currency": currency} if lines else {"amount": None, "currency": None}
    conn.execute(_WORTH, {"card": card_id, **worth})


# --- lines


def add_line(conn: Connection, card_id: CardId, line: LineDraft, now: datetime, at: int | None = None) -> LineId:
    """A new line, before the line at this place, or at the end; kept in the catalogue too. Refused, Invalid."""
    draft = _draft(conn, card_id)
    if len(draft.lines) >= MOST_LINES:
        raise Refused(_("A document has {limit} items at most.").format(limit=format_number(MOST_LINES)))
    checked = checked_line(line)
    begin(conn, "document.edit", card_id, now)
    place = len(draft.lines) if at is None else max(0, min(at, len(draft.lines)))
    for position, after in enumerate(draft.lines[place:], place + 1):
        conn.execute(_UPDATE_LINE, {"line": after.id, "position": position})
    line_id = insert_line(conn, draft.id, place, catalogue.known(conn, checked, draft.currency, now))
    _changed(conn, draft, (*draft.lines, checked), now, None, checked)
    return line_id


def edit_line(conn: Connection, card_id: CardId, line_id: LineId, line: LineDraft, now: datetime) -> None:
    """Give a line another content; nothing happens where it is the same. Refused, Invalid, NotFound."""
    draft = _draft(conn, card_id)
    before, checked = _line_of(draft, line_id), checked_line(line)
    if _columns(before) == _columns(checked):
        return
    begin(conn, "document.edit", card_id, now)
    if fold(checked.name) != fold(before.name) and checked.product_id == before.product_id:
        checked = replace(checked, product_id=None)
    checked = catalogue.known(conn, checked, draft.currency, now)
    conn.execute(_UPDATE_LINE, {"line": line_id, **_columns(checked)})
    lines = [checked if each.id == line_id else each for each in draft.lines]
    _changed(conn, draft, lines, now, before, checked)


def delete_line(conn: Connection, card_id: CardId, line_id: LineId, now: datetime) -> None:
    """Take a line off the document. Refused, NotFound."""
    draft = _draft(conn, card_id)
    gone = _line_of(draft, line_id)
    begin(conn, "document.edit", card_id, now)
    conn.execute(_DELETE_LINE, {"line": line_id})
    rest = [each for each in draft.lines if each.id != line_id]
    _put_in_order(conn, rest)
    _changed(conn, draft, rest, now, gone, None)


def move_line(conn: Connection, card_id: CardId, line_id: LineId, direction: int, now: datetime) -> None:
    """One place up (-1) or down (1). Refused at the ends; NotFound."""
    draft = _draft(conn, card_id)
    lines = list(draft.lines)
    place = lines.index(_line_of(draft, line_id))
    if not 0 <= place + direction < len(lines):
        raise Refused(_("There is no place further in this direction."))
    begin(conn, "document.edit", card_id, now)
    lines[place], lines[place + direction] = lines[place + direction], lines[place]
    _put_in_order(conn, lines)


def _put_in_order(conn: Connection, lines: Sequence[Line]) -> None:
    for position, line in enumerate(lines):
        conn.execute(_UPDATE_LINE, {"line": line.id, "position": position})


def _line_of(draft: Document, line_id: LineId) -> Line:
    found = next((line for line in draft.lines if line.id == line_id), None)
    if found is None:
        raise NotFound(_("This item is no longer on the document."))
    return found


def _columns(line: LineDraft) -> dict[str, str | int | None]:
    return {
        "name": line.name,
        "quantity": line.quantity,
        "unit": line.unit,
        "price": line.price,
        "vat": line.vat,
        "sku": line.sku,
        "product_id": line.product_id,
    }


def _changed(
    conn: Connection,
    draft: Document,
    lines: Sequence[LineDraft],
    now: datetime,
    before: LineDraft | None,
    after: LineDraft | None,
) -> None:
    """The card's value follows, and its history tells what became of the line."""
    write_worth(conn, draft.card_id, draft.currency, lines)
    old, new = (_said(line, draft.currency) if line is not None else "" for line in (before, after))
    history.write(conn, (draft.card_id,), Entry(stamp(now), "field", field="items", old=old, new=new))


def _said(line: LineDraft, currency: str) -> str:
    """A line in few words, the same in every language: Door × 2 pcs · 150.00 EUR · 21%."""
    price = f"{to_decimal_string(Money(line.price, currency))} {currency}"
    quantity = f"{shown_quantity(line.quantity)} {line.unit}".strip()
    return f"{line.name} × {quantity} · {price} · {shown_rate(line.vat)}%"


# --- the rest of it


def edit_document(conn: Connection, card_id: CardId, due_on: date | None, notes: str, now: datetime) -> None:
    """Give a draft another payment date (none: so many days after the issue) and other notes. Refused, Invalid."""
    draft = _draft(conn, card_id)
    said = clean_lines(notes)
    if len(said) > NOTES_LIMIT:
        raise Invalid("notes", _("This has {limit} characters at most.").format(limit=format_number(NOTES_LIMIT)))
    if due_on is not None and due_on < now.date():
        raise Invalid("due_on", _("This day is past already."))
    if (due_on, said) == (draft.due_on, draft.notes):
        return
    begin(conn, "document.edit", card_id, now)
    kept = None if due_on is None else due_on.isoformat()
    write_document(conn, draft.id, {"due_on": kept, "notes": said})
    before = "" if draft.due_on is None else draft.due_on.isoformat()
    for field, old, new in (("due_on", before, kept or ""), ("notes", draft.notes, said)):
        if old != new:
            history.write(conn, (card_id,), Entry(stamp(now), "field", field=field, old=old, new=new))


def _draft(conn: Connection, card_id: CardId) -> Document:
    """The document, to be changed; Refused where it is no draft any more."""
    editable(conn, card_id)
    found = document(conn, card_id)
    refuse_frozen(found)
    return found


def refuse_edit(
    conn: Connection,
    before: CardDetails,
    name: str,
    value: Money | None,
    company_id: CompanyId | None,
    person_id: PersonId | None,
) -> None:
    """Raise Refused where a card's new fields change what its document fixes: its value, or no draft's subject."""
    found = find_document(conn, before.row.id)
    if found is None:
        return
    if value != before.row.value:
        raise Invalid("value", _("Its value is the total of its items: change these (I)."))
    company = None if before.company is None else before.company.id
    person = None if before.person is None else before.person.id
    if (name, company_id, person_id) != (before.row.name, company, person):
        refuse_frozen(found)


# --- the trash


def refuse_issued(conn: Connection, card_ids: Sequence[int]) -> None:
    """Raise Refused where one of these cards is a document that was issued: it is never deleted."""
    found = conn.execute(_NUMBERED, {"ids": id_list(card_ids)}).scalar_one_or_none()
    if found is not None:
        number = number_of(conn, CardId(found)) or ""
        raise Refused(_("{number} was issued: it can't be deleted.").format(number=number), _("Cancel it instead (m)."))


def take_out(conn: Connection, card_ids: Sequence[int]) -> None:
    """Take the content of these cards out of the file."""
    for statement in (_DELETE_LINES, _DELETE):
        conn.execute(statement, {"ids": id_list(card_ids)})
