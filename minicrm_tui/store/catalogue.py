"""The catalogue: items with their prices; offered by name, kept when a new one is typed on a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import bindparam, col, delete, select, update

from minicrm_tui.domain.errors import Invalid, NotFound
from minicrm_tui.domain.lines import LineDraft, ProductId, checked_line
from minicrm_tui.domain.products import Product, ProductDraft
from minicrm_tui.domain.text import fold
from minicrm_tui.i18n import _
from minicrm_tui.store import journal
from minicrm_tui.store.document_tables import PriceTable, ProductTable
from minicrm_tui.store.engine import driver
from minicrm_tui.store.rows import id_list, stamp
from minicrm_tui.store.statements import add, listed_ids

if TYPE_CHECKING:
    from sqlalchemy import Connection

_OFFERED = col(ProductTable.retired_at).is_(None)

_ONE = select(ProductTable).where(col(ProductTable.id) == bindparam("product"))

_CALLED = select(ProductTable.id).where(col(ProductTable.folded) == bindparam("folded"), _OFFERED)

_PRICES = select(PriceTable).where(col(PriceTable.product_id).in_(listed_ids)).order_by(col(PriceTable.currency))

_UPDATE = update(ProductTable).where(col(ProductTable.id) == bindparam("product"))

_FORGET = delete(PriceTable).where(
    col(PriceTable.product_id) == bindparam("product"), col(PriceTable.currency) == bindparam("code")
)

_REPRICE = update(PriceTable).where(
    col(PriceTable.product_id) == bindparam("product"), col(PriceTable.currency) == bindparam("code")
)


# --- reading


def products(conn: Connection, text: str = "", offset: int = 0, limit: int = -1) -> tuple[Product, ...]:
    """What is offered, by name; only what has all words of the text in its name or SKU. A negative limit is none."""
    where, words = _matching(text)
    asked = (*words, limit, offset)
    sql = f"SELECT id, name, sku, unit, vat FROM product WHERE {where} ORDER BY folded, id LIMIT ? OFFSET ?"
    found: list[tuple[int, str, str, str, int]] = driver(conn).execute(sql, asked).fetchall()
    prices = _prices(conn, [row[0] for row in found])
    return tuple(Product(ProductId(row[0]), *row[1:], prices.get(row[0], {})) for row in found)


def count(conn: Connection, text: str = "") -> int:
    """How many of them there are."""
    where, words = _matching(text)
    counted: tuple[int] = driver(conn).execute(f"SELECT count(*) FROM product WHERE {where}", words).fetchone()
    return counted[0]


def place(conn: Connection, product_id: ProductId, text: str = "") -> int | None:
    """How many of them stand before this one; None where it does not match, or is offered no more."""
    where, words = _matching(text)
    sql = f"SELECT folded FROM product WHERE {where} AND id = ?"
    found: tuple[str] | None = driver(conn).execute(sql, (*words, product_id)).fetchone()
    if found is None:
        return None
    sql = f"SELECT count(*) FROM product WHERE {where} AND (folded, id) < (?, ?)"
    before: tuple[int] = driver(conn).execute(sql, (*words, *found, product_id)).fetchone()
    return before[0]


def _matching(text: str) -> tuple[str, tuple[str, ...]]:
    words = tuple(fold(text).split())
    has_word = " AND instr(folded || ' ' || fold(sku), ?)"
    return "retired_at IS NULL" + has_word * len(words), words


def product(conn: Connection, product_id: ProductId) -> Product:
    """An item, also one that is offered no more; NotFound."""
    row = conn.execute(_ONE, {"product": product_id}).one_or_none()
    if row is None:
        raise NotFound(_("This item is no longer in the catalogue."))
    prices = _prices(conn, [product_id]).get(product_id, {})
    return Product(product_id, row.name, row.sku, row.unit, row.vat, prices)


def _prices(conn: Connection, ids: Sequence[int]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    for row in conn.execute(_PRICES, {"ids": id_list(ids)}):
        found.setdefault(row.product_id, {})[row.currency] = row.amount
    return found


# --- writing


def add_product(conn: Connection, draft: ProductDraft, now: datetime) -> ProductId:
    """A new item. Invalid for a name that is there already."""
    checked = _checked(draft)
    _refuse_taken(conn, checked.name, None)
    journal.begin_action(conn, "product.add", checked.name, 1, None, None, now)
    return _insert(conn, checked, now)


def edit_product(conn: Connection, product_id: ProductId, draft: ProductDraft, now: datetime) -> None:
    """Give an item other data; what was sold of it keeps its copy. Invalid, NotFound."""
    before, checked = product(conn, product_id), _checked(draft)
    _refuse_taken(conn, checked.name, product_id)
    journal.begin_action(conn, "product.edit", checked.name, 1, None, None, now)
    columns = {"name": checked.name, "folded": fold(checked.name), "sku": checked.sku, "unit": checked.unit}
    conn.execute(_UPDATE, {"product": product_id, **columns, "vat": checked.vat})
    _write_prices(conn, product_id, before.prices, checked.prices)


def retire_product(conn: Connection, product_id: ProductId, now: datetime) -> None:
    """Take an item out of the catalogue. NotFound."""
    gone = product(conn, product_id)
    journal.begin_action(conn, "product.delete", gone.name, 1, None, None, now)
    conn.execute(_UPDATE, {"product": product_id, "retired_at": stamp(now)})


def known(conn: Connection, line: LineDraft, currency: str, now: datetime) -> LineDraft:
    """The line of an item of the catalogue: the one of its name, else it is made, inside a running undo step.

    What the catalogue lacks, it learns from the line: a unit, a price in this currency, and with a first price the
    rate of VAT. What it has, stays (ours).
    """
    found = line.product_id
    if found is None:
        found = conn.execute(_CALLED, {"folded": fold(line.name)}).scalars().first()
    if found is None:
        draft = ProductDraft(line.name, line.sku, line.unit, line.vat, {currency: line.price} if line.price else {})
        return replace(line, product_id=_insert(conn, draft, now))
    _learn(conn, product(conn, found), line, currency)
    return replace(line, product_id=ProductId(found))


def _learn(conn: Connection, item: Product, line: LineDraft, currency: str) -> None:
    columns: dict[str, str | int] = {}
    if line.unit and not item.unit:
        columns["unit"] = line.unit
    if not item.prices and item.vat != line.vat:
        columns["vat"] = line.vat
    if columns:
        conn.execute(_UPDATE, {"product": item.id, **columns})
    if line.price and currency not in item.prices:
        add(conn, PriceTable(product_id=item.id, currency=currency, amount=line.price))


def _checked(draft: ProductDraft) -> ProductDraft:
    line = checked_line(LineDraft(draft.name, unit=draft.unit, vat=draft.vat, sku=draft.sku))
    for price in draft.prices.values():
        checked_line(replace(line, price=price))
    return ProductDraft(line.name, line.sku, line.unit, line.vat, dict(draft.prices))


def _refuse_taken(conn: Connection, name: str, besides: ProductId | None) -> None:
    if any(found != besides for found in conn.execute(_CALLED, {"folded": fold(name)}).scalars()):
        raise Invalid("name", _("The catalogue has an item of that name."))


def _insert(conn: Connection, draft: ProductDraft, now: datetime) -> ProductId:
    row = ProductTable(
        name=draft.name,
        folded=fold(draft.name),
        sku=draft.sku,
        unit=draft.unit,
        vat=draft.vat,
        created_at=stamp(now),
    )
    product_id = ProductId(add(conn, row))
    _write_prices(conn, product_id, {}, draft.prices)
    return product_id


def _write_prices(conn: Connection, product_id: ProductId, before: Mapping[str, int], after: Mapping[str, int]) -> None:
    for code in before.keys() - after.keys():
        conn.execute(_FORGET, {"product": product_id, "code": code})
    for code, amount in after.items():
        if code not in before:
            add(conn, PriceTable(product_id=product_id, currency=code, amount=amount))
        elif before[code] != amount:
            conn.execute(_REPRICE, {"product": product_id, "code": code, "amount": amount})
