"""The program's clock: everything that needs to know the time is given one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]
"""Gives the present moment, aware, in local time."""


def system_clock() -> datetime:
    """The present moment in the machine's time zone."""
    return datetime.now().astimezone()
