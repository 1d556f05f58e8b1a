"""Cutting and padding text by terminal cells: wide, combining and right-to-left characters keep their columns."""

from __future__ import annotations

from rich.cells import cell_len, chop_cells, set_cell_size

ELLIPSIS = "…"

_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029], " ")
# Marks that turn the direction of all that follows on the line, our own columns included.
_DIRECTIONS = dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "")
_UNSAFE: dict[int, str] = _CONTROLS | _DIRECTIONS


def safe(text: str) -> str:
    """The text without what a terminal would obey instead of draw; the store cleans too, this is the belt."""
    return text if text.isprintable() else text.translate(_UNSAFE)


def cell_width(text: str) -> int:
    """How many terminal cells the text takes."""
    return cell_len(text)


def cut(text: str, cells: int) -> str:
    """The text in at most that many cells, with an ellipsis where something was left out."""
    text = safe(text)
    if cells <= 0:
        return ""
    if cell_len(text) <= cells:
        return text
    return set_cell_size(text, cells - 1).rstrip() + ELLIPSIS


def fit(text: str, cells: int, *, right: bool = False) -> str:
    """The text in exactly that many cells: cut, or padded on the right (on the left when `right`)."""
    text = cut(text, cells)
    padding = " " * (cells - cell_len(text))
    return padding + text if right else text + padding


def wrap(text: str, cells: int, *, whole: bool = False) -> list[str]:
    """The text on lines of at most that many cells, broken at plain spaces; a longer word is cut, or broken too."""
    lines: list[str] = []
    for word in filter(None, safe(text).split(" ")):
        if lines and cell_len(lines[-1]) + 1 + cell_len(word) <= cells:
            lines[-1] += f" {word}"
        else:
            lines += chop_cells(word, cells) if whole and cell_len(word) > cells else [cut(word, cells)]
    return lines
