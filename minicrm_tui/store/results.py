"""What the writes of the store give back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from minicrm_tui.domain.pages import CardPage
from minicrm_tui.domain.records import ActionId, CardDetails, CardId, Due, ModuleId, Status, Task

MOST_SERVED: Final = 1000
"""To how many cards one line gives a next step."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """What the line for the next step opens with.

    `existing`: another open task remains (`task`), `new`: a proposed text, deadline and type, `none`: an empty line.
    """

    kind: Literal["new", "existing", "none"]
    text: str = ""
    due: Due | None = None
    task: Task | None = None
    type: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a status proposes to cards that have entered it, and to which of them: those that have it not yet."""

    step: NextStep
    cards: tuple[CardId, ...]


@dataclass(frozen=True, slots=True)
class Closed:
    """Closed tasks; `cards` names at most 1000 of the cards, `closed` is the first of the tasks."""

    action_id: ActionId
    tasks: int
    cards: tuple[CardId, ...]
    closed: Task | None
    proposal: NextStep


@dataclass(frozen=True, slots=True)
class Added:
    """New tasks; `task` is the first of them."""

    action_id: ActionId
    tasks: int
    task: Task | None


@dataclass(frozen=True, slots=True)
class PostponedResult:
    """Postponed tasks. `due` where there is one for all, `still_expired` cards have a second expired task."""

    action_id: ActionId
    tasks: int
    due: Due | None
    dropped_time: bool = False
    still_expired: int = 0
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Moved:
    """Cards that were moved; `status` where they all have the same one now.

    `entered`: those that have come into it, as far as one line can serve them (`MOST_SERVED` and one more).
    """

    action_id: ActionId
    cards: int
    status: Status | None = None
    closed_tasks: int = 0
    entered: tuple[CardId, ...] = ()


@dataclass(frozen=True, slots=True)
class Rehoused:
    """Cards that went into another status with the deletion of theirs, those in the trash too; and closed tasks."""

    cards: int
    closed_tasks: int = 0


@dataclass(frozen=True, slots=True)
class Stepped:
    """Opportunities that have a step now."""

    action_id: ActionId
    cards: int


@dataclass(frozen=True, slots=True)
class Acted:
    """What an action did: the card as it is now, its number, and the card that it made, if it made one.

    `action_id`: the undo step; None where nobody takes it back, so that nothing more may be put into it.
    """

    card: CardDetails
    number: str | None
    made: CardDetails | None = None
    closed_tasks: int = 0
    action_id: ActionId | None = None


@dataclass(frozen=True, slots=True)
class ActedOnSeveral:
    """What an action did with several cards: how many they are, and how many cards it made.

    `status` and `entered`: as of `Moved`.
    """

    cards: int
    made: int = 0
    action_id: ActionId | None = None
    status: Status | None = None
    entered: tuple[CardId, ...] = ()


@dataclass(frozen=True, slots=True)
class Trashed:
    """Cards that went to the trash."""

    action_id: ActionId
    cards: int


@dataclass(frozen=True, slots=True)
class Changed:
    """A card before and after some of its fields were changed; the same where nothing had to be."""

    before: CardPage
    after: CardPage


@dataclass(frozen=True, slots=True)
class Noted:
    """Cards that got a note."""

    action_id: ActionId
    cards: int


@dataclass(frozen=True, slots=True)
class Undone:
    """The action that was taken back, or done again: what `wording.describe` needs, and where to go."""

    verb: str
    subject: str
    count: int
    card_id: CardId | None
    module_id: ModuleId | None
