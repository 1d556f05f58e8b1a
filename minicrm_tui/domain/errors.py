"""What can go wrong, each with what happened and what to do.

CrmError              a rule or the store says no: `message` (what happened) and `hint` (what to do)
├── NotFound          an id, module or bucket that is not there
├── Refused           a rule forbids it: a closed task, a fixed pipeline, nothing to undo
├── Conflict          the data has changed since: the undo is refused whole
├── Busy              another process holds the file
├── StoreFailed       the disk is full, the file went away or cannot be written
└── CannotStart       the file or the settings can't be used at all (exit code 2)
Invalid               a typed field is wrong: `field` and `why`, for a line under that field
"""

from __future__ import annotations


class CrmError(Exception):
    """What happened, and what the person can do about it. Both are translated sentences."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def sentence(self) -> str:
        """Message and hint as one line."""
        return f"{self.message} {self.hint}".strip()


class NotFound(CrmError):
    """Something that was named is not there."""


class Refused(CrmError):
    """A rule forbids it."""


class Conflict(CrmError):
    """The data has changed since; nothing was done."""


class Busy(CrmError):
    """Another process holds the file."""


class StoreFailed(CrmError):
    """The file could not be read or written; the last good state stands."""


class CannotStart(CrmError):
    """The program can't begin with this file or these settings."""


class Invalid(CrmError):
    """A typed field is wrong."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field
        self.why = why
