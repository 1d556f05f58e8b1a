"""Backups, the doctor and killed writers: how long, and whether anything that was acknowledged is lost."""

from __future__ import annotations

import random
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import cycle
from pathlib import Path
from time import perf_counter

from benchmarks.bench import Bench
from benchmarks.figures import Budget, Row
from benchmarks.keys import first_paint
from benchmarks.writer import writer

KEY_LIMIT = 50
"""Milliseconds that a key may wait while a backup is made."""

DOCTOR_LIMIT = 60
"""Seconds for a million cards."""

MOST_KEYS = 2000


def backing_up(bench: Bench) -> Iterator[Row]:
    """Keys in the list while the day's backup is made beside it."""
    path = bench.file(bench.size.most)
    folder = bench.backups_of(path)
    for backup in folder.glob("*.db"):
        backup.unlink()
    samples: list[float] = []
    with bench.opened_file(path, backs_up=True) as ours:
        for key in cycle(["down"] * 20 + ["up"] * 20):
            if any(folder.glob("*.db")) or len(samples) > MOST_KEYS:
                break
            samples.append(first_paint(ours, key))
    megabytes = path.stat().st_size / 1_000_000
    yield Row(f"a key during a backup of {megabytes:.0f} MB", Budget(KEY_LIMIT, max), samples, cards=bench.size.most)


def examining(bench: Bench) -> Iterator[Row]:
    """The whole examination of the largest file, once."""
    from minicrm_tui.clock import system_clock
    from minicrm_tui.domain.retention import Keep
    from minicrm_tui.store.backups.safe import Safe
    from minicrm_tui.store.doctor.examining import examine

    path = bench.file(bench.size.most)
    begun = perf_counter()
    found = [
        finding for finding in examine(Safe(path, bench.folder / "none", Keep()), system_clock()) if finding.serious
    ]
    assert not found, found
    yield Row("minicrm doctor", Budget(DOCTOR_LIMIT), [perf_counter() - begun], cards=bench.size.most, unit="s")


def killing(bench: Bench) -> Iterator[Row]:
    """`kill -9` again and again: how many acknowledged cards are not there afterwards."""
    path = bench.changed_file("killed", lambda _path: None)
    chance = random.Random(500)
    acknowledged: set[int] = set()
    lost = 0
    for _kill in range(bench.size.kills):
        process = writer(path, "Killed", 1000)
        assert process.stdout is not None
        acknowledged.update(int(process.stdout.readline()) for _line in range(chance.randint(1, 8)))
        process.send_signal(signal.SIGKILL)
        rest, _errors = process.communicate()
        acknowledged.update(int(line) for line in rest.splitlines(keepends=True) if line.endswith("\n"))
        lost = max(lost, len(acknowledged - _killed_cards(path)))
    yield Row(f"lost in {bench.size.kills} kills, of {len(acknowledged)}", Budget(0), [lost], unit="cards")


def _killed_cards(path: Path) -> set[int]:
    with closing(sqlite3.connect(path)) as connection:
        return {card for (card,) in connection.execute("SELECT id FROM card WHERE name LIKE 'Killed n%'")}
