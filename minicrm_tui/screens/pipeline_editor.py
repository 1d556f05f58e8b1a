"""The pipeline of a module as it is edited, with its counts; a fixed one is explained. Everything can be undone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from minicrm_tui.domain import pipeline_rules
from minicrm_tui.domain.pipelines import group_name, heading, is_fixed, told_apart
from minicrm_tui.domain.records import Group, Module, Status
from minicrm_tui.domain.status_drafts import (
    StatusDraft,
    draft_of,
    next_color,
    refuse_fixed,
    refuse_full,
    refuse_last,
)
from minicrm_tui.domain.views import View
from minicrm_tui.i18n import N_, _, format_number, ngettext
from minicrm_tui.screens.asking import ask, ask_choice
from minicrm_tui.screens.forms import Drafts
from minicrm_tui.screens.listing import ListScreen
from minicrm_tui.screens.main.bulk import MANY, Bulk
from minicrm_tui.screens.main.workbench import LETTERS, cards
from minicrm_tui.screens.pipeline_words import details
from minicrm_tui.screens.status_form import HeadingForm, StatusForm, of_new, of_status
from minicrm_tui.widgets.groups import group_columns
from minicrm_tui.widgets.line import Choice
from minicrm_tui.widgets.piece_lines import PieceLines
from minicrm_tui.widgets.rule_table import RuleTable
from minicrm_tui.widgets.status_board import StatusBoard

if TYPE_CHECKING:
    from minicrm_tui.clock import Clock
    from minicrm_tui.store.results import Rehoused
    from minicrm_tui.store.store import Store

_CHANGES = ("status.add", "status.edit", "status.color", "status.down", "status.up", "status.back", "status.on",
            "status.delete")  # fmt: skip


class PipelineScreen(ListScreen):
    """The pipeline of one module."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,i", "add", N_("New"), tooltip=N_("A new status in this group"), id="status.add"),
        Binding("c", "color", N_("Colour"), tooltip=N_("The next colour of the theme, or none"), id="status.color"),
        Binding("J", "shift(1)", N_("Down"), tooltip=N_("One place down"), id="status.down"),
        Binding("K", "shift(-1)", N_("Up"), tooltip=N_("One place up"), id="status.up"),
        Binding("H", "regroup(-1)", N_("Group before"), tooltip=N_("Into the group before"), id="status.back"),
        Binding("L", "regroup(1)", N_("Next group"), tooltip=N_("Into the next group"), id="status.on"),
        Binding("delete,number_sign", "delete", N_("Delete"), id="status.delete",
                tooltip=N_("Delete it; you choose where its cards go")),
        Binding("ctrl+d,pagedown", "page(1)", N_("Rule on"), show=False, tooltip=N_("More of the rule"),
                id="rule.down"),
        Binding("ctrl+u,pageup", "page(-1)", N_("Rule back"), show=False, tooltip=N_("Back in the rule"),
                id="rule.up"),
    ]  # fmt: skip

    KEPT: ClassVar[Sequence[str]] = ("status.add", "status.edit", "status.delete", "screen.undo", "screen.close")

    DEFAULT_CSS = """
    PipelineScreen {
        #status-board { height: 1fr; }
        #status-board.-fixed { height: auto; max-height: 60%; }
        #status-details { box-sizing: content-box; border-top: solid $primary 40%; padding: 0 1; background: $surface; }
        #pipeline-rule { height: 1fr; border-top: solid $primary 40%; }
    }
    """

    def __init__(self, store: Store, module: Module, *, clock: Clock, drafts: Drafts) -> None:
        fixed = is_fixed(module.kind)
        title = _("Pipeline of {module} · fixed") if fixed else _("Pipeline of {module}")
        super().__init__(title.format(module=module.name), store, clock, ("status.edit",) if fixed else _CHANGES)
        self._module = module
        self._fixed = fixed
        self._drafts = drafts
        self._statuses: tuple[Status, ...] = ()
        self._types: tuple[str, ...] = ()
        self._bulk: Bulk | None = None
        self._rules = pipeline_rules.rules(module.kind)
        self._board = StatusBoard(id="status-board")
        self._details = PieceLines(id="status-details")
        self._rule = RuleTable(id="pipeline-rule")

    def listed(self) -> Sequence[Widget]:
        """The columns, what is under the cursor, and the rule of a fixed pipeline."""
        return (self._board, self._details, self._rule) if self._fixed else (self._board, self._details)

    async def load(self) -> None:
        """The pipeline with its counts; the cursor goes to a status that has come."""
        summaries = await self.store.modules(self.clock())
        summary = next((each for each in summaries if each.module.id == self._module.id), None)
        if summary is None:
            self.dismiss(None)
            return
        outline = await self.store.outline(View(self._module.id), self.clock())
        self._types = await self.store.task_types(self._module.id)
        known = {status.id for status in self._statuses}
        come = [status.id for status in summary.statuses if known and status.id not in known]
        self._module, self._statuses = summary.module, summary.statuses
        columns = group_columns(self._statuses, outline, partial(heading, self._module))
        self._board.show(columns, self._statuses, come[0] if len(come) == 1 else None)
        if self._fixed:
            self._board.styles.height = self._board.height_needed
            self._show_rule()

    def _show_rule(self) -> None:
        names = {status.key: f"{heading(self._module, status.group)} · {status.name}" for status in self._statuses}
        heads = (*pipeline_rules.columns(self._module.kind), _("Status"))
        self._rule.show(heads, [(*rule.cells, names.get(rule.status_key, "")) for rule in self._rules])

    def on_status_board_moved(self) -> None:
        """Say what is under the cursor, and what leads to it."""
        self._details.show_lines(list(details(self._module, self._board)))
        status = self._board.status
        key = "" if status is None else status.key
        self._rule.choose([at for at, rule in enumerate(self._rules) if rule.status_key == key])

    # --- keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A fixed pipeline offers nothing that would change it, any other no rule to scroll through."""
        return action != "page" if not self._fixed else action not in ("add", "color", "shift", "regroup", "delete")

    def _act(self, work: Callable[[], Awaitable[str | None]]) -> None:
        """Not while very many cards are written: esc cancels that."""
        if self._bulk is None:
            self.work(work)

    def _act_on(self, work: Callable[[Status], Awaitable[str | None]]) -> None:
        if self._board.status is None:
            self.say(_("This needs a status: go to one first."))
        else:
            self._act(partial(work, self._board.status))

    def action_close(self) -> None:
        """`esc`: back; while very many cards are written, that is cancelled."""
        if self._bulk is not None:
            self._bulk.stop.set()
        else:
            super().action_close()

    def action_undo(self) -> None:
        """`u`."""
        self._act(self._undo)

    def action_redo(self) -> None:
        """`U`."""
        self._act(self._redo)

    def action_page(self, pages: int) -> None:
        """`ctrl+d` `ctrl+u`: through the rule."""
        self._rule.scroll_page(pages)

    # --- adding and editing

    def action_add(self) -> None:
        """`n`: a new status in the cursor's group."""
        self._act(partial(self._add, self._board.group))

    async def _add(self, group: Group) -> None:
        refuse_full(self._statuses)

        async def write(draft: StatusDraft) -> None:
            await self.store.add_status(self._module.id, draft, self.clock())

        title = _("A new status in “{group}”").format(group=heading(self._module, group))
        await self._ask_status(title, StatusDraft("", group), write, of_new(self._module.id, group))

    def on_status_board_chosen(self) -> None:
        """`enter`, `e`: the status, or the group's name."""
        if self._board.status is None:
            self._act(partial(self._rename_group, self._board.group))
        else:
            self._act(partial(self._edit, self._board.status))

    async def _edit(self, status: Status) -> None:
        async def write(draft: StatusDraft) -> None:
            await self.store.edit_status(status.id, draft, self.clock())

        await self._ask_status(status.name, draft_of(status), write, of_status(status))

    async def _ask_status(
        self, title: str, draft: StatusDraft, write: Callable[[StatusDraft], Awaitable[None]], key: object
    ) -> None:
        form = StatusForm(title, draft, write, self._types, fixed=self._fixed, key=key, drafts=self._drafts)
        await ask(self, form)

    async def _rename_group(self, group: Group) -> None:
        refuse_fixed(self._module.kind)

        async def write(name: str) -> None:
            await self.store.rename_group(self._module.id, group, name, self.clock())

        name, own = heading(self._module, group), group_name(self._module.kind, group)
        form = HeadingForm(name, name, own, write, key=("group", self._module.id, group), drafts=self._drafts)
        await ask(self, form)

    def action_color(self) -> None:
        """`c`."""
        self._act_on(self._recolor)

    async def _recolor(self, status: Status) -> str:
        color = next_color(status.color)
        await self.store.edit_status(status.id, replace(draft_of(status), color=color), self.clock())
        return ""

    # --- moving

    def action_shift(self, direction: int) -> None:
        """`J` `K`."""
        self._act_on(partial(self._shift, direction))

    async def _shift(self, direction: int, status: Status) -> str:
        await self.store.move_status(status.id, direction, self.clock())
        return ""

    def action_regroup(self, direction: int) -> None:
        """`H` `L`."""
        self._act_on(partial(self._regroup, direction))

    async def _regroup(self, direction: int, status: Status) -> str:
        groups = list(Group)
        place = groups.index(status.group) + direction
        if not 0 <= place < len(groups):
            return _("There is no place further in this direction.")
        async with self._many(_("Moving {status}").format(status=status.name), self._cards_here) as bulk:
            await self.store.move_status_to(
                status.id, groups[place], self.clock(), progress=bulk.progress, stop=bulk.stop
            )
        return ""

    @property
    def _cards_here(self) -> int:
        return 0 if self._board.section is None else self._board.section.count

    # --- deleting

    def action_delete(self) -> None:
        """`delete`."""
        self._act_on(self._delete)

    async def _delete(self, status: Status) -> str:
        refuse_last(self._module, self._statuses, status)
        count, taker = await self.store.status_cards(status.id), None
        if count:
            taker = await self._ask_taker(status, count)
            if taker is None:
                return ""
        async with self._many(_("Deleting {status}").format(status=status.name), count) as bulk:
            into = None if taker is None else taker.id
            rehoused = await self.store.delete_status(
                status.id, into, self.clock(), progress=bulk.progress, stop=bulk.stop
            )
        return _deleted(status, taker, rehoused)

    async def _ask_taker(self, status: Status, count: int) -> Status | None:
        names = told_apart(self._module, self._statuses)
        others = dict(zip(LETTERS, (each for each in self._statuses if each.id != status.id), strict=False))
        title = _("Delete “{status}” · {cards} go to").format(status=status.name, cards=cards(count))
        choice = await ask_choice(self, title, [Choice(key, names[each.id]) for key, each in others.items()])
        return None if choice is None else others[choice.key]

    @asynccontextmanager
    async def _many(self, title: str, count: int) -> AsyncIterator[Bulk]:
        """Around a write: very many cards show how far it is, in the title, and keys come through, esc to cancel it."""
        bulk = Bulk(title, self.entitle if count >= MANY else lambda _sentence: None)
        if count < MANY:
            yield bulk
            return
        self._bulk, self.is_saving = bulk, False
        bulk.progress(0, count)
        try:
            yield bulk
        finally:
            self._bulk = None
            self.entitle(self._title)


def _deleted(status: Status, taker: Status | None, rehoused: Rehoused) -> str:
    """What came of a deletion."""
    return " · ".join(_consequences(status, taker, rehoused))


def _consequences(status: Status, taker: Status | None, rehoused: Rehoused) -> Iterator[str]:
    yield _("Deleted: {status}").format(status=status.name)
    if taker is not None:
        yield ngettext("{n} card went to {status}", "{n} cards went to {status}", rehoused.cards).format(
            n=format_number(rehoused.cards), status=taker.name
        )
    if rehoused.closed_tasks:
        yield ngettext(
            "{n} open task was closed as failed", "{n} open tasks were closed as failed", rehoused.closed_tasks
        ).format(n=format_number(rehoused.closed_tasks))
    yield _("u brings it back")
