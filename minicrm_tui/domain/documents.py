"""Orders, offers, proformas and invoices: what each holds besides its card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, NewType

from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.lines import Line, LineDraft, Totals, totals
from minicrm_tui.domain.parties import PAYMENT_DAYS, Party
from minicrm_tui.domain.records import CardId, CardRow, Kind
from minicrm_tui.i18n import NC_, _, format_day, pgettext

DocumentId = NewType("DocumentId", int)

NOTES_LIMIT: Final = 2000

MOST_LINES: Final = 1000

LONGEST_PLACE: Final = 12
"""Digits of a place in a series."""


class DocumentKind(StrEnum):
    """What a card of orders or invoicing is."""

    ORDER = "order"
    OFFER = "offer"
    PROFORMA = "proforma"
    INVOICE = "invoice"


_NAMES: Final[Mapping[DocumentKind, str]] = {
    DocumentKind.ORDER: NC_("document", "Order"),
    DocumentKind.OFFER: NC_("document", "Offer"),
    DocumentKind.PROFORMA: NC_("document", "Proforma"),
    DocumentKind.INVOICE: NC_("document", "Invoice"),
}

_PREFIXES: Final[Mapping[DocumentKind, str]] = {
    DocumentKind.ORDER: "ORD",
    DocumentKind.OFFER: "OFF",
    DocumentKind.PROFORMA: "PRO",
    DocumentKind.INVOICE: "INV",
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What issuing needs to know from the settings: who sells, and the days until the payment."""

    seller: Party = field(default_factory=Party)
    payment_days: int = PAYMENT_DAYS


@dataclass(frozen=True, slots=True)
class Other:
    """Another document that this one has to do with, by its card."""

    card_id: CardId
    number: str


@dataclass(frozen=True, slots=True)
class Document:
    """An order or a document whole. Once it is issued, seller and buyer are copies of that day.

    `subject` is the card's name; `status_key` the card's status. Days are local.
    """

    id: DocumentId
    card_id: CardId
    kind: DocumentKind
    subject: str
    status_key: str
    currency: str
    number: str | None = None
    issued_on: date | None = None
    due_on: date | None = None
    notes: str = ""
    seller: Party | None = None
    buyer: Party | None = None
    lines: tuple[Line, ...] = ()
    cancels: Other | None = None
    cancelled_by: Other | None = None

    @property
    def totals(self) -> Totals:
        """The sums of its lines."""
        return totals(self.lines)

    @property
    def is_draft(self) -> bool:
        """Whether its content may be changed."""
        return self.status_key in DRAFTS

    def is_overdue(self, today: date) -> bool:
        """Whether it was issued and should have been paid by now: a mark, not a status."""
        return self.status_key in UNPAID and self.due_on is not None and self.due_on < today


@dataclass(frozen=True, slots=True)
class Listed:
    """An order or a document as a row of a list: without its items and its seller; its value is its total."""

    document: Document
    row: CardRow


@dataclass(frozen=True, slots=True)
class DocumentDraft:
    """A new order or document: what it says and what is on it."""

    kind: DocumentKind
    currency: str
    lines: tuple[LineDraft, ...] = ()
    notes: str = ""


FIRST_STATUS: Final[Mapping[DocumentKind, str]] = {
    DocumentKind.ORDER: "draft",
    DocumentKind.OFFER: "offer_draft",
    DocumentKind.PROFORMA: "proforma_draft",
    DocumentKind.INVOICE: "invoice_to_be_issued",
}
"""The key of the status in which each kind begins."""

FOLLOWERS: Final[Mapping[str, tuple[DocumentKind, ...]]] = {
    "successful": (DocumentKind.INVOICE,),
    "offer_accepted": (DocumentKind.ORDER, DocumentKind.INVOICE),
    "proforma_paid": (DocumentKind.INVOICE,),
}
"""What can be made of an order or a document, by the key of its status."""

