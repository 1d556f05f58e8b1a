"""What stands on a document, in the person's language, before it is known where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from itertools import chain
from typing import Final

from minicrm_tui.domain.documents import Document, DocumentKind, kind_name
from minicrm_tui.domain.lines import LineDraft, Totals, shown_quantity, shown_rate
from minicrm_tui.domain.parties import Party
from minicrm_tui.domain.records import Money
from minicrm_tui.domain.text import clean, clean_lines
from minicrm_tui.i18n import _, format_dated, format_decimal, format_number, format_price, pgettext
from minicrm_tui.printing.names import draft_word
from minicrm_tui.printing.wrapping import BETWEEN

NOBODY: Final = "—"
"""Where a name is still missing."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something with a name: the day of the issue, a total."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Block:
    """Who sells, or who buys; what is said about them, a line each. The name is empty where nobody is known yet."""

    heading: str
    name: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sums:
    """The amounts that are carried from page to page, in minor units."""

    net: int = 0
    tax: int = 0

    def __add__(self, other: Sums) -> Sums:
        return Sums(self.net + other.net, self.tax + other.tax)


@dataclass(frozen=True, slots=True)
class Cells:
    """A row of the table of items, or its headings, as they are written."""

    place: str
    name: str
    quantity: str
    unit: str
    price: str
    net: str
    rate: str
    tax: str
    sku: str = ""
    sums: Sums = Sums()

    @property
    def texts(self) -> tuple[str, ...]:
        """Column by column; the SKU stands under the name."""
        return self.place, self.name, self.quantity, self.unit, self.price, self.net, self.rate, self.tax


NAME: Final = 1
"""The column of names."""

UNIT: Final = 3
"""The other column of words: all the rest are numbers."""


@dataclass(frozen=True, slots=True)
class RateCells:
    """A row of the table of VAT, or its headings."""

    rate: str
    net: str
    tax: str
    gross: str

    @property
    def texts(self) -> tuple[str, ...]:
        """Column by column."""
        return self.rate, self.net, self.tax, self.gross


@dataclass(frozen=True, slots=True)
class Paper:
    """A document in words. `number` and `mark` (of a draft) are empty where there are none."""

    title: str
    number: str
    mark: str
    contact: tuple[str, ...]
    seller: Block
    buyer: Block
    facts: tuple[Fact, ...]
    subject: str
    rows: tuple[Cells, ...]
    rates: tuple[RateCells, ...]
    totals: tuple[Fact, ...]
    notes: str
    currency: str
    sums: Sums

    @property
    def called(self) -> str:
        """What it is and its number: Invoice INV-2026-EUR/00001."""
        return f"{self.title} {self.number}" if self.number else BETWEEN.join(filter(None, (self.title, self.mark)))


def paper(document: Document) -> Paper:
    """The document in the words of the program's language."""
    seller, buyer = document.seller or Party(), document.buyer or Party()
    totals = document.totals
    return Paper(
        title=_("Cancelling invoice") if document.cancels else kind_name(document.kind),
        number=document.number or "",
        mark=draft_word() if document.is_draft else "",
        contact=_said(*map(clean, (seller.phone, seller.email, seller.website))),
        seller=Block(pgettext("document", "Seller"), clean(seller.name), _seller_details(seller)),
        buyer=Block(pgettext("document", "Buyer"), clean(buyer.name), _buyer_details(buyer)),
        facts=tuple(_facts(document)),
        subject=clean(document.subject),
        rows=tuple(_cells(place, line, document.currency) for place, line in enumerate(document.lines, 1)),
        rates=tuple(_rates(totals, document.currency)),
        totals=tuple(_totals(totals, document.currency)),
        notes=clean_lines(document.notes),
        currency=document.currency,
        sums=Sums(totals.net, totals.tax),
    )


def headings() -> Cells:
    """Over the items."""
    return Cells(
        pgettext("document", "No."),
        pgettext("document", "Item"),
        pgettext("document", "Quantity"),
        pgettext("document", "Unit"),
        pgettext("document", "Unit price"),
        pgettext("document", "Net"),
        pgettext("document", "VAT"),
        pgettext("document", "VAT amount"),
    )


def rate_headings() -> RateCells:
    """Over the table of VAT."""
    return RateCells(
        pgettext("document", "VAT rate"),
        pgettext("document", "Net"),
        pgettext("document", "VAT amount"),
        pgettext("document", "Gross"),
    )


