"""Text that people typed or pasted: cleaned before it is kept, folded before it is compared."""

from __future__ import annotations

import re
import unicodedata

_ESCAPES = re.compile(
    # A string sequence (OSC, DCS, SOS, PM, APC) up to its end, then CSI, then the short ones; 7-bit and 8-bit.
    r"(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|\x1b[ -/]*[0-~]"
)
_BREAKS = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[\t\x1f]")
_HIDDEN = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f"  # controls but for the newline
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # they turn the reading direction of what follows
    r"\u00ad\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb"  # no width, no meaning
    r"\U000e0000-\U000e007f]"
)
_SURROGATES = re.compile(r"[\ud800-\udfff]")

_LETTERS = str.maketrans(
    {"đ": "d", "ð": "d", "ł": "l", "ø": "o", "ħ": "h", "ı": "i", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""Letters that carry no combining accent to strip."""


def fold(text: str) -> str:
    """The text as it is compared, searched and sorted: no accents, no case, single spaces."""
    if text.isascii():
        return " ".join(text.lower().split())
    bare = _without_accents(_without_accents(text).casefold()).translate(_LETTERS)
    return " ".join(bare.split())


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if unicodedata.category(part) != "Mn")


def clean(text: str) -> str:
    """One safe line: escape sequences, controls and direction marks are out; breaks and tabs are spaces."""
    return clean_lines(_BREAKS.sub(" ", _ESCAPES.sub("", text)))


def clean_lines(text: str) -> str:
    """Like `clean`, but a text of several lines keeps them."""
    if text.isascii() and text.isprintable():
        return text.strip()
    lines = _BREAKS.sub("\n", _ESCAPES.sub("", text))
    shown = _HIDDEN.sub("", _SPACES.sub(" ", lines))
    # Half a character (from undecodable arguments) can't be stored; its place stays visible.
    whole = unicodedata.normalize("NFC", _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", shown))
    return "\n".join(line.rstrip() for line in whole.split("\n")).strip()


MOST_PASTED = 10_000
"""Characters of a pasted text that a field of one line takes: more than any may have, and it stays quick."""


def pasted(text: str) -> str:
    """A pasted text as a field of one line takes it: as `clean`, but the spaces around it stay."""
    line = _BREAKS.sub(" ", _ESCAPES.sub("", text.strip("\r\n")[: 2 * MOST_PASTED]))
    return _HIDDEN.sub("", _SPACES.sub(" ", line))[:MOST_PASTED]


def digits(text: str) -> str:
    """Only the digits, as 0-9: what phone numbers are compared by."""
    if text.isascii():
        return "".join(filter(str.isdigit, text))
    return "".join(str(unicodedata.decimal(mark)) for mark in text if mark.isdecimal())


def cells(text: str) -> int:
    """How many cells of a terminal the text takes: East Asian letters two, marks on a letter none."""
    return sum(_width(letter) for letter in text)


def _width(letter: str) -> int:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def shorten(text: str, limit: int = 40) -> str:
    """The text cut to so many characters, for a sentence that quotes it."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
