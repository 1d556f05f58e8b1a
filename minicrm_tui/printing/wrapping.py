"""Lines that fit: by whatever measure, the cells of a terminal or the millimetres of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

ELLIPSIS: Final = "…"

BETWEEN: Final = "  ·  "
"""Between things that share a line."""

Measure = Callable[[str], float]
"""How wide a text is; a text is never wider than its characters one by one."""


def wrapped(text: str, width: float, measure: Measure) -> list[str]:
    """The text on lines of at most that width: broken at its own breaks and at spaces, and inside too long a word."""
    return [line for paragraph in text.split("\n") for line in _paragraph(paragraph, width, measure)]


def shortened(text: str, width: float, measure: Measure) -> str:
    """The text on one line, with an ellipsis where something was left out."""
    if measure(text) <= width:
        return text
    room = width - measure(ELLIPSIS)
    return next(_pieces(text, room, measure)).rstrip() + ELLIPSIS if room > 0 else ""


def clipped(lines: Sequence[str], most: int, width: float, measure: Measure) -> list[str]:
    """At most so many lines, an ellipsis at the end of the last one where there were more."""
    if len(lines) <= most:
        return list(lines)
    return [*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), width, measure)]


def _paragraph(text: str, width: float, measure: Measure) -> Iterator[str]:
    if measure(text) <= width:
        yield text
        return
    line = ""
    for word in filter(None, text.split(" ")):
        longer = f"{line} {word}" if line else word
        if measure(longer) <= width:
            line = longer
            continue
        if line:
            yield line
        *full, line = _pieces(word, width, measure)
        yield from full
    yield line


def _pieces(word: str, width: float, measure: Measure) -> Iterator[str]:
    """A word cut where a line is full; at least one character on each."""
    begin, taken = 0, 0.0
    for place, character in enumerate(word):
        taken += measure(character)
        if taken > width and place > begin:
            yield word[begin:place]
            begin, taken = place, measure(character)
    yield word[begin:]
