"""The keyboard's thread: Textual's own, but an esc is known to be one once the escape delay is over.

Textual 8.2.8 looks at it only when the next key comes, or every 100 ms: a key pressed meanwhile became alt+key.
"""

from __future__ import annotations

import os
import select
from codecs import getincrementaldecoder
from contextlib import suppress

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

IDLE = 0.1
"""Seconds between two looks at whether the program ends."""


def patience(parser: XTermParser) -> float:
    """Seconds to wait for the next key: what is left of the escape delay while an esc is not known to be one."""
    overdue_at = parser._timeout_time
    if overdue_at is None:
        return IDLE
    from textual._time import get_time

    return min(IDLE, max(0.0, overdue_at - get_time()))


class QuickEscapeDriver(LinuxDriver):
    """Reads keys; before each, what the delay has settled meanwhile."""

    def run_input_thread(self) -> None:
        """Until the program ends."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")().decode
        try:
            while not self.exit_event.is_set():
                ready, _, _ = select.select([self.fileno], [], [], patience(parser))
                for event in parser.tick():
                    self.process_message(event)
                text = decode(os.read(self.fileno, 1024 * 4)) if ready else ""
                for event in parser.feed(text) if text else ():
                    self.process_message(event)
        finally:
            with suppress(EOFError, ParseError):
                list(parser.feed(""))
