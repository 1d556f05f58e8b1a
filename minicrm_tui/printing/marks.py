"""What a page is made of: texts and rules, each at its place in millimetres from the upper left corner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from minicrm_tui.printing.fonts import Face
from minicrm_tui.printing.wrapping import clipped, shortened, wrapped

WIDTH: Final = 210.0
HEIGHT: Final = 297.0
LEFT: Final = 18.0
RIGHT: Final = WIDTH - 18.0
TOP: Final = 17.0
BOTTOM: Final = HEIGHT - 24.0
"""An A4 page and its margins; the footer stands below."""

Ink = tuple[int, int, int]

BLACK: Final[Ink] = (28, 32, 38)
GREY: Final[Ink] = (108, 115, 124)
PALE: Final[Ink] = (214, 218, 223)
FAINT: Final[Ink] = (236, 238, 241)
BLUE: Final[Ink] = (27, 84, 145)


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks; its size in points."""

    size: float
    bold: bool = False
    ink: Ink = BLACK

    @property
    def leading(self) -> float:
        """From one line to the next."""
        return self.size * 0.5

    @property
    def rise(self) -> float:
        """From the top of a line to where its letters stand."""
        return self.size * 0.36


BODY: Final = Style(8.5)
LABEL: Final = Style(7.5, ink=GREY)


@dataclass(frozen=True, slots=True)
class Text:
    """One line; `y` is where its letters stand."""

    x: float
    y: float
    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line; its width in millimetres."""

    left: float
    right: float
    y: float
    width: float = 0.15
    ink: Ink = PALE


Mark = Text | Rule


@dataclass(frozen=True, slots=True)
class Typeface:
    """Both weights: they measure every text, and put it where its line begins or ends."""

    regular: Face
    bold: Face

    def width(self, text: str, style: Style) -> float:
        """Millimetres."""
        return (self.bold if style.bold else self.regular).width(text, style.size)

    def shortened(self, text: str, width: float, style: Style) -> str:
        """On one line, with an ellipsis where something was left out."""
        return shortened(text, width, partial(self.width, style=style))

    def wrapped(self, text: str, width: float, style: Style, most: int | None = None) -> list[str]:
        """On lines, at most so many; none for nothing."""
        measure = partial(self.width, style=style)
        lines = wrapped(text, width, measure) if text else []
        return lines if most is None else clipped(lines, most, width, measure)

    def drawn(self, text: str, style: Style) -> str:
        """The text in characters that the typeface has."""
        return (self.bold if style.bold else self.regular).drawn(text)

    def left(self, x: float, y: float, text: str, style: Style = BODY) -> Text:
        """Begins there; `y` is the top of its line."""
        return Text(x, y + style.rise, text, style)

    def right(self, x: float, y: float, text: str, style: Style = BODY) -> Text:
        """Ends there."""
        return Text(x - self.width(text, style), y + style.rise, text, style)

    def lines(self, x: float, y: float, texts: Iterable[str], style: Style = BODY) -> Iterator[Text]:
        """One under the other."""
        for place, text in enumerate(texts):
            yield self.left(x, y + place * style.leading, text, style)


def height(lines: Sequence[str], style: Style = BODY) -> float:
    """Of so many lines."""
    return len(lines) * style.leading
