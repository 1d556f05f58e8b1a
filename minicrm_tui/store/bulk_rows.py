"""The rows of a new file that is filled at once (see `store.bulk`): a tuple a row, in the order of its columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class CompanyValues(NamedTuple):
    """A row of `company`."""

    id: int
    name: str
    folded: str
    created_at: str
    address: str
    tax_number: str


class PersonValues(NamedTuple):
    """A row of `person`."""

    id: int
    company_id: int | None
    name: str
    folded: str
    created_at: str


class ChannelValues(NamedTuple):
    """A row of `channel`, but for its id."""

    company_id: int | None
    person_id: int | None
    kind: str
    value: str
    plain: str


class CardValues(NamedTuple):
    """A row of `card`, but for what only later versions fill."""

    id: int
    module_id: int
    status_id: int
    name: str
    folded: str
    company_id: int | None
    person_id: int | None
    amount: int | None
    currency: str | None
    sales_status: str | None
    qualification: str | None
    decided: int
    sales_step: str | None
    expected_close: str | None
    loss_reason: str | None
    place: int
    next_task_id: int | None
    open_tasks: int
    sort_key: int
    search: str
    created_at: str
    customer_step: str | None = None


class TaskValues(NamedTuple):
    """A row of `task`."""

    id: int
    card_id: int
    text: str
    type: str
    day: str
    at: str | None
    due_key: int
    postponed: int
    created_at: str
    closed_at: str | None
    outcome: str | None
    comment: str | None
    purpose: str = ""


class HistoryValues(NamedTuple):
    """A row of `history`, but for its id."""

    card_id: int
    at: str
    kind: str
    text: str
    field: str
    old: str
    new: str
    by_itself: int


class ProductValues(NamedTuple):
    """A row of `product`."""

    id: int
    name: str
    folded: str
    sku: str
    unit: str
    vat: int
    created_at: str


class PriceValues(NamedTuple):
    """A row of `price`, but for its id."""

    product_id: int
    currency: str
    amount: int


class DocumentValues(NamedTuple):
    """A row of `document`. `serial` is the minute since 1970 in which it took its number: see `bulk_numbers`."""

    id: int
    card_id: int
    kind: str
    currency: str
    series: str
    serial: int | None
    issued_on: str | None
    due_on: str | None
    notes: str
    seller: str
    buyer: str
    cancels: int | None


class LineValues(NamedTuple):
    """A row of `line`, but for its id."""

    document_id: int
    position: int
    name: str
    quantity: int
    unit: str
    price: int
    vat: int
    sku: str
    product_id: int | None


class LinkValues(NamedTuple):
    """A row of `link`, but for its id; the number of the first card's document is added to its description."""

    card_id: int
    other_id: int
    description: str
    created_at: str


@dataclass(slots=True)
class Batch:
    """Some rows of every table, to be written together."""

    companies: list[CompanyValues] = field(default_factory=list)
    persons: list[PersonValues] = field(default_factory=list)
    channels: list[ChannelValues] = field(default_factory=list)
    cards: list[CardValues] = field(default_factory=list)
    tasks: list[TaskValues] = field(default_factory=list)
    history: list[HistoryValues] = field(default_factory=list)
    products: list[ProductValues] = field(default_factory=list)
    prices: list[PriceValues] = field(default_factory=list)
    documents: list[DocumentValues] = field(default_factory=list)
    lines: list[LineValues] = field(default_factory=list)
    links: list[LinkValues] = field(default_factory=list)
