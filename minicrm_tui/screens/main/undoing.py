"""Undo and redo: what was taken back is named, and the cursor goes to it."""

from __future__ import annotations

from minicrm_tui.domain.errors import NotFound
from minicrm_tui.domain.records import Place
from minicrm_tui.i18n import _
from minicrm_tui.screens.main.going import go_to_module
from minicrm_tui.screens.main.workbench import Workbench
from minicrm_tui.store.results import Undone
from minicrm_tui.wording import describe


async def undo(bench: Workbench) -> None:
    """`u`: the latest action of the file, by whichever program it was done."""
    undone = await bench.store.undo(bench.now())
    if undone is None:
        bench.say(_("Nothing to undo."))
        return
    await _show(bench, undone)
    bench.say(_("Undone: {action}").format(action=_named(undone)))


async def redo(bench: Workbench) -> None:
    """`U`: done again."""
    redone = await bench.store.redo(bench.now())
    if redone is None:
        bench.say(_("Nothing to redo."))
        return
    await _show(bench, redone)
    bench.say(_("Done again: {action}").format(action=_named(redone)))


def _named(undone: Undone) -> str:
    return describe(undone.verb, undone.subject, undone.count)


async def _show(bench: Workbench, undone: Undone) -> None:
    """Go to the card or the module that came back; where the undo took it away, only show that."""
    await bench.showing.read_modules()
    if undone.verb in ("module.trash", "module.restore") and undone.module_id is not None:
        await bench.page.close()
        await go_to_module(bench, undone.module_id)
    if undone.card_id is None or undone.module_id is None or not await _is_there(bench, undone):
        await bench.reload()
        return
    if bench.page.row is not None and bench.page.row.id == undone.card_id:
        await bench.reload()
        return
    await bench.go_to(undone.module_id, undone.card_id)


async def _is_there(bench: Workbench, undone: Undone) -> bool:
    if undone.card_id is None:
        return False
    try:
        return (await bench.store.card(undone.card_id)).row.place is not Place.TRASHED
    except NotFound:
        return False
