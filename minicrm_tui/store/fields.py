"""Fields of modules: their definitions and choices, and what each card has in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import bindparam, col, delete, func, insert, select, update

from minicrm_tui.domain.errors import Invalid, Refused
from minicrm_tui.domain.fields import (
    Field,
    FieldDraft,
    FieldId,
    FieldKind,
    Missing,
    Values,
    checked_draft,
    refuse_crowded,
    required_at,
    required_fields,
    shown_value,
    sort_of,
)
from minicrm_tui.domain.records import CardDetails, CardId, ModuleId, Status
from minicrm_tui.domain.text import fold
from minicrm_tui.i18n import _
from minicrm_tui.store import history, journal
from minicrm_tui.store.actions import begin
from minicrm_tui.store.field_reads import field_of, fields_of, values_of
from minicrm_tui.store.history import Entry
from minicrm_tui.store.lookups import module_record
from minicrm_tui.store.profile import editable
from minicrm_tui.store.rows import id_list, module_even_trashed, stamp, statuses
from minicrm_tui.store.statements import add, listed_ids
from minicrm_tui.store.tables import FieldChoiceTable, FieldTable, FieldValueTable
from minicrm_tui.store.upkeep import refresh

if TYPE_CHECKING:
    from sqlalchemy import Connection

_UPDATE = update(FieldTable).where(col(FieldTable.id) == bindparam("field_id"))

_UPDATE_CHOICE = update(FieldChoiceTable).where(col(FieldChoiceTable.id) == bindparam("choice_id"))

_VALUE = select(FieldValueTable.id).where(
    col(FieldValueTable.card_id) == bindparam("card"), col(FieldValueTable.field_id) == bindparam("field")
)

_INSERT_VALUE = insert(FieldValueTable)

_UPDATE_VALUE = update(FieldValueTable).where(col(FieldValueTable.id) == bindparam("value_id"))

_SORT_VALUES = (
    update(FieldValueTable)
    .where(col(FieldValueTable.field_id) == bindparam("field"), col(FieldValueTable.value) == bindparam("kept"))
    .values(sort=bindparam("place"))
)

_DELETE_VALUE = delete(FieldValueTable).where(col(FieldValueTable.id) == bindparam("value_id"))

_HAVE = select(FieldValueTable.card_id).where(
    col(FieldValueTable.card_id).in_(listed_ids), col(FieldValueTable.field_id) == bindparam("field")
)

_LAST = select(func.max(FieldTable.position)).where(col(FieldTable.module_id) == bindparam("module"))


# --- definitions


def add_field(conn: Connection, module_id: ModuleId, draft: FieldDraft, now: datetime) -> Field:
    """A new field at the end of a module's fields. Invalid for a name that is taken, or choices that can't be."""
    module, checked = module_record(conn, module_id), checked_draft(draft)
    _refuse_taken(conn, module_id, checked.name)
    if checked.in_row:
        refuse_crowded(fields_of(conn, module_id))
    journal.begin_action(conn, "field.add", checked.name, 1, None, module.id, now)
    return insert_field(conn, module_id, checked)


def insert_field(conn: Connection, module_id: ModuleId, checked: FieldDraft) -> Field:
    """The rows of a checked field, at the end of its module's, inside a running undo step."""
    last = conn.execute(_LAST, {"module": module_id}).scalar_one()
    field_id = add(
        conn,
        FieldTable(
            module_id=module_id,
            kind=checked.kind.value,
            name=checked.name,
            position=0 if last is None else last + 1,
            required=int(checked.required),
            from_status=checked.from_status,
            in_row=int(checked.in_row),
            in_peek=int(checked.in_peek),
        ),
    )
    for position, choice in enumerate(checked.choices):
        add(conn, FieldChoiceTable(field_id=field_id, name=choice, position=position))
    return field_of(conn, field_id)


def edit_field(conn: Connection, field_id: FieldId, draft: FieldDraft, now: datetime) -> Field:
    """Rename a field, say when it is required, offer other choices; its kind and its values stay."""
    before, checked = field_of(conn, field_id), checked_draft(draft)
    if checked.kind is not before.kind:
        raise Invalid("kind", _("A field keeps its kind: its values would be lost."))
    if fold(checked.name) != fold(before.name):
        _refuse_taken(conn, before.module_id, checked.name)
    if checked.in_row and not before.in_row:
        refuse_crowded(fields_of(conn, before.module_id))
    journal.begin_action(conn, "field.edit", checked.name, 1, None, before.module_id, now)
    write_field(conn, before, checked, now)
    return field_of(conn, field_id)


