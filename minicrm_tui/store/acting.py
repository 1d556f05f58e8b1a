"""Moving orders and documents by their actions: a plain function inside one transaction, one undo step each.

Issuing takes the number, and freezes who sells, who buys and what; it and the cancelling of an invoice can't be undone
(see `journal.BARRIERS`). What follows by itself: the task that asks for the answer or the payment, the draft invoice of
a paid proforma, and the cancelling invoice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Event
from typing import TYPE_CHECKING

from sqlmodel import bindparam, col, select, update

from minicrm_tui.domain.actions import OF_SEVERAL, Action, action_name, after
from minicrm_tui.domain.documents import (
    Document,
    DocumentDraft,
    DocumentKind,
    Terms,
    answer_text,
    cancelled_by_text,
    number_in,
    refuse_empty,
    refuse_unissuable,
    storno_notes,
    storno_subject,
)
from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.lines import turned
from minicrm_tui.domain.parties import Party
from minicrm_tui.domain.quickadd import TaskDraft
from minicrm_tui.domain.records import CardDetails, CardId, Due, Group, Kind, Outcome
from minicrm_tui.domain.views import Targets
from minicrm_tui.i18n import _
from minicrm_tui.store import history, journal
from minicrm_tui.store.actions import begin, rename
from minicrm_tui.store.closing import Closing, close_all_on, close_open
from minicrm_tui.store.document_reads import document, number_of
from minicrm_tui.store.documents import add_document, write_document
from minicrm_tui.store.followers import add_follower, new_card
from minicrm_tui.store.history import Entry
from minicrm_tui.store.links import write_link
from minicrm_tui.store.numbers import Taken, take
from minicrm_tui.store.profile import editable
from minicrm_tui.store.results import MOST_SERVED, Acted, ActedOnSeveral
from minicrm_tui.store.rows import card_details, module_even_trashed, stamp, statuses
from minicrm_tui.store.tables import CardTable, TaskTable
from minicrm_tui.store.targets import Batch, Progress
from minicrm_tui.store.tasks import insert_task
from minicrm_tui.store.upkeep import refresh

if TYPE_CHECKING:
    from sqlalchemy import Connection

_MOVE = update(CardTable).where(col(CardTable.id) == bindparam("card"))

_WAITING = select(TaskTable.id).where(
    col(TaskTable.card_id) == bindparam("card"),
    col(TaskTable.purpose) == "answer",
    col(TaskTable.closed_at).is_(None),
)


@dataclass(slots=True)
class _Acting:
    """One action on one card."""

    conn: Connection
    card: CardDetails
    document: Document
    action: Action
    now: datetime
    terms: Terms
    end: str
    """The key of the status that it leads to."""
    follower: DocumentKind | None = None
    made: CardId | None = None
    closed_tasks: int = 0

    @property
    def today(self) -> date:
        return self.now.date()


def act(
    conn: Connection,
    card_id: CardId,
    action: Action,
    now: datetime,
    terms: Terms,
    *,
    follower: DocumentKind | None = None,
) -> Acted:
    """Do this with an order or a document. Refused, saying what is missing or possible, and nothing has changed.

    `follower`: what to make of an offer that is accepted: an order or an invoice.
    """
    acting = _begun(conn, card_id, action, now, terms, follower)
    action_id = begin(conn, _verb(acting), card_id, now)
    _carry_out(acting)
    number, name = number_of(conn, card_id), acting.card.row.name
    rename(conn, action_id, f"{number} · {name}" if number else name, card_id)
    made = None if acting.made is None else card_details(conn, acting.made)
    step = None if _verb(acting) in journal.BARRIERS else action_id
    return Acted(card_details(conn, card_id), number, made, acting.closed_tasks, step)


def act_on_several(
    conn: Connection,
    targets: Targets,
    action: Action,
    now: datetime,
    terms: Terms,
    *,
    progress: Progress | None = None,
    stop: Event | None = None,
) -> ActedOnSeveral:
    """Do this with each of these cards, as one undo step. Refused, naming the card, where one of them can't."""
    if action not in OF_SEVERAL:
        raise Refused(_("“{action}” is done with one card at a time.").format(action=action_name(action)))
    batch = Batch(conn, targets, progress, stop)
    action_id = begin(conn, f"document.{action}", batch.first, now, count=batch.count)
    made, ends, entered = 0, set[str](), list[CardId]()
    for ids in batch.walk():
        for card_id in ids:
            acting = _one_of_several(conn, CardId(card_id), action, now, terms)
            made += acting.made is not None
            ends.add(acting.end)
        entered += map(CardId, ids[: MOST_SERVED + 1 - len(entered)])
    status = card_details(conn, batch.first).status if len(ends) == 1 else None
    return ActedOnSeveral(batch.count, made, action_id, status, tuple(entered))


def _one_of_several(conn: Connection, card_id: CardId, action: Action, now: datetime, terms: Terms) -> _Acting:
    """What was done with it."""
    try:
        acting = _begun(conn, card_id, action, now, terms)
    except Refused as refused:
        name = card_details(conn, card_id).row.name
        raise Refused(
            _("{card}: {why}").format(card=name, why=refused.message), _("Nothing was changed; unmark it.")
        ) from refused
    _carry_out(acting)
    return acting


def _begun(
    conn: Connection,
    card_id: CardId,
    action: Action,
    now: datetime,
    terms: Terms,
    follower: DocumentKind | None = None,
) -> _Acting:
    """The action, refused where it is not possible or something is missing."""
    card, found = editable(conn, card_id), document(conn, card_id)
    acting = _Acting(conn, card, found, action, now, terms, after(found.status_key, action), follower)
    _refuse_unready(acting)
    return acting


