"""Carrying cards to another status: done once for all of them, said where the rows do not show it, kept for `.`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from minicrm_tui.domain.pipelines import heading
from minicrm_tui.domain.records import Status
from minicrm_tui.i18n import _, format_number, ngettext
from minicrm_tui.screens.main.bulk import Bulk
from minicrm_tui.screens.main.entering import Entered, enter
from minicrm_tui.screens.main.missing import with_what_is_missing
from minicrm_tui.screens.main.state import Subject
from minicrm_tui.screens.main.workbench import Workbench

if TYPE_CHECKING:
    from minicrm_tui.domain.fields import Values
    from minicrm_tui.store.results import Moved

Move = Callable[[Workbench, Subject, Bulk, "Values"], Awaitable["Moved"]]


async def move_cards(bench: Workbench, move: Move) -> None:
    """Do it, say what the rows do not show, propose the next step, and keep it all for `.`."""
    await enter(bench, partial(_carry, move=move))


async def _carry(bench: Workbench, move: Move) -> Entered | None:
    subject = await bench.subject()
    if subject is None:
        return None
    following = await bench.following()
    row = subject.row
    moved = await with_what_is_missing(bench, subject, partial(_try, bench, subject, move))
    if moved is None:
        return None
    bench.again = partial(move_cards, move=move)
    on_page = bench.page.is_open
    stays = row is not None and await bench.store.spot(bench.state.view, row.id, bench.now()) is not None
    on_board = bench.screen.desk.on_board or on_page
    await bench.done(row.id if row is not None and (stays or on_board) else following)
    said = _told(bench, subject, moved, in_sight=stays or on_board)
    if said:
        bench.say(said)
    if moved.status is None or not moved.entered:
        return None
    return Entered(moved.status, moved.entered, row, moved.action_id)


async def _try(bench: Workbench, subject: Subject, move: Move, values: Values) -> Moved:
    async with bench.bulk(_("Moving"), subject) as bulk:
        return await move(bench, subject, bulk, values)


def _told(bench: Workbench, subject: Subject, moved: Moved, *, in_sight: bool) -> str:
    parts: list[str] = []
    where = _place(bench, moved.status)
    if subject.row is None:
        parts.append(ngettext("{n} card moved.", "{n} cards moved.", moved.cards).format(n=format_number(moved.cards)))
    elif not in_sight and where:
        parts.append(_("{card}: {status}.").format(card=subject.row.name, status=where))
    if moved.closed_tasks:
        parts.append(
            ngettext(
                "{n} open task was closed as failed.", "{n} open tasks were closed as failed.", moved.closed_tasks
            ).format(n=moved.closed_tasks)
        )
    return " ".join(parts)


def _place(bench: Workbench, status: Status | None) -> str:
    if status is None:
        return ""
    return f"{heading(bench.module, status.group)} · {status.name}"
