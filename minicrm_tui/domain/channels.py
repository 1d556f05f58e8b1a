"""Phone numbers and e-mail addresses inside a typed line."""

from __future__ import annotations

import re
from typing import Final

from minicrm_tui.domain.text import digits

_EMAIL: Final = re.compile(
    r"(?<![^\s(<,;])<?([^\s@<>(),;:\x00-\x1f]+@[^\s@<>(),;:\x00-\x1f]+\.[^\W\d_]{2,})>?(?![^\s),;.])"
)
_PHONE: Final = re.compile(r"(?<![^\s(,;])(?:\+|0|\(0[0-9]*\))(?:[0-9./ \u00a0-]|\([0-9]+\))*[0-9](?![^\s),;.])")
_PIECE: Final = re.compile(r"[ \u00a0]+")

_NATIONAL: Final = 10
_INTERNATIONAL: Final = 11
_SHORTEST_INTERNATIONAL: Final = 8
_LONGEST: Final = 17
"""Digits: 0722 000 111; +40 722 000 111; the shortest and the longest that are in use."""

_MOST_GROUPS: Final = 12


def split_channels(text: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The text without its phones and e-mails, then those."""
    emails = tuple(dict.fromkeys(found[1] for found in _EMAIL.finditer(text)))
    left = _EMAIL.sub("", text)
    phones: list[str] = []
    rest = _PHONE.sub(lambda found: _without_phones(found[0], phones), left)
    return (_tidy(rest) if emails or phones else text), tuple(dict.fromkeys(phones)), emails


def _without_phones(run: str, phones: list[str]) -> str:
    """What is left of a run of digit groups when the phones in it are taken out."""
    pieces, kept = _PIECE.split(run), []
    while pieces:
        used = _phone_at_the_start(pieces)
        if used:
            phones.append(" ".join(pieces[:used]))
        else:
            kept.append(pieces[0])
        pieces = pieces[used or 1 :]
    return " ".join(kept)


def _phone_at_the_start(pieces: list[str]) -> int:
    """How many groups the phone has that begins here; 0 where none does."""
    if not pieces[0].startswith(("+", "0", "(0")):
        return 0
    count, found = 0, ""
    for piece in pieces[:_MOST_GROUPS]:
        count, found = count + 1, found + digits(piece)
        if len(found) >= _enough(pieces[0]):
            break
    return count if _shortest(pieces[0]) <= len(found) <= _LONGEST else 0


def _enough(run: str) -> int:
    """Digits after which a phone is whole, and the next group is something else: 0722 000 111 4500."""
    if run.startswith("+"):
        return _INTERNATIONAL
    return _INTERNATIONAL + 2 if run.startswith("00") else _NATIONAL


def _shortest(run: str) -> int:
    return _SHORTEST_INTERNATIONAL if run.startswith("+") else _NATIONAL


def _tidy(text: str) -> str:
    """The text where something was cut out: no doubled spaces or commas, no empty brackets."""
    spaced = re.sub(r"\(\s*\)", " ", text)
    spaced = re.sub(r"\s+(?=[),;])|(?<=\()\s+", "", spaced)
    spaced = re.sub(r"[,;](?=\s*(?:[,;)]|$))", "", spaced)
    return re.sub(" +", " ", spaced).strip(" ,;")
