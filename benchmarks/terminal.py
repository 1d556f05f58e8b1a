"""One program on one real pseudo-terminal: its keys, its screen, its clock and its memory."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.screen import Screen

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "ctrl+k": "\x0b",
}

NOT_OURS = ("NO_COLOR", "MINICRM_DB", "LC_ALL", "PYTHONDONTWRITEBYTECODE")
"""What a program is not given. An installed program has its bytecode: without, every start would compile it anew."""

COLUMNS, LINES = 120, 36
QUIET = 0.15
"""Seconds without a byte after which a screen is at rest: what follows the cursor, like a peek, is painted by then."""


class ProgramEnded(Exception):
    """The program went away, or never showed what was waited for. Says what its screen last showed."""


class Terminal:
    """A program, started with its own environment; a context manager that ends it."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
        self.screen = Screen(COLUMNS, LINES)
        self.born = self._read_at = time.perf_counter()
        self.pid, self._file = pty.fork()
        if self.pid == 0:
            _become(command, environment or {})
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the program, whatever it is doing."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.close(self._file)
        os.waitpid(self.pid, 0)

    def wait(self, shown: Callable[[Screen], bool], timeout: float = 60.0) -> float:
        """The moment at which the screen first shows it."""
        deadline = time.perf_counter() + timeout
        while not shown(self.screen):
            if not self._read(deadline - time.perf_counter()):
                raise ProgramEnded(f"waited {timeout:.0f} s in vain; the screen shows:\n{self.screen.text()}")
        return self._read_at

    def first_byte(self, timeout: float = 60.0) -> float:
        """The moment at which the program next writes anything."""
        if not self._read(timeout):
            raise ProgramEnded(f"nothing was written in {timeout:.0f} s; the screen shows:\n{self.screen.text()}")
        return self._read_at

    def rest(self, quiet: float = QUIET, timeout: float = 30.0) -> None:
        """Read until nothing has come for `quiet` seconds."""
        deadline = time.perf_counter() + timeout
        while self._read(quiet) and time.perf_counter() < deadline:
            pass

    def settled(self, area: Callable[[Screen], str], quiet: float, timeout: float = 30.0) -> str:
        """What an area shows once it has not changed for `quiet` seconds; a cursor that blinks changes no text."""
        shown, since = area(self.screen), time.perf_counter()
        deadline = since + timeout
        while time.perf_counter() < min(since + quiet, deadline):
            if self._read(min(since + quiet, deadline) - time.perf_counter()) and area(self.screen) != shown:
                shown, since = area(self.screen), time.perf_counter()
        return shown

    def press(self, key: str) -> float:
        """Send a key; the moment at which it was sent."""
        data = KEYS.get(key, key).encode()
        moment = time.perf_counter()
        os.write(self._file, data)
        return moment

    def peak_memory(self) -> float:
        """The most memory that the program ever held, in MB."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        assert found, "the kernel tells no peak"
        return int(found[1]) * 1024 / 1_000_000

    def _read(self, timeout: float) -> bool:
        """Take in what is there, and note the moment before it is looked at; False if nothing came."""
        ready, _, _ = select.select([self._file], [], [], max(0.0, timeout))
        if not ready:
            return False
        try:
            data = os.read(self._file, 1 << 16)
        except OSError as error:
            raise ProgramEnded(f"the program ended; the screen shows:\n{self.screen.text()}") from error
        self._read_at = time.perf_counter()
        self.screen.feed(data)
        return True


def _become(command: Sequence[str], environment: Mapping[str, str]) -> None:
    """In the child: be the program, or end at once."""
    plain = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    size = {"COLUMNS": str(COLUMNS), "LINES": str(LINES)}
    looks = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    try:
        os.execvpe(command[0], list(command), plain | size | looks | dict(environment))
    finally:
        os._exit(127)
