"""The benchmarks read a screen and count: what they count on is tested, their times never are."""

from __future__ import annotations

import sys

from benchmarks.figures import Budget, Row, p95, table
from benchmarks.screen import Screen
from benchmarks.terminal import Terminal


def test_a_screen_puts_text_where_the_program_moved() -> None:
    screen = Screen(10, 3)
    screen.feed("\x1b[?1049h\x1b[H\x1b[38;2;1;2;3mone\r\ntwo\x1b[3;5Hșase\x1b[0m".encode())
    assert screen.text() == "one       \ntwo       \n    șase  "


def test_a_screen_waits_for_the_end_of_a_sequence_and_of_a_letter() -> None:
    whole = "\x1b[2;3Hță".encode()
    for cut in range(len(whole)):
        screen = Screen(6, 2)
        screen.feed(whole[:cut])
        screen.feed(whole[cut:])
        assert screen.row(1) == "  ță  ", cut


def test_a_wide_letter_takes_two_cells() -> None:
    screen = Screen(6, 1)
    screen.feed("漢字\x1b[1;5Hx".encode())
    assert screen.row(0) == "漢字x "


def test_ninety_five_in_a_hundred_do_not_exceed_the_percentile() -> None:
    assert p95(range(1, 101)) == 95
    assert p95([3.0]) == 3.0


def test_a_row_is_judged_by_its_ratio_where_something_stands_beside_it() -> None:
    assert Row("start", Budget(1.5), ours=[150, 290], beside=[100, 200]).within
    assert not Row("start", Budget(1.25), ours=[150, 290], beside=[100, 200]).within
    assert not Row("key", Budget(60, p95), ours=[10, 61]).within


def test_the_table_shows_budget_value_ratio_and_verdict() -> None:
    shown = table([Row("start", Budget(1.5), ours=[150, 290], beside=[100, 200], cards=10_000)])
    assert [word in shown for word in ("start", "10,000", "220.0 ms", "1.47×", "≤ 1.5×", "kept")] == [True] * 6


def test_a_program_on_a_real_terminal_is_seen_heard_and_measured() -> None:
    echo = (
        "import sys, tty; tty.setraw(0); print('ready', flush=True); print(sys.stdin.read(1) * 3, flush=True); input()"
    )
    with Terminal([sys.executable, "-c", echo]) as terminal:
        assert terminal.wait(lambda screen: "ready" in screen.text()) > terminal.born
        sent = terminal.press("x")
        assert terminal.wait(lambda screen: "xxx" in screen.text()) > sent
        assert terminal.peak_memory() > 1
