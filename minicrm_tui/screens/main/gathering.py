"""Pages of the pipeline asked for together are read together: one journey to the store's thread, not twenty."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from minicrm_tui.domain.records import CardRow, StatusId, StatusPage

ReadPages = Callable[[Sequence[StatusPage]], Awaitable[Sequence[Sequence[CardRow]]]]


class Gathering:
    """Its `fetch` waits for one turn of the loop, so that all columns have said what they need."""

    def __init__(self, read: ReadPages) -> None:
        self._read = read
        self._asked: dict[asyncio.Future[Sequence[CardRow]], StatusPage] = {}
        self._reading: set[asyncio.Task[None]] = set()

    async def fetch(self, section: str, offset: int, limit: int) -> Sequence[CardRow]:
        """The cards of one status; the section's key is the status's id."""
        answer: asyncio.Future[Sequence[CardRow]] = asyncio.get_running_loop().create_future()
        if not self._asked:
            reading = asyncio.create_task(self._answer())
            self._reading.add(reading)
            reading.add_done_callback(self._reading.discard)
        self._asked[answer] = StatusPage(StatusId(int(section)), offset, limit)
        return await answer

    async def _answer(self) -> None:
        asked, self._asked = self._asked, {}
        wanted = {answer: page for answer, page in asked.items() if not answer.done()}
        if not wanted:
            return
        try:
            pages = await self._read(tuple(wanted.values()))
        except Exception as error:
            for answer in wanted:
                if not answer.done():
                    answer.set_exception(error)
            return
        for answer, page in zip(wanted, pages, strict=True):
            if not answer.done():
                answer.set_result(page)
