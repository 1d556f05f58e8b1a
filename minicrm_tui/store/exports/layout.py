"""The parts of the whole: which table each is, which of its columns are written, and under what name.

A value that is the column's default is left out. What follows from other data (folded names, sort keys, a card's next
task) is not written; `DERIVED` names it, and a test holds the two together against the tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from minicrm_tui.domain.documents import DocumentKind
from minicrm_tui.domain.fields import FieldKind
from minicrm_tui.domain.reach import Reach
from minicrm_tui.domain.records import Group, Kind, Outcome, Qualification, SalesStatus, Sort
from minicrm_tui.store.exports.kinds import (
    DAY,
    FLAG,
    ID,
    MOMENT,
    NUMBER,
    PARTY,
    RULE,
    TEXT,
    TIME,
    ColumnKind,
    Value,
    one_of,
)

_LISTS: Final = ("sales_step", "customer_step", "loss_reason", "task_type")


@dataclass(frozen=True, slots=True)
class Written:
    """A column that is written: its key in JSON, its name in the table, what it holds, and what a missing one means."""

    key: str
    column: str
    kind: ColumnKind
    required: bool
    missing: Value = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the whole: its table and the columns of it that are written."""

    table: str
    columns: tuple[Written, ...]


def _must(key: str, kind: ColumnKind, column: str = "") -> Written:
    return Written(key, column or key, kind, required=True)


def _may(key: str, kind: ColumnKind, column: str = "", missing: Value = None) -> Written:
    return Written(key, column or key, kind, required=False, missing=missing)


def _texts(*keys: str) -> tuple[Written, ...]:
    """Texts that are empty where nothing is said."""
    return tuple(_may(key, TEXT, missing="") for key in keys)


def _flags(*keys: str) -> tuple[Written, ...]:
    return tuple(_may(key, FLAG, missing=0) for key in keys)


_ID: Final = _must("id", ID)
_NAME: Final = _must("name", TEXT)
_POSITION: Final = _must("position", NUMBER)
_CREATED: Final = _must("created_at", MOMENT)
_MODULE: Final = _must("module", ID, "module_id")
_CARD: Final = _must("card", ID, "card_id")
_COMPANY: Final = _may("company", ID, "company_id")
_PERSON: Final = _may("person", ID, "person_id")
_FOLLOW_UP: Final = (*_texts("follow_text", "follow_type"), _may("follow_days", NUMBER))

