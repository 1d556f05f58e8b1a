"""The checklist of a task: what belongs to it, and what of that is done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

_DONE: Final = "x "
_OPEN: Final = "- "


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to tick."""

    text: str
    done: bool = False


def kept(checks: Iterable[Check]) -> str:
    """A checklist as the file keeps it: a line each, "- text" or "x text"."""
    return "\n".join((_DONE if check.done else _OPEN) + check.text for check in checks)


def from_kept(text: str) -> tuple[Check, ...]:
    """The checklist behind its kept form."""
    return tuple(Check(line[len(_OPEN) :], line.startswith(_DONE)) for line in text.splitlines() if line)


def anew(text: str) -> str:
    """The kept form of a checklist with all of it still to do."""
    return kept(Check(check.text) for check in from_kept(text))


def unticked(lines: Iterable[str]) -> tuple[Check, ...]:
    """A checklist of these lines, with all still to do."""
    return tuple(Check(line) for line in lines)


def ticked(checks: Sequence[Check], place: int, done: bool) -> tuple[Check, ...]:
    """The checklist with the line at this place ticked, or not."""
    return (*checks[:place], Check(checks[place].text, done), *checks[place + 1 :])


def sign(check: Check) -> str:
    """☑ done, ☐ still to do: one cell wide everywhere."""
    return "☑" if check.done else "☐"


def done_of(checks: Sequence[Check]) -> str:
    """How much of it is done: 1/3; nothing without a checklist."""
    return f"{sum(check.done for check in checks)}/{len(checks)}" if checks else ""
