"""The pages of items that a list holds: few, the latest used, each fetched once."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Generic

from minicrm_tui.widgets.sections import Fetch, Item, Span

PAGE = 48
KEPT = 24

PageKey = tuple[str, int]

Held = Mapping[str, Sequence[Item]]
"""The first page of some sections, read with all the others in one go."""


async def _nothing(_key: str, _offset: int, _limit: int) -> Sequence[Item]:
    return ()


class Pages(Generic[Item]):
    """Pages of items by section, `size` each; when there are too many, the one unused for longest goes."""

    def __init__(
        self, fetch: Fetch[Item] = _nothing, *, size: int = PAGE, keep: int = KEPT, first: Held[Item] | None = None
    ) -> None:
        """`first`: the first pages of some sections, where they are there already."""
        self._fetch = fetch
        self._size = size
        self._keep = keep
        self._pages: OrderedDict[PageKey, Sequence[Item]] = OrderedDict(
            ((key, 0), rows) for key, rows in (first or {}).items()
        )
        self._loading: dict[PageKey, asyncio.Task[None]] = {}

    def __len__(self) -> int:
        return len(self._pages)

    def item(self, key: str, offset: int) -> Item | None:
        """The item, or None where its page is not held or has become shorter."""
        page = self._pages.get((key, offset // self._size))
        within = offset % self._size
        return page[within] if page is not None and within < len(page) else None

    def missing(self, spans: Iterable[Span]) -> list[PageKey]:
        """The pages of these items that are not held; those that are count as just used."""
        missing: list[PageKey] = []
        for span in spans:
            for number in range(span.start // self._size, (span.stop - 1) // self._size + 1):
                if (span.key, number) in self._pages:
                    self._pages.move_to_end((span.key, number))
                else:
                    missing.append((span.key, number))
        return missing

    async def load(self, keys: Iterable[PageKey]) -> None:
        """Fetch these pages; one that is already on its way is waited for, not asked for twice."""
        for task in [self._task(key) for key in keys]:
            await asyncio.shield(task)

    def prefetch(self, keys: Iterable[PageKey]) -> None:
        """Begin to fetch these pages; a failure shows when one of them is really needed."""
        for key in keys:
            self._task(key).add_done_callback(_forgive)

    def close(self) -> None:
        """Stop what is still on its way: nobody wants it any more."""
        for task in self._loading.values():
            task.cancel()

    def _task(self, key: PageKey) -> asyncio.Task[None]:
        task = self._loading.get(key)
        if task is None:
            task = self._loading[key] = asyncio.create_task(self._get(key))
        return task

    async def _get(self, key: PageKey) -> None:
        section, number = key
        try:
            self._pages[key] = await self._fetch(section, number * self._size, self._size)
            while len(self._pages) > self._keep:
                self._pages.popitem(last=False)
        finally:
            self._loading.pop(key, None)


def _forgive(task: asyncio.Task[None]) -> None:
    """Look at the exception, so that asyncio does not report it: the page is asked for again when it is needed."""
    if not task.cancelled():
        task.exception()
