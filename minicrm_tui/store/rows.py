"""Rows of the file → the frozen records that the rest of the program speaks.

All that the first screen shows is read here: the bar, the pages of the list, the peek. That is why it is SQL text, run
without SQLModel, which takes a quarter of a second to import. What only writes look up is in `lookups`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, TypeAlias

from minicrm_tui.domain import checklists, pipelines
from minicrm_tui.domain.documents import UNPAID, number_in
from minicrm_tui.domain.errors import NotFound
from minicrm_tui.domain.records import (
    CardDetails,
    CardId,
    CardRow,
    Channel,
    Company,
    CompanyId,
    Due,
    FollowUp,
    Group,
    HistoryEntry,
    KeyFields,
    Kind,
    Module,
    ModuleId,
    Money,
    Outcome,
    Person,
    PersonId,
    Place,
    Qualification,
    SalesStatus,
    Sort,
    Status,
    StatusId,
    Task,
    TaskId,
)
from minicrm_tui.domain.recurrence import from_kept
from minicrm_tui.i18n import _
from minicrm_tui.store.engine import driver

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from minicrm_tui.store.tables import ModuleTable, TaskTable

    Columns: TypeAlias = Row[*tuple[object, ...]]

PLACES = (Place.LISTED, Place.FINISHED, Place.TRASHED)
"""The places by the number under which the file keeps them."""

LISTED, FINISHED, TRASHED = range(3)

HISTORY_SHOWN = 100
"""How many of a card's latest history entries its details carry."""

_CARDS = """
    SELECT c.id, c.module_id, c.status_id, c.name, c.amount, c.currency,
           CASE WHEN m.trashed_at IS NULL THEN c.place ELSE 2 END, c.open_tasks,
           company.name AS company, person.name AS person, d.series, d.serial, d.due_on, s.key,
           t.id, t.card_id, t.text, t.type, t.day, t.at, t.postponed, t.created_at,
           t.minutes, t.rule, t.checklist
    FROM card AS c
    LEFT JOIN module AS m ON m.id = c.module_id
    LEFT JOIN company ON company.id = c.company_id
    LEFT JOIN person ON person.id = c.person_id
    LEFT JOIN document AS d ON d.card_id = c.id
    LEFT JOIN status AS s ON s.id = c.status_id
    LEFT JOIN task AS t ON t.id = c.next_task_id
    WHERE c.id IN (SELECT value FROM json_each(?))
"""


_TASK_ID = """
    CASE WHEN h.kind = 'task' THEN (
        SELECT t.id FROM task AS t WHERE t.card_id = h.card_id AND t.closed_at = h.at
        AND h.text = CASE WHEN t.comment IS NULL THEN t.text ELSE t.text || ' — ' || t.comment END LIMIT 1
    ) END AS task_id
"""


def stamp(now: datetime) -> str:
    """An aware moment as the file keeps it: UTC, to the second."""
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(text: str) -> datetime:
    """The aware UTC moment behind a stamp."""
    return datetime.fromisoformat(text)


def id_list(ids: Iterable[int]) -> str:
    """Ids as the JSON array that `json_each(?)` reads: one statement text for any number of them."""
    return json.dumps(list(ids))


def due_columns(due: Due) -> tuple[str, str | None, int]:
    """A deadline as the columns day, at and due_key."""
    return due.day.isoformat(), None if due.at is None else due.at.strftime("%H:%M"), due.key


def due_of(day: str, at: str | None) -> Due:
    """The deadline behind the columns day and at."""
    return Due(date.fromisoformat(day), None if at is None else time.fromisoformat(at))


def task_of(task_id: int, row: Columns | TaskTable) -> Task:
    """The task in a row of its table."""
    return Task(
        id=TaskId(task_id),
        card_id=CardId(row.card_id),
        text=row.text,
        type=row.type,
        due=due_of(row.day, row.at),
        postponed=row.postponed,
        created_at=moment(row.created_at),
        closed_at=None if row.closed_at is None else moment(row.closed_at),
        outcome=None if row.outcome is None else Outcome(row.outcome),
        comment=row.comment,
        minutes=row.minutes,
        rule=from_kept(row.rule) if row.rule else None,
        checks=checklists.from_kept(row.checklist),
    )


