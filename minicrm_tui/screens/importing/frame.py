"""What stands around every step of an import: the title, what is said below, the keys, and how far it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import Worker

from minicrm_tui.domain.errors import CrmError
from minicrm_tui.domain.records import CardId, ModuleId
from minicrm_tui.screens.importing.file_step import FileStep
from minicrm_tui.screens.importing.lines import Part, StepList
from minicrm_tui.screens.main.bulk import MANY, Bulk
from minicrm_tui.widgets.cells import safe
from minicrm_tui.widgets.key_bar import KeyBar

_FOOTER = ("file.open", "file.type", "file.up", "import.change", "import.next", "import.back")
_KEPT = ("import.next", "import.change", "file.open", "import.back")


@dataclass(frozen=True, slots=True)
class Finished:
    """What came of the import of a file, in words, and the first card that it made."""

    path: Path
    said: str
    module_id: ModuleId | None = None
    card_id: CardId | None = None


def in_the_app(error: CrmError) -> str:
    """What went wrong; what to type on the command line is no help here."""
    return error.message if "--" in error.hint else error.sentence()


class StepFrame(Screen[Finished | None]):
    """Shows a file's folder or the rows of a step, and runs what they ask for."""

    DEFAULT_CSS = """
    StepFrame {
        layout: vertical;
        & > #step { height: 1; background: $primary; color: $text; padding: 0 1; text-style: bold;
            text-wrap: nowrap; text-overflow: ellipsis; }
        & > StepList { height: 1fr; display: none; }
        & > #note { height: auto; max-height: 5; padding: 0 1; background: $panel; color: $foreground;
            display: none; }
        & > #note.-wrong { color: $text-error; }
        & > #running { dock: bottom; height: 1; margin-bottom: 1; padding: 0 1; background: $primary; color: $text;
            display: none; }
    }
    """

    AUTO_FOCUS = "FileList"
    """Not the path above it: a key typed ahead is the list's."""

    is_saving: var[bool] = var(False)
    """While something short is on its way, keys are for what comes after it."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.file_step = FileStep(folder)
        self.step_list = StepList()
        self.bulk: Bulk | None = None
        """What is running, and can be stopped."""
        self._works = 0
        self._given_up: Worker[None] | None = None
        self.problem = ""
        """What is wrong with the step."""

    def compose(self) -> ComposeResult:
        """The title, the step, what is to be said of it, the keys."""
        yield Static(id="step")
        yield self.file_step
        yield self.step_list
        yield Static(id="note")
        yield Static(id="running")
        yield KeyBar(_FOOTER, keep=_KEPT, id="keys")

    def on_unmount(self) -> None:
        """Nothing goes on that nobody sees."""
        self.stop()

    def watch_is_saving(self) -> None:
        """Keys may wait for it."""
        from minicrm_tui.screens.main.main import MainScreen

        main = self.app.screen_stack[0]
        if isinstance(main, MainScreen):
            main.keyboard_changed()

    # --- what is shown

    def entitle(self, parts: Sequence[str]) -> None:
        """The line on top."""
        self.query_one("#step", Static).update(Content(" · ".join(map(safe, parts))))

    def show_folder(self) -> None:
        """The file's folder, in place of the rows."""
        self.step_list.display, self.file_step.display = False, True
        self.file_step.focus_list()
        self.say_below("")

    async def show_rows(self, parts: Sequence[Part], problem: str, *, anew: bool) -> None:
        """The rows of a step; `problem`: what is wrong with them."""
        self.file_step.display, self.step_list.display = False, True
        await self.step_list.show_parts(parts, anew=anew)
        self.step_list.focus()
        self.say_below(problem)

    def say_below(self, problem: str) -> None:
        """What is wrong, else the row under the cursor, whole."""
        self.problem = problem
        line = self.step_list.line if self.step_list.display else None
        said = problem or (line.whole if line is not None else "")
        note = self.query_one("#note", Static)
        note.update(Content(safe(said)))
        note.display = bool(said)
        note.set_class(bool(problem), "-wrong")

    @on(StepList.Highlighted)
    def _highlighted(self) -> None:
        self.say_below(self.problem)

    def say(self, sentence: str) -> None:
        """A toast instead of those before."""
        self.app.clear_notifications()
        self.notify(sentence, severity="warning", markup=False, timeout=8)

    # --- what runs

    def work(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do this, which is short or asks; what is refused is said."""
        self._works += 1
        self.is_saving = True
        self.run_worker(self._work(work), group="flows")

    async def _work(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except CrmError as error:
            self.say(in_the_app(error))
        finally:
            self._works -= 1
            if self.bulk is None:
                self.is_saving = self._works > 0

    def run_long(
        self, title: str, work: Callable[[Bulk], Awaitable[None]], *, count: int = MANY, stoppable: bool = True
    ) -> None:
        """Do this, which may be long: how far it is stands above the keys. Not `stoppable`: it is only given up.

        `count`: of how many rows it is; for a few of them keys wait.
        """
        self.bulk = Bulk(title, self._show_progress)
        self._show_progress(title)
        self._lock(locked=True)
        self.is_saving = count < MANY
        worker = self.run_worker(self._run_long(work, self.bulk), group="save")
        self._given_up = None if stoppable else worker

    def stop(self) -> None:
        """`esc`: stop what runs; what only reads is left to itself."""
        if self.bulk is not None:
            self.bulk.stop.set()
        if self._given_up is not None:
            self._given_up.cancel()

    async def _run_long(self, work: Callable[[Bulk], Awaitable[None]], bulk: Bulk) -> None:
        try:
            await work(bulk)
        except CrmError as error:
            self.say(in_the_app(error))
        finally:
            self.bulk = None
            self.is_saving = False
            if self.is_attached:
                self._show_progress("")
                self._lock(locked=False)

    def _lock(self, *, locked: bool) -> None:
        self.step_list.is_locked = locked
        self.refresh_bindings()

    def _show_progress(self, sentence: str) -> None:
        running = self.query_one("#running", Static)
        running.update(Content(sentence))
        running.display = bool(sentence)
