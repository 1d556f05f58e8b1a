"""The calendar of the settings, kept up to date while the program is open: beside the keyboard, once one pauses."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Final

from minicrm_tui.domain.errors import CrmError

if TYPE_CHECKING:
    from pathlib import Path

    from minicrm_tui.screens.main.workbench import Workbench

PATIENCE: Final = 5
"""Beats after which it is written although the changes have not paused."""

SHARE: Final = 5
"""A calendar that takes long to write is not written again before so many times that long."""


class CalendarKeeping:
    """Looks at the file with each beat of the program's pulse."""

    def __init__(self, bench: Workbench, path: Path) -> None:
        from minicrm_tui.transfer.calendar_file import CalendarFile

        self._bench = bench
        self._file = CalendarFile(path)
        self._seen: tuple[int, int] | None = None
        self._written: tuple[int, int] | None = None
        self._waited = 0
        self._rests_until = 0.0
        self._is_writing = False
        self._has_complained = False
        self._turn = asyncio.Lock()

    async def beat(self) -> None:
        """Begin to write where something has changed and nothing has since the last beat."""
        changes = await self._bench.store.changes()
        if self._is_writing or changes == self._written:
            return
        quiet, self._seen = changes == self._seen, changes
        self._waited += 1
        if (quiet or self._waited >= PATIENCE) and time.monotonic() >= self._rests_until:
            self._is_writing = True
            self._bench.screen.run_worker(self.write(), group="calendar")

    async def write(self) -> None:
        """Write it now, if it has to be; what goes wrong is said once."""
        async with self._turn:
            await self._write()

    async def _write(self) -> None:
        began, changes = time.monotonic(), await self._bench.store.changes()
        try:
            if changes != self._written:
                await self._bench.store.read_out(self._file.write)
            self._has_complained = False
        except CrmError as error:
            if not self._has_complained:
                self._has_complained = True
                self._bench.screen.complain(error)
        finally:
            self._is_writing = False
        # What failed is tried again with the next change.
        self._written, self._waited = changes, 0
        self._rests_until = time.monotonic() + SHARE * (time.monotonic() - began)
