"""HTML of a note as plain text: entities are signs, list items are lines, and nothing of a script is left."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from minicrm_tui.domain.text import clean_lines

_LOOKS_LIKE: Final = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:[a-zA-Z]{2,8}|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_BLOCK_TAGS: Final = "p div br li ul ol tr table h1 h2 h3 h4 h5 h6 blockquote pre hr section article"
_BLOCKS: Final = frozenset(_BLOCK_TAGS.split())
_SILENT: Final = frozenset(("script", "style", "head", "title", "template"))


def without_html(text: str) -> str:
    """The text as it is read; one that holds no HTML stays as it is."""
    if not _LOOKS_LIKE.search(text):
        return clean_lines(text)
    reader = _Reader()
    reader.feed(text)
    reader.close()
    lines = (re.sub(r"[ \t\u00a0]+", " ", line).strip() for line in "".join(reader.parts).split("\n"))
    return clean_lines(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)))


class _Reader(HTMLParser):
    """Collects what a person would read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "li":
            self._break()
            self.parts.append("• ")
        elif tag in _BLOCKS:
            self._break(again=tag == "br")
        elif tag in ("td", "th"):
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BLOCKS and tag != "br":
            self._break()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data if "\n" not in data else re.sub(r"\s*\n\s*", " ", data))

    def _break(self, *, again: bool = False) -> None:
        if again or (self.parts and not self.parts[-1].endswith("\n")):
            self.parts.append("\n")
