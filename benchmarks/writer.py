"""A writer in a process of its own, which says on a pipe what the store has acknowledged."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

WRITER = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from minicrm_tui.domain.quickadd import parse_line
from minicrm_tui.store.store import Store

async def main():
    now = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    store = await Store.open(Path(sys.argv[1]), now=now)
    module = (await store.modules(now))[0].module
    name, count = sys.argv[2], int(sys.argv[3])
    for number in range(count):
        draft = parse_line(f"{name} n{number} @ Client{number} > Call tomorrow", now, currency="EUR")
        card = await store.create_card(module.id, draft, now)
        print(card.row.id, flush=True)
    await store.close()

asyncio.run(main())
"""


def writer(database: Path, name: str, count: int) -> subprocess.Popen[str]:
    """A process that makes so many cards, and prints the id of each once the store has it."""
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(database), name, str(count)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
