"""What the main screen shows of a module: counts, pages of the list and of the pipeline, and where a card stands.

SQL text, since the first rows come through here, and don't wait for SQLModel's import.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from minicrm_tui.domain.records import Bucket, CardRow, Group, ModuleId, Money, StatusId, moment_key
from minicrm_tui.domain.views import Outline, Spot, StatusTally, View
from minicrm_tui.store import order
from minicrm_tui.store.calendar import FINISHED_SECTION, Calendar
from minicrm_tui.store.matching import words_of
from minicrm_tui.store.order import CardAt, Days, Scope, days_of, scope_of, status_scope
from minicrm_tui.store.rows import FINISHED, LISTED, card_rows
from minicrm_tui.store.tally import EVERY_STATUS
from minicrm_tui.store.trashed import IN_USE

if TYPE_CHECKING:
    from sqlalchemy import Connection


def outline(conn: Connection, view: View, calendar: Calendar) -> Outline:
    """The counts of a view without a text, from the tallies."""
    scope = scope_of(view)
    days = days_of(conn, scope)
    return Outline(
        buckets={bucket: _count(conn, scope, days, calendar.bounds(bucket)) for bucket in Bucket},
        finished=finished_count(conn, scope) if shows_finished(conn, view) else 0,
        statuses=status_tallies(conn, view.module_id),
    )


def _count(conn: Connection, scope: Scope, days: Days, keys: tuple[int, int]) -> int:
    low, high = keys
    if low >= high:
        return 0
    return order.rank(conn, scope, days, high) - order.rank(conn, scope, days, low)


def shows_finished(conn: Connection, view: View) -> bool:
    """Finished cards are in the list when a text is typed, or when it is narrowed to a status where cards end."""
    if words_of(view.text):
        return True
    query = "SELECT grp FROM status WHERE id = ?"
    group = conn.exec_driver_sql(query, (view.status_id,)).scalar_one_or_none()
    return group in (Group.SUCCESS.value, Group.FAILED.value)


def finished_count(conn: Connection, scope: Scope) -> int:
    """How many finished cards a scope has."""
    query = "SELECT cards FROM tally WHERE module_id = ? AND status_id = ? AND place = 1 AND day = 0"
    return conn.exec_driver_sql(query, (scope.module_id, scope.status_id)).scalar_one_or_none() or 0


def status_tallies(conn: Connection, module_id: int) -> dict[StatusId, StatusTally]:
    """Cards and sums of every status of a module that has cards."""
    query = "SELECT status_id, currency, cards, amount FROM worth WHERE module_id = ? ORDER BY status_id, currency"
    return tallies_of(tuple(row) for row in conn.exec_driver_sql(query, (module_id,)))


def tallies_of(counted: Iterator[tuple[int, str, int, int]]) -> dict[StatusId, StatusTally]:
    """Rows of status, currency ('' without an amount), cards and amount → tallies."""
    tallies: dict[StatusId, StatusTally] = {}
    for status_id, currency, cards, amount in counted:
        known = tallies.get(StatusId(status_id), StatusTally())
        sums = (*known.sums, Money(amount, currency)) if currency else known.sums
        tallies[StatusId(status_id)] = StatusTally(known.cards + cards, sums)
    return tallies


def page(conn: Connection, view: View, section: str, window: tuple[int, int], calendar: Calendar) -> Sequence[int]:
    """The ids of a page of one section; `window` is offset and limit."""
    scope = scope_of(view)
    offset, limit = window
    if section == FINISHED_SECTION:
        total = finished_count(conn, scope) if shows_finished(conn, view) else 0
        return order.finished_page(conn, scope, offset, total, limit)
    days = days_of(conn, scope)
    start, end = (order.rank(conn, scope, days, key) for key in calendar.bounds(Bucket(section)))
    return order.listed_page(conn, scope, days, start + offset, min(limit, end - start - offset))


def status_page(conn: Connection, status_id: int, window: tuple[int, int]) -> Sequence[int]:
    """The ids of a page of one status in the pipeline: its listed cards, then its finished ones."""
    offset, limit = window
    query = (
        "SELECT id FROM card INDEXED BY ix_card_status WHERE status_id = ? AND place IN (0, 1)"
        " ORDER BY place, sort_key, folded, id LIMIT ? OFFSET ?"
    )
    return list(conn.exec_driver_sql(query, (status_id, limit, offset)).scalars())


def spot(conn: Connection, view: View, card: CardAt, calendar: Calendar) -> Spot | None:
    """Where a card of the view stands in its list; None when it is finished and the view shows no finished ones."""
    scope = scope_of(view)
    if card.place == FINISHED:
        if not shows_finished(conn, view):
            return None
        return Spot(FINISHED_SECTION, order.count_before(conn, scope, FINISHED, None, card.standing))
    days = days_of(conn, scope)
    bucket = calendar.bucket(card.standing.sort_key)
    first = order.rank(conn, scope, days, calendar.bounds(bucket)[0])
    return Spot(bucket.value, order.position(conn, scope, days, card.standing) - first)


def status_spot(conn: Connection, card: CardAt) -> tuple[StatusId, int]:
    """In which status a card stands, and how far down."""
    scope = status_scope(card.module_id, card.status_id)
    days = days_of(conn, scope)
    if card.place == LISTED:
        return StatusId(card.status_id), order.position(conn, scope, days, card.standing)
    before = order.count_before(conn, scope, FINISHED, None, card.standing)
    return StatusId(card.status_id), days.total + before


def expired(conn: Connection, module_id: ModuleId, now: datetime) -> int:
    """How many cards of a module have an expired next task."""
    today = now.date().toordinal()
    query = "SELECT ifnull(sum(cards), 0) FROM tally WHERE module_id = ? AND status_id = ? AND place = 0 AND day < ?"
    earlier = conn.exec_driver_sql(query, (module_id, EVERY_STATUS, today)).scalar_one()
    return int(earlier) + order.rank(conn, scope_of(View(module_id)), Days(()), moment_key(now))


def due_between(conn: Connection, low: int, high: int, limit: int) -> tuple[CardRow, ...]:
    """Cards of all modules whose next task has a time of day and falls due in this range of keys."""
    query = (
        f"SELECT id FROM card WHERE module_id IN {IN_USE} AND place = 0"
        " AND sort_key >= ? AND sort_key < ? AND sort_key % 1441 <> 1440 ORDER BY sort_key, folded, id LIMIT ?"
    )
    return card_rows(conn, list(conn.exec_driver_sql(query, (low, high, limit)).scalars()))


def days(conn: Connection, wanted: Sequence[date]) -> dict[date, int]:
    """How many open tasks each of these days has, in all modules."""
    query = "SELECT day, tasks FROM load WHERE day IN (SELECT value FROM json_each(?))"
    texts = json.dumps([day.isoformat() for day in wanted])
    found: dict[str, int] = dict(tuple(row) for row in conn.exec_driver_sql(query, (texts,)))
    return {day: found.get(day.isoformat(), 0) for day in wanted}
