"""The next step that is proposed: once a task is closed, and once a card has entered a status. It writes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from minicrm_tui.domain.records import CardId, Due, FollowUp, Group, Module, Status, Task
from minicrm_tui.domain.text import fold
from minicrm_tui.store.engine import driver
from minicrm_tui.store.results import NextStep, Proposed
from minicrm_tui.store.rows import id_list, module_even_trashed, open_tasks, statuses
from minicrm_tui.store.task_lists import task_offer

if TYPE_CHECKING:
    from sqlalchemy import Connection

NEXT_STEP_IN: Final = timedelta(days=3)
"""When the next step is due where no rule says so, from today."""

NOTHING: Final = NextStep("none")

_STATUS_OF = "SELECT status_id FROM card WHERE id = ?"
_MODULE_OF = "SELECT module_id FROM status WHERE id = ?"
_STILL_OPEN = """
    SELECT card_id, text FROM task
    WHERE card_id IN (SELECT value FROM json_each(?)) AND closed_at IS NULL ORDER BY card_id
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where cards stand: their status, in its module."""

    module: Module
    status: Status

    @property
    def is_end(self) -> bool:
        """Whether cards have ended here."""
        return self.status.group in (Group.SUCCESS, Group.FAILED)

    @property
    def rule(self) -> FollowUp | None:
        """What is proposed here: by the status, or by the module where cards go on."""
        return self.status.follow_up or (None if self.is_end else self.module.follow_up)


def place_of_status(conn: Connection, status_id: int) -> Place:
    """A status in its module."""
    (module_id,) = driver(conn).execute(_MODULE_OF, (status_id,)).fetchone()
    module = module_even_trashed(conn, module_id)
    return Place(module, next(status for status in statuses(conn, module) if status.id == status_id))


# --- once tasks are closed


def after_closing(
    conn: Connection, closed: Task, made: int | None, now: datetime, working_days: frozenset[int]
) -> NextStep:
    """The task that has come back, else another open one, else what the rule says, else the same again."""
    remaining = open_tasks(conn, closed.card_id)
    if remaining:
        there = next((task for task in remaining if task.id == made), remaining[0])
        return NextStep("existing", there.text, there.due, there)
    (status_id,) = driver(conn).execute(_STATUS_OF, (closed.card_id,)).fetchone()
    place = place_of_status(conn, status_id)
    if place.rule is not None:
        return by_rule(conn, place, place.rule, now, working_days)
    return NOTHING if place.is_end else _again(closed, now)


def after_closing_several(
    conn: Connection,
    closed: Task,
    texts: Collection[str],
    stood: Iterable[int],
    left_without: Iterable[int],
    now: datetime,
    working_days: frozenset[int],
) -> NextStep:
    """One line serves all: the rule that they share, or the text that they share, or nothing.

    `closed`: the first of the tasks. `stood`: the statuses of all their cards; `left_without`: of those that have no
    open task now.
    """
    places = {status_id: place_of_status(conn, status_id) for status_id in {*stood}}
    waiting = [places[status_id] for status_id in left_without]
    rules = {place.rule for place in places.values()}
    rule = next(iter(rules)) if len(rules) == 1 else None
    if waiting and rule is not None:
        return by_rule(conn, waiting[0], rule, now, working_days)
    if len(texts) > 1 or all(place.is_end for place in waiting):
        return NOTHING
    return _again(closed, now)


def _again(closed: Task, now: datetime) -> NextStep:
    return NextStep("new", closed.text, Due(now.date() + NEXT_STEP_IN), type=closed.type)


def by_rule(conn: Connection, place: Place, rule: FollowUp, now: datetime, working_days: frozenset[int]) -> NextStep:
    """What a rule proposes, with the type that it gives among those of the module."""
    kind = task_offer(conn, place.module.id).type_by(rule)
    return NextStep("new", rule.text, Due(rule.day(now.date(), working_days)), type=kind)


# --- once cards have entered a status


def after_entering(
    conn: Connection, card_ids: Collection[int], status_id: int, now: datetime, working_days: frozenset[int]
) -> Proposed | None:
    """What the status proposes to those of these cards that have it not yet; None without a rule, or such a card.

    The module's own rule is for cards without any open task.
    """
    place = place_of_status(conn, status_id)
    rule = place.rule
    if rule is None:
        return None
    there: dict[int, set[str]] = {card_id: set() for card_id in card_ids}
    for card_id, text in driver(conn).execute(_STILL_OPEN, (id_list(card_ids),)):
        there[card_id].add(fold(text))
    is_own, wanted = place.status.follow_up is not None, fold(rule.text)
    cards = [card_id for card_id, texts in there.items() if (wanted not in texts if is_own else not texts)]
    if not cards:
        return None
    return Proposed(by_rule(conn, place, rule, now, working_days), tuple(map(CardId, cards)))
