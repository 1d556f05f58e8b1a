"""Orders and documents for people, and, as a contract, for scripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Final

from minicrm_tui.cli.columns import aligned, at_most
from minicrm_tui.domain import invoicing, orders
from minicrm_tui.domain.actions import TABLE
from minicrm_tui.domain.documents import DocumentKind, kind_name, kind_of, module_of
from minicrm_tui.domain.errors import NotFound
from minicrm_tui.domain.lines import shown_quantity, shown_rate
from minicrm_tui.domain.money import to_decimal_string
from minicrm_tui.domain.pipelines import status_name
from minicrm_tui.domain.quickadd import client_name
from minicrm_tui.domain.records import Money
from minicrm_tui.domain.text import fold
from minicrm_tui.i18n import _, format_day, format_money

if TYPE_CHECKING:
    from minicrm_tui.domain.documents import Document, Listed, Other
    from minicrm_tui.domain.lines import Line
    from minicrm_tui.domain.parties import Party
    from minicrm_tui.domain.records import CardDetails, CardRow

_WIDTH: Final = 80
_NAME_WIDTH: Final = 32


# --- which


def keys_of(kinds: frozenset[DocumentKind], wanted: str | None) -> tuple[str, ...]:
    """The keys of the statuses that these kinds have, or of those that are called so; NotFound."""
    known = {key: kind for key in TABLE for kind in kinds if _is_of(key, kind)}
    if wanted is None:
        return tuple(known)
    named = fold(wanted)
    found = tuple(key for key, kind in known.items() if named in _names(key, kind))
    if not found:
        names = ", ".join(dict.fromkeys(_short(key, kind) for key, kind in known.items()))
        raise NotFound(
            _("There is no status “{name}”.").format(name=wanted), _("There are: {names}.").format(names=names)
        )
    return found


def _is_of(key: str, kind: DocumentKind) -> bool:
    of_kind = orders if kind is DocumentKind.ORDER else invoicing
    return of_kind.is_status(key) and kind_of(module_of(kind), key) is kind


def _names(key: str, kind: DocumentKind) -> set[str]:
    """What a person may call the status: its key, the key without the kind, its name with and without the kind."""
    name = status_name(module_of(kind), key)
    return {fold(each) for each in (key, _short(key, kind), name, name.partition(": ")[2]) if each}


def _short(key: str, kind: DocumentKind) -> str:
    return key.removeprefix(f"{kind.value}_")


# --- for people


def said(card: CardDetails) -> str:
    """A card in one line, after what was done with it; the last word is what other commands take."""
    words = [card.row.number, f"“{card.row.name}”", card.status.name, _("card {id}").format(id=card.row.id)]
    return " · ".join(word for word in words if word)


def listed_lines(found: Sequence[Listed], today: date) -> list[str]:
    """A line each: number, what, client, status, the date that matters, total, card."""
    return aligned([_line(each, today) for each in found], right=(5,)) if found else []


def _line(each: Listed, today: date) -> tuple[str, ...]:
    paper, row = each.document, each.row
    client = client_name(row.company, row.person)
    called = row.name if client in ("", row.name) else f"{row.name} · {client}"
    return (
        paper.number or "–",
        at_most(called, _NAME_WIDTH),
        status_name(module_of(paper.kind), paper.status_key),
        _day(paper.issued_on),
        _overdue(paper, today) or (_("payable {day}").format(day=_day(row.payment_due)) if row.payment_due else ""),
        "" if row.value is None else format_money(row.value),
        _("card {id}").format(id=row.id),
    )


def _overdue(paper: Document, today: date) -> str:
    if not paper.is_overdue(today) or paper.due_on is None:
        return ""
    return _("overdue {n}d").format(n=(today - paper.due_on).days)


def _day(day: date | None) -> str:
    return "" if day is None else format_day(day)


def paper_lines(card: CardDetails, paper: Document, today: date) -> Iterator[str]:
    """Where it stands, then what is printed."""
    from minicrm_tui.printing.text import preview

    words = [kind_name(paper.kind), card.status.name, _overdue(paper, today), _("card {id}").format(id=card.row.id)]
    yield " · ".join(word for word in words if word)
    yield ""
    yield from preview(paper, _WIDTH)


# --- for scripts


def listed_json(each: Listed, today: date) -> dict[str, object]:
    """One of a list."""
    return brief_json(each.row, each.document, today)


def brief_json(row: CardRow, paper: Document, today: date) -> dict[str, object]:
    """Keys, their order and their types are a contract; amounts are decimal strings, days ISO."""
    return {
        "id": row.id,
        "kind": paper.kind.value,
        "number": paper.number,
        "subject": row.name,
        "company": row.company,
        "person": row.person,
        "status": status_name(module_of(paper.kind), paper.status_key),
        "status_key": paper.status_key,
        "issued_on": _iso(paper.issued_on),
        "due_on": _iso(paper.due_on),
        "overdue": paper.is_overdue(today),
        "currency": paper.currency,
        "total": "0" if row.value is None else to_decimal_string(row.value),
    }


def paper_json(card: CardDetails, paper: Document, today: date) -> dict[str, object]:
    """All of it; `seller` and `buyer` are copies of the day of the issue, before it those of today."""
    sums = paper.totals
    return {
        **brief_json(card.row, paper, today),
        "notes": paper.notes or None,
        "seller": _party_json(paper.seller),
        "buyer": _party_json(paper.buyer),
        "cancels": _other_json(paper.cancels),
        "cancelled_by": _other_json(paper.cancelled_by),
        "lines": [_line_json(line, paper.currency) for line in paper.lines],
        "rates": [
            {"rate": shown_rate(each.rate), **_amounts(each.net, each.tax, paper.currency)} for each in sums.rates
        ],
        **_amounts(sums.net, sums.tax, paper.currency),
    }


def _line_json(line: Line, currency: str) -> dict[str, object]:
    return {
        "name": line.name,
        "quantity": shown_quantity(line.quantity),
        "unit": line.unit or None,
        "price": _decimal(line.price, currency),
        "vat": shown_rate(line.vat),
        "sku": line.sku or None,
        **_amounts(line.net, line.tax, currency),
    }


def _amounts(net: int, tax: int, currency: str) -> dict[str, str]:
    return {
        "net": _decimal(net, currency),
        "tax": _decimal(tax, currency),
        "gross": _decimal(net + tax, currency),
    }


def _decimal(minor: int, currency: str) -> str:
    return to_decimal_string(Money(minor, currency))


def _party_json(party: Party | None) -> dict[str, str] | None:
    found = {} if party is None else {key: str(value) for key, value in asdict(party).items() if value}
    return found or None


def _other_json(other: Other | None) -> dict[str, object] | None:
    return None if other is None else {"id": other.card_id, "number": other.number}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
