"""The program's pulse: what changes while nobody types — the minute, the day, and the file under another program."""

from __future__ import annotations

from minicrm_tui.domain.records import CardRow, moment_key
from minicrm_tui.i18n import _, format_time
from minicrm_tui.screens.main.workbench import Workbench

SHOWN_AT_ONCE = 3
"""Toasts for tasks that fall due in the same moment; more are told as a number."""


class Pulse:
    """Looks at the clock and at the file; both as they were at the last beat."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._minute = moment_key(bench.now())
        self._version: int | None = None

    async def beat(self) -> None:
        """Show what has changed since the last one."""
        version = await self._bench.store.data_version()
        changed = self._version is not None and version != self._version
        minute = moment_key(self._bench.now())
        passed = minute != self._minute
        since, self._minute, self._version = self._minute, minute, version
        if passed or changed:
            await self._bench.showing.reload()
        if passed and minute > since:
            await self._ring(since + 1, minute + 1)

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
