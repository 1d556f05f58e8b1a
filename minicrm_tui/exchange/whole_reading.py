"""Reading our own JSON back, a record at a time: its layout does not matter, its size costs no memory."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from typing import IO, Final, NoReturn

from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.whole import FORMAT, PARTS, Json, Record, damaged_at
from minicrm_tui.exchange.exporting.whole_json import HEAD
from minicrm_tui.i18n import _

_PIECE: Final = 1 << 18
_LONGEST: Final = 1 << 24
"""Characters of one record: beyond every one that the program can make."""

_OURS: Final = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"' + HEAD.encode() + rb'"\s*:\s*\{')
_SPACE: Final = re.compile(r"[ \t\r\n]*")


def is_ours(head: bytes) -> bool:
    """Whether a file that begins so says of itself that it is our JSON; some hundred bytes are enough."""
    return _OURS.match(head) is not None


class WholeFile:
    """A file of ours that is being read. Raises Refused, with the line, where it does not hold together."""

    def __init__(self, stream: IO[bytes]) -> None:
        """Read its head: `counts` says how many records each part has."""
        self._scanner = _Scanner(stream)
        self.counts = _counts(self._head())

    def records(self) -> Iterator[Record]:
        """All records, in the order of the file; once."""
        scanner, found = self._scanner, dict.fromkeys(PARTS, 0)
        seen: set[str] = set()
        while scanner.next_is(","):
            part = self._part(seen)
            for record in self._listed(part):
                found[part] += 1
                yield record
        scanner.take("}")
        scanner.end()
        self._compare(found)

    def _head(self) -> Json:
        scanner = self._scanner
        if not (scanner.next_is("{") and scanner.peek() == '"' and scanner.value() == HEAD and scanner.next_is(":")):
            raise Refused(
                _("This JSON is not from MiniCRM."), _("Import it as CSV, or export it from MiniCRM in the terminal.")
            )
        return scanner.value()

    def _part(self, seen: set[str]) -> str:
        scanner = self._scanner
        name = scanner.value() if scanner.peek() == '"' else None
        if not isinstance(name, str) or name not in PARTS or name in seen:
            scanner.damaged(_("“{part}” is no part of such a file").format(part=str(name)[:40]))
        seen.add(name)
        scanner.take(":")
        return name

    def _listed(self, part: str) -> Iterator[Record]:
        scanner = self._scanner
        scanner.take("[")
        if scanner.next_is("]"):
            return
        while True:
            line = scanner.line_of_next()
            value = scanner.value() if scanner.peek() == "{" else None
            if not isinstance(value, dict):
                scanner.damaged(_("a record was expected"))
            yield Record(part, value, line)
            if not scanner.next_is(","):
                break
        scanner.take("]")

    def _compare(self, found: Mapping[str, int]) -> None:
        """A file of which lines are missing says so itself."""
        for part, number in self.counts.items():
            if found[part] != number:
                raise Refused(
                    _("The file is damaged: of {n} records of “{part}”, {m} are there.").format(
                        n=number, part=part, m=found[part]
                    ),
                    _("Nothing was imported; take another copy of the file."),
                )


def _counts(head: Json) -> dict[str, int]:
    """What the head says, once it is one that this program reads."""
    number = head.get("format") if isinstance(head, dict) else None
    if not isinstance(head, dict) or not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise damaged_at(1, _("the number of the format is missing"))
    if number > FORMAT:
        program = str(head.get("program") or "?")[:20]
        raise Refused(
            _("The file is from a newer MiniCRM ({program}).").format(program=program), _("Update the program first.")
        )
    records = head.get("records")
    if not isinstance(records, dict):
        return {}
    return {part: each for part, each in records.items() if part in PARTS and isinstance(each, int)}


class _Scanner:
    """A window over the text of a file, which moves on with what is taken."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._json = json.JSONDecoder(parse_constant=_no_number)
        self._text, self._at, self._line, self._ended = "", 0, 1, False

    def peek(self) -> str:
        """The next character that is no space; nothing at the end."""
        while True:
            match = _SPACE.match(self._text, self._at)
            self._move(match.end() if match else self._at)
            if self._at < len(self._text) or not self._read():
                return self._text[self._at : self._at + 1]

    def next_is(self, mark: str) -> bool:
        """Whether this comes next; then it is taken."""
        if self.peek() != mark:
            return False
        self._move(self._at + 1)
        return True

    def take(self, mark: str) -> None:
        """Take this, which must come next."""
        if not self.next_is(mark):
            self.damaged(_("“{mark}” was expected").format(mark=mark))

    def line_of_next(self) -> int:
        """The line where the next value begins."""
        self.peek()
        return self._line

    def value(self) -> Json:
        """The next value, which ends with its own mark: a text, a list or an object."""
        self.peek()
        while True:
            try:
                value, end = self._json.raw_decode(self._text, self._at)
            except (ValueError, RecursionError):
                if len(self._text) - self._at > _LONGEST or not self._read():
                    self.damaged(_("this is no JSON"))
            else:
                self._move(end)
                found: Json = value
                return found

    def end(self) -> None:
        """Nothing may follow."""
        if self.peek():
            self.damaged(_("something follows the end"))

    def damaged(self, why: str) -> NoReturn:
        """Refuse the file, with the line where it went wrong."""
        raise damaged_at(self._line, why)

    def _move(self, to: int) -> None:
        self._line += self._text.count("\n", self._at, to)
        self._at = to

    def _read(self) -> bool:
        """Take in some more, as much as is held already at least; False at the end."""
        if self._ended:
            return False
        rest = self._text[self._at :]
        data = self._stream.read(max(_PIECE, len(rest)))
        self._ended = not data
        try:
            self._text, self._at = rest + self._decoder.decode(data, final=self._ended), 0
        except UnicodeDecodeError:
            self.damaged(_("the text is not UTF-8"))
        return True


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)
