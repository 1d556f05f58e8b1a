"""A file with a card that the tests of `minicrm card` and `minicrm note` share, and what no command does to it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from minicrm_tui.clock import system_clock
from minicrm_tui.domain.fields import FieldDraft
from minicrm_tui.domain.records import CardId, ModuleId
from minicrm_tui.domain.views import Targets
from minicrm_tui.store.store import Store
from tests.running import Inside

T = TypeVar("T")

SALES = ModuleId(1)


def on_the_file(inside: Inside, work: Callable[[Store, datetime], Awaitable[T]]) -> T:
    """Do it as the program on the screen would."""

    async def opened() -> T:
        now = system_clock()
        store = await Store.open(inside.database, now=now)
        try:
            return await work(store, now)
        finally:
            await store.close()

    return asyncio.run(opened())


def define(inside: Inside, *drafts: FieldDraft) -> None:
    """Give Sales these fields."""

    async def work(store: Store, now: datetime) -> None:
        for draft in drafts:
            await store.add_field(SALES, draft, now)

    on_the_file(inside, work)


def trash(inside: Inside, card: int) -> None:
    """Move the card to the trash."""
    on_the_file(inside, lambda store, now: store.trash(Targets(cards=(CardId(card),)), now))


def shown(inside: Inside, card: int = 1) -> dict[str, object]:
    """The card as JSON, without what has happened to it."""
    found = inside("card", "show", str(card), "--json").json
    del found["history"]
    return found