def write_field(conn: Connection, before: Field, checked: FieldDraft, now: datetime) -> None:
    """Give a field what a checked draft of its kind says, inside a running undo step."""
    columns = {"name": checked.name, "required": int(checked.required), "from_status": checked.from_status}
    shown = {"in_row": int(checked.in_row), "in_peek": int(checked.in_peek)}
    conn.execute(_UPDATE, {"field_id": before.id, **columns, **shown})
    _offer(conn, before, checked.choices, stamp(now))


def _offer(conn: Connection, field: Field, names: Sequence[str], at: str) -> None:
    """Offer these choices in this order; those that are left out are retired, those that come back are not.

    What cards have chosen is sorted by the new order.
    """
    known = {fold(choice.name): choice for choice in field.choices}
    wanted = {fold(name) for name in names}
    for position, name in enumerate(names):
        choice = known.get(fold(name))
        if choice is None:
            add(conn, FieldChoiceTable(field_id=field.id, name=name, position=position))
        else:
            columns = {"name": name, "position": position, "retired_at": None}
            conn.execute(_UPDATE_CHOICE, {"choice_id": choice.id, **columns})
    for position, choice in enumerate(field.choices, len(names)):
        if fold(choice.name) not in wanted:
            columns = {"name": choice.name, "position": position, "retired_at": at}
            conn.execute(_UPDATE_CHOICE, {"choice_id": choice.id, **columns})
    _sort_anew(conn, field, field_of(conn, field.id))


def _sort_anew(conn: Connection, before: Field, after: Field) -> None:
    if after.kind is not FieldKind.CHOICE:
        return
    for choice in before.choices:
        kept = str(choice.id)
        place = sort_of(after, kept)
        if place != sort_of(before, kept):
            conn.execute(_SORT_VALUES, {"field": after.id, "kept": kept, "place": place})


def show_field(conn: Connection, field_id: FieldId, now: datetime, *, in_row: bool, in_peek: bool) -> Field:
    """Show a field in the rows of the list and in the peek, or not. Invalid where the rows are full."""
    field = field_of(conn, field_id)
    if (field.in_row, field.in_peek) == (in_row, in_peek):
        raise Refused(_("Nothing to change: it is so already."))
    if in_row and not field.in_row and not field.retired:
        refuse_crowded(fields_of(conn, field.module_id))
    journal.begin_action(conn, "field.edit", field.name, 1, None, field.module_id, now)
    conn.execute(_UPDATE, {"field_id": field_id, "in_row": int(in_row), "in_peek": int(in_peek)})
    return field_of(conn, field_id)


def move_field(conn: Connection, field_id: FieldId, direction: int, now: datetime) -> Field:
    """One place up (-1) or down (1) among the fields in use. Refused at the ends."""
    field = field_of(conn, field_id)
    fields = [each for each in fields_of(conn, field.module_id) if not each.retired]
    at = next((place for place, each in enumerate(fields) if each.id == field_id), None)
    if at is None or not 0 <= at + direction < len(fields):
        raise Refused(_("There is no place further in this direction."))
    journal.begin_action(conn, "field.move", field.name, 1, None, field.module_id, now)
    fields[at], fields[at + direction] = fields[at + direction], fields[at]
    put_in_order(conn, fields)
    return field_of(conn, field_id)


def put_in_order(conn: Connection, fields: Sequence[Field]) -> None:
    """Give the fields their places, in this order, inside a running undo step."""
    for position, each in enumerate(fields):
        conn.execute(_UPDATE, {"field_id": each.id, "position": position})


def retire_field(conn: Connection, field_id: FieldId, now: datetime, *, retired: bool = True) -> Field:
    """Take a field out of use, or into it again; its values are kept either way. Invalid where the rows are full."""
    field = field_of(conn, field_id)
    if field.retired == retired:
        raise Refused(_("Nothing to change: it is so already."))
    if not retired:
        _refuse_taken(conn, field.module_id, field.name)
    if not retired and field.in_row:
        refuse_crowded(fields_of(conn, field.module_id))
    verb = "field.retire" if retired else "field.restore"
    journal.begin_action(conn, verb, field.name, 1, None, field.module_id, now)
    write_retired(conn, field_id, now, retired=retired)
    return field_of(conn, field_id)


