"""The typeface of the PDFs: IBM Plex Sans, cut to the characters that a document has.

The package brings one file that varies from light to bold. A cut of some hundred characters takes a tenth of a second
to make and a few kilobytes in the PDF; the whole of it would take seconds. Its digits are all of one width.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from minicrm_tui.i18n import NO_BREAK
from minicrm_tui.printing.paper import NOBODY
from minicrm_tui.printing.wrapping import BETWEEN, ELLIPSIS

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

REGULAR: Final = 400
BOLD: Final = 600

MISSING: Final = "\N{REPLACEMENT CHARACTER}"
"""What stands where the typeface has no sign."""

POINT: Final = 25.4 / 72
"""Millimetres."""

_PACKAGE: Final = "fontpkg_ibm_plex_sans"
_FILE: Final = "IBMPlexSans[wdth,wght].ttf"

_ALWAYS: Final = frozenset({*map(chr, range(0x20, 0x7F)), NO_BREAK, ELLIPSIS, *BETWEEN, NOBODY, MISSING})

_UNUSED: Final = ("GSUB", "GPOS", "GDEF", "STAT", "HVAR", "MVAR", "cvar")
"""Tables for programs that set text with the varying file itself: one weight does without, and reading them is slow."""


@dataclass(frozen=True, slots=True)
class Face:
    """One weight in a file of its own.

    `advances`: how wide a character is, in parts of the type's size. `replaced`: what is drawn for the characters that
    the typeface has no sign for; they are as wide as that.
    """

    path: Path
    advances: Mapping[str, float]
    replaced: Mapping[int, str]

    def width(self, text: str, size: float) -> float:
        """Millimetres that a text of so many points takes."""
        advances = self.advances
        return sum([advances[character] for character in text]) * size * POINT

    def drawn(self, text: str) -> str:
        """The text in characters that have a sign."""
        return text.translate(self.replaced) if self.replaced else text


def cut_face(weight: int, characters: frozenset[str], folder: Path) -> Face:
    """Write the weight, with these characters alone, into a file in the folder."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    path = folder / f"{weight}.ttf"
    with as_file(files(_PACKAGE) / "files" / _FILE) as source, TTFont(source, recalcTimestamp=False) as font:
        replaced = _replacements(characters, frozenset(map(chr, font.getBestCmap())))
        _cut(font, characters.union(_ALWAYS, *replaced.values()))
        instantiateVariableFont(font, {"wght": weight, "wdth": 100}, inplace=True)
        font.save(path)
        advances = _advances(font)
    widths = {chr(code): sum(map(advances.__getitem__, drawn)) for code, drawn in replaced.items()}
    return Face(path, advances | widths, replaced)


def _cut(font: TTFont, characters: frozenset[str]) -> None:
    from fontTools.subset import Options, Subsetter

    for tag in _UNUSED:
        if tag in font:
            del font[tag]
    subsetter = Subsetter(Options(layout_features=[], hinting=False, notdef_outline=True))
    subsetter.populate(unicodes=map(ord, characters))
    subsetter.subset(font)


def _replacements(characters: frozenset[str], known: frozenset[str]) -> dict[int, str]:
    """Taken apart where that gives known characters, else a sign that cannot be overlooked."""
    apart = {character: unicodedata.normalize("NFKD", character) for character in characters - known}
    return {ord(character): drawn if known.issuperset(drawn) else MISSING for character, drawn in apart.items()}


def _advances(font: TTFont) -> dict[str, float]:
    metrics, units = font["hmtx"], font["head"].unitsPerEm
    return {chr(code): metrics[name][0] / units for code, name in font.getBestCmap().items()}
