"""Quotes that protect a part of a line from being read: `"Studio 54"`."""

from __future__ import annotations

import re
from typing import Final

_QUOTED: Final = re.compile(r"(?<![^\s(])(?:\"([^\"]+)\"|[„“]([^„“”]+)[“”]|«([^»]+)»)(?![^\s),;])")

# Cleaned text has no control characters, so they can stand for what was taken out.
_DIGITS: Final = {ord("0") + value: 0x0E + value for value in range(10)}
_NUMBERS: Final = {sign: number for number, sign in _DIGITS.items()}
_PLACE: Final = re.compile("\x00([\x0e-\x17]+)\x01")


class Quotes:
    """The quoted parts of one cleaned line, taken out and put back."""

    def __init__(self) -> None:
        self._taken: list[tuple[str, str]] = []

    def protect(self, text: str) -> str:
        """The text with a place holder for each quoted part."""
        return _QUOTED.sub(self._take, text)

    def restore(self, text: str) -> str:
        """The text as it was typed, quotes and all."""
        return _PLACE.sub(lambda place: self._at(place)[0], text)

    def reveal(self, text: str) -> str:
        """The text with what was quoted, without the quotes."""
        return _PLACE.sub(lambda place: self._at(place)[1], text).strip()

    def _take(self, found: re.Match[str]) -> str:
        self._taken.append((found[0], (found[1] or found[2] or found[3]).strip()))
        return f"\x00{str(len(self._taken) - 1).translate(_DIGITS)}\x01"

    def _at(self, place: re.Match[str]) -> tuple[str, str]:
        return self._taken[int(place[1].translate(_NUMBERS))]
