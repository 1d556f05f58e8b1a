"""The tables of orders and documents, of the catalogue and of lists of one's own; their rules are those of `tables`."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

_EMPTY = {"server_default": text("''")}
_ZERO = {"server_default": text("0")}


class ProductTable(SQLModel, table=True):
    """An item of the catalogue. Retired, it is offered no more; what was sold keeps its copy."""

    __tablename__ = "product"
    __table_args__ = (
        CheckConstraint("vat BETWEEN 0 AND 10000", name="ck_product_vat"),
        Index("ix_product_folded", "folded"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str
    folded: str
    sku: str = Field(default="", sa_column_kwargs=_EMPTY)
    unit: str = Field(default="", sa_column_kwargs=_EMPTY)
    vat: int = Field(default=0, sa_column_kwargs=_ZERO)
    created_at: str
    retired_at: str | None = None


class PriceTable(SQLModel, table=True):
    """What one unit of an item costs in a currency, net, in minor units."""

    __tablename__ = "price"
    __table_args__ = (Index("ix_price_product", "product_id", "currency", unique=True), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    product_id: int = Field(foreign_key="product.id")
    currency: str
    amount: int


class SeriesTable(SQLModel, table=True):
    """A series of numbers, like INV-2026-EUR: the last one that it gave, and on which day."""

    __tablename__ = "series"
    __table_args__ = (Index("ix_series_name", "name", unique=True), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    name: str
    last: int = Field(default=0, sa_column_kwargs=_ZERO)
    last_on: str = Field(default="", sa_column_kwargs=_EMPTY)


class DocumentTable(SQLModel, table=True):
    """What a card of orders or invoicing holds besides. Its number is its series and its place there.

    `seller` and `buyer`: JSON copies of the day when it was issued, nothing before. `cancels`: the card of the invoice
    that this one cancels. Guards refuse every change of what was issued (see `store.guards`).
    """

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint("kind IN ('order','offer','proforma','invoice')", name="ck_document_kind"),
        CheckConstraint("(series = '') = (serial IS NULL)", name="ck_document_number"),
        Index("ix_document_card", "card_id", unique=True),
        Index("ix_document_number", "series", "serial", unique=True),
        Index("ix_document_cancels", "cancels"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    card_id: int = Field(foreign_key="card.id")
    kind: str
    currency: str
    series: str = Field(default="", sa_column_kwargs=_EMPTY)
    serial: int | None = None
    issued_on: str | None = None
    due_on: str | None = None
    notes: str = Field(default="", sa_column_kwargs=_EMPTY)
    seller: str = Field(default="", sa_column_kwargs=_EMPTY)
    buyer: str = Field(default="", sa_column_kwargs=_EMPTY)
    cancels: int | None = Field(default=None, foreign_key="card.id")


class LineTable(SQLModel, table=True):
    """One item of a document: quantity in thousandths, net price in minor units, VAT in hundredths of a percent."""

    __tablename__ = "line"
    __table_args__ = (
        CheckConstraint("vat BETWEEN 0 AND 10000", name="ck_line_vat"),
        Index("ix_line_document", "document_id", "position"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id")
    position: int
    name: str
    quantity: int
    unit: str = Field(default="", sa_column_kwargs=_EMPTY)
    price: int = Field(default=0, sa_column_kwargs=_ZERO)
    vat: int = Field(default=0, sa_column_kwargs=_ZERO)
    sku: str = Field(default="", sa_column_kwargs=_EMPTY)
    product_id: int | None = Field(default=None, foreign_key="product.id")


class ListEntryTable(SQLModel, table=True):
    """A value of a list that a person has edited; a module without entries offers its kind's own."""

    __tablename__ = "list_entry"
    __table_args__ = (
        CheckConstraint("list IN ('sales_step','customer_step','loss_reason','task_type')", name="ck_list_entry_list"),
        Index("ix_list_entry_list", "module_id", "list", "position"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    module_id: int = Field(foreign_key="module.id")
    list: str
    name: str
    position: int
