"""How long a document of many items takes to be printed: the PDF, its libraries' import included, and as plain text."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import perf_counter

from benchmarks.bench import Bench
from benchmarks.figures import Budget, Row
from minicrm_tui.domain.documents import Document, DocumentId, DocumentKind
from minicrm_tui.domain.lines import Line
from minicrm_tui.domain.parties import Party
from minicrm_tui.domain.records import CardId
from minicrm_tui.printing.text import preview

ITEMS = 1000
"""As many as a document may have."""

NAMES = ("Oak door", "Fitting", "Paint, white, for interiors and exteriors, in cans of five litres, in packs of four")


def printing(bench: Bench) -> Iterator[Row]:
    """Each PDF by a process of its own, so that nothing is imported or kept from the last one."""
    first = [_printed_afresh(bench.folder / f"{number}.pdf") for number in range(bench.size.starts)]
    yield Row(f"PDF of {ITEMS:,} items", Budget(3000), first)
    read = [_read() for _ in range(bench.size.keys)]
    yield Row("the same as plain text", Budget(100), read)


def write(path: Path) -> None:
    """What each of those processes does."""
    from minicrm_tui.printing.pdf import write_pdf

    write_pdf(_document(), path)


def _printed_afresh(path: Path) -> float:
    """Milliseconds from a started Python to the written file."""
    timer = (
        "import sys, time, pathlib; begin = time.perf_counter(); from benchmarks.printing import write; "
        "write(pathlib.Path(sys.argv[1])); print((time.perf_counter() - begin) * 1000)"
    )
    done = subprocess.run([sys.executable, "-c", timer, str(path)], check=True, capture_output=True, text=True)
    return float(done.stdout)


def _read() -> float:
    """Milliseconds."""
    document = _document()
    begin = perf_counter()
    preview(document, 120)
    return (perf_counter() - begin) * 1000


def _document() -> Document:
    firm = Party("Nord Servicii SRL", "Str. Lungă 1, Brașov", "RO123", "J08/1/2020", "RO49 AAAA 1B31 0075 9384 0000")
    lines = tuple(
        Line(f"{NAMES[place % 3]} {place}", 1000 + place % 5 * 500, "pcs", 1_000 + place, (2100, 1100)[place % 2])
        for place in range(ITEMS)
    )
    return Document(
        DocumentId(1),
        CardId(1),
        DocumentKind.INVOICE,
        "Doors",
        "invoice_issued",
        "EUR",
        "INV-2026-EUR/00001",
        date(2026, 11, 23),
        date(2026, 12, 1),
        seller=firm,
        buyer=firm,
        lines=lines,
    )
