"""Text in columns, measured in the cells of a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

GAP = "  "


def aligned(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
    """The rows as lines; each column is as wide as its widest text, those in `right` are flush right."""
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    return [
        GAP.join(
            fitted(text, width, right=place in right)
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def fitted(text: str, width: int, *, right: bool = False) -> str:
    """The text in exactly so many cells: filled with spaces, or cut with an ellipsis."""
    missing = width - cell_len(text)
    if missing < 0:
        return set_cell_size(text, width - 1) + "…"
    return " " * missing + text if right else text + " " * missing