def write_retired(conn: Connection, field_id: FieldId, now: datetime, *, retired: bool) -> None:
    """Out of use, or into it again, inside a running undo step."""
    conn.execute(_UPDATE, {"field_id": field_id, "retired_at": stamp(now) if retired else None})


def _refuse_taken(conn: Connection, module_id: int, name: str) -> None:
    if any(fold(field.name) == fold(name) and not field.retired for field in fields_of(conn, module_id)):
        raise Invalid("name", _("This module has a field of that name."))


# --- values


def set_value(conn: Connection, card_id: CardId, field_id: FieldId, value: str, now: datetime) -> None:
    """Give a card this value (as it is kept; nothing takes it away). Invalid for a required one that is emptied."""
    card, field = editable(conn, card_id), field_of(conn, field_id)
    if field.module_id != card.row.module_id:
        raise Refused(_("This field is of another module than the card."))
    values = {field.id: value}
    refuse_emptied(conn, card, values)
    begin(conn, "card.edit", card_id, now, subject=card.row.name)
    write_values(conn, card_id, values, now)
    refresh(conn, (card_id,))


def refuse_emptied(conn: Connection, card: CardDetails, values: Values) -> None:
    """Raise Invalid for the first of these values that is none, where the card must have one."""
    pipeline = statuses(conn, module_even_trashed(conn, card.row.module_id))
    for field in (field_of(conn, field_id) for field_id, value in values.items() if not value):
        if required_at(field, card.status, pipeline):
            raise Invalid(field.key, _("This field is required here."))


def write_values(conn: Connection, card_id: int, values: Values, now: datetime) -> None:
    """Write values inside a running undo step, and tell the history; the card is not refreshed."""
    had = values_of(conn, card_id)
    for field_id, value in values.items():
        old = had.get(field_id, "")
        if old == value:
            continue
        field = field_of(conn, field_id)
        _write(conn, card_id, field, value)
        entry = Entry(stamp(now), "field", "", field.name, shown_value(field, old), shown_value(field, value))
        history.write(conn, (card_id,), entry)


def _write(conn: Connection, card_id: int, field: Field, value: str) -> None:
    found = conn.execute(_VALUE, {"card": card_id, "field": field.id}).scalar_one_or_none()
    folded, sort = fold(shown_value(field, value)), sort_of(field, value)
    if found is None:
        row = FieldValueTable(card_id=card_id, field_id=field.id, value=value, sort=sort, folded=folded)
        add(conn, row)
    elif value:
        conn.execute(_UPDATE_VALUE, {"value_id": found, "value": value, "sort": sort, "folded": folded})
    else:
        conn.execute(_DELETE_VALUE, {"value_id": found})


# --- what a move needs


def complete(
    conn: Connection, cards: Sequence[int], end: Status, pipeline: Sequence[Status], values: Values, now: datetime
) -> None:
    """Give the cards that lack what this status requires the typed values; raise Missing where there is none."""
    lacking: list[Field] = []
    without: set[int] = set()
    for field in required_fields(fields_of(conn, end.module_id), end, pipeline):
        have = set(conn.execute(_HAVE, {"ids": id_list(cards), "field": field.id}).scalars())
        lack = [card_id for card_id in cards if card_id not in have]
        if lack and values.get(field.id):
            _give(conn, lack, field, values[field.id], now)
        elif lack:
            lacking.append(field)
            without.update(lack)
    if lacking:
        raise Missing(lacking, len(without))


def _give(conn: Connection, cards: Sequence[int], field: Field, value: str, now: datetime) -> None:
    """The same value for cards that have none yet."""
    shown = shown_value(field, value)
    columns = {"field_id": field.id, "value": value, "sort": sort_of(field, value), "folded": fold(shown)}
    conn.execute(_INSERT_VALUE, [{"card_id": card_id, **columns} for card_id in cards])
    history.write(conn, cards, Entry(stamp(now), "field", "", field.name, "", shown))
