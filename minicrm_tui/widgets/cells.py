"""Cutting and padding text by terminal cells: wide, combining and right-to-left characters keep their columns."""

from __future__ import annotations

from rich.cells import cell_len

ELLIPSIS = "…"


def cell_width(text: str) -> int:
    """How many terminal cells the text takes."""
    return cell_len(text)


def cut(text: str, cells: int) -> str:
    """The text in at most that many cells, with an ellipsis where something was left out."""
    raise NotImplementedError


def fit(text: str, cells: int, *, right: bool = False) -> str:
    """The text in exactly that many cells: cut, or padded on the right (on the left when `right`)."""
    raise NotImplementedError
