"""What the main screen remembers of each module while another one is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from minicrm_tui.domain.records import CardId, CardRow, Group, ModuleId, ModuleSummary, Status, StatusId, Task
from minicrm_tui.domain.views import Spot, Targets, View
from minicrm_tui.screens.main.marks import Marks


@dataclass(slots=True)
class ModuleState:
    """A module's cursor, filter, narrowing, folds and marks."""

    module_id: ModuleId
    card: CardId | None = None
    spot: Spot | None = None
    filter: str = ""
    status_id: StatusId | None = None
    folded: set[str] = field(default_factory=set)
    marks: Marks = field(default_factory=Marks)
    anchor: CardId | None = None
    """Where a range of marks began, while it is being drawn."""
    base: Marks = field(default_factory=Marks)
    """The marks that there were before the range."""

    @property
    def view(self) -> View:
        """What of the module is shown."""
        return View(self.module_id, self.status_id, self.filter)


class Modules:
    """The installed modules, which of them is on the screen, and how each was left."""

    def __init__(self) -> None:
        self.all: tuple[ModuleSummary, ...] = ()
        self.index = 0
        self._states: dict[ModuleId, ModuleState] = {}

    def take(self, summaries: tuple[ModuleSummary, ...]) -> bool:
        """These are the modules now; whether another one is on the screen, since the one that was is gone.

        The module on the screen stays, wherever it stands in the bar by now.
        """
        before = self.all[self.index].module.id if self.all else None
        self.all = summaries
        at = None if before is None else self.index_of(before)
        self.index = min(self.index, len(summaries) - 1) if at is None else at
        for summary in summaries:
            self._widen(summary)
        return before is not None and at is None

    def _widen(self, summary: ModuleSummary) -> None:
        """No list stays narrowed to a status that is gone."""
        state = self._states.get(summary.module.id)
        if state is not None and all(status.id != state.status_id for status in summary.statuses):
            state.status_id = None

    def __iter__(self) -> Iterator[ModuleSummary]:
        return iter(self.all)

    @property
    def current(self) -> ModuleSummary:
        """The module on the screen."""
        return self.all[self.index]

    @property
    def state(self) -> ModuleState:
        """The state of the module on the screen."""
        module_id = self.current.module.id
        return self._states.setdefault(module_id, ModuleState(module_id))

    @property
    def shows_finished(self) -> bool:
        """Whether finished cards are in the list: a text is typed, or it is narrowed to where cards end."""
        narrowed = self.status(self.state.status_id)
        return bool(self.state.filter) or (narrowed is not None and narrowed.group in (Group.SUCCESS, Group.FAILED))

    def status(self, status_id: StatusId | None) -> Status | None:
        """A status of the module on the screen."""
        return next((status for status in self.current.statuses if status.id == status_id), None)

    def index_of(self, module_id: ModuleId) -> int | None:
        """The place of a module in the bar."""
        return next((at for at, summary in enumerate(self.all) if summary.module.id == module_id), None)


@dataclass(frozen=True, slots=True)
class Subject:
    """What an action is for: the card under the cursor, or the marked ones."""

    targets: Targets
    count: int
    row: CardRow | None = None
    """The card, where it is one."""
    task: Task | None = None
    """The open task that was chosen on the card's page; without one, each card's next task is meant."""
