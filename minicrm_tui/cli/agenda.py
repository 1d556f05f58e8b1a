"""The agenda: a module's cards by bucket, for people and, as a contract, for scripts."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import TYPE_CHECKING, Final

from minicrm_tui.domain.agenda import bucket_of
from minicrm_tui.domain.money import to_decimal_string
from minicrm_tui.domain.records import Bucket, CardRow, ModuleSummary, Status, Task
from minicrm_tui.domain.views import View
from minicrm_tui.i18n import _, format_day, format_money, format_number, format_time, heading, when_label

if TYPE_CHECKING:
    from minicrm_tui.store.store import Store

_AT_ONCE: Final = 500
"""Cards that are printed together: a million of them never stand in memory."""

_WHEN_WIDTH: Final = 9
_NAME_WIDTH: Final = 30
_TASK_WIDTH: Final = 34
_MONEY_WIDTH: Final = 14


async def write_agenda(
    store: Store,
    summary: ModuleSummary,
    bucket: Bucket | None,
    now: datetime,
    week_start: int,
    write: Callable[[str], None],
) -> None:
    """The buckets with their counts, a line a card; the ids are what the other commands take."""
    counts = (await store.outline(View(summary.module.id), now)).buckets
    write(f"{summary.module.name} · {format_day(now.date())}\n")
    shown: Bucket | None = None
    async for card in store.agenda(summary.module.id, now, bucket):
        its = _bucket_of(card, now, week_start)
        if its is not shown:
            shown = its
            write(_bucket_line(its, counts))
        write(_card_line(card, its, now) + "\n")
    if shown is None:
        write(_bucket_line(bucket, counts) if bucket else _nothing_in(summary) + "\n")


async def write_agenda_json(
    store: Store,
    summary: ModuleSummary,
    bucket: Bucket | None,
    now: datetime,
    week_start: int,
    write: Callable[[str], None],
) -> None:
    """One object; its keys, their order and their types are a contract."""
    module = summary.module
    counts = (await store.outline(View(module.id), now)).buckets
    head = {
        "id": module.id,
        "name": module.name,
        "kind": module.kind.value,
        "counts": {each.value: counts.get(each, 0) for each in Bucket},
        "cards": [],
    }
    frame = json.dumps({"today": now.date().isoformat(), "modules": [head]}, ensure_ascii=False)
    # The cards go into the empty list at the frame's end, a few at a time.
    write(frame.removesuffix("]}]}"))
    statuses = {status.id: status for status in summary.statuses}
    separator = ""
    async for cards in _in_portions(store.agenda(module.id, now, bucket)):
        write(separator + ", ".join(card_json(card, statuses[card.status_id], now, week_start) for card in cards))
        separator = ", "
    write("]}]}\n")


def card_json(card: CardRow, status: Status, now: datetime, week_start: int) -> str:
    """One card as the agenda's contract has it."""
    return json.dumps(card_object(card, status, now, week_start), ensure_ascii=False)


def card_object(card: CardRow, status: Status, now: datetime, week_start: int) -> dict[str, object]:
    """The same, before it is written."""
    return {
        "id": card.id,
        "name": card.name,
        "company": card.company,
        "person": card.person,
        "status": status.name,
        "status_key": status.key,
        "group": status.group.value,
        "amount": None if card.value is None else to_decimal_string(card.value),
        "currency": None if card.value is None else card.value.currency,
        "bucket": _bucket_of(card, now, week_start).value,
        "next_task": None if card.task is None else task_object(card.task),
    }


def task_object(task: Task) -> dict[str, object]:
    """An open task as the agenda's contract has it."""
    return {
        "id": task.id,
        "text": task.text,
        "type": task.type,
        "date": task.due.day.isoformat(),
        "time": None if task.due.at is None else format_time(task.due.at),
        "postponed": task.postponed,
    }


async def _in_portions(cards: AsyncIterator[CardRow]) -> AsyncIterator[list[CardRow]]:
    portion: list[CardRow] = []
    async for card in cards:
        portion.append(card)
        if len(portion) == _AT_ONCE:
            yield portion
            portion = []
    if portion:
        yield portion


def _nothing_in(summary: ModuleSummary) -> str:
    return _('No cards in the list: minicrm add "LINE" --module {id} makes one.').format(id=summary.module.id)


def _bucket_of(card: CardRow, now: datetime, week_start: int) -> Bucket:
    return bucket_of(None if card.task is None else card.task.due, now, week_start)


def _bucket_line(bucket: Bucket, counts: dict[Bucket, int]) -> str:
    return f"\n{heading(bucket)} {format_number(counts.get(bucket, 0))}\n"


def _card_line(card: CardRow, bucket: Bucket, now: datetime) -> str:
    from minicrm_tui.cli.columns import GAP, fitted

    task = card.task
    ids = _("card {id}").format(id=card.id)
    if task is not None:
        ids += " · " + _("task {id}").format(id=task.id)
    return GAP.join(
        (
            fitted(when_label(None if task is None else task.due, bucket, now), _WHEN_WIDTH, right=True),
            fitted(card.name, _NAME_WIDTH),
            fitted("" if task is None else task.text, _TASK_WIDTH),
            fitted("" if card.value is None else format_money(card.value), _MONEY_WIDTH, right=True),
            ids,
        )
    )