def carried_words() -> tuple[str, str]:
    """At the end of a page that the items go beyond, and at the beginning of the next one."""
    return pgettext("document", "Carried forward"), pgettext("document", "Brought forward")


def page_words(page: int, pages: int) -> str:
    """Which page this is."""
    return _("Page {page} of {pages}").format(page=page, pages=pages)


def written(sums: Sums, currency: str) -> tuple[str, str]:
    """Carried amounts as they are written: without VAT, and VAT."""
    return format_price(Money(sums.net, currency)), format_price(Money(sums.tax, currency))


def characters(sheet: Paper) -> frozenset[str]:
    """All that may have to be drawn of it, in capitals too."""
    words = "".join(chain(*map(_strings, (sheet, headings(), rate_headings(), carried_words(), page_words(0, 0)))))
    return frozenset(words + words.upper()) - {"\n"}


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        yield from chain(*map(_strings, value))
    elif is_dataclass(value):
        yield from chain(*(_strings(getattr(value, each.name)) for each in fields(value)))


# --- who


def _seller_details(seller: Party) -> tuple[str, ...]:
    account = _("Account {number}").format(number=seller.bank_account) if seller.bank_account else ""
    return (*_said(seller.address), *_registered(seller), *_said(account, seller.bank))


def _buyer_details(buyer: Party) -> tuple[str, ...]:
    person = _("Attn. {person}").format(person=buyer.person) if buyer.person else ""
    return (*_said(buyer.address), *_registered(buyer), *_said(person, buyer.phone, buyer.email))


def _registered(party: Party) -> tuple[str, ...]:
    tax = _("Tax no. {number}").format(number=party.tax_number) if party.tax_number else ""
    register = _("Reg. no. {number}").format(number=party.registration_number) if party.registration_number else ""
    return _said(tax, register)


def _said(*texts: str) -> tuple[str, ...]:
    """What is there of these, on safe lines."""
    return tuple(filter(None, map(clean_lines, texts)))


# --- when and what for


def _facts(document: Document) -> Iterator[Fact]:
    if document.issued_on is not None:
        yield Fact(
            pgettext("document", "Date") if document.kind is DocumentKind.ORDER else pgettext("document", "Issued on"),
            format_dated(document.issued_on),
        )
    if document.due_on is not None and document.cancels is None:
        yield _due(document.kind, document.due_on)
    if document.cancels is not None:
        yield Fact(pgettext("document", "Cancels"), document.cancels.number)
    if document.cancelled_by is not None:
        yield Fact(pgettext("document", "Cancelled by"), document.cancelled_by.number)
    yield Fact(pgettext("document", "Currency"), document.currency)


def _due(kind: DocumentKind, day: date) -> Fact:
    return Fact(
        pgettext("document", "Valid until") if kind is DocumentKind.OFFER else pgettext("document", "Payment due"),
        format_dated(day),
    )


# --- how much


def _cells(place: int, line: LineDraft, currency: str) -> Cells:
    return Cells(
        place=str(place),
        name=clean(line.name),
        quantity=_quantity(line.quantity),
        unit=clean(line.unit),
        price=format_price(Money(line.price, currency)),
        net=format_price(Money(line.net, currency)),
        rate=_rate(line.vat),
        tax=format_price(Money(line.tax, currency)),
        sku=clean(line.sku),
        sums=Sums(line.net, line.tax),
    )


def _quantity(quantity: int) -> str:
    """With its thousands grouped, unlike where it is typed: 1 250.5."""
    whole, point, part = shown_quantity(abs(quantity)).partition(".")
    return ("-" if quantity < 0 else "") + format_number(int(whole)) + format_decimal(point + part)


def _rate(rate: int) -> str:
    return f"{format_decimal(shown_rate(rate))}%"


def _rates(totals: Totals, currency: str) -> Iterator[RateCells]:
    for each in totals.rates:
        amounts = (format_price(Money(amount, currency)) for amount in (each.net, each.tax, each.gross))
        yield RateCells(_rate(each.rate), *amounts)


def _totals(totals: Totals, currency: str) -> Iterator[Fact]:
    for label, amount in (
        (pgettext("document", "Total net"), totals.net),
        (pgettext("document", "Total VAT"), totals.tax),
        (pgettext("document", "Total"), totals.gross),
    ):
        yield Fact(label, format_price(Money(amount, currency)))
