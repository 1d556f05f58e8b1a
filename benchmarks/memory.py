"""How much memory the program ever held."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.bench import Bench
from benchmarks.figures import Budget, Row

LAPS = ("pagedown", "end", "pageup", "home", "tab", "pagedown", "end", "tab")


def paging(bench: Bench) -> Iterator[Row]:
    """The biggest file, paged through in the list and in the pipeline."""
    with bench.opened(bench.size.most) as ours:
        for key in LAPS:
            for _ in range(bench.size.keys // 2 if key.startswith("page") else 1):
                ours.press(key)
                ours.rest()
        peak = ours.peak_memory()
    yield Row("peak memory after paging", Budget(130), [peak], cards=bench.size.most, unit="MB")
