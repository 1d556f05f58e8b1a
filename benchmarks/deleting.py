"""The pipeline's editor: how long it takes to delete a status with very many cards, and how quickly it answers keys."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.figures import Budget, Row, p95
from benchmarks.keys import first_paint
from benchmarks.screen import Screen
from benchmarks.terminal import Terminal

SECONDS = 3
"""Until the status is gone, and its cards stand in another one."""

WAIT = 100
"""Milliseconds that a key may wait for its answer while it goes."""

BETWEEN = 0.05
"""Seconds between a key's answer and the next key."""

GATHER = """
UPDATE card SET module_id = status.module_id, status_id = status.id, place = 0, decided = 0, sales_status = NULL,
    qualification = NULL, sort_key = CASE open_tasks WHEN 0 THEN 4000000 * 1441 ELSE sort_key END
FROM status JOIN module ON module.id = status.module_id
WHERE module.kind = 'projects' AND status.key = 'planning' AND card.id IN (
    SELECT id FROM card WHERE place <> 2 AND id NOT IN (SELECT card_id FROM document) ORDER BY id DESC LIMIT ?)
"""
"""So many cards into one status; those that the program shows first stay where they are."""


def deleting(bench: Bench) -> Iterator[Row]:
    """From the key that says where the cards go until the editor says that they went; keys are pressed meanwhile."""
    cards = bench.size.gathered
    path = bench.file(cards * 7 // 5)
    _gather(path, cards)
    with bench.opened_file(path) as ours:
        _open_editor(ours)
        ours.press("l")
        ours.rest(0.3)
        ours.press("#")
        ours.wait(lambda screen: "cards go to" in screen.text())
        ours.rest(0.3)
        taken, waits = _deleted(ours)
    yield Row("a status deleted", Budget(SECONDS, max), [taken], cards=cards, unit="s")
    yield Row("key meanwhile → its answer", Budget(WAIT, max), waits, cards=cards)


def editing(bench: Bench) -> Iterator[Row]:
    """A step of the cursor in the editor, key by key in turns with one in the list."""
    cards = bench.size.many
    with bench.opened(cards) as ours, bench.opened(cards) as its_list:
        _open_editor(ours)
        ours.press("l")
        ours.rest(0.3)
        keys = ["down", "up"] * (bench.size.keys // 2)
        pairs = [(first_paint(ours, key), first_paint(its_list, key)) for key in keys]
    yield Row(
        "key → first paint, pipeline's editor beside the list",
        Budget(1.5, p95),
        [pair[0] for pair in pairs],
        [pair[1] for pair in pairs],
        cards,
    )


def _open_editor(terminal: Terminal) -> None:
    """Of the projects, the fourth module."""
    for key in "4gp":
        terminal.press(key)
        terminal.rest(0.5)
    terminal.wait(lambda screen: "Pipeline of Projects" in screen.text() and "In progress" in screen.text())
    terminal.rest(0.5)


def _deleted(terminal: Terminal) -> tuple[float, list[float]]:
    """Seconds until the cards are in the review, and milliseconds of the keys that went to and fro meanwhile."""
    begin = terminal.press("3")
    terminal.wait(lambda screen: "cards go to" not in screen.text())
    waits: list[float] = []
    while not waits or not _has_said(terminal.screen):
        for key, group in (("l", "  Success · "), ("h", "  Open · ")):
            pressed = terminal.press(key)
            waits.append((terminal.wait(partial(_shows, group)) - pressed) * 1000)
            terminal.settled(lambda _screen: "", BETWEEN)
            if _has_said(terminal.screen):
                return time.perf_counter() - begin, waits
    return time.perf_counter() - begin, waits


def _shows(text: str, screen: Screen) -> bool:
    return text in screen.text()


def _has_said(screen: Screen) -> bool:
    return _shows("cards went to", screen)


def _gather(path: Path, cards: int) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(GATHER, (cards,))
