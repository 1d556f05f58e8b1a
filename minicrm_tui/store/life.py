"""The rest of a card's life: copied, linked to another one, and taken out of the file with the trash."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from threading import Event
from typing import TYPE_CHECKING

from sqlmodel import bindparam, col, delete, select

from minicrm_tui.domain import checklists, pipelines, sales
from minicrm_tui.domain.documents import FIRST_STATUS, kind_of
from minicrm_tui.domain.errors import Invalid, NotFound, Refused
from minicrm_tui.domain.pages import DESCRIPTION_LIMIT, LinkId
from minicrm_tui.domain.records import CardDetails, CardId, Group, KeyFields, SalesStatus, Status
from minicrm_tui.domain.text import clean
from minicrm_tui.i18n import _
from minicrm_tui.store import history, journal
from minicrm_tui.store.actions import begin, rename
from minicrm_tui.store.documents import copy_document, take_out
from minicrm_tui.store.history import Entry
from minicrm_tui.store.links import write_link
from minicrm_tui.store.profile import editable
from minicrm_tui.store.rows import TRASHED, id_list, module_even_trashed, stamp, statuses
from minicrm_tui.store.statements import add, listed_ids
from minicrm_tui.store.tables import CardTable, FieldValueTable, HistoryTable, LinkTable, TaskTable
from minicrm_tui.store.trashed import IN_USE
from minicrm_tui.store.upkeep import refresh

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from minicrm_tui.store.targets import Progress

_AT_ONCE = 500
"""Cards that are taken out of the file between two looks at the wish to stop."""

_CARD = select(CardTable).where(col(CardTable.id) == bindparam("card"))

_OPEN_TASKS = (
    select(TaskTable)
    .where(col(TaskTable.card_id) == bindparam("card"), col(TaskTable.closed_at).is_(None))
    .order_by(col(TaskTable.due_key), col(TaskTable.id))
)

_VALUES = select(FieldValueTable).where(col(FieldValueTable.card_id) == bindparam("card"))

_LINK = select(LinkTable).where(col(LinkTable.id) == bindparam("link"))

_LINKED = select(LinkTable.id).where(
    ((col(LinkTable.card_id) == bindparam("one")) & (col(LinkTable.other_id) == bindparam("other")))
    | ((col(LinkTable.card_id) == bindparam("other")) & (col(LinkTable.other_id) == bindparam("one")))
)

_UNLINK = delete(LinkTable).where(col(LinkTable.id) == bindparam("link"))

_EMPTY = (
    delete(TaskTable).where(col(TaskTable.card_id).in_(listed_ids)),
    delete(HistoryTable).where(col(HistoryTable.card_id).in_(listed_ids)),
    delete(FieldValueTable).where(col(FieldValueTable.card_id).in_(listed_ids)),
    delete(LinkTable).where(col(LinkTable.card_id).in_(listed_ids)),
    delete(LinkTable).where(col(LinkTable.other_id).in_(listed_ids)),
    delete(CardTable).where(col(CardTable.id).in_(listed_ids)),
)
"""Children first: nothing cascades."""


# --- copies


def copy_card(conn: Connection, card_id: CardId, now: datetime) -> CardId:
    """A new card with the same fields, client and open tasks, and no past. One that has ended begins anew."""
    card = editable(conn, card_id)
    action_id = begin(conn, "card.copy", card_id, now, subject=card.row.name)
    row = dict(conn.execute(_CARD, {"card": card_id}).mappings().one())
    keys, status = _begun(conn, card)
    row |= {"status_id": status.id, "created_at": stamp(now), "next_task_id": None}
    row |= {"loss_reason": None, "loss_details": None, "customer_step": None}
    if keys is not None:
        row |= {"sales_status": keys.sales.value, "decided": int(keys.decided)}
    del row["id"]
    copied = CardId(add(conn, CardTable(**row)))
    _copy_rows(conn, copied, card_id, now)
    copy_document(conn, card_id, copied, now)
    history.write(conn, (copied,), Entry(stamp(now), "created"))
    refresh(conn, (copied,))
    rename(conn, action_id, card.row.name, copied)
    return copied


def _begun(conn: Connection, card: CardDetails) -> tuple[KeyFields | None, Status]:
    """Where the copy stands: where the card does, or at the beginning."""
    module = module_even_trashed(conn, card.row.module_id)
    pipeline = statuses(conn, module)
    has_ended = card.status.group in (Group.SUCCESS, Group.FAILED)
    if card.keys is not None:
        sales_status = SalesStatus.DISCOVERY if has_ended else card.keys.sales
        keys = KeyFields(sales_status, card.keys.qualification, card.keys.decided and not has_ended)
        return keys, next(status for status in pipeline if status.key == sales.status_key(keys))
    document_kind = kind_of(module.kind, card.status.key)
    if not has_ended and document_kind is None:
        return None, card.status
    key = "" if document_kind is None else FIRST_STATUS[document_kind]
    return None, pipelines.beginning(module.kind, pipeline, key)


def _copy_rows(conn: Connection, copied: CardId, card_id: CardId, now: datetime) -> None:
    for task in conn.execute(_OPEN_TASKS, {"card": card_id}).mappings().all():
        anew = {"card_id": copied, "created_at": stamp(now), "changed_at": "", "postponed": 0}
        anew |= {"checklist": checklists.anew(task["checklist"])}
        add(conn, TaskTable(**{key: value for key, value in task.items() if key != "id"} | anew))
    for value in conn.execute(_VALUES, {"card": card_id}).mappings().all():
        columns = {key: kept for key, kept in value.items() if key != "id"}
        add(conn, FieldValueTable(**columns | {"card_id": copied}))


# --- links


def link_cards(conn: Connection, one: CardId, other: CardId, description: str, now: datetime) -> LinkId:
    """Link two cards, in both their histories. Refused for a card and itself, and for two that are linked."""
    said = clean(description)
    if len(said) > DESCRIPTION_LIMIT:
        raise Invalid("link", _("This has {limit} characters at most.").format(limit=DESCRIPTION_LIMIT))
    if one == other:
        raise Refused(_("A card can't be linked to itself."))
    first, second = editable(conn, one), editable(conn, other)
    if conn.execute(_LINKED, {"one": one, "other": other}).first() is not None:
        raise Refused(_("These two cards are linked already."))
    begin(conn, "card.link", one, now, subject=f"{first.row.name} – {second.row.name}")
    return write_link(conn, one, other, said, now)


def unlink(conn: Connection, link_id: LinkId, now: datetime) -> None:
    """Take a link away; NotFound without it."""
    link = conn.execute(_LINK, {"link": link_id}).one_or_none()
    if link is None:
        raise NotFound(_("This link is no longer there."))
    first, second = editable(conn, CardId(link.card_id)), editable(conn, CardId(link.other_id))
    begin(conn, "card.unlink", first.row.id, now, subject=f"{first.row.name} – {second.row.name}")
    conn.execute(_UNLINK, {"link": link_id})
    for card_id, name in ((first.row.id, second.row.name), (second.row.id, first.row.name)):
        history.write(conn, (card_id,), Entry(stamp(now), "unlinked", name))


# --- the end


def empty_trash(conn: Connection, now: datetime, *, progress: Progress | None = None, stop: Event | None = None) -> int:
    """Take the cards in the trash out of the file; says how many. Nothing before it can be undone any more.

    A module in the trash keeps all that it has.
    """
    query = f"SELECT id FROM card WHERE module_id IN {IN_USE} AND place = ?"
    ids = tuple(conn.exec_driver_sql(query, (TRASHED,)).scalars())
    if not ids:
        raise Refused(_("The trash is empty."))
    for done in range(0, len(ids), _AT_ONCE):
        if stop is not None and stop.is_set():
            raise Refused(_("Cancelled: nothing was changed."))
        _take_out(conn, ids[done : done + _AT_ONCE])
        if progress is not None:
            progress(min(done + _AT_ONCE, len(ids)), len(ids))
    journal.close_the_past(conn)
    return len(ids)


def _take_out(conn: Connection, ids: Sequence[int]) -> None:
    take_out(conn, ids)
    for statement in _EMPTY:
        conn.execute(statement, {"ids": id_list(ids)})
