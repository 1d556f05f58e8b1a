"""What the tests of the store's actions share: cards made in one line, and the file looked at from outside."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from minicrm_tui.domain.quickadd import LineDraft, TaskDraft
from minicrm_tui.domain.records import CardDetails, CardId, Due, Kind, ModuleId, Money, Status
from minicrm_tui.domain.views import Targets

if TYPE_CHECKING:
    from minicrm_tui.store.store import Store

BUSINESS = (
    *("module", "status", "company", "person", "channel", "card", "task", "history"),
    *("link", "field", "field_choice", "field_value", "list_entry", "template"),
)
COUNTED = ("tally", "worth", "load")

Image = dict[str, list[tuple[object, ...]]]


def cards(*ids: int) -> Targets:
    """These cards as targets."""
    return Targets(cards=tuple(CardId(card_id) for card_id in ids))


@dataclass(frozen=True)
class World:
    """A store on a real file, and the morning on which everything happens."""

    store: Store
    path: Path
    now: datetime

    @property
    def today(self) -> date:
        """The local day."""
        return self.now.date()

    def day(self, offset: int, at: time | None = None) -> Due:
        """A deadline so many days from today."""
        return Due(self.today + timedelta(days=offset), at)

    async def module(self, kind: Kind = Kind.SALES) -> ModuleId:
        """The installed module of this kind."""
        summaries = await self.store.modules(self.now)
        return next(summary.module.id for summary in summaries if summary.module.kind is kind)

    async def status(self, kind: Kind, key: str) -> Status:
        """A status of the module of this kind."""
        summaries = await self.store.modules(self.now)
        pipeline = next(summary.statuses for summary in summaries if summary.module.kind is kind)
        return next(status for status in pipeline if status.key == key)

    async def add(
        self,
        name: str,
        due: Due | None = None,
        *,
        kind: Kind = Kind.SALES,
        task: str = "Call about the offer",
        value: Money | None = None,
    ) -> CardDetails:
        """A card with one task; without one when no deadline is given."""
        drafted = None if due is None else TaskDraft(task, "call", due)
        draft = LineDraft(name, company="Acme SRL", value=value, task=drafted, client_from_name=False)
        return await self.store.create_card(await self.module(kind), draft, self.now)

    async def add_task(self, card_id: int, text: str, due: Due) -> None:
        """One more task on a card."""
        await self.store.add_task(cards(card_id), TaskDraft(text, "other", due), self.now)

    def query(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """Ask the file from another connection."""
        with closing(sqlite3.connect(self.path)) as conn:
            return [tuple(row) for row in conn.execute(sql, values)]

    def one(self, sql: str, *values: object) -> object:
        """The only value of the only row."""
        ((value,),) = self.query(sql, *values)
        return value

    def run(self, sql: str, *values: object) -> None:
        """Change the file behind the store's back."""
        with closing(sqlite3.connect(self.path)) as conn, conn:
            conn.execute(sql, values)

    def tables(self, queries: Mapping[str, str]) -> Image:
        """Ask several questions of one connection: to open one costs more than all of them."""
        with closing(sqlite3.connect(self.path)) as conn:
            return {name: [tuple(row) for row in conn.execute(sql)] for name, sql in queries.items()}

    def image(self) -> Image:
        """Every row of every business table, and of what is counted from them."""
        rows = self.tables({table: f"SELECT * FROM {table}" for table in (*BUSINESS, *COUNTED)})
        return {table: sorted(found, key=repr) for table, found in rows.items()}

    def actions(self) -> list[tuple[object, ...]]:
        """The undo steps that are not undone: verb, subject and count, the oldest first."""
        return self.query("SELECT verb, subject, count FROM action WHERE undone = 0 ORDER BY id")

    def history(self, card_id: int) -> list[tuple[object, ...]]:
        """What the card's history holds: kind, text, field, old, new, by itself; the oldest first."""
        sql = "SELECT kind, text, field, old, new, by_itself FROM history WHERE card_id = ? ORDER BY id"
        return self.query(sql, card_id)

    async def undone_gives_back(self, before: Image) -> None:
        """One undo gives back the same rows, and one redo takes them away again."""
        after = self.image()
        await self.store.undo(self.now)
        assert self.image() == before
        await self.store.redo(self.now)
        assert self.image() == after
