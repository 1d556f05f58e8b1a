"""A small model of a terminal's screen: enough to read what a Textual program shows."""

from __future__ import annotations

import codecs
import re

from rich.cells import cell_len

TOKEN = re.compile(
    r"\x1b\[(?P<arguments>[0-9;:]*)(?P<final>[A-Za-z])"  # the sequences that matter end like this
    r"|\x1b\[[<=>?][0-9;:$]*[ -/]*[@-~]"  # private ones: modes and questions
    r"|\x1b[\]P_^][^\x07\x1b]*(?:\x07|\x1b\\)"  # strings: titles, answers
    r"|\x1b[()][A-Z0-9]|\x1b[=>78A-Z]"
    r"|(?P<control>[\r\n\b])"
    r"|(?P<text>[^\x00-\x1f\x7f]+)"
    r"|[\x00-\x1a\x1c-\x1f\x7f]"
)

UNFINISHED = re.compile(r"\x1b(?:\[[<=>?0-9;:$ -/]*|[\]P_^][^\x07\x1b]*\x1b?|[()])?$")


class Screen:
    """Rows of cells. A wide character fills its cell, and leaves an empty string in the next."""

    def __init__(self, columns: int, lines: int) -> None:
        self.columns, self.lines = columns, lines
        self._cells = [[" "] * columns for _ in range(lines)]
        self._column = self._line = 0
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._rest = ""

    def feed(self, data: bytes) -> None:
        """Take in what the program wrote; a sequence cut in the middle waits for its end."""
        text = self._rest + self._decode(data)
        cut = UNFINISHED.search(text)
        text, self._rest = (text[: cut.start()], text[cut.start() :]) if cut else (text, "")
        for token in TOKEN.finditer(text):
            if token["text"]:
                self._write(token["text"])
            elif token["final"]:
                self._obey(token["arguments"], token["final"])
            elif token["control"]:
                self._control(token["control"])

    def row(self, line: int) -> str:
        """The text of one line; a negative one counts from below."""
        return "".join(self._cells[line])

    def text(self) -> str:
        """The whole screen, line by line."""
        return self.area(0, self.lines, 0, self.columns)

    def area(self, top: int, bottom: int, left: int, right: int) -> str:
        """The text of a part of the screen; the ends are not in it."""
        return "\n".join("".join(cells[left:right]) for cells in self._cells[top:bottom])

    def _write(self, text: str) -> None:
        for character in text:
            width = cell_len(character)
            if width and self._column + width <= self.columns:
                self._cells[self._line][self._column : self._column + width] = [character, ""][:width]
                self._column += width

    def _obey(self, arguments: str, final: str) -> None:
        numbers = [int(part or 0) for part in re.split("[;:]", arguments)] if arguments else []
        if final in "Hf":
            line, column = ([*numbers, 1, 1])[:2] if len(numbers) != 1 else (numbers[0], 1)
            self._move(line - 1, column - 1)
        elif final == "J" and numbers[:1] == [2]:
            self._cells = [[" "] * self.columns for _ in range(self.lines)]
        elif final == "K":
            self._cells[self._line][self._column :] = [" "] * (self.columns - self._column)

    def _control(self, character: str) -> None:
        if character == "\n":
            self._move(self._line + 1, 0)
        else:
            self._column = 0 if character == "\r" else max(0, self._column - 1)

    def _move(self, line: int, column: int) -> None:
        self._line = min(max(line, 0), self.lines - 1)
        self._column = min(max(column, 0), self.columns - 1)
