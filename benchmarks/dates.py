"""How long a typed date takes to be read: that is done again at each key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from time import perf_counter

from benchmarks.bench import Bench
from benchmarks.figures import Budget, Row, p95
from minicrm_tui.domain.dates import split_when

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=timezone(timedelta(hours=2)))

LINES = ("vinerea viitoare la 14:30", "call Ana 3 times and then again and then once more please", "x " * 250)
"""A date of many words, none where many words could begin one, and as long a text as a task may have."""


def typing(bench: Bench) -> Iterator[Row]:
    """Each line as often as keys are measured, one call a sample."""
    samples = [_spent(line) for _ in range(bench.size.keys) for line in LINES]
    yield Row("typed date", Budget(1, p95), samples)


def _spent(line: str) -> float:
    """Milliseconds."""
    begin = perf_counter()
    split_when(line, NOW, "ro")
    return (perf_counter() - begin) * 1000
