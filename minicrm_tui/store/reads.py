"""What can be asked of the store. A read stops when the task that awaits it is cancelled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar

from minicrm_tui.domain.records import (
    CardDetails,
    CardId,
    CardRow,
    ModuleSummary,
    StatusId,
    Task,
    TaskId,
)
from minicrm_tui.domain.views import Hit, Outline, Spot, StatusPage, Targets, View
from minicrm_tui.store import rooms
from minicrm_tui.store.access import Access
from minicrm_tui.store.matching import words_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from minicrm_tui.store.calendar import Calendar
    from minicrm_tui.store.lists import Answer
    from minicrm_tui.store.looking import Look

T = TypeVar("T")


class Reads(Access):
    """The reading half of the store."""

    async def modules(self, now: datetime) -> tuple[ModuleSummary, ...]:
        """The installed modules in the order of the bar."""
        return await self._read(lambda conn: rooms.modules.summaries(conn, now))

    async def outline(self, view: View, now: datetime) -> Outline:
        """The counts of a view; `finished` is 0 where finished cards are not in its list."""
        return await self._outline(view, now, lambda look: look.is_whole)

    async def outline_so_far(self, view: View, now: datetime) -> Outline:
        """The counts of a view; of a text in a big module, what a short search finds: `whole` is False then.

        The cards that it counts are the first of their sections and statuses. Until `outline` has the rest, pages and
        spots are about them: a page may be short, and a card further on has no spot yet.
        """
        return await self._outline(view, now, lambda look: look.is_worth_showing)

    async def _outline(self, view: View, now: datetime, enough: Callable[[Look], bool]) -> Outline:
        calendar = self._calendar(now)
        return await self._viewed(
            view, calendar, lambda conn, hits: rooms.lists.outline(conn, hits, view, calendar), enough, "filter"
        )

    async def rows(self, view: View, section: str, offset: int, limit: int, now: datetime) -> tuple[CardRow, ...]:
        """A page of one section of the list: a bucket's value, or "finished"."""
        window, calendar = (offset, limit), self._calendar(now)
        return await self._viewed(
            view,
            calendar,
            lambda conn, hits: rooms.lists.rows(conn, hits, self._in_order(), view, section, window, calendar),
        )

    async def status_rows(
        self, view: View, status_id: StatusId, offset: int, limit: int, now: datetime
    ) -> tuple[CardRow, ...]:
        """A page of one status in the pipeline: listed cards, then finished ones; the view's own status is ignored."""
        (page,) = await self.status_pages(view, (StatusPage(status_id, offset, limit),), now)
        return page

    async def status_pages(
        self, view: View, asked: Sequence[StatusPage], now: datetime
    ) -> tuple[tuple[CardRow, ...], ...]:
        """Several pages of the pipeline in one reading, in the order they were asked for."""
        return await self._viewed(
            view, self._calendar(now), lambda conn, hits: rooms.lists.status_rows(conn, hits, asked)
        )

    async def spot(self, view: View, card_id: CardId, now: datetime) -> Spot | None:
        """Where a card stands in the list of a view; None when it is not there."""
        calendar = self._calendar(now)
        return await self._viewed(
            view, calendar, lambda conn, hits: rooms.lists.spot(conn, hits, self._in_order(), view, card_id, calendar)
        )

    async def status_spot(self, view: View, card_id: CardId, now: datetime) -> tuple[StatusId, int] | None:
        """In which status of the pipeline a card stands, and how far down; None when it is not there."""
        return await self._viewed(
            view, self._calendar(now), lambda conn, hits: rooms.lists.status_spot(conn, hits, view, card_id)
        )

    async def _viewed(
        self,
        view: View,
        calendar: Calendar,
        answer: Answer[T],
        enough: Callable[[Look], bool] = lambda look: look.answers,
        group: str = "",
    ) -> T:
        """What is read of a view. A text is looked for in many short reads: the others wait for one of them only."""
        if not words_of(view.text):
            return await self._read(lambda conn: answer(conn, None), group)
        if not self._is_watching:
            await self._read(rooms.touched.watch)
            self._is_watching = True
        looking = rooms.lists.Looking(self._typed(), view, calendar, enough)
        while True:
            answered = await self._read(lambda conn: looking.turn(conn, answer), group)
            if answered is not None:
                return answered[0]

    async def card(self, card_id: CardId) -> CardDetails:
        """A card whole; raises NotFound."""
        return await self._read(lambda conn: rooms.shown.card_details(conn, card_id))

    async def card_in_use(self, card_id: CardId) -> CardDetails:
        """A card whole, to be written on; raises NotFound, Refused where it or its module is in the trash."""
        return await self._read(lambda conn: rooms.profile.editable(conn, card_id))

    async def task(self, task_id: TaskId) -> Task:
        """A task, open or closed; raises NotFound."""
        return await self._read(lambda conn: rooms.lookups.task_record(conn, task_id))

    async def days(self, days: Sequence[date]) -> dict[date, int]:
        """How many open tasks each of these days has, in all modules."""
        return await self._read(lambda conn: rooms.views.days(conn, days))

    async def find(self, text: str, limit: int = 50) -> tuple[Hit, ...]:
        """Cards of all modules (finished ones too), companies and persons: by name, phone digits or e-mail."""
        return await self._read(lambda conn: self._named().find(conn, text, limit), "find")

    async def clients(self, prefix: str, limit: int = 8) -> tuple[str, ...]:
        """Clients whose name begins so, as they are typed: "Acme SRL", "(Ana Pop)", "Acme SRL (Ana Pop)"."""
        return await self._read(lambda conn: rooms.search.clients(conn, prefix, limit), "clients")

    async def due_between(self, low_key: int, high_key: int, limit: int = 5) -> tuple[CardRow, ...]:
        """Cards of all modules whose next task has a time of day and falls due with low_key <= key < high_key."""
        return await self._read(lambda conn: rooms.views.due_between(conn, low_key, high_key, limit))

    async def count(self, targets: Targets) -> int:
        """How many cards these are now."""
        return await self._read(lambda conn: rooms.targets.count(conn, targets))

    async def data_version(self) -> int:
        """A number that changes when another process has written. StoreFailed, once, where the file has gone."""

        def looked(conn: Connection) -> int:
            if self._presence is not None:
                self._presence.notice(conn)
            return int(conn.exec_driver_sql("PRAGMA data_version").scalar_one())

        return await self._read(looked)
