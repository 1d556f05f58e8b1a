"""Documents to print: an invoice of a Romanian firm, and what makes of it another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import strategies as st

from minicrm_tui.domain.documents import Document, DocumentId, DocumentKind, Other
from minicrm_tui.domain.lines import Line, turned
from minicrm_tui.domain.parties import Party
from minicrm_tui.domain.records import CardId
from minicrm_tui.printing.fonts import Face
from minicrm_tui.printing.marks import Typeface

SELLER = Party(
    "Nord Servicii SRL",
    "Str. Lungă 1, ap. 14\n500035 Brașov",
    "RO123",
    "J08/1/2020",
    "RO49 AAAA 1B31 0075 9384 0000",
    "Banca Exemplu",
    "+40 268 000 111",
    "office@nord.example",
    "nord.example",
)
BUYER = Party("Acme Industries", "Calea Victoriei 10", "RO456", "J40/2/2001", phone="0722", person="Ana Pop")

DOOR = Line("Oak door", 2000, "pcs", 15_050, 2100, "D-100")
FITTING = Line("Fitting", 1500, "h", 8_000, 2100)
MANUAL = Line("Manual", 1000, "pcs", 1_999, 1100)

INVOICE = Document(
    DocumentId(1),
    CardId(17),
    DocumentKind.INVOICE,
    "Doors for the office",
    "invoice_issued",
    "EUR",
    "INV-2026-EUR/00001",
    date(2026, 11, 23),
    date(2026, 12, 1),
    "Thank you.\nPlease quote the number.",
    SELLER,
    BUYER,
    (DOOR, FITTING, MANUAL),
)

STORNO = replace(
    INVOICE,
    subject="Cancels INV-2026-EUR/00001",
    status_key="invoice_cancelled",
    number="INV-2026-EUR/00002",
    due_on=date(2026, 11, 23),
    cancels=Other(CardId(17), "INV-2026-EUR/00001"),
    lines=tuple(
        Line(line.name, line.quantity, line.unit, line.price, line.vat, line.sku)
        for line in map(turned, (DOOR, FITTING, MANUAL))
    ),
)

DRAFT = replace(INVOICE, status_key="invoice_to_be_issued", number=None, issued_on=None, due_on=None)

OFFER = replace(
    INVOICE, kind=DocumentKind.OFFER, status_key="offer_awaiting", number="OFF-2026-EUR/00001", subject="Doors, gates"
)

BARE = replace(DRAFT, kind=DocumentKind.ORDER, status_key="draft", lines=(), seller=None, buyer=None, notes="")

HUNGARIAN = replace(
    INVOICE,
    currency="HUF",
    seller=replace(SELLER, name="Őrségi Fűrészüzem Kft.", address="Kossuth u. 12.\n9941 Őriszentpéter"),
    buyer=Party("Széles Tűzőgép Zrt.", person="Győző Ágnes"),
)

# Everything as long and as large as the file takes it.
ENDLESS = replace(
    INVOICE,
    seller=Party(*(["very long words and Averylongonewithoutanyspace" * 9] * 9)),
    buyer=Party(*(["and " * 90] * 9), person="x" * 300),
    subject="subject " * 40,
    notes=("a note " * 90 + "\n") * 3,
    lines=(
        Line("name " * 100, 10**9, "kilowatt-hours/month", 4 * 10**8, 10_000, "S" * 60),
        Line("X" * 500, 1, "W" * 20, 10**15, 0),
        Line("漢字 🚀 עברית ﬁ", 999_999_999, "m²", 10**8, 2100),
    ),
)


def of_items(number: int) -> Document:
    """The invoice with so many items, some with long names, of three rates."""
    names = ("Oak door", "Paint, white, for interiors and exteriors, in cans of five litres each, in packs of four")
    lines = tuple(
        Line(
            f"{names[place % 2]} {place}", 1000 + place % 7 * 500, "pcs", 1_000 + 37 * place, (2100, 1100, 0)[place % 3]
        )
        for place in range(number)
    )
    return replace(INVOICE, lines=lines)


class Fixed(dict[str, float]):
    """Every character is as wide as every other, so that any text can be laid out without cutting a typeface."""

    def __missing__(self, _character: str) -> float:
        return 0.6


def fixed_typeface() -> Typeface:
    """Both weights of nothing but widths."""
    widths: Mapping[str, float] = Fixed()
    face = Face(Path(), widths, {})
    return Typeface(face, face)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=40)

LINES = st.builds(
    Line,
    name=WORDS.map(lambda text: text or "x"),
    quantity=st.integers(-(10**9), 10**9).filter(bool),
    unit=st.text(max_size=20),
    price=st.integers(0, 10**9),
    vat=st.sampled_from([0, 500, 550, 1100, 1900, 2100, 2700, 10_000]),
    sku=WORDS,
)
"""Any item that a document can have, and some that it can't."""

DOCUMENTS = st.builds(
    replace,
    st.sampled_from([INVOICE, STORNO, DRAFT, OFFER, BARE]),
    lines=st.lists(LINES, max_size=60).map(tuple),
    currency=st.sampled_from(["EUR", "JPY", "KWD"]),
    notes=WORDS,
    subject=WORDS,
)
