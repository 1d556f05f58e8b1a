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


def split_channels(text: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The text without its phones and e-mails, then those."""
    emails = tuple(dict.fromkeys(found[1] for found in _EMAIL.finditer(text)))
    left = _EMAIL.sub("", text)
    phones: list[str] = []
    rest = _PHONE.sub(lambda found: _without_phone(found[0], phones), left)
    return (_tidy(rest) if emails or phones else text), tuple(dict.fromkeys(phones)), emails


def _without_phone(run: str, phones: list[str]) -> str:
    """What is left of a run of digit groups when the phone that it begins with is taken out."""
    pieces = _PIECE.split(run)
    for count in range(1, len(pieces) + 1):
        if len(digits("".join(pieces[:count]))) >= _enough(run):
            break
    phone = " ".join(pieces[:count])
    if not _shortest(run) <= len(digits(phone)) <= _LONGEST:
        return run
    phones.append(phone)
    return " ".join(pieces[count:])


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
