"""A card has entered a status: what the status, or the module, proposes as its next step. Nothing is added silently."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from minicrm_tui.domain.views import Targets
from minicrm_tui.i18n import _
from minicrm_tui.screens.main.next_step import ask_step, repeated
from minicrm_tui.screens.main.workbench import Again, Workbench, cards
from minicrm_tui.store.results import MOST_SERVED

if TYPE_CHECKING:
    from minicrm_tui.domain.quickadd import TaskDraft
    from minicrm_tui.domain.records import ActionId, CardId, CardRow, Status
    from minicrm_tui.store.results import Proposed


@dataclass(frozen=True, slots=True)
class Entered:
    """Cards that came into a status; `row` where it is one card.

    `action_id`: the undo step that their next step joins; None where it is to be one of its own.
    """

    status: Status
    cards: tuple[CardId, ...]
    row: CardRow | None
    action_id: ActionId | None


Enter = Callable[[Workbench], Awaitable[Entered | None]]
"""The action that brings cards into a status; None where it was left, or none of them has come into one."""


async def enter(bench: Workbench, action: Enter) -> None:
    """Do it, then open the line with what is proposed there. `.` does both again, with the same words."""
    entered = await action(bench)
    if entered is not None:
        await _ask(bench, entered, action)


async def _ask(bench: Workbench, entered: Entered, action: Enter) -> None:
    proposed = await _proposed(bench, entered)
    if proposed is None:
        return
    # Should the line be left with esc, then this is what "the last action" was.
    bench.again = _again(action, "")
    # The rows first: the line takes as long as they do.
    await bench.still.painted()
    step = await ask_step(bench, _title(entered, proposed), proposed.step)
    if step is None:
        return
    bench.again = _again(action, step.words)
    if step.draft is not None:
        await _add(bench, entered, proposed, step.draft)


def _again(action: Enter, words: str | None) -> Again:
    """The action once more, and the same next step (None: the proposed one, "": none) where one is proposed."""

    async def again(bench: Workbench) -> None:
        entered = await action(bench)
        bench.again = _again(action, words)
        proposed = None if entered is None else await _proposed(bench, entered)
        if entered is None or proposed is None:
            return
        draft = await repeated(bench, proposed.step, words)
        if draft is not None:
            await _add(bench, entered, proposed, draft)

    return again


async def _proposed(bench: Workbench, entered: Entered) -> Proposed | None:
    if entered.status.follow_up is None and bench.module.follow_up is None:
        return None
    if bench.paper is not None:
        # The line is under the document's screen.
        return None
    if len(entered.cards) > MOST_SERVED:
        bench.say(_("A next step can be given to at most 1000 cards at once."))
        return None
    return await bench.store.proposed(entered.cards, entered.status.id, bench.now())


async def _add(bench: Workbench, entered: Entered, proposed: Proposed, draft: TaskDraft) -> None:
    """The next step joins the move: `u` takes both back at once."""
    await bench.store.add_task(Targets(proposed.cards), draft, bench.now(), join=entered.action_id)
    await bench.reload()


def _title(entered: Entered, proposed: Proposed) -> str:
    who = entered.row.name if entered.row is not None else cards(len(proposed.cards))
    return _("Now {status} · next step for {card}").format(status=entered.status.name, card=who)
