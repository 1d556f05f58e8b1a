"""Typing ahead: a key is looked at only when the one before it has done its work.

`d` `enter` typed in one go must reach the next-step line that `d` opens, however long the write takes.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.message_pump import MessagePump
from textual.widget import Widget

if TYPE_CHECKING:
    from minicrm_tui.settings import Settings

PATIENCE = 0.5
"""Seconds that one widget may take over a key before the next one is let through."""


class Typeahead:
    """Keeps the keys that came too early, in order. `held` says whether a flow still owns the keyboard."""

    def __init__(
        self, app: App[Settings], held: Callable[[], bool], forward: Callable[[events.Key], Awaitable[None]]
    ) -> None:
        self._app = app
        self._held = held
        self._forward = forward
        self._waiting: deque[events.Key] = deque()
        self._turn: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()

    async def quiet(self) -> None:
        """Wait until every key has been dealt with; a question that stands does not count."""
        while self._turn is not None:
            await asyncio.wait([self._turn])

    def keeps(self, event: events.Key) -> bool:
        """Whether the key has to wait; if not, the caller forwards it now."""
        if self._turn is not None:
            self._waiting.append(event)
            return True
        self._turn = asyncio.create_task(self._take_turns())
        return False

    def look_again(self) -> None:
        """Something that holds the keyboard has changed."""
        self._changed.set()

    def forget(self) -> None:
        """Drop the keys that wait: what they were typed for did not come about."""
        self._waiting.clear()

    async def _take_turns(self) -> None:
        try:
            await self._settle()
            while self._waiting:
                await self._forward(self._waiting.popleft())
                await self._settle()
        finally:
            self._turn = None

    async def _settle(self) -> None:
        await self._handled()
        while self._held():
            self._changed.clear()
            await self._changed.wait()

    async def _handled(self) -> None:
        """Until the key has gone up to the app, which runs what it is bound to, and a wish that this made has too."""
        for node in chain(self._path(), (self._app,), self._path()):
            done = asyncio.Event()
            if not node.call_later(done.set):
                return
            with suppress(TimeoutError):
                await asyncio.wait_for(done.wait(), PATIENCE)

    def _path(self) -> Iterator[MessagePump]:
        node: DOMNode | Widget | None = self._app.focused or self._app.screen
        while node is not None and node is not self._app:
            yield node
            node = node.parent if isinstance(node.parent, DOMNode) else None
