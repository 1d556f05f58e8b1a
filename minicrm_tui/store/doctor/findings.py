"""What the doctor finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection

Look = Callable[["Connection"], Iterator["Finding"]]
"""A check: reads the file, and says what is wrong in it."""


class Mending(StrEnum):
    """How something is put right; each does it for the whole file."""

    CARDS = "cards"
    STATUSES = "statuses"
    COUNTS = "counts"
    WORDS = "words"
    TRIGGERS = "triggers"
    SERIES = "series"
    PAST = "past"
    RIGHTS = "rights"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: a key for scripts, what it is, and what to do about it.

    `mending`: how `--fix` puts it right, where it has one right answer. `serious`: data may be lost or wrong.
    """

    key: str
    what: str
    hint: str
    mending: Mending | None = None
    serious: bool = True
