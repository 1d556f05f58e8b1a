"""How long all cards take to leave the file, in each format, and to come back; and how much memory that needs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.bench import Bench
from benchmarks.figures import Budget, Row

FORMATS: Final = {"csv": 15, "xlsx": 120, "vcard": 15, "ics": 60, "json": 30}
"""Seconds for a hundred thousand cards."""

IMPORT_SECONDS: Final = 60
MEGABYTES: Final = 400

_TIMER: Final = (
    "import resource, sys, time; begin = time.perf_counter(); from benchmarks.exporting import {work}; "
    "{work}(*sys.argv[1:]); used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000; "
    "print(time.perf_counter() - begin, used)"
)


def exporting(bench: Bench) -> Iterator[Row]:
    """Each by a process of its own: its memory is its own, too."""
    cards = bench.size.exported
    source = bench.file(cards)
    for form, limit in FORMATS.items():
        seconds, megabytes = _measured("export", str(source), form, str(bench.folder / f"exported.{form}"))
        yield Row(f"export as {form}", Budget(limit), [seconds], cards=cards, unit="s")
        yield Row("its memory", Budget(MEGABYTES), [megabytes], cards=cards, unit="MB")
    seconds, megabytes = _measured("take", str(bench.folder / "taken.db"), str(bench.folder / "exported.json"))
    yield Row("the JSON into an empty file", Budget(IMPORT_SECONDS), [seconds], cards=cards, unit="s")
    yield Row("its memory", Budget(MEGABYTES), [megabytes], cards=cards, unit="MB")


def _measured(work: str, *arguments: str) -> tuple[float, float]:
    """Seconds and megabytes."""
    timer = _TIMER.format(work=work)
    done = subprocess.run([sys.executable, "-c", timer, *arguments], check=True, capture_output=True, text=True)
    seconds, megabytes = done.stdout.split()[-2:]
    return float(seconds), float(megabytes)


def export(source: str, form: str, out: str) -> None:
    """What one of those processes does."""
    from minicrm_tui.__main__ import main

    if main(("--db", source, "export", "--format", form, "--out", out)):
        raise SystemExit(1)


def take(target: str, whole: str) -> None:
    """What another one does."""
    import asyncio

    asyncio.run(_take(Path(target), Path(whole)))


async def _take(target: Path, whole: Path) -> None:
    from minicrm_tui.clock import system_clock
    from minicrm_tui.store.store import Store
    from minicrm_tui.transfer.whole import take_whole

    store = await Store.open(target, now=system_clock())
    try:
        await take_whole(store, whole)
    finally:
        await store.close()
