"""The program's pulse: what changes while nobody types — the minute, the day, and the file under another program."""

from __future__ import annotations

from minicrm_tui.domain.records import CardId, CardRow, moment_key
from minicrm_tui.i18n import _, format_time
from minicrm_tui.screens.main.calendar_keeping import CalendarKeeping
from minicrm_tui.screens.main.workbench import Workbench

SHOWN_AT_ONCE = 3
"""Toasts for tasks that fall due in the same moment; more are told as a number."""

LOOKED_AT = 50
"""Rows that are asked whether another program has moved them too, before the cursor just keeps its place."""


class Pulse:
    """Looks at the clock and at the file; both as they were at the last beat."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._minute = moment_key(bench.now())
        self._version: int | None = None
        path = bench.settings.calendar_path
        self.calendar = None if path is None or not bench.screen.keeps_settings else CalendarKeeping(bench, path)

    async def leave(self) -> None:
        """The program ends: what is kept up to date beside the file is so at the end."""
        if self.calendar is not None:
            await self.calendar.write()

    async def beat(self) -> None:
        """Show what has changed since the last one."""
        version = await self._bench.store.data_version()
        changed = self._version is not None and version != self._version
        minute = moment_key(self._bench.now())
        passed = minute != self._minute
        since, self._minute, self._version = self._minute, minute, version
        if changed:
            await self._reload_in_place()
        elif passed:
            await self._bench.reload()
        if passed and minute > since:
            await self._ring(since + 1, minute + 1)
        if self.calendar is not None:
            await self.calendar.beat()

    async def _reload_in_place(self) -> None:
        """Another program has written: where it has moved the cursor's card, the row that followed takes the cursor."""
        if self._bench.page.is_open:
            await self._bench.reload()
            return
        desk = self._bench.screen.desk
        here = row = desk.cursor_card
        moved: set[CardId] = set()
        while row is not None and await self._has_moved(row):
            moved.add(row.id)
            row = await desk.active.following(lambda other: other.id in moved) if len(moved) < LOOKED_AT else None
        if not moved or desk.cursor_card != here:
            await self._bench.showing.reload()
            return
        self._bench.state.card = None
        await self._bench.showing.reload(row.id if row is not None else None)

    async def _has_moved(self, row: CardRow) -> bool:
        """Whether the card stands elsewhere by now, or nowhere."""
        spot = await self._bench.showing.spot_in_active(row.id)
        if spot is None or (self._bench.screen.desk.on_board and spot.section != str(row.status_id)):
            return True
        task = (await self._bench.store.card(row.id)).row.task
        return (task.due if task is not None else None) != (row.task.due if row.task is not None else None)

    async def _ring(self, low: int, high: int) -> None:
        """Timed tasks that fell due between two beats: a toast each, and the bell."""
        rows = [row for row in await self._bench.store.due_between(low, high) if row.task and row.task.due.at]
        if not rows:
            return
        for row in rows[:SHOWN_AT_ONCE]:
            self._bench.say(_told(row), alone=False)
        if len(rows) > SHOWN_AT_ONCE:
            self._bench.say(_("… and more tasks are due: x goes to them."), alone=False)
        if self._bench.settings.bell:
            self._bench.screen.app.bell()


def _told(row: CardRow) -> str:
    task = row.task
    if task is None or task.due.at is None:
        return row.name
    return f"{format_time(task.due.at)} · {task.text} · {row.name}"
