"""What can be done in the store. A write is never cancelled, and is one step of undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from minicrm_tui.domain.records import ActionId, CardDetails, CardId, ModuleId, Outcome, StatusId, TaskId
from minicrm_tui.domain.views import Targets
from minicrm_tui.store import rooms
from minicrm_tui.store.access import Access, Progress
from minicrm_tui.store.faults import leaves_orphans

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from minicrm_tui.domain.contacts import ContactRef
    from minicrm_tui.domain.drafts import CardEdit
    from minicrm_tui.domain.fields import Values
    from minicrm_tui.domain.postponing import Postponement
    from minicrm_tui.domain.quickadd import LineDraft, TaskDraft
    from minicrm_tui.domain.sales import Change
    from minicrm_tui.store.results import Added, Closed, Moved, Noted, PostponedResult, Trashed, Undone

T = TypeVar("T")


class Writes(Access):
    """The writing half of the store. A set `stop` refuses the whole action, having changed nothing."""

    async def close_tasks(
        self,
        targets: Targets,
        outcome: Outcome,
        comment: str,
        now: datetime,
        *,
        progress: Progress | None = None,
        stop: Event | None = None,
    ) -> Closed:
        """Close the next task of each card, and propose the step after it."""
        return await self._act(
            lambda conn: rooms.tasks.close_tasks(
                conn, targets, outcome, comment, now, working_days=self.working_days, progress=progress, stop=stop
            )
        )

    async def close_task(self, task_id: TaskId, outcome: Outcome, comment: str, now: datetime) -> Closed:
        """Close this task; raises NotFound, or Refused when it is closed."""
        return await self._act(
            lambda conn: rooms.tasks.close_task(conn, task_id, outcome, comment, now, working_days=self.working_days)
        )

    async def close_task_and_go_on(
        self, task_id: TaskId, outcome: Outcome, comment: str, following: TaskDraft, now: datetime
    ) -> tuple[Closed, Added]:
        """Close this task and give its card the next one: both or neither."""

        def acted(conn: Connection) -> tuple[Closed, Added]:
            closed = rooms.tasks.close_task(conn, task_id, outcome, comment, now)
            added = rooms.tasks.add_task(conn, Targets(cards=closed.cards), following, now, join=closed.action_id)
            return closed, added

        return await self._act(acted)

    async def add_task(
        self,
        targets: Targets,
        draft: TaskDraft,
        now: datetime,
        *,
        join: ActionId | None = None,
        verb: str = "task.add",
        progress: Progress | None = None,
        stop: Event | None = None,
    ) -> Added:
        """Give each card a task; in the undo step `join`, if that is still the latest."""
        return await self._act(
            lambda conn: rooms.tasks.add_task(
                conn, targets, draft, now, join=join, verb=verb, progress=progress, stop=stop
            )
        )

    async def postpone(
        self,
        targets: Targets,
        how: Postponement,
        now: datetime,
        *,
        progress: Progress | None = None,
        stop: Event | None = None,
    ) -> PostponedResult:
        """Postpone the next task of each card, each from its own base."""
        return await self._act(
            lambda conn: rooms.postponed.postpone(
                conn,
                targets,
                how,
                now,
                working_days=self.working_days,
                progress=progress,
                stop=stop,
            )
        )

    async def postpone_task(self, task_id: TaskId, how: Postponement, now: datetime) -> PostponedResult:
        """Postpone this task; raises NotFound, Refused, or Invalid for a moment that is past."""
        return await self._act(
            lambda conn: rooms.postponed.postpone_task(conn, task_id, how, now, working_days=self.working_days)
        )

    async def create_card(
        self,
        module_id: ModuleId,
        draft: LineDraft,
        now: datetime,
        known: ContactRef | None = None,
        *,
        status_key: str = "",
    ) -> CardDetails:
        """Make a card, with its client and its task.

        `known`: the contact that the typed client is. `status_key`: a document's, where it is not to be an invoice.
        """
        return await self._act(
            lambda conn: rooms.cards.create_card(
                conn,
                module_id,
                draft,
                now,
                self.country,
                known,
                currency=self.default_currency,
                vat=self.vat,
                status_key=status_key,
            )
        )

    async def edit_card(self, card_id: CardId, edit: CardEdit, now: datetime) -> CardDetails:
        """Change what the form holds."""
        return await self._act(lambda conn: rooms.cards.edit_card(conn, card_id, edit, now))

    async def step(
        self,
        targets: Targets,
        direction: int,
        now: datetime,
        *,
        progress: Progress | None = None,
        stop: Event | None = None,
        values: Values | None = None,
    ) -> Moved:
        """Move the cards forward (1) or back (-1), where their pipeline allows it."""
        return await self._act(
            lambda conn: rooms.moves.step(conn, targets, direction, now, progress=progress, stop=stop, values=values)
        )

    async def set_status(
        self,
        targets: Targets,
        status_id: StatusId,
        now: datetime,
        *,
        progress: Progress | None = None,
        stop: Event | None = None,
        values: Values | None = None,
    ) -> Moved:
        """Put the cards into a status of their customisable pipeline."""
        return await self._act(
            lambda conn: rooms.moves.set_status(
                conn, targets, status_id, now, progress=progress, stop=stop, values=values
            )
        )

    async def set_keys(
        self,
        targets: Targets,
        change: Change,
        now: datetime,
        *,
        loss_reason: str | None = None,
        loss_details: str = "",
        progress: Progress | None = None,
        stop: Event | None = None,
        values: Values | None = None,
    ) -> Moved:
        """Change key fields of opportunities; their status follows. A loss needs a reason."""
        return await self._act(
            lambda conn: rooms.moves.set_keys(
                conn,
                targets,
                change,
                now,
                loss_reason=loss_reason,
                loss_details=loss_details,
                progress=progress,
                stop=stop,
                values=values,
            )
        )

    async def win(
        self,
        targets: Targets,
        now: datetime,
        *,
        progress: Progress | None = None,
        stop: Event | None = None,
        values: Values | None = None,
    ) -> Moved:
        """Move the cards to success; their open tasks stay."""
        return await self._act(
            lambda conn: rooms.moves.win(conn, targets, now, progress=progress, stop=stop, values=values)
        )

    async def lose(
        self,
        targets: Targets,
        now: datetime,
        reason: str | None = None,
        *,
        details: str = "",
        progress: Progress | None = None,
        stop: Event | None = None,
        values: Values | None = None,
    ) -> Moved:
        """Move the cards to failed; their open tasks are closed as failed, and counted. Sales need a reason."""
        return await self._act(
            lambda conn: rooms.moves.lose(
                conn, targets, now, reason, details=details, progress=progress, stop=stop, values=values
            )
        )

    async def trash(
        self, targets: Targets, now: datetime, *, progress: Progress | None = None, stop: Event | None = None
    ) -> Trashed:
        """Move the cards to the trash."""
        return await self._act(lambda conn: rooms.cards.trash(conn, targets, now, progress=progress, stop=stop))

    async def add_note(
        self,
        targets: Targets,
        text: str,
        now: datetime,
        *,
        progress: Progress | None = None,
        stop: Event | None = None,
    ) -> Noted:
        """Write a note into the cards' history."""
        return await self._act(
            lambda conn: rooms.history.add_note(conn, targets, text, now, progress=progress, stop=stop)
        )

    async def undo(self, now: datetime) -> Undone | None:
        """Take back the latest action in the file, whoever did it; None when there is none. Raises Conflict."""
        return await self._turn(lambda conn: rooms.journal.undo(conn))

    async def redo(self, now: datetime) -> Undone | None:
        """Do again what was undone last; None when there is nothing. Raises Conflict."""
        return await self._turn(lambda conn: rooms.journal.redo(conn))

    async def _turn(self, work: Callable[[Connection], Undone | None]) -> Undone | None:
        try:
            return await self._write(work)
        except Exception as error:
            # Foreign keys are looked at when the undo is whole, which is at its commit.
            if leaves_orphans(error):
                raise rooms.journal.data_has_changed() from error
            raise
