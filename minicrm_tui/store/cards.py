"""Making, editing, trashing and restoring cards: each a plain function inside one transaction, and one undo step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from threading import Event
from typing import TYPE_CHECKING

from sqlalchemy import Connection
from sqlmodel import bindparam, col, select, update

from minicrm_tui.domain import pipelines
from minicrm_tui.domain.errors import Invalid, NotFound
from minicrm_tui.domain.money import to_decimal_string
from minicrm_tui.domain.quickadd import NAME_LIMIT, TaskDraft, client_name
from minicrm_tui.domain.records import (
    NO_TASK_KEY,
    CardDetails,
    CardId,
    CompanyId,
    Due,
    KeyFields,
    Kind,
    Module,
    ModuleId,
    Money,
    PersonId,
)
from minicrm_tui.domain.tasks import checked_text
from minicrm_tui.domain.text import clean, fold
from minicrm_tui.domain.views import Targets
from minicrm_tui.i18n import _
from minicrm_tui.store import contacts, documents, history, journal
from minicrm_tui.store.actions import begin, rename
from minicrm_tui.store.contacts import Client
from minicrm_tui.store.history import Entry
from minicrm_tui.store.known import known_client
from minicrm_tui.store.lookups import module_record
from minicrm_tui.store.profile import editable
from minicrm_tui.store.results import Trashed
from minicrm_tui.store.rows import card_details, due_columns, id_list, stamp, statuses
from minicrm_tui.store.statements import add, listed_ids
from minicrm_tui.store.tables import CardTable, ModuleTable, TaskTable
from minicrm_tui.store.targets import Batch, Progress
from minicrm_tui.store.task_lists import task_offer
from minicrm_tui.store.tasks import insert_task
from minicrm_tui.store.upkeep import chunks, refresh

if TYPE_CHECKING:
    from minicrm_tui.domain.contacts import ContactRef
    from minicrm_tui.domain.drafts import CardEdit
    from minicrm_tui.domain.quickadd import LineDraft

_EDIT = update(CardTable).where(col(CardTable.id) == bindparam("card_id"))

_EDIT_TASK = update(TaskTable).where(col(TaskTable.id) == bindparam("task_id"))

_EDIT_THESE = update(CardTable).where(col(CardTable.id).in_(listed_ids))

_TRASHED = (
    select(CardTable.id)
    .join(ModuleTable, col(ModuleTable.id) == CardTable.module_id)
    .where(
        col(CardTable.id).in_(listed_ids),
        col(CardTable.trashed_at).is_not(None),
        col(ModuleTable.trashed_at).is_(None),
    )
    .order_by(col(CardTable.id))
)


# --- making


def create_card(
    conn: Connection,
    module_id: ModuleId,
    draft: LineDraft,
    now: datetime,
    country: str = "",
    known: ContactRef | None = None,
    *,
    currency: str = "EUR",
    vat: int = 0,
    status_key: str = "",
) -> CardDetails:
    """A new card in the module's first status, with its client, value and task. Invalid where a text is too long.

    `country`: by whose plan its phones are checked. `known`: the contact that the typed client is. `currency`: of a
    document that has no value yet. `vat`: the rate of a document's value. `status_key`: where else it begins.
    """
    module = module_record(conn, module_id)
    action_id = journal.begin_action(conn, "card.add", "", 1, None, module.id, now)
    name = _card_name(draft.name or client_name(draft.company, draft.person))
    whose = contacts.client_of(conn, draft, now) if known is None else known_client(conn, known, draft, now)
    contacts.add_channels(conn, whose, draft.phones, draft.emails, country)
    card_id = _insert(conn, module, name, whose, draft.value, now, status_key)
    history.write(conn, (card_id,), Entry(stamp(now), "created"))
    if draft.task is not None:
        insert_task(conn, card_id, draft.task, now)
    documents.add_new(conn, card_details(conn, card_id), module.kind, module.currency or currency, vat, now)
    refresh(conn, (card_id,))
    rename(conn, action_id, name, card_id)
    return card_details(conn, card_id)


def _card_name(typed: str) -> str:
    name = clean(typed)
    if not name:
        raise Invalid("name", _("A card needs a name."))
    if len(name) > NAME_LIMIT:
        raise Invalid("name", _("A name can have {limit} characters at most.").format(limit=NAME_LIMIT))
    return name


def _insert(
    conn: Connection, module: Module, name: str, whose: Client, value: Money | None, now: datetime, status_key: str
) -> CardId:
    keys = KeyFields() if module.kind is Kind.SALES else None
    card = CardTable(
        module_id=module.id,
        status_id=pipelines.beginning(module.kind, statuses(conn, module), status_key).id,
        name=name,
        folded=fold(name),
        company_id=whose.company_id,
        person_id=whose.person_id,
        amount=None if value is None else value.minor,
        currency=None if value is None else value.currency,
        sales_status=None if keys is None else keys.sales.value,
        qualification=None if keys is None else keys.qualification.value,
        sort_key=NO_TASK_KEY,
        created_at=stamp(now),
    )
    return CardId(add(conn, card))


# --- editing


def edit_card(conn: Connection, card_id: CardId, edit: CardEdit, now: datetime) -> CardDetails:
    """Give the card these fields, its client and its next task; what changed goes to its history.

    Another client's name links to that client, or makes it: contacts are not renamed from here. No name unlinks.
    """
    before = editable(conn, card_id)
    begin(conn, "card.edit", card_id, now, subject=before.row.name)
    _edit_task(conn, before, edit, now)
    write_plain_fields(conn, before, edit, now)
    return card_details(conn, card_id)


def write_plain_fields(conn: Connection, before: CardDetails, edit: CardEdit, now: datetime) -> None:
    """Write name, value and client inside a running undo step, and tell the history."""
    card_id, value = before.row.id, edit.value
    name, whose = _card_name(edit.name), _edited_client(conn, before, edit, now)
    documents.refuse_edit(conn, before, name, value, whose.company_id, whose.person_id)
    conn.execute(
        _EDIT,
        {
            "card_id": card_id,
            "name": name,
            "folded": fold(name),
            "amount": None if value is None else value.minor,
            "currency": None if value is None else value.currency,
            "company_id": whose.company_id,
            "person_id": whose.person_id,
        },
    )
    refresh(conn, (card_id,))
    after = card_details(conn, card_id)
    for entry in _field_changes(before, after, stamp(now)):
        history.write(conn, (card_id,), entry)


def _edited_client(conn: Connection, before: CardDetails, edit: CardEdit, now: datetime) -> Client:
    company_id = _edited_company(conn, before, edit.company, now)
    person_id = _edited_person(conn, before, edit.person, company_id, now)
    if company_id is not None and person_id is not None:
        contacts.join_company(conn, person_id, company_id)
    return Client(company_id, person_id)


def _edited_company(conn: Connection, before: CardDetails, name: str | None, now: datetime) -> CompanyId | None:
    if not name:
        return None
    if before.company is not None and fold(before.company.name) == fold(name):
        return before.company.id
    return contacts.company_named(conn, name, now)


def _edited_person(
    conn: Connection, before: CardDetails, name: str | None, company_id: CompanyId | None, now: datetime
) -> PersonId | None:
    if not name:
        return None
    if before.person is not None and fold(before.person.name) == fold(name):
        return before.person.id
    return contacts.person_named(conn, name, company_id, now)


def _edit_task(conn: Connection, before: CardDetails, edit: CardEdit, now: datetime) -> None:
    task = before.row.task
    if not edit.task_text:
        if task is not None:
            raise Invalid("task", _("A task can't be emptied: close it instead."))
        return
    text, offer = checked_text(edit.task_text), task_offer(conn, before.row.module_id)
    if task is None:
        draft = TaskDraft(text, offer.type_of(text), edit.due or Due(now.date()), checks=offer.checks_of(text))
        insert_task(conn, before.row.id, draft, now)
        return
    due = edit.due or task.due
    if (text, due) == (task.text, task.due):
        return
    kind = task.type if text == task.text else offer.type_of(text)
    day, at, due_key = due_columns(due)
    columns = {"text": text, "type": kind, "day": day, "at": at, "due_key": due_key, "changed_at": stamp(now)}
    conn.execute(_EDIT_TASK, {"task_id": task.id, **columns})


def _field_changes(before: CardDetails, after: CardDetails, at: str) -> list[Entry]:
    old, new = _fields(before), _fields(after)
    return [
        Entry(at, "field", field=field, old=old[field], new=new[field]) for field in old if old[field] != new[field]
    ]


def _fields(card: CardDetails) -> dict[str, str]:
    """The fields as the history keeps them; two contacts of one name are told apart by nobody who reads it."""
    value = card.row.value
    return {
        "name": card.row.name,
        "value": "" if value is None else f"{to_decimal_string(value)} {value.currency}",
        "company": card.row.company or "",
        "person": card.row.person or "",
    }


# --- the trash


def trash(
    conn: Connection,
    targets: Targets,
    now: datetime,
    *,
    progress: Progress | None = None,
    stop: Event | None = None,
) -> Trashed:
    """Move the cards to the trash, with their tasks as they are."""
    batch = Batch(conn, targets, progress, stop)
    action_id = begin(conn, "card.trash", batch.first, now, count=batch.count)
    for ids in batch.walk():
        documents.refuse_issued(conn, ids)
        _set_trashed(conn, ids, stamp(now))
        history.write(conn, ids, Entry(stamp(now), "trashed"))
        refresh(conn, ids)
    return Trashed(action_id, batch.count)


def restore(conn: Connection, card_ids: Sequence[CardId], now: datetime) -> Trashed:
    """Take cards out of the trash again; those that are not in it, or are there with their module, are left alone.

    NotFound when nothing is left.
    """
    found = conn.execute(_TRASHED, {"ids": id_list(card_ids)}).scalars().all()
    if not found:
        raise NotFound(_("There is nothing of this in the trash."))
    action_id = begin(conn, "card.restore", CardId(found[0]), now, count=len(found))
    for ids in chunks(found):
        _set_trashed(conn, ids, None)
        history.write(conn, ids, Entry(stamp(now), "restored"))
        refresh(conn, ids)
    return Trashed(action_id, len(found))


def _set_trashed(conn: Connection, ids: Sequence[int], at: str | None) -> None:
    conn.execute(_EDIT_THESE, {"ids": id_list(ids), "trashed_at": at})
