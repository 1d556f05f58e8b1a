"""A card whole, as a contract for scripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from minicrm_tui.cli.agenda import card_object, task_object
from minicrm_tui.cli.contacts import channel_json
from minicrm_tui.domain.contacts import ContactKind, ContactRef
from minicrm_tui.domain.fields import Field, json_value

if TYPE_CHECKING:
    from minicrm_tui.domain.pages import CardPage, OtherCard
    from minicrm_tui.domain.records import CardDetails, Company, HistoryEntry, Person, Task


def page_object(page: CardPage, history: Sequence[HistoryEntry], now: datetime, week_start: int) -> dict[str, object]:
    """One object: the card as the agenda has it, then what stands around it.

    Keys, their order and their types are a contract, the same in every language, and null is what is not there. A
    field's value has the type of its kind: a number is a JSON number, a date an ISO day, a choice its name, several
    choices a list of names, text and link a string. Moments are UTC. `contacts` begins with the card's own company and
    person, then has the company's other persons (at most 200, as of `others`). `history` is whole, the newest first;
    in it, old and new of a status are names as a person reads them, and its text has the key fields that moved the
    card, where it moved by itself: "sales_status=won decided=yes". `rotting` and `forgotten`: for how many days nothing
    has happened to it, where its status, or its module, marks that and it has been too long.
    """
    card = page.details
    return {
        **card_object(card.row, card.status, now, week_start),
        "place": card.row.place.value,
        "module": {"id": page.module.id, "name": page.module.name, "kind": page.module.kind.value},
        "created_at": None if card.created_at is None else _moment(card.created_at),
        **_sales(card),
        "fields": [_field(field, value) for field, value in page.fields],
        "tasks": [_task(task) for task in card.tasks],
        "contacts": list(_contacts(page)),
        "others": [_other(other) for other in page.others],
        "links": [{**_other(other), "description": other.description or None} for other in page.links],
        "history": [_entry(entry) for entry in history],
        "rotting": card.row.rotting(now),
        "forgotten": card.row.forgotten(now),
    }


def _sales(card: CardDetails) -> dict[str, object]:
    """An opportunity's fields; null elsewhere."""
    keys = card.keys
    return {
        "sales_status": None if keys is None else keys.sales.value,
        "qualification": None if keys is None else keys.qualification.value,
        "decided": None if keys is None else keys.decided,
        "sales_step": card.sales_step,
        "expected_close": None if card.expected_close is None else card.expected_close.isoformat(),
        "loss_reason": card.loss_reason,
        "customer_step": card.customer_step,
        "loss_details": card.loss_details,
    }


def _field(field: Field, value: str) -> dict[str, object]:
    """`key` is a name that `card set` takes too."""
    return {
        "key": field.key,
        "name": field.name,
        "kind": field.kind.value,
        "value": json_value(field, value),
        "retired": field.retired,
    }


def _task(task: Task) -> dict[str, object]:
    rule = task.rule
    repeat = None if rule is None else {"count": rule.count, "every": rule.every.value, "from": rule.counted_from.value}
    checklist = [{"text": check.text, "done": check.done} for check in task.checks]
    return {**task_object(task), "minutes": task.minutes, "repeat": repeat, "checklist": checklist}


def _contacts(page: CardPage) -> Iterator[dict[str, object]]:
    company, person = page.details.company, page.details.person
    if company is not None:
        yield _contact(ContactKind.COMPANY, company, on_card=True)
    if person is not None:
        yield _contact(ContactKind.PERSON, person, on_card=True)
    for colleague in page.colleagues:
        yield _contact(ContactKind.PERSON, colleague, on_card=False)


def _contact(kind: ContactKind, contact: Company | Person, *, on_card: bool) -> dict[str, object]:
    return {
        "key": ContactRef(kind, contact.id).key,
        "kind": kind.value,
        "id": contact.id,
        "name": contact.name,
        "phones": [channel_json(each) for each in contact.phones],
        "emails": [channel_json(each) for each in contact.emails],
        "on_card": on_card,
    }


def _other(other: OtherCard) -> dict[str, object]:
    return {"id": other.row.id, "name": other.row.name, "module": other.module, "status": other.status}


def _entry(entry: HistoryEntry) -> dict[str, object]:
    """`task`: the closed task that an entry of kind task tells of, where it is closed still."""
    return {
        "at": _moment(entry.at),
        "kind": entry.kind,
        "text": entry.text or None,
        "field": entry.field or None,
        "old": entry.old or None,
        "new": entry.new or None,
        "by_itself": entry.by_itself,
        "task": entry.task_id,
    }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
