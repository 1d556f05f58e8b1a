"""What the main screen remembers of each module while another one is shown."""

from __future__ import annotations

from dataclasses import dataclass, field

from minicrm_tui.domain.records import CardId, CardRow, ModuleId, Spot, StatusId, Targets, View
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


@dataclass(frozen=True, slots=True)
class Subject:
    """What an action is for: the card under the cursor, or the marked ones."""

    targets: Targets
    count: int
    row: CardRow | None = None
    """The card, where it is one."""
