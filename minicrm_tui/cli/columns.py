"""Text in columns, measured in the cells of a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len, chop_cells, set_cell_size

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
    shown = at_most(text, width)
    missing = " " * (width - cell_len(shown))
    return missing + shown if right else shown + missing


def at_most(text: str, width: int) -> str:
    """The text, cut with an ellipsis where it has more cells."""
    return text if cell_len(text) <= width else set_cell_size(text, width - 1) + "…"


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most so many cells: its own, broken at spaces; a longer word is broken too."""
    return [line for own in text.splitlines() for line in _broken(own, width)]


def _broken(text: str, width: int) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        if line and cell_len(line) + 1 + cell_len(word) > width:
            yield line
            line = ""
        *whole, rest = chop_cells(word, width) or [""]
        yield from whole
        line = f"{line} {rest}" if line else rest
    yield line


def listed(rows: Sequence[tuple[str, str]], width: int, *, most: int = 24) -> list[str]:
    """Pairs as lines of at most so many cells: the second in a column of its own, beside the first or under it."""
    left = min(most, max((cell_len(first) for first, _second in rows), default=0))
    lines = []
    for first, second in rows:
        head, *rest = wrapped(second, width - left - len(GAP)) or [""]
        if cell_len(first) > left:
            lines += [*wrapped(first, width), fitted("", left) + GAP + head]
        else:
            lines.append((fitted(first, left) + GAP + head).rstrip())
        lines += [(fitted("", left) + GAP + line).rstrip() for line in rest]
    return lines