def card_rows(conn: Connection, ids: Sequence[int]) -> tuple[CardRow, ...]:
    """The cards with these ids, in this order; ids that are not there are left out. With their module, they go to
    the trash."""
    # The driver's plain tuples, by position: hundreds of rows are read for every paint.
    found: dict[int, CardRow] = {}
    for row in driver(conn).execute(_CARDS, (id_list(ids),)):
        task = None if row[14] is None else _next_task(*row[14:])
        found[row[0]] = _card_row(task, *row[:14])
    return tuple(found[card_id] for card_id in ids if card_id in found)


def _card_row(
    task: Task | None,
    card_id: int,
    module_id: int,
    status_id: int,
    name: str,
    amount: int | None,
    currency: str | None,
    place: int,
    open_tasks: int,
    company: str | None,
    person: str | None,
    series: str | None,
    serial: int | None,
    due_on: str | None,
    status_key: str,
) -> CardRow:
    """The card in a row of the card select."""
    return CardRow(
        CardId(card_id),
        ModuleId(module_id),
        StatusId(status_id),
        name,
        None if amount is None or currency is None else Money(amount, currency),
        PLACES[place],
        task,
        open_tasks,
        company,
        person,
        None if series is None or serial is None else number_in(series, serial),
        None if due_on is None or status_key not in UNPAID else date.fromisoformat(due_on),
    )


def _next_task(
    task_id: int,
    card_id: int,
    text: str,
    kind: str,
    day: str,
    at: str | None,
    postponed: int,
    created_at: str,
    minutes: int | None,
    rule: str,
    checklist: str,
) -> Task:
    """The open task in a row of the card select."""
    return Task(
        TaskId(task_id),
        CardId(card_id),
        text,
        kind,
        due_of(day, at),
        postponed,
        moment(created_at),
        minutes=minutes,
        rule=from_kept(rule) if rule else None,
        checks=checklists.from_kept(checklist),
    )


def open_tasks(conn: Connection, card_id: int) -> tuple[Task, ...]:
    """A card's open tasks, the next one first."""
    query = "SELECT * FROM task WHERE card_id = ? AND closed_at IS NULL ORDER BY due_key, id"
    return tuple(task_of(row.id, row) for row in conn.exec_driver_sql(query, (card_id,)))


def module_of(module_id: int, row: Columns | ModuleTable) -> Module:
    """The module in a row of its table; what has no name of its own is called by its kind."""
    kind = Kind(row.kind)
    return Module(
        id=ModuleId(module_id),
        kind=kind,
        name=row.name or pipelines.module_name(kind),
        item=row.item or pipelines.item_name(kind),
        position=row.position,
        currency=row.currency,
        forgotten_days=row.forgotten_days,
        headings=(row.heading_lead, row.heading_open, row.heading_success, row.heading_failed),
        follow_up=_follow_up(row.follow_text, row.follow_type, row.follow_days),
        sort=Sort(row.sort),
        trashed=row.trashed_at is not None,
    )


def _follow_up(text: str, kind: str, days: int | None) -> FollowUp | None:
    return FollowUp(text, kind, days) if text else None


def modules(conn: Connection) -> tuple[Module, ...]:
    """The installed modules in the order of the bar."""
    query = "SELECT * FROM module WHERE trashed_at IS NULL ORDER BY position, id"
    return tuple(module_of(row.id, row) for row in conn.exec_driver_sql(query))


def statuses(conn: Connection, module: Module) -> tuple[Status, ...]:
    """A module's pipeline, in its order."""
    query = "SELECT * FROM status WHERE module_id = ? ORDER BY position, id"
    found = [
        Status(
            id=StatusId(row.id),
            module_id=module.id,
            key=row.key,
            name=row.name or pipelines.status_name(module.kind, row.key),
            group=Group(row.grp),
            position=row.position,
            color=row.color,
            rot_days=row.rot_days,
            follow_up=_follow_up(row.follow_text, row.follow_type, row.follow_days),
        )
        for row in conn.exec_driver_sql(query, (module.id,))
    ]
    return pipelines.in_order(found)


def channels(conn: Connection, owner: str, owner_id: int, kind: str) -> tuple[Channel, ...]:
    """The phones or e-mails of one contact, the default first; `owner` is "company" or "person"."""
    query = (
        f"SELECT value, label, normal, is_default, doubtful FROM channel WHERE {owner}_id = ? AND kind = ?"
        " ORDER BY is_default DESC, id"
    )
    return tuple(
        Channel(value, label, normal, bool(is_default), bool(doubtful))
        for value, label, normal, is_default, doubtful in driver(conn).execute(query, (owner_id, kind))
    )


