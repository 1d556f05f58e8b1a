"""What stands over and under the items of a document: who, what and when; the sums by rate of VAT and over all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from minicrm_tui.domain.documents import Document, DocumentKind, kind_name, module_of
from minicrm_tui.domain.lines import Totals, shown_rate
from minicrm_tui.domain.pipelines import status_name
from minicrm_tui.domain.records import Money
from minicrm_tui.i18n import _, format_day, format_decimal, format_price, ngettext
from minicrm_tui.widgets.cells import cell_width, fit
from minicrm_tui.widgets.strips import Piece

ROOMY = 100
"""Cells from which on the left half has more of them."""

LABEL_CELLS = 13
AMOUNT_CELLS = 18

FEWEST_LINES = 4
"""Lines of the totals, so that a rate more or less moves nothing."""

MOST_RATES = 5
"""Rates that are shown; what is beyond is counted."""


def title(document: Document) -> str:
    """Kind, number and status: Invoice INV-2026-EUR/00001 · issued."""
    named = f"{kind_name(document.kind)} {document.number or ''}".rstrip()
    return f"{named} · {status(document)}"


def status(document: Document) -> str:
    """Its status, without the kind that the pipeline names with it."""
    name = status_name(module_of(document.kind), document.status_key)
    return name.removeprefix(f"{kind_name(document.kind)}: ")


def head_lines(document: Document, today: date, payment_days: int, width: int) -> list[list[Piece]]:
    """Buyer and subject at the left, days and currency at the right; what cancels it, or what it cancels, below."""
    is_order, is_offer = document.kind is DocumentKind.ORDER, document.kind is DocumentKind.OFFER
    left = [
        (_("Buyer"), _buyer(document), "warning" if not _buyer_name(document) else ""),
        (_("Subject"), document.subject, "strong"),
        (_("Notes"), " ".join(document.notes.split()), "muted"),
    ]
    right = [
        (_("Finalised on") if is_order else _("Issued on"), _day(document.issued_on), ""),
        (_("Answer by") if is_offer else _("Payment date"), *_payment(document, today, payment_days)),
        (_("Currency"), document.currency, ""),
    ]
    if is_order:
        del right[1]
        right.append(("", "", ""))
    half = width // 2 if width < ROOMY else width * 11 // 20
    lines = [[*_field(one, half), *_field(other, width - half)] for one, other in zip(left, right, strict=True)]
    for label, other in ((_("Cancels"), document.cancels), (_("Cancelled by"), document.cancelled_by)):
        if other is not None:
            lines.append(_field((label, other.number, "accent"), width))
    return lines


def _day(day: date | None) -> str:
    return "–" if day is None else format_day(day)


def _field(field: tuple[str, str, str], width: int) -> list[Piece]:
    label, text, tone = field
    return [
        Piece(" " + fit(label, LABEL_CELLS - 1) + " ", "muted"),
        Piece(fit(text, width - LABEL_CELLS - 2), tone, tone in ("strong", "error")),
        Piece(" "),
    ]


def _buyer_name(document: Document) -> str:
    return document.buyer.name if document.buyer is not None else ""


def _buyer(document: Document) -> str:
    buyer = document.buyer
    if buyer is None or not buyer.name:
        return _("nobody yet: E gives it one")
    return " · ".join(part for part in (buyer.name, buyer.person, buyer.tax_number, buyer.address) if part)


def _payment(document: Document, today: date, payment_days: int) -> tuple[str, str]:
    """The payment date with its tone; how late it is, where it is."""
    if document.due_on is None:
        said = ngettext("{n} day after issue", "{n} days after issue", payment_days)
        return said.format(n=payment_days), "muted"
    shown = format_day(document.due_on)
    if not document.is_overdue(today):
        return shown, ""
    late = (today - document.due_on).days
    return f"{shown} · {ngettext('overdue {n} day', 'overdue {n} days', late).format(n=late)}", "error"


def total_lines(totals: Totals, currency: str, width: int, *, short: bool) -> list[list[Piece]]:
    """Net and VAT by rate at the left, and over all at the right."""
    cells = min(AMOUNT_CELLS, (width - 2) // 6)
    most = 3 if short else MOST_RATES
    rates = _rates(totals, currency, cells, most)
    sums = [
        (_("Net"), totals.net, ""),
        (_("VAT"), totals.tax, ""),
        (_("Total"), totals.gross, "strong"),
    ]
    empty: list[Piece] = [Piece(" " * (3 * cells))]
    height = max(len(rates), FEWEST_LINES)
    left = [*rates, *[empty] * (height - len(rates))]
    room = width - 3 * cells
    right = [_sum(label, amount, currency, room, tone) for label, amount, tone in sums]
    return [[*one, *other] for one, other in zip(left, [*[[Piece("")]] * (height - len(sums)), *right], strict=True)]


def _rates(totals: Totals, currency: str, cells: int, most: int) -> list[list[Piece]]:
    heads = (_("VAT"), _("Net"), _("VAT amount"))
    lines = [[Piece(fit(head, cells, right=True), "muted") for head in heads]]
    shown = totals.rates if len(totals.rates) <= most else totals.rates[: most - 1]
    for rate in shown:
        texts = (f"{format_decimal(shown_rate(rate.rate))}%", _price(rate.net, currency), _price(rate.tax, currency))
        lines.append([Piece(fit(text, cells, right=True)) for text in texts])
    hidden = len(totals.rates) - len(shown)
    if hidden:
        more = ngettext("and {n} more rate", "and {n} more rates", hidden).format(n=hidden)
        lines.append([Piece(fit(more, 3 * cells, right=True), "muted")])
    return lines


def _sum(label: str, amount: int, currency: str, room: int, tone: str) -> list[Piece]:
    shown = fit(_price(amount, currency), min(AMOUNT_CELLS, room // 2), right=True) + f" {currency} "
    return [
        Piece(fit(label, room - cell_width(shown), right=True), "muted"),
        Piece(shown, tone, tone == "strong"),
    ]


def _price(minor: int, currency: str) -> str:
    return format_price(Money(minor, currency))


def changed_row(before: Sequence[object], after: Sequence[object]) -> int | None:
    """The first row in which two lists differ; None where they are the same."""
    for row, (one, other) in enumerate(zip(before, after, strict=False)):
        if one != other:
            return row
    return None if len(before) == len(after) else min(len(before), len(after))
