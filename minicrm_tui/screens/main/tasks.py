"""A task in full: an open one changed, or a new one with its type, duration and rule."""

from __future__ import annotations

from functools import partial

from minicrm_tui.domain.records import CardRow, Task
from minicrm_tui.domain.tasks import TaskDraft
from minicrm_tui.domain.views import Targets
from minicrm_tui.i18n import _
from minicrm_tui.screens.main.workbench import Workbench


async def edit_task(bench: Workbench) -> None:
    """`T`: the task under the cursor or the card's next one; where there is none, a new one."""
    row = bench.cursor_card
    if row is None:
        bench.say(_("This needs a card: go to one first."))
        return
    task = None if row.task is None else await bench.store.task(row.task.id)
    await open_form(bench, row, task)


async def open_form(bench: Workbench, row: CardRow, task: Task | None) -> None:
    """The form of a task, or of a new one on this card."""
    from minicrm_tui.screens.task_form import TaskForm

    title = _("Task · {card}") if task is not None else _("New task · {card}")
    write = partial(_add, bench, row) if task is None else partial(_edit, bench, task)
    form = TaskForm(
        title.format(card=row.name),
        task,
        write,
        offer=await bench.store.task_offer(row.module_id),
        settings=bench.settings,
        clock=bench.clock,
        drafts=bench.drafts,
    )
    if await bench.open_dialog(form):
        await bench.done(row.id)


async def _add(bench: Workbench, row: CardRow, draft: TaskDraft) -> None:
    await bench.store.add_task(Targets((row.id,)), draft, bench.now())


async def _edit(bench: Workbench, task: Task, draft: TaskDraft) -> None:
    await bench.store.edit_task(task.id, draft, bench.now())