LAYOUT: Final[Mapping[str, Part]] = {
    "modules": Part(
        "module",
        (
            _ID,
            _must("kind", one_of(tuple(Kind))),
            *(_may("name", TEXT), _may("item", TEXT), _POSITION, _may("currency", TEXT), _may("trashed_at", MOMENT)),
            _may("forgotten_days", NUMBER),
            *_texts("heading_lead", "heading_open", "heading_success", "heading_failed"),
            *_FOLLOW_UP,
            _may("sort", one_of(tuple(Sort)), missing=Sort.DEADLINE.value),
        ),
    ),
    "statuses": Part(
        "status",
        (
            *(_ID, _MODULE, _must("key", TEXT), _may("name", TEXT)),
            _must("group", one_of(tuple(Group)), "grp"),
            *(_POSITION, *_texts("color"), _may("rot_days", NUMBER), *_FOLLOW_UP),
        ),
    ),
    "list_entries": Part("list_entry", (_ID, _MODULE, _must("list", one_of(_LISTS)), _NAME, _POSITION)),
    "templates": Part(
        "template",
        (
            *(_ID, _MODULE, _NAME, _must("text", TEXT), *_texts("type"), _may("days", NUMBER)),
            *(*_texts("checklist"), _POSITION),
        ),
    ),
    "fields": Part(
        "field",
        (
            *(_ID, _MODULE, _must("kind", one_of(tuple(FieldKind))), _NAME, _POSITION, *_flags("required")),
            *(_may("from_status", ID), _may("retired_at", MOMENT), *_flags("in_row", "in_peek")),
        ),
    ),
    "field_choices": Part(
        "field_choice", (_ID, _must("field", ID, "field_id"), _NAME, _POSITION, _may("retired_at", MOMENT))
    ),
    "companies": Part(
        "company",
        (
            *(_ID, _NAME, _CREATED),
            *_texts("address", "website", "tax_number", "registration_number", "industry", "description"),
        ),
    ),
    "persons": Part(
        "person", (_ID, _COMPANY, _NAME, _CREATED, *_texts("first_name", "last_name", "job", "description"))
    ),
    "channels": Part(
        "channel",
        (
            *(_ID, _COMPANY, _PERSON, _must("kind", one_of(tuple(Reach))), _must("value", TEXT)),
            *(*_texts("label", "normal"), *_flags("is_default", "doubtful")),
        ),
    ),
    "products": Part(
        "product",
        (_ID, _NAME, *_texts("sku", "unit"), _may("vat", NUMBER, missing=0), _CREATED, _may("retired_at", MOMENT)),
    ),
    "prices": Part(
        "price", (_ID, _must("product", ID, "product_id"), _must("currency", TEXT), _must("amount", NUMBER))
    ),
    "series": Part("series", (_ID, _NAME, _may("last", NUMBER, missing=0), _may("last_on", DAY, missing=""))),
    "cards": Part(
        "card",
        (
            *(_ID, _MODULE, _must("status", ID, "status_id"), _NAME, _COMPANY, _PERSON),
            *(_may("amount", NUMBER), _may("currency", TEXT)),
            _may("sales_status", one_of(tuple(SalesStatus))),
            _may("qualification", one_of(tuple(Qualification))),
            *(*_flags("decided"), _may("sales_step", TEXT), _may("customer_step", TEXT), _may("expected_close", DAY)),
            *(_may("loss_reason", TEXT), _may("loss_details", TEXT), _CREATED, _may("trashed_at", MOMENT)),
            _may("finished_at", MOMENT, "sort_key"),
        ),
    ),
    "tasks": Part(
        "task",
        (
            *(_ID, _CARD, _must("text", TEXT), _must("type", TEXT), _must("day", DAY), _may("at", TIME)),
            *(_may("postponed", NUMBER, missing=0), _CREATED, _may("closed_at", MOMENT)),
            *(_may("outcome", one_of(tuple(Outcome))), _may("comment", TEXT), _may("minutes", NUMBER)),
            *(_may("rule", RULE, missing=""), _may("planned", DAY, missing=""), *_texts("purpose")),
            *(_may("changed_at", MOMENT, missing=""), *_texts("checklist")),
        ),
    ),
    "history": Part(
        "history",
        (
            *(_ID, _CARD, _must("at", MOMENT), _must("kind", TEXT)),
            *(*_texts("text", "field", "old", "new"), *_flags("by_itself")),
        ),
    ),
    "field_values": Part(
        "field_value",
        (_ID, _CARD, _must("field", ID, "field_id"), _must("value", TEXT), _may("sort", NUMBER), *_texts("folded")),
    ),
    "links": Part("link", (_ID, _CARD, _must("other", ID, "other_id"), *_texts("description"), _CREATED)),
    "documents": Part(
        "document",
        (
            *(_ID, _CARD, _must("kind", one_of(tuple(DocumentKind))), _must("currency", TEXT)),
            *(*_texts("series"), _may("serial", NUMBER), _may("issued_on", DAY), _may("due_on", DAY), *_texts("notes")),
            *(_may("seller", PARTY, missing=""), _may("buyer", PARTY, missing=""), _may("cancels", ID)),
        ),
    ),
    "lines": Part(
        "line",
        (
            *(_ID, _must("document", ID, "document_id"), _POSITION, _NAME, _must("quantity", NUMBER)),
            *(*_texts("unit"), _may("price", NUMBER, missing=0), _may("vat", NUMBER, missing=0), *_texts("sku")),
            _may("product", ID, "product_id"),
        ),
    ),
}
"""Amounts are whole minor units, quantities thousandths, VAT hundredths of a percent; moments are UTC."""

DERIVED: Final[Mapping[str, tuple[str, ...]]] = {
    "companies": ("folded",),
    "persons": ("folded",),
    "channels": ("plain",),
    "products": ("folded",),
    "cards": ("folded", "search", "place", "next_task_id", "open_tasks"),
    "tasks": ("due_key",),
}
"""Columns that are worked out again when the whole is taken in."""