def company_record(conn: Connection, company_id: int) -> Company:
    """The company with this id, with its channels; NotFound without one."""
    row = conn.exec_driver_sql("SELECT * FROM company WHERE id = ?", (company_id,)).one_or_none()
    if row is None:
        raise NotFound(_("There is no company {id}.").format(id=company_id))
    phones, emails = (channels(conn, "company", company_id, kind) for kind in ("phone", "email"))
    return Company(
        CompanyId(row.id),
        row.name,
        phones,
        emails,
        row.address,
        row.website,
        row.tax_number,
        row.registration_number,
        row.industry,
        row.description,
    )


def person_record(conn: Connection, person_id: int) -> Person:
    """The person with this id, with their channels; NotFound without one."""
    row = conn.exec_driver_sql("SELECT * FROM person WHERE id = ?", (person_id,)).one_or_none()
    if row is None:
        raise NotFound(_("There is no person {id}.").format(id=person_id))
    phones, emails = (channels(conn, "person", person_id, kind) for kind in ("phone", "email"))
    company_id = None if row.company_id is None else CompanyId(row.company_id)
    return Person(
        PersonId(row.id),
        row.name,
        company_id,
        phones,
        emails,
        row.first_name,
        row.last_name,
        row.job,
        row.description,
    )


def history(
    conn: Connection, card_id: int, kind: Kind, limit: int = HISTORY_SHOWN, offset: int = 0, kinds: Collection[str] = ()
) -> tuple[HistoryEntry, ...]:
    """A card's latest history (of these kinds, or all), newest first, with the statuses by their names."""
    narrowed = f" AND kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
    order = "ORDER BY at DESC, id DESC LIMIT ? OFFSET ?"
    query = f"SELECT h.*, {_TASK_ID} FROM history AS h WHERE card_id = ?{narrowed} {order}"
    return tuple(_entry_of(row, kind) for row in conn.exec_driver_sql(query, (card_id, *kinds, limit, offset)))


def _entry_of(row: Columns, kind: Kind) -> HistoryEntry:
    old, new = row.old, row.new
    if row.kind == "status":
        # Kept by key, or by the name that a person gave; the latter is given back as it is.
        old, new = pipelines.move_names(kind, old, new)
    task_id = None if row.task_id is None else TaskId(row.task_id)
    return HistoryEntry(moment(row.at), row.kind, row.text, row.field, old, new, bool(row.by_itself), task_id)


def keys_of(sales_status: str | None, qualification: str | None, decided: int) -> KeyFields | None:
    """The three key fields behind their columns; None for a card that is no opportunity."""
    if sales_status is None:
        return None
    return KeyFields(
        SalesStatus(sales_status), Qualification(qualification or Qualification.NONE.value), decided=bool(decided)
    )


def card_details(conn: Connection, card_id: int) -> CardDetails:
    """A card whole, also one in the trash; NotFound without one."""
    rows = card_rows(conn, (card_id,))
    if not rows:
        raise NotFound(_("There is no card {id}.").format(id=card_id))
    card = conn.exec_driver_sql("SELECT * FROM card WHERE id = ?", (card_id,)).one()
    module = module_even_trashed(conn, card.module_id)
    status = next(status for status in statuses(conn, module) if status.id == card.status_id)
    return CardDetails(
        row=rows[0],
        status=status,
        company=None if card.company_id is None else company_record(conn, card.company_id),
        person=None if card.person_id is None else person_record(conn, card.person_id),
        keys=keys_of(card.sales_status, card.qualification, card.decided),
        tasks=open_tasks(conn, card_id),
        history=history(conn, card_id, module.kind),
        sales_step=card.sales_step,
        expected_close=None if card.expected_close is None else date.fromisoformat(card.expected_close),
        loss_reason=card.loss_reason,
        created_at=moment(card.created_at),
        customer_step=card.customer_step,
        loss_details=card.loss_details,
    )


def module_id_of(conn: Connection, card_id: int) -> ModuleId:
    """The module of a card, also of one in the trash; NotFound without such a card."""
    found = conn.exec_driver_sql("SELECT module_id FROM card WHERE id = ?", (card_id,)).scalar_one_or_none()
    if found is None:
        raise NotFound(_("There is no card {id}.").format(id=card_id))
    return ModuleId(found)


def module_even_trashed(conn: Connection, module_id: int) -> Module:
    """The module with this id, which may be in the trash."""
    return module_of(module_id, conn.exec_driver_sql("SELECT * FROM module WHERE id = ?", (module_id,)).one())
