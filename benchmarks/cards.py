"""How long a card takes to open, and the contacts to answer a typed key."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from benchmarks.bench import FIRST_CARD, Bench
from benchmarks.figures import Budget, Row, p95
from benchmarks.keys import answered, learn, typed
from benchmarks.screen import Screen

LIMITS = {100: 60, 10_000: 80}
"""Entries of a card's history, and the milliseconds that it may take to open."""

WORD = "nord"
WORDS = ("Nord", "Norma", "Sigma", "Delta", "Omega")
TRADES = ("Textil", "Trans")


def opening(bench: Bench) -> Iterator[Row]:
    """`enter` on the first card, until its page stands whole; and back again."""
    for entries, limit in LIMITS.items():
        path = bench.changed_file(f"history-{entries}", partial(_remember, entries=entries))
        with bench.opened_file(path) as ours:
            # The first time, the page is made.
            learn(ours, ("enter", "escape"), _page_area)
            learnt = learn(ours, ("enter", "escape"), _page_area)
            samples = []
            for _ in range(bench.size.keys):
                samples.append(answered(ours, "enter", _page_area, learnt["enter"]))
                answered(ours, "escape", _page_area, learnt["escape"])
        yield Row(f"enter → the card, with {entries:,} entries", Budget(limit, p95), samples)


def contacts(bench: Bench) -> Iterator[Row]:
    """Each key typed into the filter of the contacts, until its answers stand."""
    people = bench.size.contacts
    with bench.opened_file(bench.changed_file("contacts", partial(_know, people=people))) as ours:
        ours.press("g")
        ours.rest(0.3)
        ours.press("c")
        ours.rest(0.5)
        samples = typed(bench, ours, "/", WORD, _page_area)
    yield Row(f"a key typed → {people:,} contacts filtered", Budget(50, p95), samples)


def _page_area(screen: Screen) -> str:
    """All between the bar and the footer."""
    return screen.area(1, screen.lines - 1, 0, screen.columns)


def _remember(path: Path, entries: int) -> None:
    """Give the first card so many notes."""
    now = datetime.now(UTC)
    with closing(sqlite3.connect(path)) as connection, connection:
        (card, _name) = connection.execute(FIRST_CARD).fetchone()
        connection.executemany(
            "INSERT INTO history (card_id, at, kind, text) VALUES (?, ?, 'note', ?)",
            (
                (card, f"{now - timedelta(hours=number):%Y-%m-%dT%H:%M:%SZ}", f"What was said in talk {number}")
                for number in range(entries)
            ),
        )


def _know(path: Path, people: int) -> None:
    """Add companies and persons, each with a phone and an e-mail, until there are so many."""
    with closing(sqlite3.connect(path)) as connection, connection:
        firms = [f"{word} {trade} {number}" for number in range(people // 20) for word in WORDS for trade in TRADES]
        connection.executemany(
            "INSERT INTO company (name, folded, created_at) VALUES (?, lower(?), '2026-01-01T00:00:00Z')",
            ((name, name) for name in firms[: people // 2]),
        )
        connection.executemany(
            "INSERT INTO person (name, folded, created_at) VALUES (?, lower(?), '2026-01-01T00:00:00Z')",
            ((f"Ana {name}", f"Ana {name}") for name in firms[: people // 2]),
        )
        for owner in ("company", "person"):
            connection.execute(
                f"INSERT INTO channel ({owner}_id, kind, value, plain, normal, is_default)"
                f" SELECT id, 'phone', '0722 ' || id, '0722' || id, '+40722' || id, 1 FROM {owner}"
                f" UNION ALL SELECT id, 'email', 'office' || id || '@firm.example', 'office' || id || '@firm.example',"
                f" 'office' || id || '@firm.example', 1 FROM {owner}"
            )