DRAFTS: Final = frozenset(FIRST_STATUS.values())
"""Statuses in which the content may be changed."""

UNPAID: Final = frozenset({"proforma_issued", "invoice_issued"})
"""Statuses in which money is waited for."""


def kind_name(kind: DocumentKind) -> str:
    """What the document is called, translated."""
    return pgettext("document", _NAMES[kind])


def kind_of(module: Kind, status_key: str) -> DocumentKind | None:
    """What a card in this status is; None in a module that has no documents."""
    match module:
        case Kind.ORDERS:
            return DocumentKind.ORDER
        case Kind.INVOICING:
            return DocumentKind(status_key.partition("_")[0])
        case _:
            return None


def module_of(kind: DocumentKind) -> Kind:
    """The module that documents of this kind are in."""
    return Kind.ORDERS if kind is DocumentKind.ORDER else Kind.INVOICING


def series(kind: DocumentKind, currency: str, day: date) -> str:
    """The series that a number is taken from: one per kind and currency, anew each year (ours)."""
    return f"{_PREFIXES[kind]}-{day.year}-{currency}"


def number_in(name: str, place: int) -> str:
    """The number at this place of a series: INV-2026-EUR/00001."""
    return f"{name}/{place:05}"


def place_in(number: str) -> tuple[str, int] | None:
    """The series and the place there that a typed number names: INV-2026-EUR/1 too; None for what is no number."""
    name, slash, place = number.strip().upper().partition("/")
    known = name.partition("-")[0] in _PREFIXES.values() and name.isascii()
    is_place = place.isascii() and place.isdigit() and len(place) <= LONGEST_PLACE
    return (name, int(place)) if known and slash and is_place else None


# --- what is written by itself


def answer_text(kind: DocumentKind) -> str:
    """The task that what was sent out comes back with."""
    return _("Ask about the offer") if kind is DocumentKind.OFFER else _("Check payment")


def made_text(kind: DocumentKind, name: str) -> str:
    """What the link between a card and the document that was made of it says; the card's number comes after it."""
    return f"{kind_name(kind)} → {name}"


def storno_subject(number: str) -> str:
    """The subject of the invoice that cancels this one."""
    return _("Cancels {number}").format(number=number)


def storno_notes(number: str, issued_on: date) -> str:
    """What stands on it."""
    return _("This invoice cancels invoice {number} of {day}.").format(number=number, day=format_day(issued_on))


def cancelled_by_text(number: str) -> str:
    """What the link from the cancelled invoice says."""
    return _("cancelled by {number}").format(number=number)


# --- what is refused


def refuse_unissuable(document: Document, seller: Party, buyer: Party) -> None:
    """Raise Refused where a document lacks what it must have before it goes out; says what is missing."""
    if not seller.name or not seller.address:
        raise Refused(_("The seller's data is missing."), _("Fill in the seller's data first (g s)."))
    refuse_incomplete(document, buyer)


def refuse_incomplete(document: Document, buyer: Party) -> None:
    """The same but for the seller: it needs a buyer, items, and a total that is not negative."""
    if not buyer.name:
        raise Refused(_("It has no buyer."), _("Give it a company or a person first."))
    refuse_empty(document)
    if document.totals.gross < 0:
        raise Refused(_("Its total is negative."), _("Correct the items: an invoice is cancelled by its own action."))


def refuse_empty(document: Document) -> None:
    """Raise Refused for a document without items."""
    if not document.lines:
        raise Refused(_("It has no items."), _("Add at least one item first (I)."))


def refuse_frozen(found: Document) -> None:
    """Raise Refused for a document whose content may not be changed any more; says what can be done instead."""
    if found.is_draft:
        return
    if found.status_key == "in_progress":
        raise Refused(_("This order is in progress: its content is fixed."), _("Take it back to draft first (m)."))
    raise Refused(_("It is no draft any more: its content is fixed."), _("What can be done with it stands under m."))
