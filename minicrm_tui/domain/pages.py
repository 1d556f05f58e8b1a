"""What a card's page shows: the card whole, its client's other cards, and how much has happened to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NewType

if TYPE_CHECKING:
    # The first frame needs the kinds of history alone.
    from minicrm_tui.domain.documents import Document
    from minicrm_tui.domain.fields import Field
    from minicrm_tui.domain.records import CardDetails, CardRow, Module, Person, Status
    from minicrm_tui.domain.sales_lists import SalesList

LinkId = NewType("LinkId", int)

DESCRIPTION_LIMIT: Final = 200
"""Characters of what is said about a link."""


class HistoryKind(StrEnum):
    """What the history of a card can be narrowed to; by the kind that its entries are kept under."""

    TASK = "task"
    STATUS = "status"
    FIELD = "field"
    NOTE = "note"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class OtherCard:
    """Another card of the same client, or a linked one: where it stands, and what the link says."""

    row: CardRow
    module: str
    status: str
    link_id: LinkId | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class CardPage:
    """A card with all that stands around it. `history` counts its entries by kind, those of no kind included."""

    details: CardDetails
    module: Module
    statuses: tuple[Status, ...]
    colleagues: tuple[Person, ...]
    """The other persons of its company."""
    others: tuple[OtherCard, ...]
    history: Mapping[str, int]
    links: tuple[OtherCard, ...] = ()
    fields: tuple[tuple[Field, str], ...] = ()
    """The module's fields with the card's values, as they are kept."""
    document: Document | None = None
    """What an order or a document holds besides, without its items."""
    items: int = 0
    """How many items are on it."""
    lists: Mapping[SalesList, tuple[str, ...]] = field(default_factory=dict)
    """What the lists of a sales module offer."""
