"""What is done on a card's page: opening it, leaving it, the next card, the kinds of history."""

from __future__ import annotations

from minicrm_tui.domain.pages import HistoryKind
from minicrm_tui.domain.records import HistoryEntry, Task
from minicrm_tui.i18n import _, format_number
from minicrm_tui.screens.card.client import choose_client, copy_channel, edit_client, link_under_cursor
from minicrm_tui.screens.card.life import new_for_client, unlink
from minicrm_tui.screens.card.profile import edit_line
from minicrm_tui.screens.card.whole import of_entry
from minicrm_tui.screens.main.adding import new_card
from minicrm_tui.screens.main.copying import copy as copy_of_client
from minicrm_tui.screens.main.editing import edit as edit_card
from minicrm_tui.screens.main.moving import trash as trash_card
from minicrm_tui.screens.main.tasks import open_form
from minicrm_tui.screens.main.workbench import Workbench
from minicrm_tui.screens.reading import TextScreen
from minicrm_tui.widgets.card_page import CLIENT, HISTORY, PROFILE
from minicrm_tui.widgets.line import Choice
from minicrm_tui.widgets.zones import CheckLine, kind_name


async def open_card(bench: Workbench) -> None:
    """`enter` on a card of the list or the pipeline."""
    row = bench.cursor_card
    if row is None:
        bench.say(_("This needs a card: go to one first."))
        return
    await bench.page.open(row.id)


async def choose(bench: Workbench) -> None:
    """`enter` on a line of the page."""
    widget = bench.screen.page
    if widget.cursor_zone == CLIENT:
        await choose_client(bench)
    elif widget.cursor_zone == HISTORY:
        await _choose_happening(bench)
    else:
        await edit_line(bench)


async def _choose_happening(bench: Workbench) -> None:
    """An open task is changed, a line of a checklist is ticked; what has happened is read whole."""
    item = bench.screen.page.history.cursor_item
    row = bench.page.row
    if isinstance(item, CheckLine):
        await _turn(bench, item)
    elif isinstance(item, Task) and row is not None:
        await open_form(bench, row, item)
    elif isinstance(item, HistoryEntry):
        await bench.open_dialog(TextScreen(*of_entry(item, bench.now())))


async def tick(bench: Workbench) -> None:
    """`space`: the line of the checklist under the cursor is done, or not done after all."""
    item = bench.screen.page.history.cursor_item
    if bench.screen.page.cursor_zone == HISTORY and isinstance(item, CheckLine):
        await _turn(bench, item)
    else:
        bench.say(_("Go to a line of a task's checklist first."))


async def _turn(bench: Workbench, line: CheckLine) -> None:
    await bench.store.set_check(line.task.id, line.place, bench.now(), done=not line.check.done)
    await bench.done(None)


async def edit(bench: Workbench) -> None:
    """`e`: what the cursor is on; elsewhere the form of the card."""
    zone = bench.screen.page.cursor_zone if bench.page.is_open else None
    row, task = bench.page.row, bench.page.cursor_task
    if zone == HISTORY and row is not None and task is not None:
        await open_form(bench, row, task)
    elif zone == PROFILE:
        await edit_line(bench)
    elif zone != CLIENT or not await edit_client(bench):
        await edit_card(bench)


async def copy(bench: Workbench) -> None:
    """`y`: the phone or the e-mail under the cursor; elsewhere one of the client's."""
    if not (bench.page.is_open and bench.screen.page.cursor_zone == CLIENT and copy_channel(bench)):
        await copy_of_client(bench)


async def new(bench: Workbench) -> None:
    """`n`: a card; on a card's page, one for the same client."""
    if bench.page.is_open:
        await new_for_client(bench)
    else:
        await new_card(bench)


async def trash(bench: Workbench) -> None:
    """`delete`: the card; on a linked card of the page, the link alone."""
    link_id = link_under_cursor(bench)
    if link_id is not None:
        await unlink(bench, link_id)
    else:
        await trash_card(bench)


async def next_card(bench: Workbench) -> None:
    """`J`: the next card of the list that one came from."""
    if not await bench.page.turn(1):
        bench.say(_("This is the last card of the list."))


async def previous_card(bench: Workbench) -> None:
    """`K`: the card before."""
    if not await bench.page.turn(-1):
        bench.say(_("This is the first card of the list."))


async def card_before(bench: Workbench) -> None:
    """`backspace`: where one was before."""
    if not await bench.page.go_back():
        await bench.page.close()


async def reopen(bench: Workbench) -> None:
    """`r`: the closed task under the cursor is open again."""
    entry = bench.screen.page.history.cursor_item
    if not isinstance(entry, HistoryEntry) or entry.task_id is None:
        bench.say(_("Go to a closed task in the history first."))
        return
    await bench.store.reopen_task(entry.task_id, bench.now())
    await bench.done(None)


async def history_kind(bench: Workbench) -> None:
    """`f`: one kind of history, or all of it."""
    page = bench.page.page
    if page is None:
        return
    everything = Choice("a", _("everything"), format_number(sum(page.history.values())), keys=("0", "f"))
    kinds = dict(zip("tscnd", HistoryKind, strict=True))
    choices = [
        Choice(key, kind_name(kind), format_number(page.history.get(kind, 0)), keys=(str(place),))
        for place, (key, kind) in enumerate(kinds.items(), 1)
    ]
    choice = await bench.choose(_("Show of the history"), [everything, *choices])
    if choice is not None:
        await bench.page.narrow(kinds.get(choice.key))
        bench.screen.page.focus_zone(HISTORY)


async def step_back(bench: Workbench) -> None:
    """`esc`: the whole history, the card before, then list and pipeline."""
    if bench.page.kind is not None:
        await bench.page.narrow(None)
    else:
        await card_before(bench)