def _carry_out(acting: _Acting) -> None:
    found = acting.document
    if acting.action is Action.ISSUE:
        _issue(acting)
    elif acting.action is Action.FINALISE and found.number is None:
        _number(acting, take(acting.conn, found.kind, found.currency, acting.today))
    _move(acting)
    _follow(acting)


def _verb(acting: _Acting) -> str:
    """Cancelling an invoice gives a number, so it is a barrier of its own; "edit" is what is done with a draft."""
    if acting.action is Action.EDIT:
        return "document.reopen"
    cancels_invoice = acting.action is Action.CANCEL and acting.document.kind is DocumentKind.INVOICE
    return "document.storno" if cancels_invoice else f"document.{acting.action}"


def _refuse_unready(acting: _Acting) -> None:
    if acting.action is Action.FINALISE:
        refuse_empty(acting.document)
    elif acting.action is Action.ISSUE:
        refuse_unissuable(acting.document, acting.terms.seller, acting.document.buyer or Party())


# --- numbers


def _issue(acting: _Acting) -> None:
    """Number, days, seller and buyer: from here on the file itself refuses any change of them."""
    found, terms = acting.document, acting.terms
    taken = take(acting.conn, found.kind, found.currency, acting.today)
    due_on = max(found.due_on or taken.day + timedelta(days=terms.payment_days), taken.day)
    buyer = found.buyer or Party()
    _number(acting, taken, due_on=due_on.isoformat(), seller=terms.seller.kept(), buyer=buyer.kept())
    acting.document = document(acting.conn, acting.card.row.id)


def _number(acting: _Acting, taken: Taken, **columns: str) -> None:
    issued_on = taken.day.isoformat()
    write_document(
        acting.conn,
        acting.document.id,
        {"series": taken.series, "serial": taken.serial, "issued_on": issued_on, **columns},
    )
    number = number_in(taken.series, taken.serial)
    entry = Entry(stamp(acting.now), "document", number, "number", "", taken.day.isoformat())
    history.write(acting.conn, (acting.card.row.id,), entry)


# --- the card


def _move(acting: _Acting) -> None:
    """The card takes the status; the task that waited for this is closed, in a failed status all of them."""
    conn, card_id, now, end = acting.conn, acting.card.row.id, acting.now, acting.end
    module = module_even_trashed(conn, acting.card.row.module_id)
    status = next(status for status in statuses(conn, module) if status.key == end)
    conn.execute(_MOVE, {"card": card_id, "status_id": status.id})
    entry = Entry(stamp(now), "status", field="status", old=acting.card.status.key, new=end)
    history.write(conn, (card_id,), entry)
    good = Outcome.FAILED if status.group is Group.FAILED else Outcome.SUCCESSFUL
    waiting = tuple(conn.execute(_WAITING, {"card": card_id}).scalars())
    acting.closed_tasks = close_open(conn, waiting, Closing(now, good))
    if status.group is Group.FAILED:
        acting.closed_tasks += close_all_on(conn, (card_id,), Closing(now, Outcome.FAILED))
    refresh(conn, (card_id,))


# --- what follows by itself


def _follow(acting: _Acting) -> None:
    match acting.document.kind, acting.action:
        case _, Action.ISSUE:
            _wait_for_answer(acting)
        case DocumentKind.PROFORMA, Action.PAY:
            acting.made = _made(acting, DocumentKind.INVOICE)
        case DocumentKind.OFFER, Action.ACCEPT if acting.follower is not None:
            acting.made = _made(acting, acting.follower)
        case DocumentKind.INVOICE, Action.CANCEL:
            acting.made = _storno(acting)


def _made(acting: _Acting, kind: DocumentKind) -> CardId:
    return add_follower(acting.conn, acting.card, acting.document, kind, acting.now)


def _wait_for_answer(acting: _Acting) -> None:
    """What was sent out turns up by itself on its date."""
    found = acting.document
    draft = TaskDraft(answer_text(found.kind), "other", Due(found.due_on or acting.today))
    insert_task(acting.conn, acting.card.row.id, draft, acting.now, purpose="answer")
    refresh(acting.conn, (acting.card.row.id,))


def _storno(acting: _Acting) -> CardId:
    """The invoice that cancels: the same lines with the sign turned, issued at once, with the next number."""
    conn, original, now = acting.conn, acting.document, acting.now
    number = original.number or acting.card.row.name
    card_id = new_card(conn, acting.card, Kind.INVOICING, "invoice_cancelled", storno_subject(number), now)
    draft = DocumentDraft(
        DocumentKind.INVOICE,
        original.currency,
        tuple(turned(line) for line in original.lines),
        storno_notes(number, original.issued_on or acting.today),
    )
    document_id = add_document(conn, card_id, draft, now)
    taken = take(conn, original.kind, original.currency, acting.today)
    day = taken.day.isoformat()
    columns: dict[str, str | int | None] = {
        "series": taken.series,
        "serial": taken.serial,
        "issued_on": day,
        "due_on": day,
        "seller": (original.seller or Party()).kept(),
        "buyer": (original.buyer or Party()).kept(),
        "cancels": original.card_id,
    }
    write_document(conn, document_id, columns)
    told = number_in(taken.series, taken.serial)
    history.write(conn, (card_id,), Entry(stamp(now), "document", told, "number", "", day))
    history.write(conn, (original.card_id,), Entry(stamp(now), "document", told, "cancelled_by"))
    write_link(conn, original.card_id, card_id, cancelled_by_text(told), now)
    refresh(conn, (card_id,))
    return card_id
