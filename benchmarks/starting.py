"""How long it takes from the command to the first frame, and to the first rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from benchmarks.bench import BARE_FRAME, Bench, import_seconds, shows_frame
from benchmarks.figures import Budget, Row
from benchmarks.screen import Screen
from benchmarks.terminal import Terminal


def first_frame(bench: Bench) -> Iterator[Row]:
    """Bar, empty panes and footer."""
    cards = bench.size.many
    path = bench.file(cards)
    ours, bare = _in_turns(
        bench, lambda: _time_of(bench.program(path), shows_frame), lambda: _time_of(Terminal(BARE_FRAME), shows_frame)
    )
    yield Row("start → first frame", Budget(1.5), ours, bare, cards)


def first_rows(bench: Bench) -> Iterator[Row]:
    """The first card of the list can be read."""
    cards = bench.size.many
    ours, floor = _in_turns(bench, lambda: _rows_time(bench, cards), _floor)
    yield Row("start → first rows", Budget(1.25), ours, floor, cards)


def first_rows_of_most(bench: Bench) -> Iterator[Row]:
    """The same, in the biggest file beside the middling one."""
    most, many = bench.size.most, bench.size.many
    ours, beside = _in_turns(bench, lambda: _rows_time(bench, most), lambda: _rows_time(bench, many))
    yield Row(f"the same, beside {many:,}", Budget(1.15), ours, beside, most)


def _in_turns(bench: Bench, one: Callable[[], float], other: Callable[[], float]) -> tuple[list[float], list[float]]:
    """Both, in turns, so that what else the machine does meets both; the first of each only warms the caches."""
    pairs = [(one(), other()) for _ in range(bench.size.starts + 1)][1:]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def _floor() -> float:
    """The least that any program of this kind needs: a bare app, and the import of sqlmodel."""
    return _time_of(Terminal(BARE_FRAME), shows_frame) + import_seconds() * 1000


def _rows_time(bench: Bench, cards: int) -> float:
    shows_rows = bench.shows_rows(cards)
    return _time_of(bench.program(bench.file(cards)), shows_rows)


def _time_of(terminal: Terminal, shown: Callable[[Screen], bool]) -> float:
    """Milliseconds from the start of a program until its screen shows this."""
    with terminal:
        return (terminal.wait(shown) - terminal.born) * 1000
