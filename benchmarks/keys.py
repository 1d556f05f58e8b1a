"""How long the screen takes to answer a key."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path

from benchmarks.bench import BARE_LIST, Bench, first_card, list_area, shows_frame
from benchmarks.figures import Budget, Row, p95
from benchmarks.screen import Screen
from benchmarks.terminal import Terminal
from minicrm_tui.domain.records import Due

PATIENCE = 1.0
"""Seconds without a change after which an answer that is learnt by heart counts as whole."""


def moving(bench: Bench) -> Iterator[Row]:
    """A step of the cursor, in the list and in the pipeline, key by key in turns with a bare list."""
    for cards in dict.fromkeys((bench.size.few, bench.size.many, bench.size.most)):
        with bench.opened(cards) as ours, bare_list() as bare:
            yield _steps(bench, "key → first paint, list", cards, ours, bare)
            ours.press("tab")
            ours.rest(0.3)
            yield _steps(bench, "key → first paint, pipeline", cards, ours, bare)


def writing(bench: Bench) -> Iterator[Row]:
    """Close or postpone the card under the cursor, until the list is painted again."""
    for cards, limit in {bench.size.most: 120, bench.size.many: 60}.items():
        budget = Budget(limit, p95)
        with bench.opened(cards) as ours:
            times = range(bench.size.keys)
            yield Row("p 1 → list painted again", budget, [_postponed(ours) for _ in times], cards=cards)
            yield Row("d → list painted again", budget, [_closed(ours) for _ in times], cards=cards)


def by_value(bench: Bench) -> Iterator[Row]:
    """Postpone cards of a list that goes by value, with all of them in one bucket: it is sorted anew each time."""
    cards = bench.size.many
    with bench.opened_file(bench.changed_file("by-value", partial(_pile_up, cards=cards))) as ours:
        ours.press("4")
        ours.rest(0.5)
        samples = [_postponed(ours) for _ in range(bench.size.keys)]
    yield Row("p 1 → list by value painted again", Budget(60, p95), samples, cards=cards)


def _pile_up(path: Path, cards: int) -> None:
    """Give the projects an order by value, and so many more that were all due on one day."""
    due = date(2026, 1, 5)
    with closing(sqlite3.connect(path)) as connection, connection:
        module, status = connection.execute(
            "SELECT module_id, id FROM status WHERE key = 'planning' ORDER BY id LIMIT 1"
        ).fetchone()
        connection.execute("UPDATE module SET sort = 'value' WHERE id = ?", (module,))
        connection.executemany(
            "INSERT INTO card (module_id, status_id, name, folded, amount, currency, sort_key, open_tasks, created_at)"
            " VALUES (?, ?, ?, lower(?), ?, 'EUR', ?, 1, '2026-01-01T00:00:00Z')",
            ((module, status, *[f"Roof {n}"] * 2, n * 7919 % cards * 100, Due(due).key) for n in range(cards)),
        )
        connection.execute(
            "INSERT INTO task (card_id, text, type, day, due_key, created_at)"
            " SELECT id, 'Visit', 'meeting', ?, sort_key, created_at FROM card WHERE name LIKE 'Roof %'",
            (due.isoformat(),),
        )
        connection.execute(
            "UPDATE card SET next_task_id = (SELECT id FROM task WHERE card_id = card.id) WHERE name LIKE 'Roof %'"
        )


def switching(bench: Bench) -> Iterator[Row]:
    """From module to module and back."""
    # The demo spreads its cards over nine kinds: the number is that of the whole file.
    cards = bench.size.many
    with bench.opened(cards) as ours:
        learnt = learn(ours, "21", list_area)
        samples = [answered(ours, key, list_area, learnt[key]) for _ in range(bench.size.keys // 2) for key in "21"]
    yield Row("switching modules", Budget(60, p95), samples, cards=cards)


def searching(bench: Bench) -> Iterator[Row]:
    """Each key typed into the filter and into the search of everything, until its results stand."""
    for cards, limit in {bench.size.most: 500, bench.size.many: 60}.items():
        word = "".join(letter for letter in first_card(bench.file(cards)).lower() if letter.isalpha())[:4]
        for what, key, area in (("/", "/", list_area), ("ctrl+k", "ctrl+k", _dialog_area)):
            with bench.opened(cards) as ours:
                yield Row(
                    f"{what}, a key typed → results",
                    Budget(limit, p95),
                    typed(bench, ours, key, word, area),
                    cards=cards,
                )
                yield Row(
                    f"{what}, a key typed → any paint", Budget(60, p95), _hasty(bench, ours, key, word), cards=cards
                )


def _dialog_area(screen: Screen) -> str:
    """The middle of the screen, where the search of everything stands."""
    return screen.area(2, screen.lines - 8, screen.columns // 6, screen.columns * 5 // 6)


def bare_list() -> Terminal:
    """The bare list, at rest."""
    terminal = Terminal(BARE_LIST)
    terminal.wait(shows_frame)
    terminal.rest(0.5)
    return terminal


def _steps(bench: Bench, what: str, cards: int, ours: Terminal, bare: Terminal) -> Row:
    # There and back again: a list paints nothing when a key meets its end.
    half = bench.size.keys // 2
    keys = ["down"] * half + ["up"] * half
    pairs = [(first_paint(ours, key), first_paint(bare, key)) for key in keys]
    return Row(what, Budget(1.5, p95), [pair[0] for pair in pairs], [pair[1] for pair in pairs], cards)


def first_paint(terminal: Terminal, key: str) -> float:
    """Milliseconds from the key to the first byte of the answer."""
    begin = terminal.press(key)
    end = terminal.first_byte()
    terminal.rest()
    return (end - begin) * 1000


def _postponed(terminal: Terminal) -> float:
    terminal.press("p")
    terminal.wait(_asks_until_when)
    terminal.rest()
    taken = _changed(terminal, "1")
    terminal.rest()
    return taken


def _closed(terminal: Terminal) -> float:
    taken = _changed(terminal, "d")
    terminal.wait(_asks_for_the_next_step)
    terminal.press("escape")
    terminal.wait(lambda screen: not _asks_for_the_next_step(screen))
    terminal.rest()
    return taken


def _asks_until_when(screen: Screen) -> bool:
    return "type a date" in _line_area(screen)


def _asks_for_the_next_step(screen: Screen) -> bool:
    return "next step" in _line_area(screen)


def _line_area(screen: Screen) -> str:
    """The last lines, where questions stand."""
    return screen.area(screen.lines * 3 // 4, screen.lines, 0, screen.columns)


def _changed(terminal: Terminal, key: str) -> float:
    """Milliseconds from the key until the list shows something else."""
    before = list_area(terminal.screen)
    begin = terminal.press(key)
    return (terminal.wait(lambda screen: list_area(screen) != before, 10) - begin) * 1000


def learn(terminal: Terminal, keys: Sequence[str], area: Callable[[Screen], str]) -> dict[str, str]:
    """What the area shows in the end after each of the keys."""
    learnt: dict[str, str] = {}
    for key in keys:
        terminal.press(key)
        learnt[key] = terminal.settled(area, PATIENCE)
    return learnt


def answered(terminal: Terminal, key: str, area: Callable[[Screen], str], answer: str) -> float:
    """Milliseconds from the key until the area shows the answer that is known to come."""
    begin = terminal.press(key)
    terminal.first_byte()
    end = terminal.wait(lambda screen: area(screen) == answer, 10)
    terminal.rest()
    return (end - begin) * 1000


def typed(bench: Bench, terminal: Terminal, opening: str, word: str, area: Callable[[Screen], str]) -> list[float]:
    """Milliseconds of each key of the word, typed after the opening key, until its answer stands; and out again."""
    samples: list[float] = []
    answers: list[str] = []
    for attempt in range(1 + max(1, bench.size.keys // 10)):
        terminal.press(opening)
        terminal.rest(0.3)
        for place, letter in enumerate(word):
            if attempt:
                samples.append(answered(terminal, letter, area, answers[place]))
            else:
                answers.append(learn(terminal, letter, area)[letter])
        _leave(terminal)
    return samples


def _hasty(bench: Bench, terminal: Terminal, opening: str, word: str) -> list[float]:
    """The word typed by somebody who does not wait for results: each key's first paint."""
    samples: list[float] = []
    for _ in range(max(1, bench.size.keys // 10)):
        terminal.press(opening)
        terminal.rest(0.3)
        samples += [first_paint(terminal, letter) for letter in word]
        _leave(terminal)
    return samples


def _leave(terminal: Terminal) -> None:
    """Out of the line and, if it stayed, out of the filter."""
    for _ in range(2):
        terminal.press("escape")
        terminal.rest(0.3)
