"""How long very many rows of a spreadsheet take to come in, or to be tried; and how much memory that needs."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from benchmarks.bench import Bench
from benchmarks.figures import Budget, Row

SECONDS: Final = 60
MEGABYTES: Final = 400

_HEADERS: Final = (
    *("Deal name", "Amount", "Currency", "Status", "Organization", "Contact person"),
    *("Email", "Phone", "Task", "Due date", "Created"),
)
_TIMER: Final = (
    "import resource, sys, time; begin = time.perf_counter(); from minicrm_tui.__main__ import main; "
    "main(sys.argv[1:]); used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000; "
    "print(time.perf_counter() - begin, used)"
)


def importing(bench: Bench) -> Iterator[Row]:
    """New companies, persons, cards and tasks: tried, taken in, and taken in once more, when all is there already."""
    rows = bench.size.exported
    source = bench.folder / "deals.csv"
    write_rows(source, rows)
    target = str(bench.folder / "imported.db")
    for what, more in (("trying an import", ("--dry-run",)), ("an import", ()), ("the same import again", ())):
        seconds, megabytes = _measured("--db", target, "import", str(source), *more)
        yield Row(what, Budget(SECONDS), [seconds], cards=rows, unit="s")
        yield Row("its memory", Budget(MEGABYTES), [megabytes], cards=rows, unit="MB")


def write_rows(path: Path, rows: int) -> None:
    """A file of deals, each of a company of its own, with a person who has a phone and an e-mail, and with a task."""
    with closing(path.open("w", newline="", encoding="utf-8")) as file:
        writer = csv.writer(file)
        writer.writerow(_HEADERS)
        writer.writerows(_row(number) for number in range(rows))


def _row(number: int) -> tuple[str, ...]:
    day, month = number % 28 + 1, number % 12 + 1
    return (
        *(f"Roof repair {number}", f"{number * 37 % 99_999},{number % 100:02}", "EUR"),
        ("Open", "Open", "Won", "Lost")[number % 4],
        *(f"Firma {number} SRL", f"Ion{number} Popescu", f"ion{number}@firma{number}.ro", f"072{number:07}"),
        *("Call about the offer", f"{day:02}.{month:02}.2027", f"{day:02}.{month:02}.2026"),
    )


def _measured(*arguments: str) -> tuple[float, float]:
    """Seconds and megabytes."""
    command = [sys.executable, "-c", _TIMER, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, megabytes = done.stdout.split()[-2:]
    return float(seconds), float(megabytes)
