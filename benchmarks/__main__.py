"""Measure, and print a table. Says which budgets were kept; never judges times by its exit code."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import (
    cards,
    dates,
    deleting,
    documents,
    exporting,
    importing,
    issuing,
    keys,
    memory,
    printing,
    safety,
    starting,
)
from benchmarks.bench import SIZES, Bench
from benchmarks.figures import Row, table
from benchmarks.terminal import ProgramEnded

BENCHMARKS: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "typed-date": dates.typing,
    "printing": printing.printing,
    "first-frame": starting.first_frame,
    "first-rows": starting.first_rows,
    "first-rows-of-most": starting.first_rows_of_most,
    "moving": keys.moving,
    "switching": keys.switching,
    "searching": keys.searching,
    "opening": cards.opening,
    "contacts": cards.contacts,
    "documents": documents.typing,
    "editing": deleting.editing,
    "memory": memory.paging,
    "exporting": exporting.exporting,
    "importing": importing.importing,
    "backing-up": safety.backing_up,
    "doctor": safety.examining,
    "killing": safety.killing,
    "by-value": keys.by_value,
    # Last: they change the files.
    "deleting": deleting.deleting,
    "issuing": issuing.issuing,
    "writing": keys.writing,
}


def main() -> int:
    """Run the benchmarks; 1 if one could not be run at all, 0 whatever the times are."""
    arguments = _arguments()
    rows: list[Row] = []
    broken = 0
    with tempfile.TemporaryDirectory(prefix="minicrm-benchmarks-") as folder:
        bench = Bench(Path(folder), SIZES[arguments.size])
        for name in BENCHMARKS if not arguments.only else [each for each in BENCHMARKS if each in arguments.only]:
            print(f"{name} …", file=sys.stderr, flush=True)
            try:
                for row in BENCHMARKS[name](bench):
                    rows.append(row)
                    print(*filter(None, row.cells()), sep="  ", file=sys.stderr, flush=True)
            except ProgramEnded as ended:
                broken += 1
                print(f"{name}: {ended}", file=sys.stderr, flush=True)
    print(table(rows))
    return 1 if broken else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--size", choices=sorted(SIZES), default="full", help="small: a minute, to keep them working")
    parser.add_argument("--only", choices=list(BENCHMARKS), action="append", help="this one alone; may be repeated")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
