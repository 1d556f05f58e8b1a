"""How long the screen of a document with very many items takes to answer a key."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.figures import Budget, Row, p95
from benchmarks.keys import bare_list, first_paint
from benchmarks.screen import Screen
from benchmarks.terminal import Terminal

ITEMS = 1_000

NAME = "Qwertz"
"""Of the document: no other card is called so."""

DRAFT = """
SELECT document.id, card_id FROM document JOIN card ON card.id = card_id
WHERE document.kind = 'invoice' AND serial IS NULL AND card.place < 2 LIMIT 1
"""

INSERT = "INSERT INTO line (document_id, position, name, quantity, unit, price, vat) VALUES (?, ?, ?, ?, 'pcs', ?, ?)"


def typing(bench: Bench) -> Iterator[Row]:
    """Steps of the cursor and digits typed into a cell, key by key in turns with a bare list; and a cell saved."""
    with bench.opened_file(bench.changed_file("document", _fill)) as ours, bare_list() as bare:
        _open(ours)
        half = bench.size.keys // 2
        there_and_back = ["down"] * half + ["up"] * half
        yield _beside(f"key → first paint, {ITEMS:,} items", there_and_back, ours, bare)
        ours.press("l")
        ours.press("9")
        ours.rest(0.3)
        digits = ["1", "backspace"] * half
        yield _beside(f"digit typed → first paint, {ITEMS:,} items", digits, ours, bare)
        ours.press("escape")
        ours.rest(0.3)
        yield Row(f"cell saved, {ITEMS:,} items", Budget(120, p95), [_saved(ours, key) for key in "78" * (half // 5)])


def _open(terminal: Terminal) -> None:
    """By its name, then its items."""
    terminal.press("ctrl+k")
    terminal.rest(0.5)
    for letter in NAME.lower():
        terminal.press(letter)
    terminal.rest(0.5)
    terminal.press("enter")
    terminal.rest(0.5)
    terminal.press("I")
    terminal.wait(lambda screen: "Item number 2" in screen.text())
    terminal.rest(0.5)


def _beside(what: str, keys: Sequence[str], ours: Terminal, bare: Terminal) -> Row:
    """The same number of steps of a bare list, which paints nothing at its ends."""
    half = len(keys) // 2
    steps = ["down"] * half + ["up"] * half
    pairs = [(first_paint(ours, key), first_paint(bare, step)) for key, step in zip(keys, steps, strict=True)]
    return Row(what, Budget(1.5, p95), [pair[0] for pair in pairs], [pair[1] for pair in pairs])


def _saved(terminal: Terminal, digit: str) -> float:
    """Milliseconds from enter until the keys of the grid are back: the file has it, and the document is read again."""
    terminal.press(digit)
    terminal.rest(0.3)
    begin = terminal.press("enter")
    end = terminal.wait(lambda screen: "New item" in _footer(screen), 10)
    terminal.rest()
    return (end - begin) * 1000


def _footer(screen: Screen) -> str:
    """The keys: those of the grid stand there again once the cell is saved."""
    return screen.row(-1)


def _fill(path: Path) -> None:
    """Give a draft invoice that name, and so many items."""
    with closing(sqlite3.connect(path)) as connection, connection:
        document, card = connection.execute(DRAFT).fetchone()
        connection.execute("DELETE FROM line WHERE document_id = ?", (document,))
        connection.execute("UPDATE card SET name = ?, folded = lower(?) WHERE id = ?", (NAME, NAME, card))
        items = (
            (document, at, f"Item number {at}", 1000 + at % 7, 900 + at, 2100 - at % 3 * 500) for at in range(ITEMS)
        )
        connection.executemany(INSERT, items)
