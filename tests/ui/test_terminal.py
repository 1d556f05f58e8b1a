"""The keyboard's thread: esc, then a key, are two keys."""

from __future__ import annotations

import os
import threading
from queue import Queue

from textual import constants, events
from textual._xterm_parser import XTermParser
from textual.message import Message

from minicrm_tui.screens.terminal import IDLE, QuickEscapeDriver, patience


class Reading(QuickEscapeDriver):
    """The thread over a pipe, without an app."""

    def __init__(self) -> None:
        self.fileno, self.typed = os.pipe()
        self.exit_event = threading.Event()
        self._debug = False
        self.keys: Queue[str] = Queue()

    def process_message(self, message: Message) -> None:
        assert isinstance(message, events.Key)
        self.keys.put(message.key)


def test_an_esc_is_waited_for_no_longer_than_the_escape_delay() -> None:
    parser = XTermParser(False)
    assert patience(parser) == IDLE
    assert list(parser.feed("\x1b")) == []
    assert 0 < patience(parser) <= constants.ESCAPE_DELAY
    list(parser.feed("[A"))
    assert patience(parser) == IDLE


def test_esc_and_the_key_after_it_are_two_keys() -> None:
    reading = Reading()
    thread = threading.Thread(target=reading.run_input_thread)
    thread.start()
    try:
        os.write(reading.typed, b"\x1b")
        assert reading.keys.get(timeout=10) == "escape"
        os.write(reading.typed, "jș\x1b[A".encode())
        assert [reading.keys.get(timeout=10) for _ in range(3)] == ["j", "ș", "up"]
    finally:
        reading.exit_event.set()
        thread.join(timeout=10)
    assert not thread.is_alive()
