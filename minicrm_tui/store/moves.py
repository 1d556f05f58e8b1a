"""Moving cards through their pipelines: a plain function inside one transaction each, and one undo step.

In a customisable pipeline the status is set; an opportunity gets key fields, and its status follows by itself; orders
and documents refuse. A move into a failed status closes the card's open tasks as failed, in the same undo step.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from threading import Event

from sqlalchemy import Connection

from minicrm_tui.domain import pipelines, sales
from minicrm_tui.domain.errors import NotFound, Refused
from minicrm_tui.domain.fields import Values
from minicrm_tui.domain.profile import checked_card_field
from minicrm_tui.domain.records import Group, KeyFields, Kind, SalesStatus, StatusId
from minicrm_tui.domain.views import Targets
from minicrm_tui.i18n import _
from minicrm_tui.store.moving import Move, Pipeline, Plan, State
from minicrm_tui.store.results import Moved
from minicrm_tui.store.targets import Batch, Progress

# --- the moves


def step(
    conn: Connection,
    targets: Targets,
    direction: int,
    now: datetime,
    *,
    progress: Progress | None = None,
    stop: Event | None = None,
    values: Values | None = None,
) -> Moved:
    """One step forward (1) or back (-1): a customisable status, or an opportunity's sales status."""

    def plan(pipeline: Pipeline, state: State) -> State | None:
        if state.keys is not None:
            keys = sales.moved(state.keys, direction)
            return None if keys is None else _with_keys(pipeline, state, keys)
        _refuse_fixed(pipeline)
        status = pipelines.step(pipeline.statuses, state.status, direction)
        return None if status is None else replace(state, status=status)

    why_not = _("There is no further status in this direction.")
    return Move(conn, "card.move", plan, why_not, now, values).run(Batch(conn, targets, progress, stop))


def set_status(
    conn: Connection,
    targets: Targets,
    status_id: StatusId,
    now: datetime,
    *,
    progress: Progress | None = None,
    stop: Event | None = None,
    values: Values | None = None,
) -> Moved:
    """Put the cards into this status of their customisable pipeline."""

    def plan(pipeline: Pipeline, state: State) -> State | None:
        _refuse_fixed(pipeline)
        status = next((status for status in pipeline.statuses if status.id == status_id), None)
        if status is None:
            raise NotFound(_("This status is no longer in the pipeline."))
        return replace(state, status=status)

    return Move(conn, "card.move", plan, _already_there(), now, values).run(Batch(conn, targets, progress, stop))


def set_keys(
    conn: Connection,
    targets: Targets,
    change: sales.Change,
    now: datetime,
    *,
    loss_reason: str | None = None,
    loss_details: str = "",
    progress: Progress | None = None,
    stop: Event | None = None,
    values: Values | None = None,
) -> Moved:
    """Change key fields of opportunities; they move by themselves. Refused for a loss without a reason; Invalid."""
    reason, details = _loss(loss_reason, loss_details)

    def plan(pipeline: Pipeline, state: State) -> State | None:
        if state.keys is None:
            _refuse_fixed(pipeline)
            raise Refused(_("Only opportunities have a qualification and a decision."))
        return _with_keys(pipeline, state, sales.applied(state.keys, change), reason)

    move = Move(conn, _verb(change), plan, _already_there(), now, values, details)
    return move.run(Batch(conn, targets, progress, stop))


def win(
    conn: Connection,
    targets: Targets,
    now: datetime,
    *,
    progress: Progress | None = None,
    stop: Event | None = None,
    values: Values | None = None,
) -> Moved:
    """Win the cards: won opportunities, elsewhere the first success status. Open tasks are kept."""
    plan = _end_plan(Group.SUCCESS, SalesStatus.WON)
    return Move(conn, "card.win", plan, _already_there(), now, values).run(Batch(conn, targets, progress, stop))


def lose(
    conn: Connection,
    targets: Targets,
    now: datetime,
    reason: str | None = None,
    *,
    details: str = "",
    progress: Progress | None = None,
    stop: Event | None = None,
    values: Values | None = None,
) -> Moved:
    """Lose the cards: lost opportunities, elsewhere the first failed status; open tasks close.

    Refused for an opportunity without a reason; Invalid where reason or details are too long.
    """
    reason, details = _loss(reason, details)
    plan = _end_plan(Group.FAILED, SalesStatus.LOST, reason)
    move = Move(conn, "card.lose", plan, _already_there(), now, values, details)
    return move.run(Batch(conn, targets, progress, stop))


def _loss(reason: str | None, details: str) -> tuple[str, str]:
    return checked_card_field("loss_reason", reason or ""), checked_card_field("loss_details", details)


# --- where a card goes


def _end_plan(group: Group, end: SalesStatus, reason: str = "") -> Plan:
    def plan(pipeline: Pipeline, state: State) -> State | None:
        if state.keys is not None:
            return _with_keys(pipeline, state, replace(state.keys, sales=end), reason)
        _refuse_fixed(pipeline)
        status = pipelines.first_of(pipeline.statuses, group)
        # One that has ended so already keeps its status: `W` on an "attended" is no step back.
        return None if status is None or state.status.group is group else replace(state, status=status)

    return plan


def _with_keys(pipeline: Pipeline, state: State, keys: KeyFields, reason: str = "") -> State:
    """The state that these key fields give; only a lost opportunity has a reason of its loss."""
    lost = keys.sales is SalesStatus.LOST
    kept = (reason or state.loss_reason) if lost else None
    return State(pipeline.keyed(sales.status_key(keys)), keys, kept)


def _refuse_fixed(pipeline: Pipeline) -> None:
    if pipelines.is_fixed(pipeline.module.kind):
        raise Refused(pipelines.fixed_refusal(pipeline.module.kind), _way_out(pipeline.module.kind))


def _way_out(kind: Kind) -> str:
    if kind is Kind.SALES:
        return _("Change one of these, and it moves by itself.")
    return _("Its actions stand under m.")


def _already_there() -> str:
    return _("Nothing to change: it is so already.")


def _verb(change: sales.Change) -> str:
    match change.sales:
        case SalesStatus.WON:
            return "card.win"
        case SalesStatus.LOST:
            return "card.lose"
        case None if change.qualification is not None:
            return "card.qualify"
        case None:
            return "card.decide"
        case _:
            return "card.move"
