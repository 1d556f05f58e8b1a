"""Cards without a store, and a fetch that a test can hold back, for the tests of widgets."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, time

from minicrm_tui.domain.errors import Busy
from minicrm_tui.domain.records import CardId, CardRow, Due, ModuleId, Money, Place, StatusId, Task, TaskId

TODAY_AT_TWO = Due(date(2026, 11, 23), time(14, 0))


def a_card(
    number: int,
    name: str = "",
    *,
    text: str = "Call Ana",
    due: Due | None = TODAY_AT_TWO,
    value: Money | None = None,
    open_tasks: int = 1,
) -> CardRow:
    """A card with a task, or without one where `due` is None."""
    task = Task(TaskId(number), CardId(number), text, "call", due) if due is not None else None
    return CardRow(
        id=CardId(number),
        module_id=ModuleId(1),
        status_id=StatusId(1),
        name=name or f"card {number}",
        value=value,
        place=Place.LISTED,
        task=task,
        open_tasks=open_tasks if task else 0,
    )


class Fetcher:
    """Answers at once with `<section> <offset>`; while `held`, each answer waits to be let through."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int, int]] = []
        self.fails = False
        self._gate = asyncio.Event()
        self._gate.set()

    def hold(self) -> None:
        """From now on answers wait."""
        self._gate.clear()

    def let_through(self) -> None:
        """All answers that wait come now."""
        self._gate.set()

    async def __call__(self, section: str, offset: int, limit: int) -> Sequence[CardRow]:
        self.asked.append((section, offset, limit))
        await self._gate.wait()
        if self.fails:
            raise Busy("The file is busy.", "Try again.")
        return [self.card(section, at) for at in range(offset, offset + limit)]

    def card(self, section: str, offset: int) -> CardRow:
        """The card that stands there; its id tells section and place."""
        return a_card(hash_of(section) + offset, f"{section} {offset}")


def hash_of(section: str) -> int:
    """A number of its own for each section, far enough from the next one."""
    return sum(ord(letter) for letter in section) * 10_000_000


def lines_of(widget: object) -> list[str]:
    """What the widget draws now, line by line."""
    from textual.widget import Widget

    assert isinstance(widget, Widget)
    return [widget.render_line(y).text for y in range(widget.size.height)]
