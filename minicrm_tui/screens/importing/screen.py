"""A file is imported step by step: which, what it is, where its columns go, its statuses, the trial, and then all."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType

from minicrm_tui.domain.errors import CrmError
from minicrm_tui.i18n import N_, _
from minicrm_tui.screens.asking import ask
from minicrm_tui.screens.importing import mapping_steps, reading_step, trying_step, whole_step
from minicrm_tui.screens.importing.draft import Draft
from minicrm_tui.screens.importing.file_step import FileStep
from minicrm_tui.screens.importing.frame import Finished, StepFrame
from minicrm_tui.screens.importing.lines import Line, Part, StepList
from minicrm_tui.screens.importing.names import fields_offered
from minicrm_tui.screens.importing.picking import PickScreen
from minicrm_tui.screens.main.bulk import Bulk
from minicrm_tui.transfer.imports import Imported, take
from minicrm_tui.transfer.whole import take_whole
from minicrm_tui.widgets.cells import safe
from minicrm_tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from minicrm_tui.clock import Clock
    from minicrm_tui.store.store import Store


SHORT: Final = 1_000_000
"""Bytes of a file that is read before one can press another key."""


class Step(Enum):
    """The steps, in their order."""

    FILE = 1
    READING = 2
    COLUMNS = 3
    STATUSES = 4
    TRYING = 5
    WHOLE = 6
    """Of our own JSON, right after the file."""


_TITLES = {
    Step.FILE: N_("which file"),
    Step.READING: N_("what it was taken for"),
    Step.COLUMNS: N_("where its columns go"),
    Step.STATUSES: N_("what its statuses mean"),
    Step.TRYING: N_("tried, nothing is changed yet"),
    Step.WHOLE: N_("our own file"),
}


class ImportScreen(StepFrame):
    """One step at a time; esc goes a step back, and nothing that was said is lost."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,right,ctrl+s", "next", N_("Next step"), tooltip=N_("Go on: this step is right"), id="import.next"),
        Binding("escape,q", "back", N_("Back"), tooltip=N_("One step back; while something runs, stop it"),
                id="import.back"),
        Binding("ctrl+q", "quit", N_("Quit"), show=False, tooltip=N_("Stop what runs, and close the program"),
                id="import.quit"),
    ]  # fmt: skip

    def __init__(self, store: Store, draft: Draft, folder: Path, clock: Clock) -> None:
        super().__init__(folder)
        self._store, self._draft, self._clock = store, draft, clock
        self._step = Step.FILE
        self._path = folder

    def on_mount(self) -> None:
        """The file first."""
        self._entitle()

    # --- which step is shown

    async def _show(self, step: Step, parts: Sequence[Part] = (), problem: str = "") -> None:
        anew, self._step = step is not self._step, step
        self._entitle()
        keys = self.query_one(KeyBar)
        keys.rename({"import.change": _("Import")} if step in (Step.TRYING, Step.WHOLE) else {})
        if step is Step.FILE:
            self.show_folder()
        else:
            await self.show_rows(parts, problem, anew=anew)
        self.refresh_bindings()

    async def _turn_to(self, step: Step) -> None:
        draft = self._draft
        match step:
            case Step.READING:
                await self._show(step, reading_step.reading_parts(draft))
            case Step.COLUMNS:
                await self._show(step, mapping_steps.column_parts(draft), mapping_steps.column_problem(draft))
            case Step.STATUSES:
                await self._show(step, mapping_steps.status_parts(draft.plan()))

    def _entitle(self) -> None:
        parts = [_("Import"), _(_TITLES[self._step])]
        if self._step is not Step.WHOLE:
            parts[0] = _("Import, step {n} of {all}").format(n=self._step.value, all=Step.TRYING.value)
        if self._step is not Step.FILE:
            parts.insert(1, self._path.name)
        self.entitle(parts)

    # --- keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While something runs only esc means anything; the file is chosen, and the import begun, with enter."""
        if action == "next":
            return self.bulk is None and self._step in (Step.READING, Step.COLUMNS, Step.STATUSES)
        return super().check_action(action, parameters)

    def action_type(self) -> None:
        """`/`: a path."""
        self.file_step.focus_path()

    def action_to_list(self) -> None:
        """Down, from the path."""
        self.file_step.focus_list()

    def action_back(self) -> None:
        """`esc`: stop what runs; else one step back."""
        if self.bulk is not None:
            self.stop()
        elif self._step is Step.FILE:
            if not self.file_step.leave_path():
                self.dismiss(None)
        else:
            self.work(self._go_back)

    async def action_quit(self) -> None:
        """`ctrl+q`: what is not all in yet is not kept."""
        self.stop()
        await self.app.action_quit()

    async def _go_back(self) -> None:
        match self._step:
            case Step.TRYING if self._has_statuses():
                await self._turn_to(Step.STATUSES)
            case Step.TRYING | Step.STATUSES:
                await self._turn_to(Step.COLUMNS)
            case Step.COLUMNS:
                await self._turn_to(Step.READING)
            case _:
                await self._show(Step.FILE)

    def action_next(self) -> None:
        """`n`: this step is right."""
        self.work(self._go_on)

    async def _go_on(self) -> None:
        match self._step:
            case Step.READING:
                await self._turn_to(Step.COLUMNS)
            case Step.COLUMNS if self.problem:
                self.say(self.problem)
            case Step.COLUMNS if self._has_statuses():
                await self._turn_to(Step.STATUSES)
            case Step.STATUSES if self._draft.plan().unknown:
                self.say(_("Choose what each unknown status is: nothing is taken for granted."))
            case Step.COLUMNS | Step.STATUSES:
                self._try()

    def _has_statuses(self) -> bool:
        plan = self._draft.plan()
        return bool(plan.unknown or plan.words)

    # --- choosing

    @on(FileStep.Chosen)
    def _file_chosen(self, event: FileStep.Chosen) -> None:
        if self.bulk is None:
            self._read(event.path, partial(self._begin, event.path))

    @on(FileStep.Complained)
    def _file_missing(self, event: FileStep.Complained) -> None:
        self.say(event.sentence)

    def _read(self, path: Path, reading: Callable[[], Awaitable[None]]) -> None:
        """Read the file: keys wait for a small one; of a larger one it is said, and esc gives it up."""
        try:
            is_short = path.stat().st_size <= SHORT
        except OSError:
            is_short = True
        if is_short:
            self.work(reading)
        else:
            self.run_long(_("Reading the file · esc gives it up"), lambda _bulk: reading(), stoppable=False)

    async def _begin(self, path: Path) -> None:
        self._store.refuse_own(path)
        counts = await asyncio.to_thread(whole_step.find_whole, path, self._draft.limits)
        if counts is None:
            await self._draft.begin(path)
        self._path = path
        if counts is None:
            await self._turn_to(Step.READING)
        else:
            await self._show(Step.WHOLE, whole_step.whole_parts(counts))

    @on(StepList.Chosen)
    def _line_chosen(self, event: StepList.Chosen) -> None:
        if self._step is Step.TRYING:
            self._import()
        elif self._step is Step.WHOLE:
            self._import_whole()
        elif event.line is not None and event.line.key:
            self.work(partial(self._choose, event.line))

    async def _choose(self, line: Line) -> None:
        draft = self._draft
        match self._step:
            case Step.READING:
                options, current = reading_step.options_of(draft, line.key)
                chosen = await ask(self, PickScreen(line.label, options, current))
                if chosen is not None:
                    self._read(self._path, partial(self._read_as, line.key, chosen))
                return
            case Step.COLUMNS:
                place = draft.headers.index(line.key)
                target, offered = draft.targets[place], fields_offered(draft.landing, draft.targets)
                chosen = await ask(self, PickScreen(line.key, offered, "" if target is None else target.text))
                if chosen is not None:
                    await draft.map_column(line.key, chosen)
            case Step.STATUSES:
                chosen = await ask(self, PickScreen(line.key, mapping_steps.statuses_offered(draft.plan())))
                if chosen is not None:
                    draft.explain(line.key, chosen)
        await self._turn_to(self._step)

    async def _read_as(self, key: str, chosen: str) -> None:
        await reading_step.choose(self._draft, key, chosen)
        await self._turn_to(Step.READING)

    # --- trying and taking

    def _try(self) -> None:
        self.run_long(_("Trying the import"), self._tried, count=self._draft.looked.survey.rows)

    async def _tried(self, bulk: Bulk) -> None:
        done = await self._taken(bulk, dry_run=True)
        await self._show(Step.TRYING, trying_step.report_parts(safe(self._path.name), done.report))

    def _import(self) -> None:
        self.run_long(_("Importing"), self._imported, count=self._draft.looked.survey.rows)

    async def _imported(self, bulk: Bulk) -> None:
        done = await self._taken(bulk, dry_run=False)
        said = [trying_step.said_of(done.report, "" if done.rejected is None else str(done.rejected))]
        try:
            await self._draft.keep()
        except CrmError as error:
            said.append(error.sentence())
        landing = self._draft.landing
        module_id = None if landing is None else landing.module.id
        self.dismiss(Finished(self._path, " · ".join(said), module_id, done.report.first_card))

    async def _taken(self, bulk: Bulk, *, dry_run: bool) -> Imported:
        return await take(
            self._store,
            self._draft.plan(),
            self._clock(),
            on_duplicate=self._draft.on_duplicate,
            dry_run=dry_run,
            progress=bulk.progress,
            stop=bulk.stop,
        )

    def _import_whole(self) -> None:
        self.run_long(_("Importing"), self._imported_whole)

    async def _imported_whole(self, bulk: Bulk) -> None:
        taken = await take_whole(self._store, self._path, progress=bulk.progress, stop=bulk.stop)
        self.dismiss(Finished(self._path, whole_step.said_of_whole(taken.counts, same=taken.same)))
