"""How long issuing a document takes where there are very many: its number, its frozen content, its task."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from time import perf_counter

from benchmarks.bench import Bench
from benchmarks.figures import Budget, Row, p95

LIMIT = 100
"""Milliseconds until an issued document is in the file."""

DOCUMENTS = "SELECT count(*) FROM document WHERE kind <> 'order'"

DRAFTS = """
SELECT card.id FROM card JOIN status ON status.id = card.status_id
WHERE status.key = 'invoice_to_be_issued' AND card.trashed_at IS NULL ORDER BY card.id LIMIT ?
"""


def issuing(bench: Bench) -> Iterator[Row]:
    """One invoice after the other, through the store, until each is safely in the file."""
    path = bench.file(bench.size.most)
    with closing(sqlite3.connect(path)) as connection:
        ((documents,),) = connection.execute(DOCUMENTS).fetchall()
        drafts = [card for (card,) in connection.execute(DRAFTS, (bench.size.keys,))]
    samples = asyncio.run(_issued(path, drafts))
    yield Row("an invoice issued", Budget(LIMIT, p95), samples, cards=documents)


async def _issued(path: Path, drafts: Sequence[int]) -> list[float]:
    from minicrm_tui.clock import system_clock
    from minicrm_tui.demo import SELLER
    from minicrm_tui.domain.actions import Action
    from minicrm_tui.domain.documents import Terms
    from minicrm_tui.domain.records import CardId
    from minicrm_tui.store.store import Store

    store = await Store.open(path, now=system_clock())
    samples = []
    try:
        await store.warm_up()
        for card in drafts:
            begun = perf_counter()
            await store.act(CardId(card), Action.ISSUE, system_clock(), Terms(SELLER))
            samples.append((perf_counter() - begun) * 1000)
    finally:
        await store.close()
    return samples
