"""Moving cards through their pipeline: forward, back, won, lost, by key field or by status; and to the trash."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from minicrm_tui.domain.records import Kind, Status
from minicrm_tui.i18n import _
from minicrm_tui.screens.main import sales
from minicrm_tui.screens.main.bulk import Bulk
from minicrm_tui.screens.main.carrying import move_cards
from minicrm_tui.screens.main.state import Subject
from minicrm_tui.screens.main.workbench import LETTERS, Workbench, cards, name_of
from minicrm_tui.widgets.line import Choice

if TYPE_CHECKING:
    from minicrm_tui.domain.fields import Values
    from minicrm_tui.store.results import Moved


# --- L, H, W, X


async def forward(bench: Workbench) -> None:
    """`L`: the next status."""
    await move_cards(bench, partial(_step, direction=1))


async def back(bench: Workbench) -> None:
    """`H`: the status before."""
    await move_cards(bench, partial(_step, direction=-1))


async def _step(bench: Workbench, subject: Subject, bulk: Bulk, values: Values, direction: int) -> Moved:
    return await bench.store.step(
        subject.targets, direction, bench.now(), progress=bulk.progress, stop=bulk.stop, values=values
    )


async def win(bench: Workbench) -> None:
    """`W`: won."""
    await move_cards(bench, _win)


async def _win(bench: Workbench, subject: Subject, bulk: Bulk, values: Values) -> Moved:
    return await bench.store.win(
        subject.targets,
        bench.now(),
        progress=bulk.progress,
        stop=bulk.stop,
        values=values,
    )


async def lose(bench: Workbench) -> None:
    """`X`: lost, and of an opportunity why."""
    subject = await bench.subject()
    if subject is None:
        return
    if bench.module.kind is Kind.SALES:
        await sales.lose(bench, subject)
    else:
        await move_cards(bench, _lose)


async def _lose(bench: Workbench, subject: Subject, bulk: Bulk, values: Values) -> Moved:
    return await bench.store.lose(subject.targets, bench.now(), progress=bulk.progress, stop=bulk.stop, values=values)


# --- m


async def move(bench: Workbench) -> None:
    """`m`: any status of a customisable pipeline; the key fields of an opportunity."""
    subject = await bench.subject()
    if subject is None:
        return
    if bench.module.kind is Kind.SALES:
        await sales.choose_change(bench, subject)
    else:
        await _choose_status(bench, subject)


async def _choose_status(bench: Workbench, subject: Subject) -> None:
    current = subject.row.status_id if subject.row is not None else None
    statuses = dict(zip(LETTERS, bench.statuses, strict=False))
    choices = [Choice(key, status.name, _("now") if status.id == current else "") for key, status in statuses.items()]
    title = _("Move {card} to").format(card=name_of(subject))
    choice = await bench.choose(title, choices)
    if choice is not None:
        await move_cards(bench, partial(_set_status, status=statuses[choice.key]))


async def _set_status(bench: Workbench, subject: Subject, bulk: Bulk, values: Values, status: Status) -> Moved:
    return await bench.store.set_status(
        subject.targets, status.id, bench.now(), progress=bulk.progress, stop=bulk.stop, values=values
    )


# --- the trash


async def trash(bench: Workbench) -> None:
    """`delete`: out of the way, until `u` or the trash brings it back."""
    subject = await bench.subject()
    if subject is None:
        return
    following = await bench.following()
    async with bench.bulk(_("To the trash"), subject) as bulk:
        trashed = await bench.store.trash(subject.targets, bench.now(), progress=bulk.progress, stop=bulk.stop)
    bench.again = trash
    await bench.done(following)
    what = subject.row.name if subject.row is not None else cards(trashed.cards)
    bench.say(_("To the trash: {what} · u brings it back").format(what=what))
