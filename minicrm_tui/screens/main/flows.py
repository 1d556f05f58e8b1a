"""Every command by its name, and the flow that carries it out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from minicrm_tui.i18n import _
from minicrm_tui.screens.card import flows as card_page
from minicrm_tui.screens.card import life
from minicrm_tui.screens.main import (
    acting,
    adding,
    closing,
    going,
    making,
    marking,
    moving,
    papers,
    postponing,
    sales,
    tasks,
    undoing,
)
from minicrm_tui.screens.main.acting import by_module
from minicrm_tui.screens.main.workbench import Workbench
from minicrm_tui.widgets.card_commands import Verb

Flow = Callable[[Workbench], Awaitable[None]]


async def repeat(bench: Workbench) -> None:
    """`.`: the last action, with its words, on the card where the cursor is."""
    if bench.again is None:
        bench.say(_("Nothing to repeat yet."))
        return
    await bench.again(bench)


async def back(bench: Workbench) -> None:
    """`esc`: one step back: a long write, the marks, the filter, the narrowing, then nothing."""
    state = bench.state
    if bench.bulk_running is not None:
        bench.bulk_running.stop.set()
    elif bench.page.is_open:
        await card_page.step_back(bench)
    elif marking.forget(bench):
        return
    elif state.filter:
        await going.clear_filter(bench)
    elif state.status_id is not None:
        await going.narrow(bench, None)


FLOWS: Mapping[str, Flow] = {
    Verb.NEW: card_page.new,
    Verb.EDIT: card_page.edit,
    Verb.NOTE: adding.add_note,
    Verb.ADD_TASK: adding.add_task,
    Verb.EDIT_TASK: tasks.edit_task,
    Verb.FORWARD: by_module(acting.go_forward, moving.forward),
    Verb.BACK: by_module(acting.go_back, moving.back),
    Verb.WIN: by_module(acting.gain, moving.win),
    Verb.LOSE: by_module(acting.fail, moving.lose),
    Verb.MOVE: by_module(acting.choose, moving.move),
    Verb.MAKE: making.make_of_card,
    Verb.QUALIFY: sales.qualify,
    Verb.DECIDE: sales.decide,
    Verb.STEP: sales.step,
    Verb.TRASH: card_page.trash,
    Verb.DUPLICATE: life.duplicate,
    Verb.LINK: life.link,
    Verb.DOCUMENT: papers.open_document,
    Verb.COPY: card_page.copy,
    Verb.REPEAT: repeat,
    Verb.DONE: closing.close,
    Verb.DONE_COMMENT: closing.close_with_comment,
    Verb.DONE_ONLY: closing.close_only,
    Verb.POSTPONE: postponing.postpone,
    Verb.POSTPONE_AGAIN: postponing.postpone_again,
    Verb.REOPEN: card_page.reopen,
    Verb.TICK: card_page.tick,
    Verb.NEXT_CARD: card_page.next_card,
    Verb.PREVIOUS_CARD: card_page.previous_card,
    Verb.CARD_BEFORE: card_page.card_before,
    Verb.HISTORY_KIND: card_page.history_kind,
    Verb.MARK: marking.mark_card,
    Verb.MARK_RANGE: marking.mark_range,
    Verb.MARK_BUCKET: marking.mark_bucket,
    "open": card_page.open_card,
    "choose": card_page.choose,
    "next_expired": going.next_expired,
    "filter": going.filter_module,
    "jump": going.jump,
    "going": going.going,
    "undo": undoing.undo,
    "redo": undoing.redo,
    "back": back,
}
