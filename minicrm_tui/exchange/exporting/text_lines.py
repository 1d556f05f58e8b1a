"""Lines of vCards and calendars: escaped, folded at 75 octets, ended by CRLF."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

LONGEST: Final = 75
"""Octets of a line, its end not counted (RFC 2425, RFC 6350)."""


def escaped(text: str) -> str:
    """A text as a value: backslash, semicolon, comma and line ends can't be mistaken for the file's own."""
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "")


def folded(line: str) -> str:
    """The line with its end, in as many parts as it needs; no letter is cut in two."""
    if len(line.encode()) <= LONGEST:
        return f"{line}\r\n"
    return "\r\n ".join(_parts(line)) + "\r\n"


def _parts(line: str) -> Iterator[str]:
    part: list[str] = []
    size, room = 0, LONGEST
    for letter in line:
        octets = len(letter.encode())
        if size + octets > room:
            yield "".join(part)
            # The space before each further part counts too.
            part, size, room = [], 0, LONGEST - 1
        part.append(letter)
        size += octets
    yield "".join(part)
