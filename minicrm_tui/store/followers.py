"""Making an order or a document of another card: for its client, filled in, linked both ways."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import bindparam, col, select

from minicrm_tui.domain.documents import (
    FIRST_STATUS,
    FOLLOWERS,
    Document,
    DocumentDraft,
    DocumentKind,
    kind_name,
    made_text,
    module_of,
)
from minicrm_tui.domain.errors import NotFound, Refused
from minicrm_tui.domain.lines import LineDraft
from minicrm_tui.domain.pipelines import module_name
from minicrm_tui.domain.records import NO_TASK_KEY, CardDetails, CardId, Kind
from minicrm_tui.domain.text import fold
from minicrm_tui.i18n import _
from minicrm_tui.store import history
from minicrm_tui.store.actions import begin
from minicrm_tui.store.document_reads import document
from minicrm_tui.store.documents import add_document
from minicrm_tui.store.history import Entry
from minicrm_tui.store.links import write_link
from minicrm_tui.store.profile import editable
from minicrm_tui.store.rows import card_details, module_even_trashed, stamp, statuses
from minicrm_tui.store.statements import add
from minicrm_tui.store.tables import CardTable, ModuleTable
from minicrm_tui.store.upkeep import refresh

if TYPE_CHECKING:
    from sqlalchemy import Connection

_MODULE = (
    select(ModuleTable.id)
    .where(col(ModuleTable.kind) == bindparam("kind"), col(ModuleTable.trashed_at).is_(None))
    .order_by(col(ModuleTable.position))
)


def make_document(
    conn: Connection, card_id: CardId, kind: DocumentKind, now: datetime, *, currency: str, vat: int = 0
) -> CardDetails:
    """A draft of this kind for the client of a card, with its items, or its value as one. Refused, NotFound.

    `currency` and `vat` are for a card that has none: an opportunity's value is net.
    """
    card = editable(conn, card_id)
    module = module_even_trashed(conn, card.row.module_id)
    source = document(conn, card_id) if module.kind in (Kind.ORDERS, Kind.INVOICING) else None
    if source is not None and kind not in FOLLOWERS.get(source.status_key, ()):
        raise Refused(
            _("{document} can't be made of it in this status.").format(document=kind_name(kind)),
            _("What can be done with it stands under m."),
        )
    begin(conn, "document.make", card_id, now)
    made = add_follower(conn, card, source, kind, now, module.currency or currency, vat)
    return card_details(conn, made)


def add_follower(
    conn: Connection,
    card: CardDetails,
    source: Document | None,
    kind: DocumentKind,
    now: datetime,
    currency: str = "",
    vat: int = 0,
) -> CardId:
    """The same inside a running undo step."""
    made = new_card(conn, card, module_of(kind), FIRST_STATUS[kind], card.row.name, now)
    if source is not None:
        lines = tuple(LineDraft(*_content(line)) for line in source.lines)
        draft = DocumentDraft(kind, source.currency, lines)
    else:
        value = card.row.value
        lines = () if value is None else (LineDraft(card.row.name, price=value.minor, vat=vat),)
        draft = DocumentDraft(kind, currency if value is None else value.currency, lines)
    add_document(conn, made, draft, now)
    number = "" if source is None or source.number is None else f" {source.number}"
    write_link(conn, card.row.id, made, f"{made_text(kind, card.row.name)}{number}", now)
    refresh(conn, (made,))
    return made


def _content(line: LineDraft) -> tuple[str, int, str, int, int, str]:
    return line.name, line.quantity, line.unit, line.price, line.vat, line.sku


def new_card(conn: Connection, of: CardDetails, kind: Kind, status_key: str, name: str, now: datetime) -> CardId:
    """A card for the same client in the module of this kind; NotFound where it is not installed."""
    module_id = conn.execute(_MODULE, {"kind": kind.value}).scalars().first()
    if module_id is None:
        raise NotFound(
            _("{module}: not installed.").format(module=module_name(kind)),
            _("g m installs it, or brings it back from the trash."),
        )
    pipeline = statuses(conn, module_even_trashed(conn, module_id))
    row = CardTable(
        module_id=module_id,
        status_id=next(status.id for status in pipeline if status.key == status_key),
        name=name,
        folded=fold(name),
        company_id=None if of.company is None else of.company.id,
        person_id=None if of.person is None else of.person.id,
        sort_key=NO_TASK_KEY,
        created_at=stamp(now),
    )
    card_id = CardId(add(conn, row))
    history.write(conn, (card_id,), Entry(stamp(now), "created"))
    return card_id
